//! Entries that void changes before them.
//!
//! A log only grows: what turns out to ruin a document is not taken out of it but voided by a later entry of the relay's
//! own, sealed and chained as any other. Its bytes are not a change but a record: [`MAGIC`], then the hashes of the changes
//! that no longer count, one after the other; its hash is SHA-256 over those bytes. A voided change keeps its place and its
//! hash in the chain, but the relay sends it without bytes from then on, and nobody applies it.

use sha2::{Digest, Sha256};

use super::Entry;
use crate::guard;
use crate::id::{AccountId, ChangeHash};
use crate::ledger::document::Made;

/// What a record begins with.
pub const MAGIC: [u8; 8] = *b"TZVOID1\0";
/// The most changes one record voids: 160 KB of hashes fit into a frame.
pub const MOST: usize = 5_000;

/// What an entry holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A change.
    Change,
    /// A change that was voided: its bytes are not sent.
    Withheld,
    /// These changes no longer count.
    Void(Vec<ChangeHash>),
}

impl Entry {
    /// What it holds; none when it is not what its hash says.
    #[must_use]
    pub fn content(&self) -> Option<Content> {
        if self.bytes.is_empty() {
            return Some(Content::Withheld);
        }
        if self.account == AccountId::RELAY
            && let Some(voided) = voided(&self.bytes)
        {
            return (record_hash(&self.bytes) == self.hash).then_some(Content::Void(voided));
        }
        (guard::scan(&self.bytes) == Ok(self.hash)).then_some(Content::Change)
    }

    /// Whether it holds a change that counts, as far as its first bytes say.
    #[must_use]
    pub fn is_change(&self) -> bool {
        !self.bytes.is_empty() && !self.bytes.starts_with(&MAGIC)
    }
}

/// The changes that a record voids; none when these bytes are no record.
#[must_use]
pub fn voided(bytes: &[u8]) -> Option<Vec<ChangeHash>> {
    let hashes = bytes.strip_prefix(&MAGIC)?;
    let (hashes, rest) = hashes.as_chunks::<32>();
    let fits = !hashes.is_empty() && hashes.len() <= MOST && rest.is_empty();
    fits.then(|| hashes.iter().copied().map(ChangeHash).collect())
}

/// Records that void these changes.
#[must_use]
pub fn records(changes: &[ChangeHash]) -> Vec<Made> {
    let record = |some: &[ChangeHash]| {
        let hashes = some.iter().flat_map(ChangeHash::as_bytes);
        let bytes: Vec<u8> = MAGIC.iter().chain(hashes).copied().collect();
        Made {
            hash: record_hash(&bytes),
            bytes,
        }
    };
    changes.chunks(MOST).map(record).collect()
}

/// The hash of a record.
#[must_use]
pub fn record_hash(bytes: &[u8]) -> ChangeHash {
    ChangeHash(Sha256::digest(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, Seal};
    use crate::time::Timestamp;

    fn entry(account: AccountId, made: &Made) -> Entry {
        Entry {
            seq: 1,
            hash: made.hash,
            account,
            device: DeviceId::from_bytes([0; 16]),
            carried_by: None,
            received_at: Timestamp(0),
            bytes: made.bytes.clone(),
            seal: Seal([0; 32]),
        }
    }

    #[test]
    fn a_record_names_what_it_voids_and_is_the_relays_alone() {
        let changes = [ChangeHash([1; 32]), ChangeHash([2; 32])];
        let [record] = &records(&changes)[..] else {
            panic!("one record for two changes");
        };
        // Written down on purpose: stored records must be read for ever.
        assert_eq!(record.bytes[..8], *b"TZVOID1\0");
        assert_eq!(record.bytes.len(), 8 + 64);
        let void = Some(Content::Void(changes.to_vec()));
        assert_eq!(entry(AccountId::RELAY, record).content(), void);
        assert_eq!(entry(AccountId::from_bytes([1; 16]), record).content(), None);
        let other = Made {
            hash: ChangeHash([9; 32]),
            ..record.clone()
        };
        assert_eq!(entry(AccountId::RELAY, &other).content(), None);
    }

    #[test]
    fn what_is_cut_short_or_empty_is_no_record() {
        assert_eq!(voided(&MAGIC), None);
        assert_eq!(voided(&[&MAGIC[..], &[1; 33]].concat()), None);
        assert_eq!(voided(&[1; 72]), None);
    }

    #[test]
    fn many_changes_need_several_records() {
        let many: Vec<ChangeHash> = (0..=MOST)
            .map(|number| ChangeHash([u8::try_from(number % 251).expect("under 251"); 32]))
            .collect();
        let records = records(&many);
        assert_eq!(records.len(), 2);
        let read = records.iter().flat_map(|record| voided(&record.bytes).unwrap());
        assert_eq!(read.collect::<Vec<_>>(), many);
    }
}
