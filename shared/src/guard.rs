//! What a change must satisfy before anybody relies on it.
//!
//! Automerge may panic on, ask for gigabytes by, or silently be ruined by changes that no honest program writes; so
//! nothing reaches it that was not looked at here first. In order: [`scan`] reads the raw header and run lengths without
//! allocating by what they claim and compares the hash; [`decode`] decodes under `catch_unwind` and demands the very
//! bytes an honest Automerge would have written; [`index::Index`] judges place in history and every operation.

use crate::id::{AccountId, ActorId, ChangeHash};
use crate::ledger::act::OpRef;
use crate::time::Timestamp;

mod canonical;
mod caught;
mod columns;
pub mod index;
mod reader;
mod rule;
mod rules;
mod scan;
pub mod shadow;

pub use canonical::decode;
pub use caught::{caught, keep_expected_panics_quiet};
pub use rule::Rule;
pub use rules::Rules;
pub use scan::scan;

/// A change that has passed [`decode`].
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Its hash.
    pub hash: ChangeHash,
    /// Who wrote it.
    pub actor: ActorId,
    /// Its number among that actor's changes, from 1.
    pub seq: u64,
    /// The number of its first operation.
    pub start: u64,
    /// What it depends on.
    pub dependencies: Vec<ChangeHash>,
    /// The account the actor says it belongs to.
    pub author: Option<AccountId>,
    /// When it was made, by that device's clock.
    pub time: Timestamp,
    /// Its operations.
    pub operations: Vec<Operation>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// One operation of a checked change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The object it is in; none for the root.
    pub object: Option<OpRef>,
    /// The key in that map.
    pub key: String,
    /// What it does.
    pub action: Action,
    /// The text it puts, if that is no longer than [`crate::limit::WORD_BYTES`].
    pub word: Option<Box<str>>,
    /// The operations it replaces.
    pub predecessors: Vec<OpRef>,
}

/// What an operation does. Whatever else Automerge knows is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Makes a map.
    MakeMap,
    /// Puts a text, number or nothing.
    Put,
    /// Puts yes or no.
    PutFlag,
}

impl Checked {
    /// The number of its last operation; of an empty change its start less one.
    #[must_use]
    pub fn last_operation(&self) -> u64 {
        self.start - 1 + self.operations.len() as u64
    }
}

/// Whether a key of a matrix is well formed: `member/indicator` or `member/indicator/sheet`, each of 1 to 64 lower-case
/// letters, digits and hyphens.
#[must_use]
pub fn is_matrix_key(key: &str) -> bool {
    let parts = key.split('/');
    let good = |part: &str| {
        (1..=64).contains(&part.len())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    (2..=3).contains(&parts.clone().count()) && parts.into_iter().all(good)
}

#[cfg(test)]
pub(crate) mod tests;
