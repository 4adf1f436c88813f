//! The kinds of ledger.

use serde::{Deserialize, Serialize};

use super::key::Part;
use super::schema::Schema;

pub mod appraisal;
pub mod pledge;
pub mod post;
pub mod roster;
pub mod zone;

/// What a ledger records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 名册: the members of a branch. One per branch, without a year.
    Roster,
    /// 承诺践诺: what members pledge and whether it was done. One per branch and year.
    Pledge,
    /// 责任区: who is responsible for which zone. One per branch and year.
    Zone,
    /// 示范岗: which posts are demonstration posts. One per branch and year.
    Post,
    /// 考核评议: the yearly appraisal of members, in several parts. One per branch and year.
    Appraisal,
}

impl Kind {
    /// Every kind, in the order of the navigation.
    pub const ALL: [Self; 5] = [
        Self::Pledge,
        Self::Zone,
        Self::Post,
        Self::Appraisal,
        Self::Roster,
    ];

    /// Its tables and columns.
    #[must_use]
    pub const fn schema(self) -> &'static Schema {
        match self {
            Self::Roster => &roster::SCHEMA,
            Self::Pledge => &pledge::SCHEMA,
            Self::Zone => &zone::SCHEMA,
            Self::Post => &post::SCHEMA,
            Self::Appraisal => &appraisal::SCHEMA,
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
        !matches!(self, Self::Roster)
    }

    /// The parts it is cut into, by who may read them.
    #[must_use]
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Appraisal => &Part::ALL,
            Self::Roster | Self::Pledge | Self::Zone | Self::Post => &[Part::Main],
        }
    }
}
