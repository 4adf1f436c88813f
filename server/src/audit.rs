//! The audit log's chain: each entry carries the hash of the one before, so that none can be altered, dropped or slipped
//! in without breaking all that follow.

use sha2::{Digest as _, Sha256};
use shared::protocol::http::audit::{Deed, Filter, Record};

use crate::storage::{By, Session, Storage, StorageError};

mod csv;

pub use csv::csv;

/// The entries read at one time.
const READ_AT_ONCE: u64 = 1_000;

/// The hash of an entry: SHA-256 over the hash before it (32 zero bytes for the first) and the entry's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link(pub [u8; 32]);

/// An entry as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its [`Record`] as JSON.
    pub text: String,
    /// Its hash.
    pub link: Link,
}

/// What is wrong with an audit log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry cannot be read.
    #[error("entry {0} cannot be read")]
    Unreadable(u64),
    /// An entry is missing, or one is there twice.
    #[error("entry {0} is missing or out of place")]
    Number(u64),
    /// An entry, or the one before it, is not what was written.
    #[error("entry {0} was altered")]
    Altered(u64),
}

/// The entry that follows `before`.
///
/// # Panics
///
/// Never: a record is always JSON.
#[must_use]
pub fn next(number: u64, before: Link, by: &By, deed: Deed) -> Line {
    let record = Record {
        number,
        at: by.at,
        account: by.account,
        device: by.device,
        grants: by.grants.clone(),
        deed,
    };
    let text = serde_json::to_string(&record).expect("ids, numbers and words alone");
    let link = follow(before, &text);
    Line { text, link }
}

/// Reads a whole log and follows its chain; gives the number of entries and the last hash.
///
/// # Errors
///
/// Names the first entry that is wrong.
pub fn verify(lines: impl IntoIterator<Item = Line>) -> Result<(u64, Link), Broken> {
    let (mut number, mut link) = (0, Link::default());
    for line in lines {
        number += 1;
        let record: Record = serde_json::from_str(&line.text).map_err(|_| Broken::Unreadable(number))?;
        if record.number != number {
            return Err(Broken::Number(number));
        }
        link = follow(link, &line.text);
        if link != line.link {
            return Err(Broken::Altered(number));
        }
    }
    Ok((number, link))
}

/// The newest entries that a filter lets through, newest first, at most so many.
///
/// # Errors
///
/// Fails when the store does, or an entry cannot be read.
pub fn newest(storage: &dyn Storage, filter: &Filter, most: usize) -> Result<Vec<Record>, StorageError> {
    let audited = storage.audited()?;
    let mut end = filter
        .before
        .map_or(audited, |before| before.saturating_sub(1).min(audited));
    let mut found = Vec::new();
    while end > 0 && found.len() < most {
        let from = end.saturating_sub(READ_AT_ONCE - 1).max(1);
        let lines = storage.audit(from, usize::try_from(end - from + 1).unwrap_or(usize::MAX))?;
        for line in lines.iter().rev() {
            let record: Record =
                serde_json::from_str(&line.text).map_err(|_| StorageError::Damaged("the audit log"))?;
            if filter.fits(&record) && found.len() < most {
                found.push(record);
            }
        }
        end = from - 1;
    }
    Ok(found)
}

/// Whether one of these entries ends a session that is about to begin.
///
/// # Errors
///
/// Fails when an entry cannot be read.
pub(crate) fn ends(lines: &[Line], session: &Session) -> Result<bool, StorageError> {
    for line in lines {
        let record: Record =
            serde_json::from_str(&line.text).map_err(|_| StorageError::Damaged("the audit log"))?;
        if record.deed.ends_sessions(session.account, session.device) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn follow(before: Link, text: &str) -> Link {
    Link(
        Sha256::new()
            .chain_update(before.0)
            .chain_update(text)
            .finalize()
            .into(),
    )
}

impl std::fmt::Display for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use shared::time::Timestamp;

    use super::*;

    fn log() -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for number in 1..=5 {
            let before = lines.last().map_or(Link::default(), |line| line.link);
            lines.push(next(number, before, &By::relay(Timestamp(5)), Deed::SignedIn));
        }
        lines
    }

    #[test]
    fn a_whole_log_is_followed_to_its_last_link() {
        let lines = log();
        let last = lines[4].link;
        assert_eq!(verify(lines), Ok((5, last)));
        assert_eq!(verify([]), Ok((0, Link::default())));
    }

    #[test]
    fn the_newest_are_found_also_before_an_entry_that_never_was() {
        let storage = crate::storage::memory::MemoryStorage::new();
        let note = crate::storage::Amendment::Note(Deed::SignedIn);
        storage.amend(&By::relay(Timestamp(5)), &note).unwrap();
        for before in [None, Some(u64::MAX), Some(2)] {
            let filter = Filter {
                before,
                ..Filter::default()
            };
            assert_eq!(newest(&storage, &filter, 10).unwrap().len(), 1, "{before:?}");
        }
    }

    #[test]
    fn an_altered_dropped_doubled_or_moved_entry_is_named() {
        let mut altered = log();
        altered[2].text = altered[2].text.replace("\"at\":5", "\"at\":6");
        assert_eq!(verify(altered), Err(Broken::Altered(3)));
        let mut dropped = log();
        dropped.remove(1);
        assert_eq!(verify(dropped), Err(Broken::Number(2)));
        let mut doubled = log();
        doubled.insert(2, doubled[1].clone());
        assert_eq!(verify(doubled), Err(Broken::Number(3)));
        let mut relinked = log();
        relinked[4].link = relinked[3].link;
        assert_eq!(verify(relinked), Err(Broken::Altered(5)));
        let mut garbled = log();
        garbled[0].text.truncate(9);
        assert_eq!(verify(garbled), Err(Broken::Unreadable(1)));
    }
}
