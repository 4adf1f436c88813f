//! What the program knows how to look for, with the numbers it looks by.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::appraisal::{AppraisalFacts, QuotaBase};
use super::fact::{Facts, Standing};
use super::finding::Breach;
use super::share::Share;
use crate::time::Date;

/// One thing a rule can look for. Its numbers are data of the pack; the program has none of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// A branch has so many full members.
    FullMembers {
        /// At least.
        least: u32,
    },
    /// A branch has so many members.
    Members {
        /// At the most.
        most: u32,
    },
    /// A joint branch is of so many units.
    JointUnits {
        /// At the most.
        most: u32,
    },
    /// A branch with enough full members has a committee of so many.
    CommitteeSize {
        /// From how many full members on.
        from_full_members: u32,
        /// At least.
        least: u32,
        /// At the most.
        most: u32,
    },
    /// The committee is elected anew after so many years.
    CommitteeTerm {
        /// The years.
        years: u8,
    },
    /// Every crew is covered by a zone in effect.
    CrewCovered,
    /// Every member owns a zone.
    MemberHasZone {
        /// Of whom it is not asked.
        exempt: BTreeSet<Standing>,
    },
    /// Every zone has an owner.
    ZoneHasOwner,
    /// No zone is left with owners whose terms have ended.
    OwnerTermEnded,
    /// A member owns so many zones.
    ZonesPerMember {
        /// At the most.
        most: u32,
    },
    /// So many of the zones are red-flag zones.
    RedFlagShare {
        /// At the most.
        share: Share,
    },
    /// The zones' quarterly sheet is filed in the quarter's last month.
    QuarterlyFiling {
        /// Until this day of it, 1 to 30.
        day: u8,
    },
    /// A post is named again after so many months, or taken down.
    PostTerm {
        /// The months.
        months: u16,
    },
    /// A member has so many pledge items.
    PledgeItems {
        /// At least.
        least: u32,
        /// At the most.
        most: u32,
        /// Of whom it is not asked.
        exempt: BTreeSet<Standing>,
    },
    /// A pledge item is settled by its day.
    PledgeOverdue,
    /// What is posted has been approved.
    PostingNeedsApproval,
    /// Members are evaluated every year.
    EvaluationEveryYear,
    /// The stages of an evaluation are closed in their order.
    OrderOfStages,
    /// So many are rated excellent.
    ExcellentQuota {
        /// At the most.
        share: Share,
        /// Of whom.
        base: QuotaBase,
    },
    /// Probationary members are given no grade.
    NoGradeForProbationary,
    /// Every rating has a place for the member's own view and a pointer to where to appeal.
    MemberReplyPlace,
    /// From retired and ill members nothing is deducted for meetings or study missed.
    NoDeductionForExempt,
}

impl Check {
    /// What it finds in facts on a day, in the order of the facts; nothing in facts of another kind.
    pub(super) fn find(&self, facts: &Facts, on: Date) -> Vec<Breach> {
        match self {
            Self::FullMembers { least } => facts.roster(|roster| roster.too_few_full_members(*least)),
            Self::Members { most } => facts.roster(|roster| roster.too_many_members(*most)),
            Self::JointUnits { most } => facts.roster(|roster| roster.too_many_units(*most)),
            Self::CommitteeSize {
                from_full_members,
                least,
                most,
            } => facts.roster(|roster| roster.committee_size(*from_full_members, *least, *most)),
            Self::CommitteeTerm { years } => facts.roster(|roster| roster.committee_term(*years, on)),
            Self::CrewCovered => facts.zone(|zones| zones.uncovered_crews(on)),
            Self::MemberHasZone { exempt } => facts.zone(|zones| zones.members_without_zone(exempt, on)),
            Self::ZoneHasOwner => facts.zone(|zones| zones.unowned(on)),
            Self::OwnerTermEnded => facts.zone(|zones| zones.owner_terms_ended(on)),
            Self::ZonesPerMember { most } => facts.zone(|zones| zones.too_many_zones(*most, on)),
            Self::RedFlagShare { share } => facts.zone(|zones| zones.too_many_red_flags(*share, on)),
            Self::QuarterlyFiling { day } => facts.zone(|zones| zones.unfiled_quarters(*day, on)),
            Self::PostTerm { months } => facts.post(|posts| posts.beyond_term(*months, on)),
            Self::PledgeItems { least, most, exempt } => {
                facts.pledge(|pledges| pledges.items_per_member(*least, *most, exempt))
            }
            Self::PledgeOverdue => facts.pledge(|pledges| pledges.overdue(on)),
            Self::PostingNeedsApproval => match facts {
                Facts::Pledge(pledges) => pledges.unapproved(),
                Facts::Post(posts) => posts.unapproved(),
                Facts::Roster(_) | Facts::Zone(_) | Facts::Appraisal(_) => Vec::new(),
            },
            Self::EvaluationEveryYear => facts.appraisal(|appraisal| appraisal.not_held(on)),
            Self::OrderOfStages => facts.appraisal(AppraisalFacts::out_of_order),
            Self::ExcellentQuota { share, base } => {
                facts.appraisal(|appraisal| appraisal.too_many_excellent(*share, *base))
            }
            Self::NoGradeForProbationary => facts.appraisal(AppraisalFacts::graded_probationary),
            Self::MemberReplyPlace => facts.appraisal(AppraisalFacts::without_reply_place),
            Self::NoDeductionForExempt => facts.appraisal(AppraisalFacts::exempt_but_deducted),
        }
    }

    /// Whether its numbers can be met.
    pub(super) fn can_be_met(&self) -> bool {
        match self {
            Self::CommitteeSize { least, most, .. } | Self::PledgeItems { least, most, .. } => least <= most,
            // The last months of the quarters have thirty days at least.
            Self::QuarterlyFiling { day } => (1..=30).contains(day),
            Self::RedFlagShare { share } | Self::ExcellentQuota { share, .. } => {
                share.numerator <= share.denominator.get()
            }
            _ => true,
        }
    }
}
