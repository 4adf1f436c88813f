//! The facts that rules are checked against, as plain values: whoever reads the ledgers draws them from there.

use serde::{Deserialize, Serialize};

use super::appraisal::AppraisalFacts;
use super::finding::Breach;
use super::pledge::PledgeFacts;
use super::post::PostFacts;
use super::roster::RosterFacts;
use super::zone::ZoneFacts;
use crate::id::PersonId;

/// What a branch's ledger of some kind says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facts {
    /// The roster, with what is known of the branch's committee.
    Roster(RosterFacts),
    /// The pledges of a year.
    Pledge(PledgeFacts),
    /// The responsibility zones of a year.
    Zone(ZoneFacts),
    /// The demonstration posts of a year.
    Post(PostFacts),
    /// The appraisal of a year.
    Appraisal(AppraisalFacts),
}

/// A member of the branch, as far as rules ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberFact {
    /// Who it is.
    pub person: PersonId,
    /// Whether and where the member is at work.
    pub standing: Standing,
    /// 预备党员.
    pub probationary: bool,
    /// The member's crew, by name.
    pub crew: Option<String>,
}

/// 在岗情况: whether and where a member is at work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 在岗.
    #[default]
    Active,
    /// 离退休.
    Retired,
    /// 长期病休.
    Ill,
    /// 借调外派.
    Seconded,
    /// 流动.
    Floating,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 5] = [
        Self::Active,
        Self::Retired,
        Self::Ill,
        Self::Seconded,
        Self::Floating,
    ];

    /// The code a roster keeps it by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
            Self::Ill => "ill",
            Self::Seconded => "seconded",
            Self::Floating => "floating",
        }
    }

    /// The standing a roster keeps by this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// 公示: that something hangs on the board, or is about to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostingFact {
    /// Whether what is posted, as it reads now, has passed the secrecy review and been approved.
    pub approved: bool,
}

impl PostingFact {
    /// A posting that nobody approved.
    pub(super) const fn is_unapproved(self) -> bool {
        !self.approved
    }
}

macro_rules! facts {
    ($($kind:ident($facts:ident)),*) => {
        $(impl From<$facts> for Facts {
            fn from(facts: $facts) -> Self {
                Self::$kind(facts)
            }
        })*
    };
}

facts!(
    Roster(RosterFacts),
    Pledge(PledgeFacts),
    Zone(ZoneFacts),
    Post(PostFacts),
    Appraisal(AppraisalFacts)
);

macro_rules! of_kind {
    ($($(#[$doc:meta])* $name:ident: $kind:ident($facts:ident)),*) => {
        impl Facts {
            $($(#[$doc])*
            pub(super) fn $name(&self, find: impl FnOnce(&$facts) -> Vec<Breach>) -> Vec<Breach> {
                match self {
                    Self::$kind(facts) => find(facts),
                    _ => Vec::new(),
                }
            })*
        }
    };
}

of_kind!(
    /// What `find` finds in a roster; nothing in other facts.
    roster: Roster(RosterFacts),
    /// What `find` finds in pledges; nothing in other facts.
    pledge: Pledge(PledgeFacts),
    /// What `find` finds in zones; nothing in other facts.
    zone: Zone(ZoneFacts),
    /// What `find` finds in posts; nothing in other facts.
    post: Post(PostFacts),
    /// What `find` finds in an appraisal; nothing in other facts.
    appraisal: Appraisal(AppraisalFacts)
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::column::CellKind;
    use crate::ledger::kind::roster;

    #[test]
    fn every_standing_of_a_roster_is_known() {
        let columns = roster::SCHEMA
            .skeletons
            .iter()
            .flat_map(|skeleton| skeleton.tables)
            .flat_map(|table| table.columns);
        let kind = columns
            .filter(|column| column.id == "standing")
            .map(|column| column.kind);
        for kind in kind {
            let CellKind::Choice(choices) = kind else {
                panic!("not a choice");
            };
            let codes: Vec<&str> = choices.iter().map(|choice| choice.code).collect();
            assert_eq!(codes, Standing::ALL.map(Standing::code));
        }
        assert_eq!(Standing::from_code("ill"), Some(Standing::Ill));
        assert_eq!(Standing::from_code(""), None);
    }
}
