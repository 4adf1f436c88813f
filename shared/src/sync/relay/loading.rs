//! Taking ledgers into memory, and carrying out what waited for them.

use super::fates::own_entry;
use super::ledger::{LedgerState, OpenLedger};
use super::machine::Relay;
use super::voiding::Found;
use super::{Effect, Loaded};
use crate::access::Status;
use crate::id::{ActorId, LedgerId};
use crate::time::Timestamp;

impl Relay {
    /// The store has read a ledger.
    pub(super) fn loaded(&mut self, now: Timestamp, ledger: LedgerId, loaded: Option<Loaded>) -> Vec<Effect> {
        let unsound = self.unsound.take(ledger);
        let mut effects = Vec::new();
        let state = match loaded {
            None => LedgerState::Unknown,
            Some(loaded) if loaded.status == Status::Forgotten => LedgerState::Forgotten,
            Some(loaded) => match OpenLedger::open(ledger, loaded, self.actor(ledger)) {
                Some(mut open) => {
                    if let Some(change) = unsound {
                        match open.is_unsound(ledger, change) {
                            Found::New => self.unsound.begins(ledger),
                            Found::Nothing => {}
                            Found::Skeleton => effects.push(Effect::CannotVoid(ledger, change)),
                        }
                    }
                    for made in open.missing_skeletons(ledger) {
                        self.queue
                            .store(own_entry(&self.config.seal_key, ledger, made, now));
                    }
                    LedgerState::Open(Box::new(open))
                }
                None => LedgerState::Damaged,
            },
        };
        effects.extend(self.settle(now, ledger, state));
        effects.extend(self.resume_readers(ledger));
        self.store_taken_in(ledger);
        self.store_own_waiting(now, ledger);
        effects
    }

    /// The store could not read a ledger.
    pub(super) fn unreadable(&mut self, now: Timestamp, ledger: LedgerId) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self
            .unsound
            .take(ledger)
            .map(|change| Effect::CannotVoid(ledger, change))
            .into_iter()
            .collect();
        effects.extend(self.settle(now, ledger, LedgerState::Damaged));
        self.store_own_waiting(now, ledger);
        effects
    }

    /// Takes the state of a ledger over, and carries out what waited for it.
    fn settle(&mut self, now: Timestamp, ledger: LedgerId, state: LedgerState) -> Vec<Effect> {
        let Some(LedgerState::Loading(waiting)) = self.ledgers.insert(ledger, state) else {
            return Vec::new();
        };
        let carried = waiting
            .into_iter()
            .flat_map(|(id, message)| self.carry_out(now, id, message))
            .collect();
        // Anybody can think of any number of ledgers that are not there.
        if let Some(LedgerState::Unknown) = self.ledgers.get(&ledger) {
            self.ledgers.remove(&ledger);
        }
        carried
    }

    /// What the relay's own actors for a ledger come from in this run.
    fn actor(&self, ledger: LedgerId) -> ActorId {
        use sha2::{Digest, Sha256};
        // A ledger that is read again counts its merges from the start.
        let digest = Sha256::new()
            .chain_update(self.config.seed)
            .chain_update(ledger.0)
            .chain_update(self.unsound.reloads.to_be_bytes())
            .finalize();
        let mut actor = [0; 16];
        actor.copy_from_slice(&digest[..16]);
        ActorId(actor)
    }
}
