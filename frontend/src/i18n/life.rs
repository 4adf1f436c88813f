//! What is said of decisions, and of what rows have come to.

use shared::ledger::act::Undecidable;
use shared::ledger::column::Term;
use shared::time::Timestamp;

/// What is said of decisions.
#[expect(missing_docs, reason = "the two languages say what each note says")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LifeNote<'a> {
    Selected {
        count: usize,
    },
    SelectFirst,
    On {
        decision: Term,
        count: usize,
    },
    LeftOut {
        count: usize,
    },
    Hint {
        decision: Term,
        to: Term,
    },
    Reason,
    ReasonOptional,
    Choice,
    From,
    Until,
    MovedOn,
    MovedOnHint,
    TwoDecisions,
    TwoDecisionsHint,
    Digest,
    History,
    NoHistory,
    By {
        name: &'a str,
        at: Timestamp,
    },
    Withdraw {
        decision: Term,
    },
    WithdrawHint,
    WithdrawReason,
    WithdrawnBy {
        name: &'a str,
        at: Timestamp,
    },
    Idle,
    DecidedOn,
    Now,
    Bring,
    BroughtBack,
    Period {
        from: &'a str,
        until: &'a str,
    },
    Cannot {
        why: &'a Undecidable,
        column: Option<Term>,
    },
    NotAllowed,
}

use LifeNote as Note;

pub(super) fn chinese(note: &Note<'_>) -> String {
    let fixed = match note {
        Note::Selected { count } => return format!("已选 {count} 行"),
        Note::SelectFirst => "选中若干行即可办理",
        Note::On { decision, count } => return format!("{}（{count} 行）", decision.zh),
        Note::LeftOut { count } => return format!("另有 {count} 行目前不能这样办理，不受影响。"),
        Note::Hint { decision, to } => {
            return format!(
                "“{}”记在您名下，并绑定您现在看到的内容；之后状态为“{}”。",
                decision.zh, to.zh
            );
        }
        Note::Reason => "理由（必填）",
        Note::ReasonOptional => "说明（可不填）",
        Note::Choice => "结论",
        Note::From => "起",
        Note::Until => "止",
        Note::MovedOn => "批准后已改",
        Note::MovedOnHint => "办理之后内容又有修改。当时的内容仍然可查、可打印、可恢复。",
        Note::TwoDecisions => "两个决定待定",
        Note::TwoDecisionsHint => {
            "有人在互不知情时作出了不同的决定。两个都保留；撤回其中一个之前，状态停在两者之前。"
        }
        Note::Digest => "不符：所记内容与当时的行不一致",
        Note::History => "办理记录",
        Note::NoHistory => "还没有办理过。",
        Note::By { name, at } => return format!("{name} · {}", at.minute()),
        Note::Withdraw { decision } => return format!("撤回“{}”", decision.zh),
        Note::WithdrawHint => "撤回也记在办理记录里；原决定保留可查，但不再作数。",
        Note::WithdrawReason => "撤回理由",
        Note::WithdrawnBy { name, at } => return format!("已由 {name} 于 {} 撤回", at.minute()),
        Note::Idle => "未生效：作出时该行已处在别的状态",
        Note::DecidedOn => "当时",
        Note::Now => "现在",
        Note::Bring => "恢复为当时内容",
        Note::BroughtBack => "已恢复为当时内容",
        Note::Period { from, until } => return format!("{from} ～ {until}"),
        Note::NotAllowed => "您的角色不能办理此事。",
        Note::Cannot { why, column } => return cannot_zh(why, *column),
    };
    fixed.to_owned()
}

