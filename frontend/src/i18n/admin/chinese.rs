//! The notes in Simplified Chinese.

use shared::access::UnitKind;

use super::AdminNote as N;

#[expect(
    clippy::match_same_arms,
    reason = "two notes that say the same today need not tomorrow"
)]
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match: a missing note does not compile"
)]
pub(in crate::i18n) fn chinese(note: &N<'_>) -> String {
    let fixed = match *note {
        N::Administration => "管理",
        N::Lead => "组织、账号、登录和台账的开闭。改动立即生效，都记入操作日志。",
        N::Units => "组织",
        N::Accounts => "账号",
        N::Devices => "设备与会话",
        N::Ledgers => "台账",
        N::Audit => "操作日志",
        N::NotYours => "没有可管理的内容",
        N::NotYoursHint => "您不是管理员，或这一页需要全单位的管理权限。",
        N::Kind(UnitKind::PartyCommittee) => "党委",
        N::Kind(UnitKind::GeneralBranch) => "党总支",
        N::Kind(UnitKind::Branch) => "党支部",
        N::Add => "新增",
        N::UnitAdd => "新增组织",
        N::UnitAddBelow { name } => return format!("在“{name}”下新增组织"),
        N::UnitName => "名称",
        N::UnitKind => "类型",
        N::UnitAbove => "上级",
        N::UnitRename => "改名",
        N::UnitRenameOf { name } => return format!("“{name}”改名"),
        N::Save => "保存",
        N::People { count } => return format!("{count} 个账号"),
        N::FromSheet => "从表格导入",
        N::AccountAdd => "新增账号",
        N::PersonName => "姓名",
        N::Login => "账号",
        N::LoginHint => "登录时输入，例如姓名拼音；不含空格。",
        N::Role => "角色",
        N::Unit => "单位",
        N::UnitsAll => "全部单位",
        N::Find => "查找姓名、账号",
        N::NobodyFound => "没有符合条件的账号",
        N::Of { what, whom } => return format!("{what}：{whom}"),
        N::From => "首日",
        N::Until => "末日",
        N::DayHint => "如 2026-11-23，可留空",
        N::DayBad => "日期不对，请填如 2026-11-23 的日期，或留空。",
        N::DaysTurned => "末日早于首日。",
        N::FirstPassword => "初始密码未改",
        N::NoRole => "无角色",
        N::Roles => "角色",
        N::RolesOf { name } => return format!("{name} 的角色"),
        N::RolesHint => "角色一有改动，此人的登录全部结束，须重新登录。撤销后送达的修改转为待审入。",
        N::RoleAdd => "增加角色",
        N::RoleGive => "授予",
        N::RoleRevoke => "立即撤销",
        N::RoleRevokeAsk { role } => return format!("立即撤销“{role}”？"),
        N::RoleRevokeHint => "此人的登录随即结束；此后送达的修改不直接入账，转为待审入。记录仍保留。",
        N::RoleEnd => "末日（含当日）",
        N::RoleEndSave => "到期结束",
        N::RoleInForce => "在任",
        N::RoleToCome => "未到任",
        N::RoleOver => "已届满",
        N::RoleRevoked => "已撤销",
        N::Span { from, until } => {
            let day = |day: Option<shared::time::Date>| day.map(|day| day.to_string());
            return match (day(from), day(until)) {
                (None, None) => "不限期".to_owned(),
                (Some(from), None) => format!("{from} 起"),
                (None, Some(until)) => format!("至 {until}"),
                (Some(from), Some(until)) => format!("{from} ～ {until}"),
            };
        }
        N::Reset => "重置码",
        N::ResetAsk { name } => return format!("为 {name} 生成一次性重置码？"),
        N::ResetHint => "用于忘记密码。把重置码当面或电话告诉本人；用过即失效。此前生成的重置码作废。",
        N::ResetMake => "生成",
        N::ResetMade { name } => return format!("{name} 的一次性重置码"),
        N::ResetUntil { until } => {
            return format!("有效至 {until}，只能用一次。在登录页点“使用一次性重置码”。");
        }
        N::ResetOnce => "只显示这一次，关闭后无法再查看。",
        N::ByDevice => "按设备",
        N::ByAccount => "按账号",
        N::Device { short } => return format!("设备 {short}"),
        N::ThisDevice => "本机",
        N::Began { at } => return format!("登录于 {at}"),
        N::Used { when } => return format!("最近使用 {when}"),
        N::SessionEnd => "结束登录",
        N::SessionsEnd => "结束全部登录",
        N::SessionsEndAsk { name } => return format!("结束 {name} 的全部登录？"),
        N::SessionsEndHint => "此人在各设备上须重新登录；未上传的修改留在设备上，登录后接着上传。",
        N::DeviceForget => "忘记设备",
        N::DeviceForgetAsk { short } => return format!("忘记设备 {short}？"),
        N::DeviceForgetHint => "结束这台设备上的全部登录，不再列出。设备里的数据不会因此被清除。",
        N::NoSessions => "现在没有人登录",
        N::LedgerOpen => "开放",
        N::LedgerClosed => "已关闭",
        N::LedgerClose => "关闭",
        N::LedgerReopen => "重新开放",
        N::LedgerCloseAsk { ledger } => return format!("关闭 {ledger}？"),
        N::LedgerCloseHint => "关闭后送达的修改不直接入账，由支部书记审入或退回。可随时重新开放。",
        N::State => "状态",
        N::Ledger => "台账",
        N::SheetUnits => "从表格导入组织",
        N::SheetAccounts => "从表格导入账号",
        N::SheetUnitsHint => {
            "三列：名称、类型（党委、党总支、党支部）、上级。上级填名称，不可留空；先列上级，再列下级。"
        }
        N::SheetAccountsHint => {
            "四列：姓名、账号、角色、单位。一人多个角色的，每个角色一行，账号相同。导入后生成初始密码条。"
        }
        N::SheetPaste => "在此粘贴",
        N::SheetPasteHint => "在 Excel 或 WPS 中选中各列（可含表头），复制，然后在这里粘贴（Ctrl+V）。",
        N::SheetFile => "选择 CSV、TXT 文件",
        N::SheetFileBad => "这个文件读不出文字。请另存为 CSV（UTF-8 或 GB18030）再试。",
        N::SheetTooLarge { most_kib } => {
            return format!("粘贴的内容太多，最多 {most_kib} KB。请只选需要的行和列，分几次粘贴。");
        }
        N::SheetMore { count } => return format!("… 共 {count} 行"),
        N::SheetLine => "行",
        N::SheetProblem => "问题",
        N::SheetGood { count } => return format!("{count} 行可以导入"),
        N::SheetWrong { count } => {
            return format!("{count} 行有问题，改好后重新粘贴；在此之前不导入任何一行");
        }
        N::SheetSend { count } => return format!("导入 {count} 行"),
        N::SheetSending { added, count } => return format!("正在导入：{added} / {count} 行"),
        N::SheetRest { first, last, why } => {
            return format!(
                "第 {first}～{last} 行没有导入：{why}。请先打印下面的密码条，再只把这些行重新粘贴导入。"
            );
        }
        N::SheetUnsure { first, last } => {
            return format!(
                "其中第 {first}～{last} 行没有收到答复，可能已经导入：如再次导入时提示账号已有人使用，请为其生成重置码。"
            );
        }
        N::SheetAnew => "重新粘贴",
        N::SheetEmpty => "没有读到内容。",
        N::Back => "返回",
        N::NoSuchKind => "类型应为党委、党总支或党支部",
        N::NoSuchRole => "没有这个角色",
        N::OtherName => "同一账号在上面的行里姓名不同",
        N::NameBad { most } => return format!("名称或姓名为空、超过 {most} 字或含看不见的字符"),
        N::LoginBad { most } => return format!("账号为空、含空格或超过 {most} 个字节"),
        N::LoginTaken => "账号已有人使用",
        N::UnitTaken => "已有同名组织",
        N::NoUnit => "没有这个单位，或不归您管理",
        N::Place => "这类组织不能设在此上级之下",
        N::SecondTop => "全单位只有一个最高一级组织，请填上级",
        N::Gone => "对象已不存在，请刷新后再试",
        N::LastAdministrator => "不能撤去全单位最后一位管理员，也不能给其设末日",
        N::TooMany { most } => return format!("一次最多 {most} 行"),
        N::Slips { count } => return format!("初始密码条 {count} 张"),
        N::SlipsOnce => {
            "初始密码只显示这一次。请现在打印，裁开后当面交给本人；点“已打印，完成”、退出登录或关闭网页后无法再看到，只能生成重置码。"
        }
        N::SlipsPrint => "打印",
        N::SlipsDone => "已打印，完成",
        N::SlipsDoneAsk => "密码条都已打印？",
        N::SlipsDoneHint => "完成后密码不再显示。",
        N::SlipHead => "台账登录",
        N::SlipAddress => "网址",
        N::SlipPassword => "初始密码",
        N::SlipFoot => "首次登录须修改密码。请勿转借、拍照外传。",
    };
    fixed.to_owned()
}
