//! 年度: ledgers closed and taken over into the next year, and members who go to another branch.

use serde::{Deserialize, Serialize};

use super::holders::Holder;
use crate::id::{Chain, LedgerId, PersonId, UnitId};

/// The answer to `POST /api/ledgers/{id}/close`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The last entry of the log; what arrives from now on is held.
    pub seq: u64,
    /// The chain after it, which stands for the whole log.
    pub chain: Chain,
    /// Devices that may hold work which the log lacks, or that have not seen all of it: whoever was in contact last first.
    pub behind: Vec<Holder>,
}

/// The body of `POST /api/year/{year}/roll-over`: what goes on is taken over into the next year's ledgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollOver {
    /// Whose.
    pub unit: UnitId,
}

/// The answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolledOver {
    /// The new year.
    pub year: u16,
    /// The ledgers that something was put into; none when there was nothing, or it was done before.
    pub filled: Vec<LedgerId>,
}

/// The body of `POST /api/members/move`: a member goes to another branch (组织关系转移).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveMember {
    /// Who.
    pub person: PersonId,
    /// The branch he leaves.
    pub from: UnitId,
    /// The branch he goes to.
    pub to: UnitId,
    /// What is to stand beside the reason in the old roster; at most [`crate::limit::NAME_CHARS`] characters.
    #[serde(default)]
    pub note: String,
}
