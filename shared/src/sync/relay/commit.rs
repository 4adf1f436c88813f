//! Group commit: what has queued while the last fsync ran is stored together, and receipts follow it.

use super::fates::own_entry;
use super::keep::Holding;
use super::ledger::LedgerState;
use super::machine::Relay;
use super::receipts::Receipts;
use super::voiding::Voiding;
use super::{Batch, BatchId, Effect, HeldEntry, NewEntry, Place};
use crate::id::{AccountId, Chain, LedgerId};
use crate::limit;
use crate::protocol::{Entry, Fate, void};
use crate::time::Timestamp;

/// What waits for the disk, in order.
#[derive(Debug, Default)]
pub(super) struct Queue {
    entries: Vec<NewEntry>,
    held: Vec<HeldEntry>,
    bytes: usize,
}

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether so much waits that the disk is too slow.
    pub(super) fn is_full(&self) -> bool {
        self.len() >= limit::STORE_QUEUE || self.bytes >= limit::STORE_QUEUE_BYTES
    }

    fn len(&self) -> usize {
        self.entries.len() + self.held.len()
    }

    pub(super) fn store(&mut self, entry: NewEntry) {
        self.bytes += entry.bytes.len();
        self.entries.push(entry);
    }

    pub(super) fn hold(&mut self, held: HeldEntry) {
        self.bytes += held.entry.bytes.len();
        self.held.push(held);
    }
}

impl Relay {
    /// Hands everything that has queued to the disk, unless a batch is under way: it then forms the next one. Where it
    /// leaves a ledger with too many heads, what joins them goes with it, before anybody can build on all of them.
    pub fn commit(&mut self, now: Timestamp) -> Option<Effect> {
        if self.committing.is_some() || self.queue.is_empty() {
            return None;
        }
        let mut touched: Vec<LedgerId> = self.queue.entries.iter().map(|entry| entry.ledger).collect();
        touched.sort_unstable();
        touched.dedup();
        for ledger in touched {
            if let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&ledger)
                && open.voiding == Voiding::No
            {
                for made in open.merges(now) {
                    self.queue
                        .store(own_entry(&self.config.seal_key, ledger, made, now));
                }
            }
        }
        self.batches += 1;
        let Queue { entries, held, .. } = std::mem::take(&mut self.queue);
        let batch = Batch {
            id: BatchId(self.batches),
            entries,
            held,
        };
        self.committing = Some(batch.clone());
        Some(Effect::Commit(batch))
    }

    /// Whether anything waits for the batch after the one under way.
    #[must_use]
    pub fn has_queued(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Receipts first, then the entries to everybody who follows.
    pub(super) fn committed(&mut self, id: BatchId, places: &[Place]) -> Vec<Effect> {
        let Some(batch) = self.committing.take_if(|batch| batch.id == id) else {
            return Vec::new();
        };
        let mut receipts = Receipts::default();
        let mut added: Vec<(LedgerId, Vec<(Entry, Chain)>)> = Vec::new();
        let mut voided = Vec::new();
        for (new, place) in batch.entries.into_iter().zip(places) {
            let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&new.ledger) else {
                continue;
            };
            open.last = place.seq;
            open.chain = place.chain;
            open.stored.insert(new.hash, place.seq);
            open.keep.is_stored(&new.hash);
            for waiting in open.storing.remove(&new.hash).unwrap_or_default() {
                receipts.add(waiting, new.ledger, new.hash, Fate::Stored(place.seq));
            }
            let ledger = new.ledger;
            if new.account == AccountId::RELAY
                && let Some(changes) = void::voided(&new.bytes)
            {
                voided.push(Effect::Voided(ledger, changes));
            }
            let entry = (in_log(new, place.seq), place.chain);
            match added.iter_mut().find(|(other, _)| *other == ledger) {
                Some((_, entries)) => entries.push(entry),
                None => added.push((ledger, vec![entry])),
            }
        }
        for HeldEntry { entry, .. } in batch.held {
            let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&entry.ledger) else {
                continue;
            };
            let Some(Holding { held, waiting }) = open.keep.is_kept(&entry.hash) else {
                continue;
            };
            for waiting in waiting {
                receipts.add(waiting, entry.ledger, entry.hash, held.fate());
            }
        }
        let mut effects = receipts.send();
        effects.extend(voided);
        for (ledger, entries) in added {
            self.store_taken_in(ledger);
            effects.extend(self.forward(self.at, ledger, &entries));
        }
        effects
    }
}

fn in_log(new: NewEntry, seq: u64) -> Entry {
    let NewEntry {
        hash,
        account,
        device,
        carried_by,
        received_at,
        bytes,
        seal,
        ..
    } = new;
    Entry {
        seq,
        hash,
        account,
        device,
        carried_by,
        received_at,
        bytes,
        seal,
    }
}
