//! What rules ask of an appraisal and of the yearly democratic evaluation.

use serde::{Deserialize, Serialize};

use super::fact::{MemberFact, Standing};
use super::finding::{Breach, Detail, Subject, count};
use super::share::Share;
use crate::time::Date;

/// What an appraisal says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppraisalFacts {
    /// The year it is of.
    pub year: u16,
    /// Every member of the branch, rated or not.
    pub members: Vec<RatingFact>,
    /// The stages that are closed, in the order in which they were. A guard puts the one about to be closed last.
    pub closed: Vec<Stage>,
}

/// What is known of one member's rating.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingFact {
    /// The member.
    pub member: MemberFact,
    /// The grade given, or about to be.
    pub grade: Option<Grade>,
    /// Whether there is a place for the member's own view (本人意见) and a pointer to where to appeal.
    pub reply_place: bool,
    /// How many deductions there are for meetings or study missed.
    pub attendance_deductions: u32,
}

/// 等次: what a member is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 优秀.
    Excellent,
    /// 合格.
    Qualified,
    /// 基本合格.
    BasicallyQualified,
    /// 不合格.
    Unqualified,
}

/// The stages of an evaluation, in the order in which they are closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 个人自评.
    SelfEvaluation,
    /// 党员互评.
    PeerEvaluation,
    /// 民主测评.
    Ballot,
    /// 组织评定.
    OrganisationRating,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 4] = [
        Self::SelfEvaluation,
        Self::PeerEvaluation,
        Self::Ballot,
        Self::OrganisationRating,
    ];
}

/// Of whom a share is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaBase {
    /// All members of the branch, probationary ones too.
    AllMembers,
    /// The full members of the branch.
    FullMembers,
    /// Those who have a grade.
    Rated,
}

impl AppraisalFacts {
    /// A year that ended without a rating by the organisation.
    pub(super) fn not_held(&self, on: Date) -> Vec<Breach> {
        let held = self.closed.contains(&Stage::OrganisationRating);
        let end = Date::new(self.year.into(), 12, 31).filter(|_| !held);
        let breach = end.and_then(|end| Breach::overdue(Subject::Branch, end, on));
        breach.into_iter().collect()
    }

    /// Stages closed while one before them was open.
    pub(super) fn out_of_order(&self) -> Vec<Breach> {
        let early = |(place, &closed): (usize, &Stage)| {
            let before = &self.closed[..place];
            let mut wanted = Stage::ALL.into_iter().filter(|&stage| stage < closed);
            let open = wanted.find(|stage| !before.contains(stage))?;
            Some(Breach {
                subject: Subject::Branch,
                detail: Detail::Early { closed, open },
            })
        };
        self.closed.iter().enumerate().filter_map(early).collect()
    }

    /// More excellent ratings than the share allows.
    pub(super) fn too_many_excellent(&self, share: Share, base: QuotaBase) -> Vec<Breach> {
        let is_in_base = |rating: &&RatingFact| match base {
            QuotaBase::AllMembers => true,
            QuotaBase::FullMembers => !rating.member.probationary,
            QuotaBase::Rated => rating.grade.is_some(),
        };
        let whole = count(self.members.iter().filter(is_in_base));
        let excellent = |rating: &&RatingFact| rating.grade == Some(Grade::Excellent);
        let found = count(self.members.iter().filter(excellent));
        let breach = Breach::too_many(Subject::Branch, found, share.most_of(whole));
        breach.into_iter().collect()
    }

    /// Probationary members with a grade.
    pub(super) fn graded_probationary(&self) -> Vec<Breach> {
        self.find(|rating| rating.member.probationary && rating.grade.is_some())
    }

    /// Grades without a place for the member's own view.
    pub(super) fn without_reply_place(&self) -> Vec<Breach> {
        self.find(|rating| rating.grade.is_some() && !rating.reply_place)
    }

    /// Retired or ill members from whom something is deducted for what they missed.
    pub(super) fn exempt_but_deducted(&self) -> Vec<Breach> {
        self.find(|rating| {
            matches!(rating.member.standing, Standing::Retired | Standing::Ill)
                && rating.attendance_deductions > 0
        })
    }

    fn find(&self, breaks: impl Fn(&RatingFact) -> bool) -> Vec<Breach> {
        let breaking = self.members.iter().filter(|rating| breaks(rating));
        breaking
            .map(|rating| Breach::plain(Subject::Member(rating.member.person)))
            .collect()
    }
}
