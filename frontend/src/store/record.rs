//! What stands on the device's disk: every record is a version byte and CBOR.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::id::{ActId, ChangeHash, LedgerId};
use shared::sync::client::Save;

use crate::browser::idb::Step;

/// Entries of logs, by ledger and number.
pub(super) const ENTRIES: &str = "entries";
/// Entries that a relay's present log lacks, by ledger and place.
pub(super) const ORPHANS: &str = "orphans";
/// Acts without a receipt, and those set aside, by ledger and id.
pub(super) const PENDING: &str = "pending";
/// What can be fetched or computed again.
pub(super) const CACHE: &str = "cache";
/// Who this is.
pub(super) const META: &str = "meta";

/// The stores of every database; version 1 for ever.
pub(super) const STORES: &[&str] = &[ENTRIES, ORPHANS, PENDING, CACHE, META];

/// The version of the records this app writes.
const VERSION: u8 = 1;

/// The bytes of a record.
pub(super) fn write<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    bytes.extend(shared::protocol::write(value));
    bytes
}

/// Reads a record; none of another version, or damaged.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (version, rest) = bytes.split_first()?;
    if *version == VERSION {
        shared::protocol::read_value(rest)
    } else {
        None
    }
}

/// The key of an entry: numbers in hexadecimal of one width sort as they count.
pub(super) fn entry_key(ledger: LedgerId, seq: u64) -> String {
    format!("{ledger}/{seq:016x}")
}

fn orphan_key(ledger: LedgerId, hash: &ChangeHash) -> String {
    format!("{ledger}/{hash}")
}

fn act_key(ledger: LedgerId, act: ActId) -> String {
    format!("{ledger}/{act}")
}

/// The steps of a transaction.
pub(super) fn steps(save: &Save) -> Vec<Step> {
    let ledger = save.ledger;
    let mut steps = Vec::new();
    if save.clear_entries {
        steps.push(Step::DeleteAll {
            store: ENTRIES,
            prefix: format!("{ledger}/"),
        });
    }
    let put = |store, key, value| Step::Put { store, key, value };
    steps.extend(
        save.entries
            .iter()
            .map(|entry| put(ENTRIES, entry_key(ledger, entry.seq), write(entry))),
    );
    steps.extend(
        save.orphans
            .iter()
            .map(|entry| put(ORPHANS, orphan_key(ledger, &entry.hash), write(entry))),
    );
    steps.extend(
        save.acts
            .iter()
            .map(|kept| put(PENDING, act_key(ledger, kept.act.id), write(kept))),
    );
    let delete = |store, key| Step::Delete { store, key };
    steps.extend(
        save.drop_orphans
            .iter()
            .map(|hash| delete(ORPHANS, orphan_key(ledger, hash))),
    );
    steps.extend(
        save.drop_acts
            .iter()
            .map(|act| delete(PENDING, act_key(ledger, *act))),
    );
    steps
}

/// The steps that delete all of a ledger.
pub(super) fn forget(ledger: LedgerId) -> Vec<Step> {
    let prefix = format!("{ledger}/");
    [ENTRIES, ORPHANS, PENDING]
        .into_iter()
        .map(|store| Step::DeleteAll {
            store,
            prefix: prefix.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_these_bytes() {
        assert_eq!(write(&7_u8), [1, 7]);
        assert_eq!(read::<u8>(&[1, 7]), Some(7));
    }

    #[test]
    fn a_record_of_another_version_is_not_read() {
        assert_eq!(read::<u8>(&[2, 7]), None);
        assert_eq!(read::<u8>(&[]), None);
        assert_eq!(read::<String>(&[1, 7]), None);
    }

    #[test]
    fn keys_of_entries_sort_as_they_count() {
        let ledger = LedgerId([7; 16]);
        assert!(entry_key(ledger, 9) < entry_key(ledger, 10));
        assert!(entry_key(ledger, 255) < entry_key(ledger, 256));
    }
}
