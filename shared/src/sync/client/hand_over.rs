//! Handing over what is on this device alone: to a file, after which the actors in it end.

use serde_bytes::ByteBuf;

use super::machine::Client;
use super::replica::Replica;
use super::{Effect, Status};
use crate::handover::Handed;
use crate::id::LedgerId;

impl Client {
    /// What the relay does not have, by ledger; empty once nothing would be lost with this device.
    #[must_use]
    pub fn hand_over(&self) -> Vec<Handed> {
        let handed = self.ledgers.values().map(Replica::hand_over);
        handed
            .filter(|handed| !handed.changes.is_empty() || !handed.aside.is_empty())
            .collect()
    }

    /// Goes on under fresh actors: those so far stand in a hand-over file, and nothing may be added to them.
    pub fn end_actors(&mut self) -> Vec<Effect> {
        let ledgers: Vec<LedgerId> = self.ledgers.keys().copied().collect();
        let rebuilt = ledgers.into_iter().map(|ledger| self.rebuild(ledger, &[]));
        rebuilt.flatten().collect()
    }
}

impl Replica {
    /// How many acts, and entries of an earlier log, would be lost with this device: the relay has none of them.
    #[must_use]
    pub fn only_here(&self) -> usize {
        let counts = self.counts();
        let waiting = self
            .acts
            .values()
            .filter(|kept| kept.status == Status::WaitsForHeld);
        counts.pending + counts.refused + waiting.count() + self.orphans.len()
    }

    fn hand_over(&self) -> Handed {
        let pending = self.acts.values().filter(|kept| kept.status == Status::Pending);
        let made = pending.flat_map(|kept| &kept.changes);
        let made = made
            .filter(|made| !self.is_at_relay(&made.hash))
            .map(|made| &made.bytes);
        let orphans = self.orphans.iter().filter(|entry| entry.is_change());
        let orphans = orphans.map(|entry| &entry.bytes);
        let is_aside = |status: &Status| !matches!(status, Status::Pending | Status::Held);
        let aside = self.acts.values().filter(|kept| is_aside(&kept.status));
        Handed {
            ledger: self.id,
            key: self.key,
            changes: orphans.chain(made).cloned().map(ByteBuf::from).collect(),
            aside: aside.map(|kept| kept.act.clone()).collect(),
        }
    }
}
