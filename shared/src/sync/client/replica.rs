//! One ledger on one device, in one tab.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::{KeptAct, Status};
use crate::id::{ActId, Chain, ChangeHash, LedgerId};
use crate::ledger::cell::CellRef;
use crate::ledger::conflict::{Conflict, Said};
use crate::ledger::document::Document;
use crate::ledger::key::LedgerKey;
use crate::ledger::snapshot::Snapshot;
use crate::ledger::undo::Undo;
use crate::protocol::{Entry, Later};
use crate::time::Timestamp;

/// One ledger: its document, the log as far as it is here, and the acts without a receipt.
#[derive(Clone, Debug)]
pub struct Replica {
    pub(super) id: LedgerId,
    pub(super) key: LedgerKey,
    pub(super) document: Document,
    pub(super) entries: Vec<Entry>,
    pub(super) chain: Chain,
    pub(super) in_log: HashSet<ChangeHash>,
    /// Entries of an earlier log that the relay's present one lacks, in their old order.
    pub(super) orphans: Vec<Entry>,
    /// Which orphans were last offered to the relay.
    pub(super) offered: Option<Offered>,
    /// Every act without all its changes in the log, of this tab and the others, by its place.
    pub(super) acts: BTreeMap<Place, KeptAct>,
    /// How far each pending change has come, of this tab's acts.
    pub(super) changes: HashMap<ChangeHash, Stage>,
    pub(super) following: Following,
    /// The last entry of the relay's log, as far as it has told.
    pub(super) relay_last: u64,
    pub(super) undo: Undo,
    /// Whether the relay has said that the ledger must go.
    pub(super) forgotten: bool,
    /// Acts that have come to their end as far as this session knows: whoever found them on the disk is late.
    pub(super) ended: HashSet<ActId>,
    /// Whether a pending act is not in the document yet.
    pub(super) left_out: bool,
}

/// The place of an act: its number, and its id where two tabs have given one number.
pub(super) type Place = (u64, ActId);

/// How far a pending change has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// On its way to the device's disk.
    Saving,
    /// On the device's disk.
    Saved,
    /// Sent, without a fate yet.
    Sent(Timestamp),
    /// Put off; to be sent again then.
    Later(Later, Timestamp),
    /// In the relay's log; its entry has yet to come.
    Stored,
    /// The same, as an earlier connection or another tab has heard: to be sent again if the log turns out to lack it.
    StoredBefore,
}

/// Whether the relay sends this ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Following {
    Not,
    /// The log is being fetched over HTTP.
    Fetching {
        /// Since when.
        since: Timestamp,
    },
    /// Asked for.
    Asked,
    /// Being received.
    Live,
}

/// Orphans that were offered to the relay together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offered {
    /// When.
    pub(super) at: Timestamp,
    /// The place of the first among the orphans there were then.
    pub(super) from: usize,
    /// How many they were.
    pub(super) count: usize,
    /// How many orphans there were.
    pub(super) of: usize,
}

/// Figures about a ledger, for the words of sync.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Acts not yet on the device's disk.
    pub saving: usize,
    /// Acts without a fate, saved or not.
    pub pending: usize,
    /// Of these, acts that are being sent.
    pub sending: usize,
    /// Acts kept at the relay for a person, and those that wait with them.
    pub held: usize,
    /// Acts set aside.
    pub refused: usize,
    /// Why changes stay here until somebody does something about it at the relay.
    pub blocked: Option<Later>,
}

impl Replica {
    /// Its key.
    #[must_use]
    pub fn key(&self) -> LedgerKey {
        self.key
    }

    /// What it shows.
    #[must_use]
    pub fn snapshot(&self) -> Rc<Snapshot> {
        self.document.snapshot()
    }

    /// The ledger itself, to be read.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What people said in a cell in conflict.
    #[must_use]
    pub fn conflict(&self, cell: &CellRef) -> Option<Conflict> {
        let mut conflict = self.document.conflict(cell)?;
        self.name_carriers(&mut conflict.before);
        self.name_carriers(&mut conflict.values);
        Some(conflict)
    }

    /// What stands in a cell now, the value shown last, each with who wrote it and when.
    #[must_use]
    pub fn said(&self, cell: &CellRef) -> Vec<Said> {
        let mut said = self.document.said(cell);
        self.name_carriers(&mut said);
        said
    }

