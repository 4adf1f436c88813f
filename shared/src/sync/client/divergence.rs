//! When the relay's log is another than this device's: a restored relay, a reverted machine, damage on either side.
//!
//! The device keeps all it has, takes the relay's log from the start as the truth about receipts, and offers whatever
//! that lacks.

use super::disk::Gone;
use super::machine::{Client, empty_save, follow};
use super::{Effect, Save};
use crate::id::{Chain, LedgerId};
use crate::limit;
use crate::protocol::{ClientMessage, Entry};
use crate::time::Timestamp;

impl Client {
    /// Puts the old log aside and asks for the new one from its first entry.
    pub(super) fn diverged(&mut self, ledger: LedgerId) -> Vec<Effect> {
        self.divergences += 1;
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let old = std::mem::take(&mut replica.entries);
        let known = |entry: &Entry| replica.orphans.iter().any(|orphan| orphan.hash == entry.hash);
        let fresh: Vec<Entry> = old.into_iter().filter(|entry| !known(entry)).collect();
        // The old log comes first: what was orphaned earlier may build on it.
        replica.orphans.splice(0..0, fresh.iter().cloned());
        replica.in_log.clear();
        replica.chain = Chain::START;
        replica.relay_last = u64::MAX;
        replica.unsend();
        let ask = self.link.is_online().then(|| follow(replica));
        let save = self.save(
            Save {
                clear_entries: true,
                orphans: fresh,
                ..empty_save(ledger)
            },
            Gone::Dropped,
        );
        let mut effects = vec![Effect::Changed(ledger)];
        effects.extend(save);
        effects.extend(ask);
        effects
    }

    /// Offers what the relay's log lacks, once all of it is here; again every few seconds until it has come back.
    pub(super) fn offer(&mut self, now: Timestamp, ledger: LedgerId) -> Vec<Effect> {
        let online = self.link.is_online();
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        if !online || replica.orphans.is_empty() || !replica.has_caught_up() {
            return Vec::new();
        }
        if replica
            .offered
            .is_some_and(|at| now.since(at) < limit::RETRY_FIRST * 5)
        {
            return Vec::new();
        }
        replica.offered = Some(now);
        let mut offers: Vec<Vec<Entry>> = Vec::new();
        let mut bytes = usize::MAX;
        for orphan in &replica.orphans {
            let weight = orphan.bytes.len() + 256;
            let full = offers
                .last()
                .is_some_and(|offer| offer.len() >= limit::CHANGES_PER_PUSH);
            if full || bytes.saturating_add(weight) > limit::PUSH_BYTES {
                offers.push(Vec::new());
                bytes = 0;
            }
            bytes += weight;
            offers
                .last_mut()
                .expect("the first orphan always opens an offer")
                .push(orphan.clone());
        }
        offers
            .into_iter()
            .map(|entries| Effect::Send(ClientMessage::Offer { ledger, entries }))
            .collect()
    }
}
