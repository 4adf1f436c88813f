//! What is said of appraisals.

use shared::ledger::column::Term;

/// What is said of appraisals.
#[expect(missing_docs, reason = "the two languages say what each note says")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppraisalNote<'a> {
    Summary,
    Class(&'a str),
    Scheme,
    NoScheme,
    NoSchemeHint,
    Bind,
    Bound { name: &'a str },
    UnknownScheme,
    Member,
    Deductions,
    Bonuses,
    Total,
    Suggested,
    Grade,
    Notes,
    NotScored,
    Conflicts { count: usize },
    MovedOn,
    TwoGrades,
    Probationary,
    Removed,
    Unknown { count: usize },
    Odd { count: usize },
    Overridden,
    Quota { allowed: usize, given: usize },
    NoQuotaBase,
    Over { over: usize },
    NeedsReason { allowed: usize },
    GiveGrade { name: &'a str },
    GradeHint,
    GradeReason,
    Choose,
    NotAllParts,
    Withdraw,
    WithdrawHint,
    WithdrawReason,
    Distribution,
    Ungraded,
    Share { name: Term, percent: &'a str },
    Radar { name: &'a str },
    Print { name: &'a str },
    Sheets { count: usize },
    NobodyOfClass,
}

use AppraisalNote as Note;

pub(super) fn chinese(note: &Note<'_>) -> String {
    let fixed = match *note {
        Note::Summary => "汇总",
        Note::Class(class) => match class {
            "front-line" => "一线职工",
            "technical" => "技术管理",
            "leader" => "领导干部",
            other => return other.to_owned(),
        },
        Note::Scheme => "考核方案",
        Note::NoScheme => "还没有绑定考核方案",
        Note::NoSchemeHint => "绑定后各评分表的指标、满分和权重都以该版本为准；以后改版会列出受影响的人。",
        Note::Bind => "按现行方案开始考核",
        Note::Bound { name } => return format!("方案：{name}"),
        Note::UnknownScheme => "本机没有该方案的这一版本，联网后自动取得。",
        Note::Member => "党员",
        Note::Deductions => "扣分",
        Note::Bonuses => "加分",
        Note::Total => "总分",
        Note::Suggested => "建议等次",
        Note::Grade => "评定等次",
        Note::Notes => "说明",
        Note::NotScored => "未评全",
        Note::Conflicts { count } => return format!("{count} 处评分冲突，未计入"),
        Note::MovedOn => "评定后已改",
        Note::TwoGrades => "两个评定待定",
        Note::Probationary => "预备党员，参加评议，不评等次",
        Note::Removed => "已不在名册，保留所填内容，不计入",
        Note::Unknown { count } => return format!("{count} 项不属于本方案，已保留，未计入"),
        Note::Odd { count } => return format!("{count} 项超出满分或不合规定，按满分计"),
        Note::Overridden => "超额，已说明理由",
        Note::Quota { allowed, given } => return format!("优秀名额 {allowed}，已评 {given}"),
        Note::NoQuotaBase => "没有可计算名额的基数",
        Note::Over { over } => return format!("超额 {over}：请撤回其中的评定，或写明理由"),
        Note::NeedsReason { allowed } => {
            return format!("优秀名额 {allowed} 已满。确需评为优秀的，请写明书面理由。");
        }
        Note::GiveGrade { name } => return format!("评定等次：{name}"),
        Note::GradeHint => "计算结果只是建议。评定是一项决定，记在您名下，并绑定该党员在各部分的全部内容。",
        Note::GradeReason => "理由（超额时必填）",
        Note::Choose => "评定",
        Note::NotAllParts => "您看不到全部评分部分，不能评定等次。",
        Note::Withdraw => "撤回评定",
        Note::WithdrawHint => "撤回也记入办理记录，原评定保留可查，不再作数。",
        Note::WithdrawReason => "撤回理由",
        Note::Distribution => "等次分布",
        Note::Ungraded => "未评",
        Note::Share { name, percent } => return format!("{} {percent}%", name.zh),
        Note::Radar { name } => return format!("{name} 五个维度的得分率"),
        Note::Print { name } => return format!("打印 {name} 的考核表"),
        Note::Sheets { count } => return format!("{count} 份"),
        Note::NobodyOfClass => "名册里没有这一类岗位的党员。",
    };
    fixed.to_owned()
}

pub(super) fn english(note: &Note<'_>) -> String {
    let fixed = match *note {
        Note::Summary => "Summary",
        Note::Class(class) => match class {
            "front-line" => "Front line",
            "technical" => "Technical and management",
            "leader" => "Leading cadres",
            other => return other.to_owned(),
        },
        Note::Scheme => "Scheme",
        Note::NoScheme => "No scheme is bound yet",
        Note::NoSchemeHint => {
            "Once bound, indicators, full marks and weights of all parts are those of that version; a later version lists whom it moves."
        }
        Note::Bind => "Begin with the schemes in force",
        Note::Bound { name } => return format!("Scheme: {name}"),
        Note::UnknownScheme => {
            "This device does not have this version of the scheme; it comes with the network."
        }
        Note::Member => "Member",
        Note::Deductions => "Deductions",
        Note::Bonuses => "Bonuses",
        Note::Total => "Total",
        Note::Suggested => "Suggested",
        Note::Grade | Note::Choose => "Grade",
        Note::Notes => "Notes",
        Note::NotScored => "Not scored in full",
        Note::Conflicts { count } => return format!("{count} scores in conflict, not counted"),
        Note::MovedOn => "changed since the grade",
        Note::TwoGrades => "two grades",
        Note::Probationary => "On probation: takes part, gets no grade",
        Note::Removed => "No longer in the roster: kept, not counted",
        Note::Unknown { count } => return format!("{count} not of this scheme: kept, not counted"),
        Note::Odd { count } => return format!("{count} above full marks or not allowed: counted as full"),
        Note::Overridden => "over the quota, with a reason",
        Note::Quota { allowed, given } => return format!("Excellent: {allowed} allowed, {given} given"),
        Note::NoQuotaBase => "Nobody to take a quota of",
        Note::Over { over } => return format!("{over} over the quota: withdraw a grade, or give a reason"),
        Note::NeedsReason { allowed } => {
            return format!("The {allowed} excellent grades are given. One more needs a written reason.");
        }
        Note::GiveGrade { name } => return format!("Grade: {name}"),
        Note::GradeHint => {
            "What is computed is advice. The grade is a decision in your name, bound to all that every part holds of the member."
        }
        Note::GradeReason => "Reason (required over the quota)",
        Note::NotAllParts => "You do not read every part, and so cannot give a grade.",
        Note::Withdraw => "Withdraw the grade",
        Note::WithdrawHint => "The withdrawal is recorded too; the grade stays readable, but counts no more.",
        Note::WithdrawReason => "Reason for withdrawing",
        Note::Distribution => "Grades",
        Note::Ungraded => "Ungraded",
        Note::Share { name, percent } => return format!("{} {percent} %", name.en),
        Note::Radar { name } => return format!("{name}: the five dimensions"),
        Note::Print { name } => return format!("Print the sheet of {name}"),
        Note::Sheets { count } => return format!("{count} sheets"),
        Note::NobodyOfClass => "Nobody in the roster has this sort of post.",
    };
    fixed.to_owned()
}
