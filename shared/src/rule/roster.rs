//! What rules ask of a branch's roster.

use super::fact::MemberFact;
use super::finding::{Breach, Subject, count};
use crate::time::Date;

/// What a roster says, and what is known of the branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterFacts {
    /// The members of the branch.
    pub members: Vec<MemberFact>,
    /// How many units share the branch; none when it is not a joint branch.
    pub joint_units: Option<u32>,
    /// The committee; none when nothing is known of it, and then nothing is asked about it.
    pub committee: Option<CommitteeFact>,
}

/// 支委会, or the secretary of a branch without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitteeFact {
    /// How many sit on it, the secretary among them; nought where the branch has a secretary alone.
    pub members: u32,
    /// The day of the election; none when it is not known.
    pub elected_on: Option<Date>,
}

impl RosterFacts {
    fn full_members(&self) -> u32 {
        count(self.members.iter().filter(|member| !member.probationary))
    }

    /// A branch with fewer than `least` full members.
    pub(super) fn too_few_full_members(&self, least: u32) -> Vec<Breach> {
        let breach = Breach::too_few(Subject::Branch, self.full_members(), least);
        breach.into_iter().collect()
    }

    /// A branch with more than `most` members.
    pub(super) fn too_many_members(&self, most: u32) -> Vec<Breach> {
        let breach = Breach::too_many(Subject::Branch, count(self.members.iter()), most);
        breach.into_iter().collect()
    }

    /// A joint branch of more than `most` units.
    pub(super) fn too_many_units(&self, most: u32) -> Vec<Breach> {
        let units = self.joint_units.unwrap_or(0);
        Breach::too_many(Subject::Branch, units, most)
            .into_iter()
            .collect()
    }

    /// A branch of `from_full_members` or more whose committee has not `least` to `most` members.
    pub(super) fn committee_size(&self, from_full_members: u32, least: u32, most: u32) -> Vec<Breach> {
        let asked = self.full_members() >= from_full_members;
        let committee = self.committee.filter(|_| asked);
        committee
            .and_then(|committee| {
                Breach::too_few(Subject::Branch, committee.members, least)
                    .or_else(|| Breach::too_many(Subject::Branch, committee.members, most))
            })
            .into_iter()
            .collect()
    }

    /// A committee, or secretary, whose term of so many years is over.
    pub(super) fn committee_term(&self, years: u8, on: Date) -> Vec<Breach> {
        let elected = self.committee.and_then(|committee| committee.elected_on);
        let end = elected.and_then(|day| day.months_later(12 * u16::from(years)));
        let breach = end.and_then(|end| Breach::overdue(Subject::Branch, end, on));
        breach.into_iter().collect()
    }
}
