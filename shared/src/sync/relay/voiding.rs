//! Voiding: what turns out to ruin a ledger no longer counts, nor does what depends on it.
//!
//! The log is not altered: an entry of the relay's own names the changes, and the store withholds their bytes from then
//! on. While that is under way nothing is added to the ledger; afterwards it is read again from the store.

use super::commit::Queue;
use super::fates::own_entry;
use super::follow::read_on;
use super::ledger::{LedgerState, OpenLedger};
use super::machine::Relay;
use super::seal::is_good;
use super::{ConnectionId, Effect, NewEntry};
use crate::id::{AccountId, ChangeHash, LedgerId};
use crate::protocol::void::{Content, records};
use crate::protocol::{Entry, Fate, Refusal};
use crate::time::Timestamp;

/// How far voiding has come in a ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Voiding {
    /// Nothing is to be voided.
    #[default]
    No,
    /// This change and what depends on it, as soon as nothing else is on its way to the disk.
    Asked(ChangeHash),
    /// The records are stored, or on their way: then the ledger is read again.
    Recorded,
}

impl Relay {
    /// Notes that a change must be voided.
    pub(super) fn unsound(&mut self, ledger: LedgerId, change: ChangeHash) -> Vec<Effect> {
        match self.ledgers.get_mut(&ledger) {
            Some(LedgerState::Open(open)) => {
                open.is_unsound(change);
                Vec::new()
            }
            Some(LedgerState::Damaged) => Vec::new(),
            state => {
                self.unsound.insert(ledger, change);
                if matches!(state, Some(LedgerState::Loading(_))) {
                    return Vec::new();
                }
                self.ledgers.insert(ledger, LedgerState::Loading(Vec::new()));
                vec![Effect::Load(ledger)]
            }
        }
    }

    /// Where nothing of a ledger is on its way to the disk: queues the records, or once they are stored forgets what is
    /// known of the ledger and has it read again, which no longer counts what was voided.
    pub(super) fn void_what_is_unsound(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (ledger, state) in &mut self.ledgers {
            let LedgerState::Open(open) = state else { continue };
            if !open.storing.is_empty() || !open.holding.is_empty() {
                continue;
            }
            match open.voiding {
                Voiding::No => {}
                Voiding::Asked(change) => {
                    for record in records(&open.index.with_dependants(&change)) {
                        open.storing.insert(record.hash, Vec::new());
                        self.queue
                            .store(own_entry(&self.config.seal_key, *ledger, record, now));
                    }
                    open.voiding = Voiding::Recorded;
                }
                Voiding::Recorded => {
                    self.reloads += 1;
                    *state = LedgerState::Loading(Vec::new());
                    effects.push(Effect::Load(*ledger));
                }
            }
        }
        effects
    }

    /// Goes on with followers whose page came while the ledger was being read again.
    pub(super) fn resume_readers(&mut self, ledger: LedgerId) -> Vec<Effect> {
        let connections = self.connections.iter_mut();
        connections
            .filter_map(|(id, connection)| read_on(*id, connection, ledger))
            .collect()
    }
}

impl OpenLedger {
    /// Notes that a change must be voided; what is not in the log, or is voided already, is no matter.
    pub(super) fn is_unsound(&mut self, change: ChangeHash) {
        if self.index.has(&change) && self.stored.contains_key(&change) {
            self.voiding = Voiding::Asked(change);
        }
    }

    /// Takes in a record of an earlier log that somebody brings back, if it was sealed here. Gives its fate where that is
    /// known at once.
    pub(super) fn takes_record(
        &mut self,
        record: &Entry,
        seal_key: &[u8; 32],
        ledger: LedgerId,
        from: ConnectionId,
        queue: &mut Queue,
    ) -> Option<(ChangeHash, Fate)> {
        let hash = record.hash;
        if let Some(seq) = self.stored.get(&hash) {
            return Some((hash, Fate::Stored(*seq)));
        }
        let is_ours = matches!(record.content(), Some(Content::Void(_))) && is_good(seal_key, ledger, record);
        if !is_ours {
            return Some((hash, Fate::Refused(Refusal::Malformed)));
        }
        if let Some(waiting) = self.storing.get_mut(&hash) {
            waiting.push(from);
            return None;
        }
        self.voiding = Voiding::Recorded;
        self.storing.insert(hash, vec![from]);
        queue.store(NewEntry {
            ledger,
            hash,
            account: AccountId::RELAY,
            device: record.device,
            carried_by: None,
            received_at: record.received_at,
            bytes: record.bytes.clone(),
            seal: record.seal,
        });
        None
    }
}
