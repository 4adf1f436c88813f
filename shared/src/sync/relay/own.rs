//! What the relay itself writes: what goes on in a new year, and members who go to another branch.
//!
//! It is judged by the index as everybody's changes are, and by nothing else: whoever asked the relay for it had the right.

use std::mem;

use super::Effect;
use super::fates::own_entry;
use super::ledger::LedgerState;
use super::machine::Relay;
use super::voiding::Voiding;
use crate::guard;
use crate::id::{AccountId, LedgerId};
use crate::ledger::document::Made;
use crate::time::Timestamp;

/// What waits for its ledger to be read.
#[derive(Debug, Default)]
pub(super) struct Own(Vec<(LedgerId, Vec<Made>)>);

impl Relay {
    /// Appends changes of the relay's own, oldest first.
    pub(super) fn own(&mut self, now: Timestamp, ledger: LedgerId, changes: Vec<Made>) -> Vec<Effect> {
        match self.ledgers.get(&ledger) {
            Some(LedgerState::Open(open)) if open.voiding == Voiding::No => {
                self.store_own(now, ledger, changes);
                Vec::new()
            }
            // After that it is read anew.
            Some(LedgerState::Open(_) | LedgerState::Loading(_)) => {
                self.own.0.push((ledger, changes));
                Vec::new()
            }
            Some(LedgerState::Damaged | LedgerState::Forgotten) => Vec::new(),
            None | Some(LedgerState::Unknown) => {
                self.own.0.push((ledger, changes));
                self.ledgers.insert(ledger, LedgerState::Loading(Vec::new()));
                vec![Effect::Load(ledger)]
            }
        }
    }

    /// Appends what has waited for a ledger to be read; where it cannot be, that is dropped.
    pub(super) fn store_own_waiting(&mut self, now: Timestamp, ledger: LedgerId) {
        let (theirs, others): (Vec<_>, Vec<_>) = mem::take(&mut self.own.0)
            .into_iter()
            .partition(|(waiting, _)| *waiting == ledger);
        self.own.0 = others;
        if let Some(LedgerState::Open(_)) = self.ledgers.get(&ledger) {
            for (_, changes) in theirs {
                // Nothing is left to be done before that: an open ledger need not be read.
                self.own(now, ledger, changes);
            }
        }
    }

    fn store_own(&mut self, now: Timestamp, ledger: LedgerId, changes: Vec<Made>) {
        let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&ledger) else {
            return;
        };
        for made in changes {
            if open.index.has(&made.hash) {
                continue;
            }
            // What is not taken was done already, in other words: nothing of it is left to do.
            let Ok(change) = guard::decode(&made.bytes) else {
                return;
            };
            if open.index.judge(&change).is_err() {
                return;
            }
            open.admit(&change, AccountId::RELAY);
            open.storing.insert(made.hash, Vec::new());
            self.queue
                .store(own_entry(&self.config.seal_key, ledger, made, now));
        }
    }
}
