//! The built-in pack of rules that regulations fix.
//!
//! It begins on the day the youngest of them took effect, 2019-05-06 (党员教育管理工作条例). Rules about meetings, talks
//! and study hours join it with the ledgers they are about.

use super::appraisal::QuotaBase;
use super::check::Check;
use super::finding::Level;
use super::pack::{Rule, RulePack};
use super::share::Share;
use crate::time::Date;

const BRANCH: &str = "《中国共产党支部工作条例(试行)》第二章";
const COMMITTEE: &str = "《中国共产党支部工作条例(试行)》第六章";
const EDUCATION_18: &str = "《中国共产党党员教育管理工作条例》第十八条";
const EDUCATION_23: &str = "《中国共产党党员教育管理工作条例》第二十三条";
const OPEN_AFFAIRS_15: &str = "《中国共产党党务公开条例(试行)》第十五条";
const CONSTITUTION_4: &str = "《中国共产党章程》第四条";
const NOTICE: &str = "组织生活会和民主评议党员年度通知;共产党员网民主评议党员问答";

fn rule(id: &str, check: Check, level: Level, citation: &str, text_zh: &str, text_en: &str) -> Rule {
    Rule {
        id: id.parse().expect("a test reads every name"),
        check,
        citation: citation.to_owned(),
        text_zh: text_zh.to_owned(),
        text_en: text_en.to_owned(),
        level,
    }
}

/// The pack.
pub(super) fn pack() -> RulePack {
    let rules = branch().into_iter().chain(posting()).chain(evaluation());
    RulePack {
        id: "national".parse().expect("a test reads every name"),
        title: "党内法规".to_owned(),
        effective_from: Date::new(2019, 5, 6).expect("a day of the calendar"),
        effective_until: None,
        rules: rules.collect(),
    }
}

fn branch() -> [Rule; 5] {
    let committee = Check::CommitteeSize {
        from_full_members: 7,
        least: 3,
        most: 7,
    };
    [
        rule(
            "branch.full-members",
            Check::FullMembers { least: 3 },
            Level::Warning,
            BRANCH,
            "党支部应有正式党员3人以上",
            "A branch has at least 3 full members",
        ),
        rule(
            "branch.members",
            Check::Members { most: 50 },
            Level::Warning,
            BRANCH,
            "党支部党员人数一般不超过50人",
            "A branch generally has at most 50 members",
        ),
        rule(
            "branch.joint-units",
            Check::JointUnits { most: 5 },
            Level::Warning,
            BRANCH,
            "联合党支部覆盖单位一般不超过5个",
            "A joint branch is generally of at most 5 units",
        ),
        rule(
            "committee.size",
            committee,
            Level::Warning,
            COMMITTEE,
            "有正式党员7人以上的党支部应设支部委员会,由3至5人组成,一般不超过7人",
            "A branch with 7 or more full members has a committee of 3 to 5, generally at most 7",
        ),
        rule(
            "committee.term",
            Check::CommitteeTerm { years: 3 },
            Level::Reminder,
            COMMITTEE,
            "支部委员会(不设委员会的为书记)一般每届任期3年",
            "The term of a branch committee, or of a secretary without one, is generally 3 years",
        ),
    ]
}

fn posting() -> [Rule; 1] {
    [rule(
        "posting.approved",
        Check::PostingNeedsApproval,
        Level::Hard,
        OPEN_AFFAIRS_15,
        "公开前须经保密审查和审批",
        "What is posted has passed the secrecy review and been approved",
    )]
}

fn evaluation() -> [Rule; 6] {
    let quota = Check::ExcellentQuota {
        share: Share::THIRD,
        base: QuotaBase::FullMembers,
    };
    [
        rule(
            "evaluation.every-year",
            Check::EvaluationEveryYear,
            Level::Reminder,
            EDUCATION_18,
            "民主评议党员一般每年开展1次",
            "Members are generally evaluated once a year",
        ),
        rule(
            "evaluation.order",
            Check::OrderOfStages,
            Level::Hard,
            EDUCATION_18,
            "按照个人自评、党员互评、民主测评、组织评定的顺序进行",
            "Self-evaluation, mutual evaluation, ballot and rating are closed in this order",
        ),
        rule(
            "evaluation.excellent-quota",
            quota,
            Level::HardUnlessReason,
            NOTICE,
            "评定为“优秀”的党员一般不超过党员总数的三分之一",
            "Generally at most a third of the members are rated excellent",
        ),
        rule(
            "evaluation.probationary",
            Check::NoGradeForProbationary,
            Level::Hard,
            NOTICE,
            "预备党员参加民主评议,但不评定等次",
            "Probationary members take part and are given no grade",
        ),
        rule(
            "evaluation.reply",
            Check::MemberReplyPlace,
            Level::Hard,
            CONSTITUTION_4,
            "评定应留有本人意见栏,并说明申诉渠道",
            "Every rating has a place for the member's own view and says where to appeal",
        ),
        rule(
            "evaluation.elderly-and-ill",
            Check::NoDeductionForExempt,
            Level::Warning,
            EDUCATION_23,
            "年老体弱党员参加组织生活和学习不作硬性要求,不得因此扣分",
            "Nothing is deducted from elderly and ill members for meetings or study missed",
        ),
    ]
}
