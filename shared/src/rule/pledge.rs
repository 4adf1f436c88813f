//! What rules ask of the pledges of a year.

use std::collections::BTreeSet;

use super::fact::{MemberFact, PostingFact, Standing};
use super::finding::{Breach, Subject, count};
use crate::id::{PersonId, RowId};
use crate::time::Date;

/// What a pledge ledger says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PledgeFacts {
    /// The members of the branch.
    pub members: Vec<MemberFact>,
    /// The pledge items.
    pub items: Vec<PledgeFact>,
}

/// One pledge item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PledgeFact {
    /// Its row.
    pub row: RowId,
    /// Whose it is.
    pub member: PersonId,
    /// The last day to fulfil it, if it has one.
    pub due: Option<Date>,
    /// Whether it has been called done or judged: then it is never overdue.
    pub settled: bool,
    /// Its posting, if it is posted or about to be.
    pub posting: Option<PostingFact>,
}

impl PledgeFacts {
    /// Members without `least` to `most` items. Members of an exempt standing pledge as they like.
    pub(super) fn items_per_member(&self, least: u32, most: u32, exempt: &BTreeSet<Standing>) -> Vec<Breach> {
        let asked = self
            .members
            .iter()
            .filter(|member| !exempt.contains(&member.standing));
        asked
            .filter_map(|member| {
                let subject = || Subject::Member(member.person);
                let found = count(self.items.iter().filter(|item| item.member == member.person));
                Breach::too_few(subject(), found, least).or_else(|| Breach::too_many(subject(), found, most))
            })
            .collect()
    }

    /// Items whose last day has passed.
    pub(super) fn overdue(&self, on: Date) -> Vec<Breach> {
        let open = self.items.iter().filter(|item| !item.settled);
        open.filter_map(|item| Breach::overdue(Subject::Pledge(item.row), item.due?, on))
            .collect()
    }

    /// Items posted without approval.
    pub(super) fn unapproved(&self) -> Vec<Breach> {
        let posted = self
            .items
            .iter()
            .filter(|item| item.posting.is_some_and(PostingFact::is_unapproved));
        posted
            .map(|item| Breach::plain(Subject::Pledge(item.row)))
            .collect()
    }
}
