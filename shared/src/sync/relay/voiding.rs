//! Voiding: what turns out to ruin a ledger no longer counts, nor does what depends on it.
//!
//! The log is not altered: an entry of the relay's own names the changes, and the store withholds their bytes from then
//! on. While that is under way nothing is added to the ledger; afterwards it is read again from the store.
//!
//! A skeleton is never voided: its bytes follow from the ledger's id, so the fault would be this program's, and every
//! other change depends on it. Nor is anything in a ledger that cannot be read: nothing is served of that. What is kept
//! for a person and builds on what was voided stays kept, and cannot go in.

use std::collections::{BTreeSet, HashSet};

use super::commit::Queue;
use super::fates::own_entry;
use super::follow::read_on;
use super::ledger::{LedgerState, OpenLedger};
use super::machine::Relay;
use super::seal::is_good;
use super::{ConnectionId, Effect, NewEntry};
use crate::id::{AccountId, ChangeHash, LedgerId};
use crate::ledger::skeleton;
use crate::protocol::void::{Content, records, voided};
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

/// Ledgers in which something is being voided, and changes found unsound in ledgers that are not in memory yet.
#[derive(Debug, Default)]
pub(super) struct Unsound {
    under_way: BTreeSet<LedgerId>,
    waiting: Vec<(LedgerId, ChangeHash)>,
    /// How often a ledger was read again in this run.
    pub(super) reloads: u64,
}

impl Unsound {
    /// What was found in a ledger while it was being read.
    pub(super) fn take(&mut self, ledger: LedgerId) -> Option<ChangeHash> {
        let at = self.waiting.iter().position(|(other, _)| *other == ledger)?;
        Some(self.waiting.swap_remove(at).1)
    }

    pub(super) fn begins(&mut self, ledger: LedgerId) {
        self.under_way.insert(ledger);
    }
}

impl Relay {
    /// Has a change voided that ruins its ledger.
    pub(super) fn unsound(&mut self, ledger: LedgerId, change: ChangeHash) -> Vec<Effect> {
        match self.ledgers.get_mut(&ledger) {
            Some(LedgerState::Open(open)) => match open.is_unsound(ledger, change) {
                Found::New => {
                    self.unsound.begins(ledger);
                    Vec::new()
                }
                Found::Nothing => Vec::new(),
                Found::Skeleton => vec![Effect::CannotVoid(ledger, change)],
            },
            // Nothing is served of it, or added to it, until a person has repaired it.
            Some(LedgerState::Damaged) => vec![Effect::CannotVoid(ledger, change)],
            Some(LedgerState::Forgotten) => Vec::new(),
            state => {
                let is_loading = matches!(state, Some(LedgerState::Loading(_)));
                if self.unsound.waiting.iter().all(|(other, _)| *other != ledger) {
                    self.unsound.waiting.push((ledger, change));
                }
                if is_loading {
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
        for ledger in std::mem::take(&mut self.unsound.under_way) {
            let Some(state) = self.ledgers.get_mut(&ledger) else {
                continue;
            };
            let LedgerState::Open(open) = state else { continue };
            let is_busy = !open.storing.is_empty() || open.keep.is_busy();
            match open.voiding {
                Voiding::No => continue,
                Voiding::Asked(_) | Voiding::Recorded if is_busy => {}
                Voiding::Asked(change) => {
                    let changes = open.index.with_dependants(&change);
                    open.record(&changes, &self.config.seal_key, ledger, now, &mut self.queue);
                }
                Voiding::Recorded => {
                    self.unsound.reloads += 1;
                    *state = LedgerState::Loading(Vec::new());
                    effects.push(Effect::Load(ledger));
                    continue;
                }
            }
            self.unsound.begins(ledger);
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

/// What is to be done about a change that the shadow has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It will be voided.
    New,
    /// It is not in the log, or voided already, or something else is being voided: if it still ruins the ledger after
    /// that, it is found again.
    Nothing,
    /// It is a skeleton.
    Skeleton,
}

impl OpenLedger {
    /// Notes that a change must be voided.
    pub(super) fn is_unsound(&mut self, ledger: LedgerId, change: ChangeHash) -> Found {
        let mut skeletons = skeleton::changes(ledger, self.key.kind.schema()).into_iter();
        if skeletons.any(|made| made.hash == change) {
            return Found::Skeleton;
        }
        // The shadow reads what is committed; of that this end may not have been told yet.
        if !self.index.has(&change) || self.voiding != Voiding::No {
            return Found::Nothing;
        }
        self.voiding = Voiding::Asked(change);
        Found::New
    }

    /// Takes in a record of an earlier log that somebody brings back, if it was sealed here; what depends on what it
    /// names and is not named in it is voided with it. Gives its fate where that is known at once.
    pub(super) fn takes_record(
        &mut self,
        record: &Entry,
        seal_key: &[u8; 32],
        ledger: LedgerId,
        from: ConnectionId,
        (now, queue): (Timestamp, &mut Queue),
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
        let named: HashSet<ChangeHash> = voided(&record.bytes).into_iter().flatten().collect();
        let with = |change| self.index.with_dependants(change);
        let mut more: Vec<ChangeHash> = named.iter().flat_map(with).collect();
        more.retain(|change| !named.contains(change));
        more.sort_unstable();
        more.dedup();
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
        self.record(&more, seal_key, ledger, now, queue);
        None
    }

    /// Queues records that void these.
    fn record(
        &mut self,
        changes: &[ChangeHash],
        seal_key: &[u8; 32],
        ledger: LedgerId,
        now: Timestamp,
        queue: &mut Queue,
    ) {
        for record in records(changes) {
            self.storing.insert(record.hash, Vec::new());
            queue.store(own_entry(seal_key, ledger, record, now));
        }
        self.voiding = Voiding::Recorded;
    }
}
