//! Grades, and from which total on each is suggested.

use serde::{Deserialize, Serialize};

use super::Hundredths;
use crate::ledger::column::Term;

/// A grade of the yearly rating (等次). They are ordered from the best on: of two, the greater one is the worse.
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

impl Grade {
    /// All four, the best one first.
    pub const ALL: [Self; 4] = [
        Self::Excellent,
        Self::Qualified,
        Self::BasicallyQualified,
        Self::Unqualified,
    ];

    /// The word that stands for it in what is kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Excellent => "excellent",
            Self::Qualified => "qualified",
            Self::BasicallyQualified => "basically_qualified",
            Self::Unqualified => "unqualified",
        }
    }

    /// How it is shown.
    #[must_use]
    pub const fn name(self) -> Term {
        let (zh, en) = match self {
            Self::Excellent => ("优秀", "Excellent"),
            Self::Qualified => ("合格", "Qualified"),
            Self::BasicallyQualified => ("基本合格", "Basically qualified"),
            Self::Unqualified => ("不合格", "Unqualified"),
        };
        Term { zh, en }
    }
}

/// The least total for each grade; below all of them is unqualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoffs {
    /// From here on excellent.
    pub excellent: Hundredths,
    /// From here on qualified.
    pub qualified: Hundredths,
    /// From here on basically qualified.
    pub basically_qualified: Hundredths,
}

impl Cutoffs {
    /// The grade that this total suggests. What it is in the end, people decide.
    #[must_use]
    pub fn grade(&self, total: Hundredths) -> Grade {
        if total >= self.excellent {
            Grade::Excellent
        } else if total >= self.qualified {
            Grade::Qualified
        } else if total >= self.basically_qualified {
            Grade::BasicallyQualified
        } else {
            Grade::Unqualified
        }
    }
}
