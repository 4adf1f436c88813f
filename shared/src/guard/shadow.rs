//! The shadow: a whole ledger tried on a copy, to find what the rules should have refused.

use automerge::{Automerge, Change, LoadOptions, OnPartialLoad, VerificationMode};

use super::caught::caught;
use crate::id::ChangeHash;

/// The first of these changes, in the order of the log, after which a ledger can no longer be built, read back, saved and
/// loaded; none where all is well. Never panics where panics can be caught; costs some hundred milliseconds for a large
/// ledger that is well, and a dozen times that for one that is not.
#[must_use]
pub fn first_unsound(log: &[(ChangeHash, &[u8])]) -> Option<ChangeHash> {
    if stands(log) {
        return None;
    }
    // Whatever is wrong stays wrong with what comes after it.
    let (mut good, mut bad) = (0, log.len());
    while bad - good > 1 {
        let middle = usize::midpoint(good, bad);
        if stands(&log[..middle]) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    Some(log[bad - 1].0)
}

fn stands(log: &[(ChangeHash, &[u8])]) -> bool {
    let tried = caught(|| {
        let changes = log.iter().map(|(_, bytes)| Change::from_bytes(bytes.to_vec()));
        let changes = changes.collect::<Result<Vec<_>, _>>().ok()?;
        let mut doc = Automerge::new();
        doc.apply_changes(changes).ok()?;
        let strict = LoadOptions::new()
            .on_partial_load(OnPartialLoad::Error)
            .verification_mode(VerificationMode::Check);
        let loaded = Automerge::load_with_options(&doc.save(), strict).ok()?;
        let mut back: Vec<[u8; 32]> = loaded
            .get_changes(&[])
            .iter()
            .map(|change| change.hash().0)
            .collect();
        let mut wanted: Vec<[u8; 32]> = log.iter().map(|(hash, _)| hash.0).collect();
        back.sort_unstable();
        wanted.sort_unstable();
        Some(loaded.get_heads() == doc.get_heads() && back == wanted)
    });
    matches!(tried, Ok(Some(true)))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::*;
    use crate::id::LedgerId;
    use crate::ledger::{skeleton, trial};

    #[test]
    fn what_ruins_a_ledger_is_found_among_what_does_not() {
        let mut log = skeleton::changes(LedgerId([7; 16]), &trial::SCHEMA);
        let last = Change::from_bytes(log[1].bytes.clone()).unwrap();
        let after = |start: u64, actor: u8| {
            let mut change = last.decode();
            change.actor_id = automerge::ActorId::from([actor; 16].as_slice());
            change.deps = vec![last.hash()];
            change.start_op = NonZeroU64::new(start).unwrap();
            change.operations.clear();
            let change = Change::from(change);
            crate::ledger::document::Made {
                hash: ChangeHash(change.hash().0),
                bytes: change.raw_bytes().to_vec(),
            }
        };
        let next = last.max_op() + 1;
        log.push(after(next, 1));
        let of = |log: &[crate::ledger::document::Made]| {
            let log: Vec<(ChangeHash, &[u8])> = log
                .iter()
                .map(|made| (made.hash, made.bytes.as_slice()))
                .collect();
            first_unsound(&log)
        };
        assert_eq!(of(&log), None);
        // It starts lower than after what it depends on: Automerge takes it, saves it, and never loads it again.
        log.push(after(1, 2));
        let bad = log[3].hash;
        log.push(after(next, 3));
        assert_eq!(of(&log), Some(bad));
    }
}
