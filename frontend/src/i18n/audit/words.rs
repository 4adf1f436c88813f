//! The notes in both languages.

use shared::access::Status;
use shared::protocol::Refusal;
use shared::protocol::http::audit::{Export, Topic};
use shared::setting::SettingKind;

use super::AuditNote as N;

pub(in crate::i18n) fn chinese(note: &N<'_>) -> String {
    let fixed = match *note {
        N::Number => "编号",
        N::At => "时间",
        N::Who => "操作人",
        N::Device => "设备",
        N::Deed => "事项",
        N::Account => "账号",
        N::AccountAll => "全部账号",
        N::Topic => "类别",
        N::TopicAll => "全部类别",
        N::OfTopic(Topic::People) => "组织、账号、角色",
        N::OfTopic(Topic::Sessions) => "登录与密码",
        N::OfTopic(Topic::Ledgers) => "台账与审入",
        N::OfTopic(Topic::Settings) => "方案与设置",
        N::OfTopic(Topic::Exports) => "导出",
        N::From => "自",
        N::Until => "至",
        N::Show => "查询",
        N::Older => "更早的记录",
        N::Export => "导出 CSV",
        N::Exporting => "正在导出…",
        N::ExportedAs { name } => return format!("已交给浏览器保存：{name}"),
        N::NotSaved => "浏览器没有接收文件，请再试一次。",
        N::Nothing => "没有符合条件的记录",
        N::Relay => "服务器（命令行或自动）",
        N::Founded => "建立台账",
        N::EnterpriseNamed => "单位更名",
        N::UnitsAdded { names } => return format!("新增组织：{names}"),
        N::UnitChanged { name } => return format!("组织变更：{name}"),
        N::AccountsAdded { names } => return format!("新增账号：{names}"),
        N::Granted { name, roles } => return format!("{name} 的角色改为：{roles}"),
        N::GrantedNone { name } => return format!("{name} 不再有角色"),
        N::PasswordChanged { name } => return format!("修改密码：{name}"),
        N::ResetAllowed { name } => return format!("生成重置码：{name}"),
        N::SignedIn => "登录",
        N::SignedOut => "退出登录",
        N::SignInFailed { name } => return format!("密码或重置码不对：{name}"),
        N::SignInFailedUnknown => "密码或重置码不对：没有这个账号",
        N::SessionEnded { name, device } => return format!("结束 {name} 在设备 {device} 上的登录"),
        N::SessionsEnded { name } => return format!("结束 {name} 的全部登录"),
        N::DeviceForgotten { device } => return format!("忘记设备 {device}"),
        N::StatusChanged {
            ledger,
            status: Status::Open,
        } => return format!("重新开放 {ledger}"),
        N::StatusChanged {
            ledger,
            status: Status::Closed | Status::Forgotten,
        } => return format!("关闭 {ledger}"),
        N::Refused { ledger, why, count } => {
            let why = match why {
                Refusal::NotPermitted => "没有填写权限",
                Refusal::Malformed => "内容不合规则",
                Refusal::TooLarge => "超出大小限制",
                Refusal::UnknownLedger => "没有这本台账",
                Refusal::ActorNotYours => "冒用他人的写入标识",
                Refusal::AlreadyThere => "已经存在",
                Refusal::TurnedDown => "审后不予审入",
                Refusal::Ruinous => "会损坏台账",
            };
            return format!("拒收 {count} 项（{why}）：{ledger}");
        }
        N::Held { ledger, count } => return format!("转为待审入 {count} 项：{ledger}"),
        N::TakenIn { ledger, count } => return format!("审入 {count} 项：{ledger}"),
        N::TurnedDown { ledger, count } => return format!("退回 {count} 项：{ledger}"),
        N::Voided { ledger, count } => return format!("撤下会损坏台账的修改 {count} 项：{ledger}"),
        N::LedgerClosed { ledger, seq, digest } => {
            return format!("年度归档 {ledger}（至第 {seq} 条，摘要 {digest}）");
        }
        N::RolledOver { name, year } => return format!("{name} {year} 年台账结转下一年"),
        N::LedgerForgotten { ledger } => return format!("保存期满，移除 {ledger}"),
        N::MemberMoved { member, from, to } => return format!("党员 {member} 由{from}调往{to}"),
        N::DetailsAsked { name, reason } => return format!("申请查看{name}考核明细，理由：{reason}"),
        N::Reason { reason } => return format!("理由：{reason}"),
        N::SettingChanged { kind, name, version } => {
            let kind = match kind {
                SettingKind::Scheme => "考核方案",
                SettingKind::Calendar => "工作日历",
                SettingKind::RulePack => "规则包",
                SettingKind::Words => "词表",
            };
            return format!("修改{kind} {name}，第 {version} 版");
        }
        N::Exported(Export::AuditLog) => "导出操作日志",
        N::Exported(Export::Held) => "导出待审入内容",
        N::AndMore { names, count } => return format!("{names} 等 {count} 项"),
    };
    fixed.to_owned()
}

