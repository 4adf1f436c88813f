//! The five things an appraisal looks at: 德能勤绩廉.

use serde::{Deserialize, Serialize};

use crate::ledger::column::Term;

/// One of the five things an appraisal looks at, in the order in which they are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// 德.
    Virtue,
    /// 能.
    Ability,
    /// 勤.
    Diligence,
    /// 绩.
    Achievement,
    /// 廉.
    Integrity,
}

impl Dimension {
    /// All five.
    pub const ALL: [Self; 5] = [
        Self::Virtue,
        Self::Ability,
        Self::Diligence,
        Self::Achievement,
        Self::Integrity,
    ];

    /// The word that stands for it in what is kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Virtue => "virtue",
            Self::Ability => "ability",
            Self::Diligence => "diligence",
            Self::Achievement => "achievement",
            Self::Integrity => "integrity",
        }
    }

    /// How it is shown.
    #[must_use]
    pub const fn name(self) -> Term {
        let (zh, en) = match self {
            Self::Virtue => ("德", "Virtue"),
            Self::Ability => ("能", "Ability"),
            Self::Diligence => ("勤", "Diligence"),
            Self::Achievement => ("绩", "Achievement"),
            Self::Integrity => ("廉", "Integrity"),
        };
        Term { zh, en }
    }
}
