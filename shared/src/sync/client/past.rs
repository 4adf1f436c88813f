//! The ledger as an officer saw it when doing something.
//!
//! An act that is performed again must not go over what others have said meanwhile: it is performed on what its author
//! had seen then, less what was taken out, so that two opinions meet as a conflict and a person settles it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::KeptAct;
use crate::id::{AccountId, ChangeHash};
use crate::ledger::document::Document;
use crate::protocol::Entry;

/// What was seen so far.
pub(super) struct Past {
    pub(super) document: Document,
}

/// Every change that is here, in an order in which each comes after what it depends on.
#[derive(Default)]
pub(super) struct Known<'a> {
    changes: HashMap<ChangeHash, Place<'a>>,
}

struct Place<'a> {
    number: usize,
    account: AccountId,
    bytes: Cow<'a, [u8]>,
}

impl<'a> Known<'a> {
    pub(super) fn add_log(&mut self, log: impl Iterator<Item = &'a Entry>) {
        for entry in log {
            self.add(entry.hash, entry.account, Cow::Borrowed(&entry.bytes));
        }
    }

    pub(super) fn add(&mut self, hash: ChangeHash, account: AccountId, bytes: Cow<'a, [u8]>) {
        let number = self.changes.len();
        self.changes.entry(hash).or_insert(Place {
            number,
            account,
            bytes,
        });
    }

    fn of(&self, account: AccountId) -> Vec<ChangeHash> {
        let theirs = self.changes.iter().filter(|(_, place)| place.account == account);
        theirs.map(|(hash, _)| *hash).collect()
    }
}

impl Past {
    /// Takes in these changes and all they build on. What is not here any more, because it was taken out, is passed by:
    /// `before` is the document that still had it.
    pub(super) fn sees(&mut self, changes: Vec<ChangeHash>, known: &Known<'_>, before: &Document) {
        let mut ahead = changes;
        let mut passed = HashSet::new();
        let mut news: Vec<(&ChangeHash, &Place<'_>)> = Vec::new();
        while let Some(hash) = ahead.pop() {
            if self.document.has(&hash) || !passed.insert(hash) {
                continue;
            }
            match known.changes.get_key_value(&hash) {
                Some((hash, place)) => {
                    ahead.extend(dependencies(&place.bytes));
                    news.push((hash, place));
                }
                None => ahead.extend(before.dependencies(&hash).unwrap_or_default()),
            }
        }
        news.sort_by_key(|(_, place)| place.number);
        // They are in the document that is shown, so they apply here.
        self.document
            .receive(news.into_iter().map(|(hash, place)| (hash, &*place.bytes)))
            .ok();
    }

    /// Takes in what the author of this act had seen when performing it.
    pub(super) fn sees_what(&mut self, kept: &KeptAct, known: &Known<'_>, before: &Document) {
        let ground = kept.changes.iter().flat_map(|made| dependencies(&made.bytes));
        self.sees(ground.collect(), known, before);
    }

    /// Takes in whatever this account has said, and all it builds on.
    pub(super) fn sees_own(&mut self, account: AccountId, known: &Known<'_>, before: &Document) {
        self.sees(known.of(account), known, before);
    }
}

/// What a change depends on, read from the head of its chunk: four bytes of magic, four of checksum, the type, the
/// length, the number of dependencies, their hashes. None are found in what is no change.
pub(super) fn dependencies(chunk: &[u8]) -> Vec<ChangeHash> {
    let read = || -> Option<Vec<ChangeHash>> {
        let (_, rest) = number(chunk.get(9..)?)?;
        let (count, rest) = number(rest)?;
        let hashes = rest.chunks_exact(32).take(usize::try_from(count).ok()?);
        hashes.map(|hash| hash.try_into().ok().map(ChangeHash)).collect()
    };
    read().unwrap_or_default()
}

/// A number in LEB128, and what stands after it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let length = bytes.iter().take(10).position(|byte| byte & 0x80 == 0)? + 1;
    let (digits, rest) = bytes.split_at(length);
    let value = digits
        .iter()
        .rev()
        .fold(0, |value: u64, digit| value << 7 | u64::from(digit & 0x7f));
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::LedgerId;
    use crate::ledger::kind::Kind;
    use crate::ledger::skeleton;
    use crate::ledger::trial;

    #[test]
    fn dependencies_are_read_as_the_guard_reads_them() {
        let mut made = skeleton::changes(LedgerId([7; 16]), &trial::SCHEMA);
        made.extend(skeleton::changes(LedgerId([7; 16]), Kind::Pledge.schema()));
        assert_eq!(dependencies(&made[1].bytes), [made[0].hash]);
        for made in made {
            assert_eq!(
                dependencies(&made.bytes),
                crate::guard::decode(&made.bytes).unwrap().dependencies
            );
        }
    }

    #[test]
    fn what_is_no_change_depends_on_nothing() {
        for bytes in [&[][..], &[0; 9], &[0xff; 40], &[1; 12]] {
            assert!(dependencies(bytes).is_empty());
        }
    }
}
