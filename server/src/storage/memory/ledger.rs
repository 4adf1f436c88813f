//! One ledger in memory.

use std::collections::BTreeSet;

use shared::access::Status;
use shared::id::{AccountId, Chain, ChangeHash, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::limit;
use shared::protocol::http::inbox::Decision;
use shared::protocol::{Entry, void};
use shared::sync::relay::{HeldEntry, Loaded, NewEntry, Page, Place};

use crate::storage::{HeldRow, StorageError, may_follow};

#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) key: LedgerKey,
    pub(super) status: Status,
    pub(super) closing: Option<Place>,
    pub(super) log: Vec<(Entry, Chain)>,
    voided: BTreeSet<ChangeHash>,
    pub(super) held: Vec<HeldRow>,
}

impl Ledger {
    pub(super) const fn new(key: LedgerKey) -> Self {
        Self {
            key,
            status: Status::Open,
            closing: None,
            log: Vec::new(),
            voided: BTreeSet::new(),
            held: Vec::new(),
        }
    }

    pub(super) fn loaded(&self) -> Loaded {
        Loaded {
            key: self.key,
            entries: self.log.iter().map(|(entry, _)| self.given_out(entry)).collect(),
            chain: self.chain(),
            status: self.status,
            held: self.held.iter().map(HeldRow::summary).collect(),
            taken_in: HeldRow::taken_in(self.held.clone()),
        }
    }

    /// Closes it or opens it again.
    pub(super) fn set_status(&mut self, status: Status) -> Result<(), StorageError> {
        if self.status == Status::Forgotten {
            return Err(StorageError::Gone);
        }
        self.status = status;
        if status == Status::Open {
            self.closing = None;
        }
        Ok(())
    }

    /// Closes it where its log ends now.
    pub(super) fn close(&mut self) -> Result<Place, StorageError> {
        self.set_status(Status::Closed)?;
        let end = Place {
            seq: self.last(),
            chain: self.chain(),
        };
        self.closing = Some(end);
        Ok(end)
    }

    /// Forgets all it holds, once it is closed.
    pub(super) fn forget(&mut self) -> Result<(), StorageError> {
        if self.status != Status::Closed {
            return Err(StorageError::Gone);
        }
        *self = Self {
            status: Status::Forgotten,
            closing: self.closing,
            ..Self::new(self.key)
        };
        Ok(())
    }

    /// Notes a decision about all of these, or about none.
    pub(super) fn decide(&mut self, changes: &[ChangeHash], decision: &Decision) -> Result<(), StorageError> {
        let can_be = |change: &ChangeHash| {
            let held = self.held.iter().find(|held| held.entry.hash == *change);
            held.is_some_and(|held| may_follow(held.standing(), decision.standing))
        };
        if !changes.iter().all(can_be) {
            return Err(StorageError::Gone);
        }
        for held in &mut self.held {
            if changes.contains(&held.entry.hash) && held.standing() != decision.standing {
                held.decision = Some(decision.clone());
            }
        }
        Ok(())
    }

    /// An entry as it is given out: of one that was voided without its bytes.
    fn given_out(&self, entry: &Entry) -> Entry {
        let mut entry = entry.clone();
        if self.voided.contains(&entry.hash) {
            entry.bytes.clear();
        }
        entry
    }

    fn chain(&self) -> Chain {
        self.log.last().map_or(Chain::START, |(_, chain)| *chain)
    }

    pub(super) fn last(&self) -> u64 {
        self.log.len() as u64
    }

    fn place_of(&self, hash: &ChangeHash) -> Option<Place> {
        let (entry, chain) = self.log.iter().find(|(entry, _)| entry.hash == *hash)?;
        Some(Place {
            seq: entry.seq,
            chain: *chain,
        })
    }

    pub(super) fn append(&mut self, new: &NewEntry) -> Place {
        if let Some(place) = self.place_of(&new.hash) {
            return place;
        }
        let place = Place {
            seq: self.last() + 1,
            chain: self.chain().then(&new.hash),
        };
        let entry = Entry {
            seq: place.seq,
            hash: new.hash,
            account: new.account,
            device: new.device,
            carried_by: new.carried_by,
            received_at: new.received_at,
            bytes: new.bytes.clone(),
            seal: new.seal,
        };
        if new.account == AccountId::RELAY {
            self.voided.extend(void::voided(&new.bytes).unwrap_or_default());
        }
        self.log.push((entry, place.chain));
        self.held.retain(|held| held.entry.hash != new.hash);
        place
    }

    pub(super) fn hold(&mut self, new: &HeldEntry) {
        let hash = new.entry.hash;
        let known = self.place_of(&hash).is_some() || self.held.iter().any(|held| held.entry.hash == hash);
        if !known {
            self.held.push(HeldRow {
                entry: new.entry.clone(),
                why: new.why,
                decision: None,
            });
        }
    }

    pub(super) fn page(&self, ledger: LedgerId, after: u64) -> Page {
        let before = usize::try_from(after).unwrap_or(usize::MAX);
        let chain_before = match before {
            0 => Some(Chain::START),
            _ => self.log.get(before - 1).map(|(_, chain)| *chain),
        };
        let mut entries: Vec<Entry> = Vec::new();
        let mut bytes = 0;
        let mut chain = chain_before.unwrap_or_else(|| self.chain());
        for (entry, after_it) in self.log.iter().skip(before).take(limit::ENTRIES_PER_FRAME) {
            bytes += entry.weight();
            if !entries.is_empty() && bytes > limit::ENTRIES_BYTES {
                break;
            }
            entries.push(self.given_out(entry));
            chain = *after_it;
        }
        Page {
            ledger,
            after,
            chain_before,
            entries,
            chain,
            last: self.last(),
        }
    }
}
