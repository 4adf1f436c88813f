//! Who was told what, and who has what on disk: what the oracle compares the end with.

use std::collections::{HashMap, HashSet};

use shared::guard;
use shared::id::{ActId, ChangeHash};
use shared::ledger::act::Deed;
use shared::protocol::{ClientMessage, Fate, Refusal, RelayMessage};
use shared::sync::client::{Announcement, Save};
use shared::time::Timestamp;

use super::disk::Store;

/// Everything that was said.
#[derive(Debug, Default)]
pub(super) struct Witness {
    /// Changes that were on some device's disk at some time.
    on_disk: HashSet<ChangeHash>,
    /// Changes that a client sent.
    pub(super) pushed: HashSet<ChangeHash>,
    /// Changes with a receipt.
    pub(super) receipted: HashSet<ChangeHash>,
    /// Changes somebody else delivered.
    pub(super) carried: HashSet<ChangeHash>,
    /// Held changes that somebody took in.
    pub(super) taken_in: HashSet<ChangeHash>,
    /// Changes that were refused because what they make is there.
    pub(super) already: HashSet<ChangeHash>,
    /// The entries an officer may have known of when doing something, by device and its clock.
    pub(super) seen: HashMap<(usize, Timestamp), HashSet<ChangeHash>>,
    /// Acts by id.
    pub(super) acts: HashMap<ActId, Story>,
    /// Changes that were voided.
    pub(super) voided: HashSet<ChangeHash>,
    /// What each change depends on.
    builds_on: HashMap<ChangeHash, Vec<ChangeHash>>,
    /// How often the relay was set back.
    pub(super) restores: u64,
    /// What was wrong at once.
    pub(super) wrong: Vec<String>,
}

/// What is known of an act.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) device: usize,
    pub(super) deed: Option<Deed>,
    /// When it was done, by the device's clock.
    pub(super) at: Timestamp,
    /// Every change it ever became.
    pub(super) changes: HashSet<ChangeHash>,
    /// Whether it was ever on the disk.
    pub(super) saved: bool,
    pub(super) dismissed: bool,
}

impl Witness {
    pub(super) fn saved(&mut self, device: usize, save: &Save) {
        for kept in &save.acts {
            let hashes = || kept.changes.iter().map(|made| made.hash);
            self.on_disk.extend(hashes());
            let story = self.acts.entry(kept.act.id).or_default();
            story.device = device;
            story.at = kept.act.at;
            story.deed = Some(kept.act.deed.clone());
            story.saved = true;
            story.changes.extend(hashes());
        }
    }

    pub(super) fn pushed(&mut self, message: &ClientMessage) {
        match message {
            ClientMessage::Push { changes, .. } => {
                for bytes in changes {
                    let Ok(hash) = guard::scan(bytes) else {
                        self.wrong.push("a client sent what is no change".to_owned());
                        continue;
                    };
                    self.pushed.insert(hash);
                    self.read(hash, bytes);
                    self.must_be_on_disk(&hash, "pushed");
                }
            }
            ClientMessage::Offer { entries, .. } => {
                for entry in entries {
                    self.pushed.insert(entry.hash);
                    self.read(entry.hash, &entry.bytes);
                }
            }
            _ => {}
        }
    }

    fn read(&mut self, hash: ChangeHash, bytes: &[u8]) {
        if let Ok(change) = guard::decode(bytes) {
            self.builds_on.insert(hash, change.dependencies);
        }
    }

    /// Whether a change was voided, or builds on what was, near or far.
    pub(super) fn is_ruined(&self, hash: &ChangeHash) -> bool {
        let mut ahead = vec![*hash];
        let mut seen = HashSet::new();
        while let Some(hash) = ahead.pop() {
            if self.voided.contains(&hash) {
                return true;
            }
            if seen.insert(hash) {
                ahead.extend(self.builds_on.get(&hash).into_iter().flatten());
            }
        }
        false
    }

    /// What a stranger sends is on no disk of ours.
    pub(super) fn pushed_by_stranger(&mut self, message: &ClientMessage) {
        if let ClientMessage::Push { changes, .. } = message {
            let hashes: Vec<ChangeHash> = changes
                .iter()
                .filter_map(|bytes| guard::scan(bytes).ok())
                .collect();
            self.pushed.extend(&hashes);
            self.carried.extend(hashes);
        }
    }

    pub(super) fn announced(&mut self, announcement: &Announcement) {
        if let Announcement::Act(_, kept) = announcement {
            for made in &kept.changes {
                self.must_be_on_disk(&made.hash, "announced");
            }
        }
    }

    fn must_be_on_disk(&mut self, hash: &ChangeHash, what: &str) {
        if !self.on_disk.contains(hash) {
            self.wrong
                .push(format!("{hash} was {what} before it was on the disk"));
        }
    }

    pub(super) fn told(&mut self, message: &RelayMessage, store: &Store) {
        let RelayMessage::Fates { fates, .. } = message else {
            return;
        };
        for (hash, fate) in fates {
            match fate {
                Fate::Stored(_) => {
                    self.receipted.insert(*hash);
                    if !store.has(hash) {
                        self.wrong
                            .push(format!("{hash} got a receipt before it was in the log"));
                    }
                }
                Fate::Held if store.held.iter().all(|held| held.hash != *hash) => {
                    self.wrong
                        .push(format!("{hash} is said to be held, and is not on the disk"));
                }
                Fate::Refused(Refusal::AlreadyThere) => {
                    self.already.insert(*hash);
                }
                Fate::Refused(Refusal::NotPermitted) | Fate::Held | Fate::Later(_) => {}
                Fate::Refused(Refusal::Ruinous) if self.is_ruined(hash) => {}
                Fate::Refused(other) => self
                    .wrong
                    .push(format!("an honest change, {hash}, was refused: {other:?}")),
            }
        }
    }

    pub(super) fn set_back(&mut self) {
        self.restores += 1;
    }
}
