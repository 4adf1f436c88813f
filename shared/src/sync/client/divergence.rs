//! When the relay's log is another than this device's: a restored relay, a reverted machine, damage on either side.
//!
//! The device keeps all it has, takes the relay's log from the start as the truth about receipts, and offers whatever
//! that lacks.

use super::disk::Gone;
use super::machine::{Client, empty_save, follow};
use super::replica::Offered;
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
        // What was voided has nothing to offer.
        let is_lost = |entry: &Entry| entry.bytes.is_empty() || known(entry);
        let fresh: Vec<Entry> = old.into_iter().filter(|entry| !is_lost(entry)).collect();
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

    /// Offers what the relay's log lacks, once all of it is here: a window at a time, the next when that has come back,
    /// or has had its time.
    pub(super) fn offer(&mut self, now: Timestamp, ledger: LedgerId) -> Vec<Effect> {
        let online = self.link.is_online();
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let left = replica.orphans.len();
        if !online || left == 0 || !replica.has_caught_up() {
            return Vec::new();
        }
        let from = match replica.offered {
            Some(last) if left + last.count > last.of && now.since(last.at) < limit::FATE => {
                return Vec::new();
            }
            // What did not come back in time lets the others go first.
            Some(last) if left + last.count > last.of => (last.from + last.count) % left,
            _ => 0,
        };
        let mut weight = 0;
        let window = replica.orphans[from..].iter().take_while(|orphan| {
            weight += orphan.bytes.len();
            weight <= limit::PUSH_WINDOW_BYTES
        });
        let count = window.count().max(1);
        replica.offered = Some(Offered {
            at: now,
            from,
            count,
            of: left,
        });
        let mut offers: Vec<Vec<Entry>> = Vec::new();
        let mut bytes = usize::MAX;
        for orphan in &replica.orphans[from..from + count] {
            let weight = orphan.bytes.len() + limit::ENTRY_ENVELOPE_BYTES;
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
