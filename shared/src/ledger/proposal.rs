//! What a change that is kept for a person would do to a ledger.
//!
//! It is read, never applied: a change that follows one that is held has not been judged in full yet, and must not be able
//! to harm a document.

use std::collections::HashSet;

use super::cell::{CellRef, Value};
use crate::id::{ChangeHash, RowId};
use crate::time::Timestamp;

/// One change that is kept for a person, as it would be read in a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The change.
    pub hash: ChangeHash,
    /// When it was made, by its device's clock.
    pub at: Timestamp,
    /// What it builds on.
    pub dependencies: Vec<ChangeHash>,
    /// What it would do, in order.
    pub steps: Vec<Step>,
}

/// One thing a change would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A row is made.
    Make {
        /// The table.
        table: &'static str,
        /// The row.
        row: RowId,
        /// What it is born with, by key.
        cells: Vec<(String, Value)>,
    },
    /// A cell is written.
    Write {
        /// The cell.
        cell: CellRef,
        /// What stands there now.
        now: Value,
        /// What would be put there.
        proposed: Value,
        /// Whether something else stands there that its author had not seen: then both would stand side by side.
        clashes: bool,
    },
    /// A row is taken out.
    Remove {
        /// The table.
        table: &'static str,
        /// The row.
        row: RowId,
        /// The reason given.
        why: String,
    },
    /// A removed row is brought back.
    Restore {
        /// The table.
        table: &'static str,
        /// The row.
        row: RowId,
    },
    /// A row gets another place.
    Move {
        /// The table.
        table: &'static str,
        /// The row.
        row: RowId,
    },
    /// A decision is made.
    Decide {
        /// Its kind.
        kind: String,
    },
    /// Something is written to what is not on this device, or of a newer version.
    Elsewhere,
}

/// These and what they build on among `all`, in the order of `all`: none of these can go in without the others.
#[must_use]
pub fn with_ground(all: &[&Proposal], chosen: &[ChangeHash]) -> Vec<ChangeHash> {
    closed_under(all, chosen, |proposal, taken| {
        let needed =
            |other: &&Proposal| taken.contains(&other.hash) && other.dependencies.contains(&proposal.hash);
        all.iter().any(needed)
    })
}

/// These and what builds on them among `all`, in the order of `all`: without these none of the others can go in.
#[must_use]
pub fn with_dependents(all: &[&Proposal], chosen: &[ChangeHash]) -> Vec<ChangeHash> {
    closed_under(all, chosen, |proposal, taken| {
        proposal.dependencies.iter().any(|hash| taken.contains(hash))
    })
}

fn closed_under(
    all: &[&Proposal],
    chosen: &[ChangeHash],
    belongs: impl Fn(&Proposal, &HashSet<ChangeHash>) -> bool,
) -> Vec<ChangeHash> {
    let mut taken: HashSet<ChangeHash> = chosen.iter().copied().collect();
    loop {
        let more = all
            .iter()
            .filter(|proposal| !taken.contains(&proposal.hash) && belongs(proposal, &taken));
        let more: Vec<ChangeHash> = more.map(|proposal| proposal.hash).collect();
        if more.is_empty() {
            break;
        }
        taken.extend(more);
    }
    let hashes = all.iter().map(|proposal| proposal.hash);
    hashes.filter(|hash| taken.contains(hash)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(hash: u8, dependencies: &[u8]) -> Proposal {
        Proposal {
            hash: ChangeHash([hash; 32]),
            at: Timestamp(0),
            dependencies: dependencies.iter().map(|hash| ChangeHash([*hash; 32])).collect(),
            steps: Vec::new(),
        }
    }

    fn numbers(hashes: Vec<ChangeHash>) -> Vec<u8> {
        hashes.into_iter().map(|hash| hash.0[0]).collect()
    }

    #[test]
    fn what_goes_in_brings_its_ground_and_what_stays_out_keeps_out_what_builds_on_it() {
        let all = [
            proposal(1, &[90]),
            proposal(2, &[1]),
            proposal(3, &[90]),
            proposal(4, &[2, 3]),
        ];
        let all: Vec<&Proposal> = all.iter().collect();
        let chosen = |hash: u8| [ChangeHash([hash; 32])];
        assert_eq!(numbers(with_ground(&all, &chosen(2))), [1, 2]);
        assert_eq!(numbers(with_ground(&all, &chosen(4))), [1, 2, 3, 4]);
        assert_eq!(numbers(with_dependents(&all, &chosen(1))), [1, 2, 4]);
        assert_eq!(numbers(with_dependents(&all, &chosen(3))), [3, 4]);
    }
}
