//! Simplified Chinese.

use shared::access::Role;
use shared::ledger::column::CellProblem;
use shared::ledger::kind::Kind;

use super::{KeyNote, Language, Message, Theme, access, address, admin, audit, thousands};

#[expect(
    clippy::match_same_arms,
    reason = "two messages that say the same today need not tomorrow"
)]
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match: a missing message does not compile"
)]
pub(super) fn say(message: &Message<'_>) -> String {
    let fixed = match *message {
        Message::AppName => "台账",
        Message::Opening => "正在打开…",
        Message::Home => "工作台",
        Message::Kind(Kind::Pledge) => "承诺践诺",
        Message::Kind(Kind::Zone) => "责任区",
        Message::Kind(Kind::Post) => "示范岗",
        Message::Kind(Kind::Appraisal) => "考核评议",
        Message::Kind(Kind::Roster) => "名册",
        Message::Role(role) => self::role(role),
        Message::Navigation => "主导航",
        Message::Account => "账号",
        Message::Password => "密码",
        Message::SignIn => "登录",
        Message::SigningIn => "正在登录…",
        Message::SignOut => "退出登录",
        Message::SignInIntroduction => "登录一次后，断网也能打开和编辑本支部的台账。",
        Message::SignInWrong => "账号或密码不对。",
        Message::SignInUnreachable => "连不上服务器。首次登录需要联网，请检查网络后再试。",
        Message::SignInFailed => "登录没有成功，服务器出了问题。请稍后再试，或告知管理员。",
        Message::SignInAgain => "登录已过期。请重新登录，本机未上传的修改会接着上传。",
        Message::DemoAccounts => "演示账号",
        Message::DemoHint => "人名、单位和文字均为虚构，点一行即可登录。",
        Message::SyncNow => "立即同步",
        Message::SyncedNever => "已同步",
        Message::Connecting => "正在连接",
        Message::Saving => "正在保存",
        Message::Here => "已存本机",
        Message::SignInToUpload => "请登录后上传",
        Message::Offline => "离线可编辑",
        Message::LedgerFull => "台账已满，待办公室处理后上传",
        Message::RelayOlder => "服务器版本较旧，待其更新后上传",
        Message::StorageFull => "本机空间不足",
        Message::StorageCannotOpen => "本机存储打不开（例如隐私窗口），不能编辑。请换普通窗口打开。",
        Message::StorageNewer => "本机存储由更新的版本写入。请刷新页面以使用新版本。",
        Message::StorageCannotWrite => {
            "写入本机失败，此后的输入不会保存。请先导出未上传的内容，并清理磁盘空间。"
        }
        Message::VersionMismatch => {
            "应用与服务器版本不一致，暂不能上传；本机修改都在。请更新应用或告知管理员。"
        }
        Message::UpdateReady => "新版本已就绪",
        Message::UpdateApply => "更新",
        Message::UpdateWaits => "正在编辑单元格，提交后即可更新",
        Message::Theme(Theme::System) => "跟随系统",
        Message::Theme(Theme::Light) => "浅色",
        Message::Theme(Theme::Dark) => "深色",
        Message::ThemeTitle => "外观",
        Message::LanguageTitle => "语言",
        Message::Language(Language::Chinese) => "简体中文",
        Message::Language(Language::English) => "English",
        Message::NotHere => "尚未下载到本机",
        Message::Incomplete => "尚未收全",
        Message::JustNow => "刚刚",
        Message::NoLedgers => "还没有可看的台账",
        Message::NoLedgersHint => "台账由党办开立后会出现在这里。如果刚登录，请联网等待片刻。",
        Message::LedgerMissing => "打不开这本台账",
        Message::LedgerMissingHint => "它不在本机，或您没有查看它的权限。本机其他内容不受影响。",
        Message::PageMissing => "没有这个页面",
        Message::PageMissingHint => "地址可能抄错了。本机内容不受影响。",
        Message::ToHome => "回到工作台",
        Message::Search => "查找",
        Message::SearchHint => "查找姓名、拼音、文字",
        Message::Filter => "筛选",
        Message::FilterContains => "包含文字",
        Message::FilterEmpty => "（空白）",
        Message::FilterAll => "全选",
        Message::FilterClear => "清除筛选",
        Message::SortAscending => "升序",
        Message::SortDescending => "降序",
        Message::SortNone => "原顺序",
        Message::Columns => "列",
        Message::Density => "行高",
        Message::DensityCompact => "紧凑",
        Message::DensityNormal => "标准",
        Message::DensityRoomy => "宽松",
        Message::ShowRemoved => "显示已移除",
        Message::AddRow => "新建一行",
        Message::ChooseFirst => "先选定，再填写其余各列。选定后不能再改。",
        Message::Remove => "移除",
        Message::RemoveReason => "移除原因",
        Message::RemoveHint => "移除的行仍保留，可随时恢复。",
        Message::Restore => "恢复",
        Message::RemovedMetEdits => "移除时他人正在修改",
        Message::Undo => "撤销",
        Message::Redo => "重做",
        Message::UndoNothing => "没有可撤销的操作",
        Message::UndoOthersHint => "撤销会盖过他人的修改。他人的修改仍留在记录里。",
        Message::UndoAnyway => "仍要撤销",
        Message::Cancel => "取消",
        Message::Close => "关闭",
        Message::Confirm => "确定",
        Message::Keys => "键盘操作",
        Message::RowNumber => "序号",
        Message::CellHere => "待上传",
        Message::CellClash => "有冲突，待采信",
        Message::EmptyFiltered => "没有符合条件的行，筛选或查找隐藏了全部内容",
        Message::EmptyCell => "--",
        Message::Problem(problem) => return self::problem(problem),
        Message::LockedCell => "此格不能修改",
        Message::NoChoice => "没有匹配的选项",
        Message::ActTooMany => "一次写入的单元格太多，请分几次粘贴。没有写入任何内容。",
        Message::ActNeedsNewerApp => "这本台账由更新的版本写过，请先更新应用。没有写入任何内容。",
        Message::ActFailed => "这一步没有做成，内容未改变。",
        Message::ClashBefore => "原值",
        Message::ClashTake => "采信",
        Message::ClashOther => "另填…",
        Message::ClashLater => "暂不处理",
        Message::ClashOtherValue => "另填的值",
        Message::ClashGone => "这处冲突已由他人处理",
        Message::ValueEmpty => "（空）",
        Message::AuthorUnknown => "未知",
        Message::You => "我",
        Message::AsideHint => "下列修改没有被接受，值仍保留在本机。可复制后另行处理，或放弃。",
        Message::AsideCopy => "复制",
        Message::AsideCopied => "已复制",
        Message::AsideDismiss => "放弃",
        Message::AsideNotPermitted => "没有填写权限",
        Message::AsideMalformed => "内容不合规则",
        Message::AsideTooLarge => "超出大小限制",
        Message::AsideUnknownLedger => "服务器上没有这本台账",
        Message::AsideRuinous => "已撤下：它或它所依据的修改会损坏台账，可导出后重新填写",
        Message::AsideTurnedDown => "负责人审后不予审入",
        Message::AsideNoLongerApplies => "所依据的内容已变",
        Message::DeedSettled => "采信",
        Message::Today => "今天",
        Message::MonthBefore => "上个月",
        Message::MonthAfter => "下个月",
        Message::Weekday(day) => ["一", "二", "三", "四", "五", "六", "日"][usize::from(day % 7)],
        Message::Tables => "表",
        Message::Card => "整行内容",
        Message::Key(KeyNote::Move) => "移动一格",
        Message::Key(KeyNote::Edge) => "跳到有内容的边缘",
        Message::Key(KeyNote::Next) => "下一格、上一格",
        Message::Key(KeyNote::Down) => "下移、上移；编辑时先提交",
        Message::Key(KeyNote::Edit) => "编辑当前格",
        Message::Key(KeyNote::Type) => "直接输入即替换当前格",
        Message::Key(KeyNote::Escape) => "取消编辑；清除复制标记",
        Message::Key(KeyNote::Ends) => "行首行尾、首格末格、翻页",
        Message::Key(KeyNote::Extend) => "扩展选区、全选",
        Message::Key(KeyNote::Copy) => "复制、剪切、粘贴（可与 Excel、WPS 互贴）",
        Message::Key(KeyNote::Fill) => "向下填充",
        Message::Key(KeyNote::Undo) => "撤销、重做自己的操作",
        Message::Key(KeyNote::Clear) => "清除内容",
        Message::Key(KeyNote::Today) => "填入今天",
        Message::Key(KeyNote::Find) => "查找",
        Message::Key(KeyNote::Add) => "在下方新建一行",
        Message::Key(KeyNote::Card) => "查看整行内容",
        Message::Key(KeyNote::Break) => "格内换行",
        Message::Key(KeyNote::Leave) => "离开表格",
        Message::Key(KeyNote::Help) => "键盘操作一览",
        Message::Address(message) => return address::chinese(&message),
        Message::Device(ref note) => return super::device::chinese(note),
        Message::Access(note) => return access::chinese(&note),
        Message::Admin(note) => return admin::chinese(&note),
        Message::Audit(note) => return audit::chinese(&note),
        Message::Inbox(ref note) => return super::inbox::chinese(note),
        Message::Appraisal(ref note) => return super::appraisal::chinese(note),
        Message::Life(ref note) => return super::life::chinese(note),
        Message::Safety(ref note) => return super::safety::chinese(note),
        Message::Year(year) => return format!("{year} 年度"),
        Message::SignInSlowDown { seconds } => return format!("尝试次数过多，请 {seconds} 秒后再试。"),
        Message::Synced { at } => return format!("已同步 {}", at.clock()),
        Message::Pending { count } => return format!("待上传 {count} 项"),
        Message::OfflineDays { days } => return format!("离线可编辑 · {days} 天"),
        Message::Sending { sent, of } => return format!("正在上传 {sent}/{of}"),
        Message::Held { count } => return format!("待审入 {count} 项"),
        Message::Clashes { count } => return format!("冲突 {count} 处待定"),
        Message::Refused { count } => return format!("未被接受 {count} 项"),
        Message::OfflineForDays { days } => {
            return format!("已离线 {days} 天。修改都在本机，打开一次并联网即可上传。");
        }
        Message::LedgersLead { units } => return units.to_owned(),
        Message::Count { count } => return format!("共 {} 条", thousands(whole(count))),
        Message::Filtered { count } => return format!("显示 {} 条", thousands(whole(count))),
        Message::Removed { count } => return format!("已移除 {count} 条"),
        Message::LastChange { when } => return format!("最近修改 {when}"),
        Message::MinutesAgo { minutes } => return format!("{minutes} 分钟前"),
        Message::HoursAgo { hours } => return format!("{hours} 小时前"),
        Message::AsOf { at, pending, clashes } => {
            return format!("数据截至 {at}，含未上传 {pending} 项，冲突 {clashes} 处");
        }
        Message::FilterOf { column } => return format!("筛选“{column}”"),
        Message::AddRowOf { table } => return format!("新建{table}"),
        Message::RemoveRows { count } => return format!("移除 {count} 行"),
        Message::Unreadable { count } => {
            return format!("本机有 {count} 项修改读不出，请勿清除数据并告知管理员");
        }
        Message::RemovedBy { name, at, why } => return format!("{name} 于 {at} 移除：{why}"),
        Message::UndoOthers { count } => return format!("这一步之后，他人改过其中 {count} 格"),
        Message::Row { number } => return format!("第 {number} 行"),
        Message::CellLocked { column } => return format!("“{column}”不能在这里修改"),
        Message::CellChanged { by, value } => {
            let by = if by.is_empty() { "他人" } else { by };
            return match value {
                "" => format!("此格刚被 {by} 清空"),
                value => format!("此格刚被 {by} 修改：{value}"),
            };
        }
        Message::EmptyTable { table } => return format!("还没有{table}"),
        Message::Namesakes { name } => return format!("“{name}”有同名的人，请在列表中选定"),
        Message::NoMember { name: "" } => return "新行缺少对应的人".to_owned(),
        Message::NoMember { name } => return format!("名册中没有“{name}”"),
        Message::NoRow { name } => return format!("没有“{name}”，请在列表中选定"),
        Message::TooManyMembers { max } => return format!("最多 {max} 人"),
        Message::Pasted { rows, columns } => return format!("已粘贴 {rows} 行 {columns} 列"),
        Message::PastedLeftOut { count } => return format!("{count} 格没有写入"),
        Message::PastedAt { row, column } => return format!("第 {row} 行 {column}"),
        Message::Copied { rows, columns } => return format!("已复制 {rows} 行 {columns} 列"),
        Message::Skipped(count) => return format!("{count} 格有冲突，未写入；请先采信"),
        Message::NewHidden(count) => return format!("已新建 {count} 行，被筛选隐藏"),
        Message::ClashTitle { count } => return format!("同一格有 {count} 个不同的值，请采信其一"),
        Message::ClashOf { row, column } => return format!("第 {row} 行 · {column}"),
        Message::AsideTitle { count } => return format!("未被接受 {count} 项"),
        Message::DeedAdded { table } => return format!("{table} · 新行"),
        Message::DeedRemoved { table } => return format!("{table} · 移除"),
        Message::DeedRestored { table } => return format!("{table} · 恢复"),
        Message::Sum { column, sum } => return format!("{column} 合计 {}", thousands(sum)),
        Message::Selected {
            cells,
            sum: Some(sum),
        } => return format!("选中 {cells} 格 · 求和 {}", thousands(sum)),
        Message::Selected { cells, sum: None } => return format!("选中 {cells} 格"),
        Message::Month { year, month } => return format!("{year} 年 {month} 月"),
    };
    fixed.to_owned()
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Administrator => "管理员",
        Role::OfficeOfficer => "党办干事",
        Role::Secretary => "支部书记",
        Role::OrganisationCommissioner => "组织委员",
        Role::PublicityCommissioner => "宣传委员",
        Role::DisciplineCommissioner => "纪检委员",
        Role::GroupLeader => "党小组长",
        Role::Viewer => "查看",
    }
}

fn problem(problem: &CellProblem) -> String {
    match problem {
        CellProblem::TooLong { count, max } => format!("最多 {max} 字，现在 {count} 字"),
        CellProblem::NoSuchChoice => "请在列表中选一项".to_owned(),
        CellProblem::NotADate => "不是有效日期，例如 2026-11-23 或 11-23".to_owned(),
        CellProblem::NotANumber => "请填整数".to_owned(),
        CellProblem::OutOfRange { min, max } => format!("应在 {min} ～ {max} 之间"),
        CellProblem::NotAFlag => "请填“是”或“否”".to_owned(),
        CellProblem::NeedsChoosing => "请在列表中选定".to_owned(),
    }
}
