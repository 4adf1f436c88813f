//! The kinds of ledger.

use serde::{Deserialize, Serialize};

use super::schema::Schema;

pub mod pledge;
pub mod roster;

/// What a ledger records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 名册: the members of a branch. One per branch, without a year.
    Roster,
    /// 承诺践诺: what members pledge and whether it was done. One per branch and year.
    Pledge,
}

impl Kind {
    /// Every kind, in the order of the navigation.
    pub const ALL: [Self; 2] = [Self::Pledge, Self::Roster];

    /// Its tables and columns.
    #[must_use]
    pub const fn schema(self) -> &'static Schema {
        match self {
            Self::Roster => &roster::SCHEMA,
            Self::Pledge => &pledge::SCHEMA,
        }
    }

    /// The word that stands for it in ids and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.schema().code
    }

    /// Whether there is one for every year.
    #[must_use]
    pub const fn is_yearly(self) -> bool {
        matches!(self, Self::Pledge)
    }
}
