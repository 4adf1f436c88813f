//! What waits for a person, in both languages.

use shared::access::Hold;

use super::InboxNote as Note;

pub(in crate::i18n) fn chinese(note: &Note<'_>) -> String {
    let fixed = match note {
        Note::Title => "待办与冲突",
        Note::NeedsRelay => "完整的清单在服务器上，联网后才能看全。下面是本机知道的。",
        Note::Mine => "我的",
        Note::MineLead => "我的修改中待审入、未被接受的。值都保留，可以导出。",
        Note::NothingMine => "没有待审入或未被接受的修改",
        Note::Review => "待我审入",
        Note::ReviewLead => "由我负责的台账中，等我审入或不予审入的修改。",
        Note::NothingToReview => "没有等我审入的修改",
        Note::Conflicts => "冲突",
        Note::Why(Hold::Closed) => "台账已关闭",
        Note::Why(Hold::RoleEnded) => "任职已结束",
        Note::Why(Hold::Carried) => "代传，待核",
        Note::Why(Hold::NotPermitted) => "没有权限",
        Note::Held => "待审入",
        Note::Refused => "未被接受",
        Note::TakenIn => "已审入",
        Note::AwaitsDecision => "等负责人审入",
        Note::AwaitsGround => "所依据的内容审入后写入",
        Note::AwaitsOther => "等前一项审入后上传",
        Note::GroundTurnedDown => "所依据的内容已不予审入或已撤下，写不进去",
        Note::WouldClash => "审入后与现值成为冲突",
        Note::NewRow => "新行",
        Note::RemoveRow { why: "" } => "移除此行",
        Note::RestoreRow => "恢复此行",
        Note::MoveRow => "移动此行",
        Note::Elsewhere => "涉及本机没有的内容",
        Note::Unreadable => "内容读不出",
        Note::Kind => "类型",
        Note::Place => "位置",
        Note::Now => "现值",
        Note::Proposed => "拟改为",
        Note::Source => "来源",
        Note::Outcome => "结果",
        Note::ChooseAll => "全选",
        Note::Take => "审入",
        Note::TakeAll => "全部审入",
        Note::TurnDown => "不予审入",
        Note::Reason => "理由",
        Note::Reopens => "这本台账已关闭，审入后会重新开放。",
        Note::TurnDownHint => "作者会看到理由，修改的内容仍保留。",
        Note::DecideOffline => "没有连上服务器，没有做出决定。请联网后再试。",
        Note::DecideNotYours => "这些修改已有人处理，或已不由您负责。清单已刷新。",
        Note::DecideFailed => "服务器出了问题，没有做出决定。请稍后再试。",
        Note::Export => "导出",
        Note::SheetHead => "台账,单位,类型,位置,现值,拟改为,作者,设备时间,收到时间,结果",
        Note::Lead {
            decide,
            refused,
            conflicts,
        } => {
            return format!("待我审入 {decide} 项 · 未被接受 {refused} 项 · 冲突 {conflicts} 处");
        }
        Note::AsOf { at } => return format!("清单截至 {at}"),
        Note::Author { name, carrier: None } => return (*name).to_owned(),
        Note::Author {
            name,
            carrier: Some(carrier),
        } => return format!("{name}（由 {carrier} 代传）"),
        Note::TurnedDown { by, at, reason } => return format!("{by} 于 {at} 不予审入：{reason}"),
        Note::DeviceTime { at } => return format!("作于 {at}"),
        Note::ReceivedAt { at } => return format!("收到 {at}"),
        Note::RemoveRow { why } => return format!("移除此行：{why}"),
        Note::DecideRow { kind } => return format!("作出决定：{kind}"),
        Note::More { count } => return format!("另有 {count} 处，导出可看全"),
        Note::Choose { place } => return format!("选择 {place}"),
        Note::TakeSome { count } => return format!("审入 {count} 项"),
        Note::TurnDownSome { count } => return format!("不予审入 {count} 项"),
        Note::WithGround { names } => return format!("所选修改依据下列各项，将一并审入：{names}"),
        Note::WithDependents { names } => {
            return format!("下列各项依据所选修改，将一并不予审入：{names}");
        }
        Note::TookIn { count } => return format!("已审入 {count} 项"),
        Note::DidTurnDown { count } => return format!("已不予审入 {count} 项"),
        Note::SheetName { list, at } => return format!("待办与冲突-{list}-{}.csv", at.date()),
    };
    fixed.to_owned()
}