    /// The document in Automerge's own format.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.document.save()
    }

    /// The changes nothing depends on yet.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.document.heads()
    }

    /// The last entry of the log that is here, and the chain after it.
    #[must_use]
    pub fn cursor(&self) -> (u64, Chain) {
        (self.entries.last().map_or(0, |entry| entry.seq), self.chain)
    }

    /// The log as far as it is here.
    #[must_use]
    pub fn log(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether all that the relay had at the last contact is here.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.entries.is_empty() && self.cursor().0 >= self.relay_last && self.orphans.is_empty()
    }

    /// Whether the relay is sending this ledger, and has answered on this connection.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.following == Following::Live
    }

    /// When the relay received the last entry that is here.
    #[must_use]
    pub fn last_at(&self) -> Option<Timestamp> {
        self.entries.last().map(|entry| entry.received_at)
    }

    /// Acts set aside, oldest first.
    pub fn set_aside(&self) -> impl Iterator<Item = &KeptAct> {
        self.acts
            .values()
            .filter(|kept| matches!(kept.status, Status::Refused(_) | Status::NoLongerApplies))
    }

    /// The acts that are here without a receipt, or set aside.
    pub fn act_ids(&self) -> impl Iterator<Item = ActId> {
        self.acts.keys().map(|place| place.1)
    }

    /// Cells whose last writing is on this device alone.
    #[must_use]
    pub fn pending_cells(&self) -> HashSet<CellRef> {
        let waiting = self
            .acts
            .values()
            .filter(|kept| kept.status == Status::Pending && !self.is_stored(kept));
        waiting.flat_map(|kept| kept.act.deed.touches()).collect()
    }

    /// Its figures.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for kept in self.acts.values() {
            match kept.status {
                Status::Pending if self.is_stored(kept) => {}
                Status::Pending => {
                    counts.pending += 1;
                    let mut stages = kept
                        .changes
                        .iter()
                        .filter_map(|made| self.changes.get(&made.hash));
                    match stages.find(|stage| !stage.is_stored()) {
                        Some(Stage::Saving) => counts.saving += 1,
                        Some(Stage::Sent(_)) => counts.sending += 1,
                        Some(Stage::Later(why @ (Later::Full | Later::RelayOlder), _)) => {
                            counts.blocked = Some(*why);
                        }
                        _ => {}
                    }
                }
                Status::Held | Status::WaitsForHeld => counts.held += 1,
                Status::Refused(_) | Status::NoLongerApplies => counts.refused += 1,
            }
        }
        counts
    }

    /// Whether every change of the act is in the relay's log.
    fn is_stored(&self, kept: &KeptAct) -> bool {
        kept.changes.iter().all(|made| self.is_at_relay(&made.hash))
    }

    /// Whether a change is in the relay's log, by an entry or by a fate.
    pub(super) fn is_at_relay(&self, hash: &ChangeHash) -> bool {
        self.in_log.contains(hash) || self.changes.get(hash).is_some_and(Stage::is_stored)
    }

    pub(super) fn act_of(&self, hash: &ChangeHash) -> Option<Place> {
        let is_of = |kept: &KeptAct| kept.changes.iter().any(|made| made.hash == *hash);
        self.acts
            .iter()
            .find(|(_, kept)| is_of(kept))
            .map(|(place, _)| *place)
    }

    pub(super) fn act_by_id(&self, id: ActId) -> Option<Place> {
        self.acts.keys().find(|place| place.1 == id).copied()
    }

    fn name_carriers(&self, said: &mut [Said]) {
        for said in said {
            let entry = self.entries.iter().find(|entry| Some(entry.hash) == said.change);
            said.carried_by = entry.and_then(|entry| entry.carried_by);
        }
    }

    pub(super) fn next_number(&self, now: Timestamp) -> u64 {
        let by_clock = u64::try_from(now.0).unwrap_or(0) * 1_000;
        self.acts
            .keys()
            .next_back()
            .map_or(by_clock, |(last, _)| by_clock.max(last + 1))
    }
}

impl Stage {
    pub(super) fn is_stored(&self) -> bool {
        matches!(self, Self::Stored | Self::StoredBefore)
    }
}