pub(in crate::i18n) fn english(note: &N<'_>) -> String {
    let fixed = match *note {
        N::Number => "No.",
        N::At => "When",
        N::Who => "Who",
        N::Device => "Device",
        N::Deed => "What",
        N::Account => "Account",
        N::AccountAll => "All accounts",
        N::Topic => "Topic",
        N::TopicAll => "All topics",
        N::OfTopic(Topic::People) => "Units, accounts, roles",
        N::OfTopic(Topic::Sessions) => "Signing in and passwords",
        N::OfTopic(Topic::Ledgers) => "Ledgers and reviews",
        N::OfTopic(Topic::Settings) => "Schemes and settings",
        N::OfTopic(Topic::Exports) => "Exports",
        N::From => "From",
        N::Until => "Until",
        N::Show => "Show",
        N::Older => "Older entries",
        N::Export => "Export CSV",
        N::Exporting => "Exporting…",
        N::ExportedAs { name } => return format!("Given to the browser to save: {name}"),
        N::NotSaved => "The browser did not take the file; please try again.",
        N::Nothing => "No entry fits",
        N::Relay => "The server (command line or by itself)",
        N::Founded => "Set up",
        N::EnterpriseNamed => "Enterprise renamed",
        N::UnitsAdded { names } => return format!("Units added: {names}"),
        N::UnitChanged { name } => return format!("Unit changed: {name}"),
        N::AccountsAdded { names } => return format!("Accounts added: {names}"),
        N::Granted { name, roles } => return format!("Roles of {name} are now: {roles}"),
        N::GrantedNone { name } => return format!("{name} has no role any more"),
        N::PasswordChanged { name } => return format!("Password changed: {name}"),
        N::ResetAllowed { name } => return format!("Reset code made: {name}"),
        N::SignedIn => "Signed in",
        N::SignedOut => "Signed out",
        N::SignInFailed { name } => return format!("Wrong password or code: {name}"),
        N::SignInFailedUnknown => "Wrong password or code: no such account",
        N::SessionEnded { name, device } => return format!("Session of {name} on device {device} ended"),
        N::SessionsEnded { name } => return format!("All sessions of {name} ended"),
        N::DeviceForgotten { device } => return format!("Device {device} forgotten"),
        N::StatusChanged {
            ledger,
            status: Status::Open,
        } => return format!("Opened again: {ledger}"),
        N::StatusChanged {
            ledger,
            status: Status::Closed | Status::Forgotten,
        } => return format!("Closed: {ledger}"),
        N::Refused { ledger, why, count } => {
            let why = match why {
                Refusal::NotPermitted => "not permitted",
                Refusal::Malformed => "malformed",
                Refusal::TooLarge => "too large",
                Refusal::UnknownLedger => "unknown ledger",
                Refusal::ActorNotYours => "another's actor",
                Refusal::AlreadyThere => "already there",
                Refusal::TurnedDown => "turned down",
                Refusal::Ruinous => "would ruin the ledger",
            };
            return format!("{count} refused ({why}): {ledger}");
        }
        N::Held { ledger, count } => return format!("{count} held for review: {ledger}"),
        N::TakenIn { ledger, count } => return format!("{count} taken in: {ledger}"),
        N::TurnedDown { ledger, count } => return format!("{count} turned down: {ledger}"),
        N::Voided { ledger, count } => {
            return format!("{count} withdrawn that would ruin the ledger: {ledger}");
        }
        N::LedgerClosed { ledger, seq, digest } => {
            return format!("Closed for the year: {ledger} (to entry {seq}, digest {digest})");
        }
        N::RolledOver { name, year } => return format!("Taken over from {year} into the next year: {name}"),
        N::LedgerForgotten { ledger } => return format!("Term over, removed: {ledger}"),
        N::MemberMoved { member, from, to } => return format!("Member {member} moved from {from} to {to}"),
        N::DetailsAsked { name, reason } => {
            return format!("Details of the appraisal of {name} asked for, because: {reason}");
        }
        N::Reason { reason } => return format!("Reason: {reason}"),
        N::SettingChanged { kind, name, version } => {
            let kind = match kind {
                SettingKind::Scheme => "Scheme",
                SettingKind::Calendar => "Calendar",
                SettingKind::RulePack => "Rule pack",
                SettingKind::Words => "Word list",
            };
            return format!("{kind} {name} changed, version {version}");
        }
        N::Exported(Export::AuditLog) => "Audit log exported",
        N::Exported(Export::Held) => "Held changes exported",
        N::AndMore { names, count } => return format!("{names} and others, {count} in all"),
    };
    fixed.to_owned()
}
