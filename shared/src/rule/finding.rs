//! What a rule finds: about whom or what, and how far off it is.

use serde::{Deserialize, Serialize};

use super::appraisal::Stage;
use super::name::RuleId;
use crate::id::{PersonId, RowId};
use crate::time::Date;

/// How much weight a rule has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// What breaks it cannot be submitted.
    Hard,
    /// What breaks it cannot be submitted without a written reason.
    HardUnlessReason,
    /// What breaks it is shown beside the work.
    Warning,
    /// What is due is shown.
    Reminder,
}

impl Level {
    /// Whether a finding of this level stops what an officer is about to do, given the reason written for it (empty
    /// when none was).
    #[must_use]
    pub fn stops(self, reason: &str) -> bool {
        match self {
            Self::Hard => true,
            Self::HardUnlessReason => reason.trim().is_empty(),
            Self::Warning | Self::Reminder => false,
        }
    }
}

/// One thing a rule finds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// Its weight.
    pub level: Level,
    /// What it is about.
    pub subject: Subject,
    /// How far off it is.
    pub detail: Detail,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The branch whose ledger it is.
    Branch,
    /// A member.
    Member(PersonId),
    /// A crew, by its name.
    Crew(String),
    /// A responsibility zone, by its row.
    Zone(RowId),
    /// A demonstration post, by its row.
    Post(RowId),
    /// A pledge item, by its row.
    Pledge(RowId),
}

/// How far off it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// Something is missing, or is where it should not be: there is nothing to count.
    Plain,
    /// Fewer than there should be.
    TooFew {
        /// How many there are.
        found: u32,
        /// How many there should be at least.
        least: u32,
    },
    /// More than there should be.
    TooMany {
        /// How many there are.
        found: u32,
        /// How many there should be at the most.
        most: u32,
    },
    /// A day that is coming.
    DueOn(Date),
    /// A day that has passed.
    DueSince(Date),
    /// A stage was closed while one before it was open.
    Early {
        /// The stage that was closed.
        closed: Stage,
        /// The first stage before it that was open.
        open: Stage,
    },
}

/// What a check finds, before it is known by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    /// What it is about.
    pub(super) subject: Subject,
    /// How far off it is.
    pub(super) detail: Detail,
}

impl Breach {
    /// A breach with nothing to count.
    pub(super) const fn plain(subject: Subject) -> Self {
        Self {
            subject,
            detail: Detail::Plain,
        }
    }

    /// A breach if `found` is less than `least`.
    pub(super) fn too_few(subject: Subject, found: u32, least: u32) -> Option<Self> {
        (found < least).then_some(Self {
            subject,
            detail: Detail::TooFew { found, least },
        })
    }

    /// A breach if `found` is more than `most`.
    pub(super) fn too_many(subject: Subject, found: u32, most: u32) -> Option<Self> {
        (found > most).then_some(Self {
            subject,
            detail: Detail::TooMany { found, most },
        })
    }

    /// A breach if the last day for something was before `on`.
    pub(super) fn overdue(subject: Subject, last: Date, on: Date) -> Option<Self> {
        (last < on).then_some(Self {
            subject,
            detail: Detail::DueSince(last),
        })
    }
}

/// How many there are. No ledger has more than 32 bits can count.
pub(super) fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