pub(in crate::i18n) fn english(note: &Note<'_>) -> String {
    let fixed = match note {
        Note::Title => "To do and conflicts",
        Note::NeedsRelay => {
            "The whole list is at the relay and needs a network. Below is what this device knows."
        }
        Note::Mine => "Mine",
        Note::MineLead => {
            "Changes of mine that are held or were not accepted. Their values are kept and can be exported."
        }
        Note::NothingMine => "Nothing of mine is held or was refused",
        Note::Review => "For me to decide",
        Note::ReviewLead => "Changes in ledgers in my charge that wait to be taken in or turned down.",
        Note::NothingToReview => "Nothing waits for me",
        Note::Conflicts => "Conflicts",
        Note::Why(Hold::Closed) => "Ledger closed",
        Note::Why(Hold::RoleEnded) => "Role ended",
        Note::Why(Hold::Carried) => "Carried, to be checked",
        Note::Why(Hold::NotPermitted) => "Not permitted",
        Note::Held => "Held",
        Note::Refused => "Not accepted",
        Note::TakenIn => "Taken in",
        Note::AwaitsDecision => "Waits for the officer in charge",
        Note::AwaitsGround => "Goes in once what it builds on is taken in",
        Note::AwaitsOther => "Uploaded once the one before is taken in",
        Note::GroundTurnedDown => "What it builds on was turned down or withdrawn: it cannot go in",
        Note::WouldClash => "Would be in conflict with what stands there",
        Note::NewRow => "New row",
        Note::RemoveRow { why: "" } => "Removes this row",
        Note::RestoreRow => "Restores this row",
        Note::MoveRow => "Moves this row",
        Note::Elsewhere => "Concerns what is not on this device",
        Note::Unreadable => "Cannot be read",
        Note::Kind => "Kind",
        Note::Place => "Place",
        Note::Now => "Now",
        Note::Proposed => "Would be",
        Note::Source => "From",
        Note::Outcome => "Outcome",
        Note::ChooseAll => "Choose all",
        Note::Take => "Take in",
        Note::TakeAll => "Take all in",
        Note::TurnDown => "Turn down",
        Note::Reason => "Reason",
        Note::Reopens => "This ledger is closed; taking something in opens it again.",
        Note::TurnDownHint => "The author sees the reason; what was written is kept.",
        Note::DecideOffline => "The relay was not reached and nothing was decided. Try again with a network.",
        Note::DecideNotYours => {
            "Somebody has dealt with these changes, or they are no longer in your charge. The list is new."
        }
        Note::DecideFailed => "The relay failed and nothing was decided. Try again later.",
        Note::Export => "Export",
        Note::SheetHead => "Ledger,Unit,Kind,Place,Now,Would be,Author,Device time,Received,Outcome",
        Note::Lead {
            decide,
            refused,
            conflicts,
        } => {
            return format!("{decide} to decide · {refused} not accepted · {conflicts} in conflict");
        }
        Note::AsOf { at } => return format!("List as of {at}"),
        Note::Author { name, carrier: None } => return (*name).to_owned(),
        Note::Author {
            name,
            carrier: Some(carrier),
        } => return format!("{name} (carried by {carrier})"),
        Note::TurnedDown { by, at, reason } => return format!("Turned down by {by} on {at}: {reason}"),
        Note::DeviceTime { at } => return format!("Made {at}"),
        Note::ReceivedAt { at } => return format!("Received {at}"),
        Note::RemoveRow { why } => return format!("Removes this row: {why}"),
        Note::DecideRow { kind } => return format!("Decides: {kind}"),
        Note::More { count } => return format!("{count} more; the export has all"),
        Note::Choose { place } => return format!("Choose {place}"),
        Note::TakeSome { count } => return format!("Take in {count}"),
        Note::TurnDownSome { count } => return format!("Turn down {count}"),
        Note::WithGround { names } => {
            return format!("These build on the following, taken in with them: {names}");
        }
        Note::WithDependents { names } => {
            return format!("The following build on these and are turned down with them: {names}");
        }
        Note::TookIn { count } => return format!("{count} taken in"),
        Note::DidTurnDown { count } => return format!("{count} turned down"),
        Note::SheetName { list, at } => return format!("to-do-{list}-{}.csv", at.date()),
    };
    fixed.to_owned()
}