fn cannot_zh(why: &Undecidable, column: Option<Term>) -> String {
    let fixed = match why {
        Undecidable::NoSuchDecision => "这里没有这一项办理。",
        Undecidable::Removed => "这一行已被移除，不能办理。没有改动任何内容。",
        Undecidable::InConflict(_) => "要办理的内容有冲突未定，请先采信其中一个。没有改动任何内容。",
        Undecidable::SeenOtherwise => "内容刚刚被别人修改，与您看到的不同。请看过新内容再办理。",
        Undecidable::NotFrom(state) => return format!("目前状态是“{}”，不能这样办理。", state.name().zh),
        Undecidable::Contradicted => "该行有两个互相矛盾的决定，请先撤回其中一个。",
        Undecidable::NoReason => "请写明理由。",
        Undecidable::NoChoice => "请选择结论。",
        Undecidable::Empty(_) => {
            return format!(
                "“{}”还没有填写，不能办理。",
                column.map_or("", |column| column.zh)
            );
        }
        Undecidable::NoPeriod => "请填写起止日期，止不能早于起。",
        Undecidable::PostingNotOver => "公示期还没有结束。",
        Undecidable::NothingToWithdraw => "没有可撤回的决定，或已经撤回。",
    };
    fixed.to_owned()
}

pub(super) fn english(note: &Note<'_>) -> String {
    let fixed = match note {
        Note::Selected { count } => return format!("{count} rows selected"),
        Note::SelectFirst => "Select rows to decide about them",
        Note::On { decision, count } => return format!("{} ({count} rows)", decision.en),
        Note::LeftOut { count } => {
            return format!("{count} more rows cannot be decided about this way now; they stay as they are.");
        }
        Note::Hint { decision, to } => {
            return format!(
                "“{}” is recorded in your name and bound to what you see now; the state becomes “{}”.",
                decision.en, to.en
            );
        }
        Note::Reason => "Reason (required)",
        Note::ReasonOptional => "Remark (optional)",
        Note::Choice => "Finding",
        Note::From => "From",
        Note::Until => "Until",
        Note::MovedOn => "changed since",
        Note::MovedOnHint => {
            "The content was changed after the decision. What was decided on can still be read, printed and restored."
        }
        Note::TwoDecisions => "two decisions",
        Note::TwoDecisionsHint => {
            "Two people decided differently without knowing of each other. Both are kept; until one is withdrawn the state is that before both."
        }
        Note::Digest => "Does not match: the recorded content is not the row as it was then",
        Note::History => "Decisions",
        Note::NoHistory => "Nothing was decided yet.",
        Note::By { name, at } => return format!("{name} · {}", at.minute()),
        Note::Withdraw { decision } => return format!("Withdraw “{}”", decision.en),
        Note::WithdrawHint => {
            "The withdrawal is recorded too; the decision stays readable, but counts no more."
        }
        Note::WithdrawReason => "Reason for withdrawing",
        Note::WithdrawnBy { name, at } => return format!("Withdrawn by {name}, {}", at.minute()),
        Note::Idle => "Without effect: the row was in another state",
        Note::DecidedOn => "Then",
        Note::Now => "Now",
        Note::Bring => "Restore what it was then",
        Note::BroughtBack => "Restored to what it was then",
        Note::Period { from, until } => return format!("{from} – {until}"),
        Note::NotAllowed => "Your role does not decide this.",
        Note::Cannot { why, column } => return cannot_en(why, *column),
    };
    fixed.to_owned()
}

fn cannot_en(why: &Undecidable, column: Option<Term>) -> String {
    let fixed = match why {
        Undecidable::NoSuchDecision => "Nothing of the kind is decided here.",
        Undecidable::Removed => "The row was removed and cannot be decided about. Nothing was changed.",
        Undecidable::InConflict(_) => {
            "What is decided on is in conflict: settle that first. Nothing was changed."
        }
        Undecidable::SeenOtherwise => "Somebody has just changed it: look at it again, then decide.",
        Undecidable::NotFrom(state) => {
            return format!(
                "The state is “{}”: this does not follow from it.",
                state.name().en
            );
        }
        Undecidable::Contradicted => "Two decisions contradict each other: withdraw one of them first.",
        Undecidable::NoReason => "Give a reason.",
        Undecidable::NoChoice => "Choose a finding.",
        Undecidable::Empty(_) => {
            return format!("“{}” is still empty.", column.map_or("", |column| column.en));
        }
        Undecidable::NoPeriod => "Give a first and a last day, in this order.",
        Undecidable::PostingNotOver => "The posting is not over yet.",
        Undecidable::NothingToWithdraw => "There is nothing to withdraw, or it was withdrawn already.",
    };
    fixed.to_owned()
}
