//! What the relay keeps in memory of one ledger: the index to judge by, and the fate of every change.

use std::collections::{HashMap, HashSet};

use super::keep::Keep;
use super::voiding::Voiding;
use super::{ClientMessage, ConnectionId, Loaded, NewEntry};
use crate::access::Status;
use crate::guard::index::Index;
use crate::guard::{self, Checked};
use crate::id::{AccountId, ActorId, Chain, ChangeHash, LedgerId};
use crate::ledger::document::Made;
use crate::ledger::key::LedgerKey;
use crate::ledger::merge::{Merger, merge};
use crate::ledger::skeleton;
use crate::limit;
use crate::protocol::void::Content;
use crate::time::Timestamp;

/// A ledger as far as it is in memory.
#[derive(Debug)]
pub(super) enum LedgerState {
    /// Being read; what arrived meanwhile waits in order.
    Loading(Vec<(ConnectionId, ClientMessage)>),
    /// There is no such ledger.
    Unknown,
    /// Its log has an entry that cannot be read: nothing is added until it is repaired.
    Damaged,
    /// Its term is over.
    Forgotten,
    /// In memory.
    Open(Box<OpenLedger>),
}

#[derive(Debug)]
pub(super) struct OpenLedger {
    pub(super) key: LedgerKey,
    pub(super) index: Index,
    pub(super) last: u64,
    pub(super) chain: Chain,
    /// The number of every change in the log.
    pub(super) stored: HashMap<ChangeHash, u64>,
    /// Changes judged and on their way to the disk, with those who wait for the receipt.
    pub(super) storing: HashMap<ChangeHash, Vec<ConnectionId>>,
    pub(super) status: Status,
    /// What is kept for a person, or was decided about.
    pub(super) keep: Keep,
    /// What a person has taken in and is not on its way into the log yet.
    pub(super) taken_in: Vec<NewEntry>,
    /// Changes that were voided.
    pub(super) voided: HashSet<ChangeHash>,
    /// Whether something is to be voided: until that is done nothing is added.
    pub(super) voiding: Voiding,
    /// What the actors of this run's merges come from.
    seed: ActorId,
    merges: u64,
}

impl OpenLedger {
    /// Builds the index from the log; none when an entry cannot be read.
    pub(super) fn open(ledger: LedgerId, loaded: Loaded, seed: ActorId) -> Option<Self> {
        let mut index = Index::new(ledger, loaded.key.kind.schema());
        let mut stored = HashMap::new();
        let mut voided = HashSet::new();
        for entry in &loaded.entries {
            match entry.content()? {
                Content::Change if !index.has(&entry.hash) => {
                    let change = guard::decode(&entry.bytes).ok()?;
                    index.admit(&change, entry.account);
                }
                Content::Change => {}
                Content::Withheld => {
                    voided.insert(entry.hash);
                }
                Content::Void(changes) => voided.extend(changes),
            }
            stored.insert(entry.hash, entry.seq);
        }
        Some(Self {
            key: loaded.key,
            index,
            last: loaded.entries.last().map_or(0, |entry| entry.seq),
            chain: loaded.chain,
            stored,
            storing: HashMap::new(),
            status: loaded.status,
            keep: Keep::new(loaded.held),
            taken_in: loaded.taken_in,
            voided,
            voiding: Voiding::No,
            seed,
            merges: 0,
        })
    }

    /// Takes a judged change into the index; whether it makes the ledger a large one.
    pub(super) fn admit(&mut self, change: &Checked, account: AccountId) -> bool {
        let is_large = |index: &Index| index.operations() >= limit::LEDGER_OPERATIONS_WARNING;
        let was_large = is_large(&self.index);
        self.index.admit(change, account);
        is_large(&self.index) && !was_large
    }

    /// The skeletons that the log lacks: all of a new ledger's, and those of a newer version.
    pub(super) fn missing_skeletons(&self, ledger: LedgerId) -> Vec<Made> {
        let mut made = skeleton::changes(ledger, self.key.kind.schema());
        made.retain(|made| !self.stored.contains_key(&made.hash));
        made
    }

    /// Joins heads once there are too many, and admits what it makes.
    pub(super) fn merges(&mut self, now: Timestamp) -> Vec<Made> {
        let heads = self.index.heads();
        if heads.len() <= limit::HEADS_BEFORE_MERGE {
            return Vec::new();
        }
        let mut made = Vec::new();
        let chunks = heads.chunks(limit::MERGE_DEPENDENCIES);
        for some in chunks.filter(|some| some.len() > 1) {
            let hashes: Vec<ChangeHash> = some.iter().map(|(hash, _)| *hash).collect();
            let last = some.iter().map(|(_, last)| *last).max().unwrap_or_default();
            let merged = merge(self.next_merger(), &hashes, last, now);
            let change = guard::decode(&merged.bytes).expect("a merge change is written by Automerge itself");
            self.index.admit(&change, AccountId::RELAY);
            made.push(merged);
        }
        made
    }

    /// An actor for every merge: two merges of one actor that do not know each other could not come back in any order.
    fn next_merger(&mut self) -> Merger {
        use sha2::{Digest, Sha256};
        self.merges += 1;
        let digest = Sha256::new()
            .chain_update(self.seed.0)
            .chain_update(self.merges.to_be_bytes())
            .finalize();
        let mut actor = [0; 16];
        actor.copy_from_slice(&digest[..16]);
        Merger {
            actor: ActorId(actor),
            seq: 1,
        }
    }
}
