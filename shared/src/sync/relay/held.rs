//! What is kept for a person to take in or turn down.

use serde::{Deserialize, Serialize};

use super::ledger::{LedgerState, OpenLedger};
use super::machine::Relay;
use super::voiding::Voiding;
use super::{Effect, NewEntry};
use crate::access::Hold;
use crate::guard;
use crate::id::{AccountId, ChangeHash, LedgerId};
use crate::protocol::{Fate, Refusal, RelayMessage};

/// A change that is kept for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldChange {
    /// The change.
    pub hash: ChangeHash,
    /// Whose it is.
    pub account: AccountId,
    /// Who brought it.
    pub brought_by: AccountId,
    /// Why it is held.
    pub why: Hold,
    /// What was decided.
    pub standing: Standing,
    /// How long it is.
    pub bytes: usize,
}

/// What a person has decided about a held change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing yet.
    #[default]
    Waiting,
    /// It goes into the log.
    TakenIn,
    /// It does not.
    TurnedDown,
}

impl HeldChange {
    /// What its sender is told.
    pub(super) const fn fate(self) -> Fate {
        match (self.standing, self.why) {
            (Standing::TurnedDown, _) => Fate::Refused(Refusal::TurnedDown),
            (Standing::Waiting, Hold::NotPermitted) => Fate::Refused(Refusal::NotPermitted),
            (Standing::Waiting | Standing::TakenIn, _) => Fate::Held,
        }
    }
}

impl Relay {
    /// Has what was held stored, whoever may write it: a person with the right has said so.
    pub(super) fn take_in(&mut self, entry: NewEntry) -> Vec<Effect> {
        let ledger = entry.ledger;
        match self.ledgers.get_mut(&ledger) {
            Some(LedgerState::Open(open)) => {
                open.keep.decided(&entry.hash, Standing::TakenIn);
                if open.taken_in.iter().all(|known| known.hash != entry.hash) {
                    open.taken_in.push(entry);
                }
                self.store_taken_in(ledger);
                Vec::new()
            }
            // Read from the store, which knows of it.
            Some(LedgerState::Loading(_) | LedgerState::Damaged | LedgerState::Forgotten) => Vec::new(),
            None | Some(LedgerState::Unknown) => {
                self.ledgers.insert(ledger, LedgerState::Loading(Vec::new()));
                vec![Effect::Load(ledger)]
            }
        }
    }

    /// Notes that what was held stays out of the log, and tells its author where he is connected.
    pub(super) fn turn_down(&mut self, ledger: LedgerId, hash: &ChangeHash) -> Vec<Effect> {
        let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let Some(held) = open.keep.decided(hash, Standing::TurnedDown) else {
            return Vec::new();
        };
        open.taken_in.retain(|entry| entry.hash != *hash);
        let fates = RelayMessage::Fates {
            ledger,
            fates: vec![(*hash, held.fate())],
        };
        let authors = self.connections.iter().filter(|(_, connection)| {
            connection.device.is_some() && connection.officer.account == held.account
        });
        authors.map(|(id, _)| Effect::Send(*id, fates.clone())).collect()
    }

    /// Queues everything taken in whose dependencies are there by now.
    pub(super) fn store_taken_in(&mut self, ledger: LedgerId) {
        let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&ledger) else {
            return;
        };
        if open.voiding != Voiding::No {
            // What it builds on may be voided; the ledger is read again after that.
            return;
        }
        loop {
            let ready = open.taken_in.iter().position(|entry| open.is_ready(entry));
            let Some(place) = ready else {
                return;
            };
            let entry = open.taken_in.remove(place);
            let Ok(change) = guard::decode(&entry.bytes) else {
                continue;
            };
            if !open.stored.contains_key(&entry.hash) && !open.storing.contains_key(&entry.hash) {
                open.index.admit(&change, entry.account);
                open.storing.insert(entry.hash, Vec::new());
                self.queue.store(entry);
            }
        }
    }
}

impl OpenLedger {
    /// Whether a change taken in can be stored now; one that is there already is ready to be forgotten.
    fn is_ready(&self, entry: &NewEntry) -> bool {
        self.index.has(&entry.hash)
            || guard::decode(&entry.bytes).is_ok_and(|change| self.index.judge(&change).is_ok())
    }
}
