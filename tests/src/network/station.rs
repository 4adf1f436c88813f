//! The relay's machine: the pure core, its store, and a disk that takes its time.

use std::collections::{HashMap, VecDeque};

use rand::Rng;
use shared::access::Rights;
use shared::id::{Chain, ChangeHash, EnterpriseId, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::limit;
use shared::protocol::{Entry, RelayMessage};
use shared::sync::relay::{
    Batch, BatchId, ConnectionId, Effect, Event, Loaded, NewEntry, Page, Place, Relay, RelayConfig,
};

use super::Network;
use super::line::LineState;

/// The relay and everything around it.
#[derive(Debug)]
pub(super) struct Station {
    pub(super) relay: Option<Relay>,
    pub(super) store: Store,
    config: RelayConfig,
    pub(super) loads: VecDeque<LedgerId>,
    pub(super) reads: VecDeque<(ConnectionId, LedgerId, u64)>,
    pub(super) committing: Option<Committing>,
    /// What was sent to connections without a tab.
    pub(super) strangers: HashMap<ConnectionId, Vec<RelayMessage>>,
    /// Copies made earlier.
    pub(super) backups: Vec<Store>,
}

/// What is on the relay's disk.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// The log of the ledger.
    pub log: Vec<Entry>,
    /// Changes held for a person.
    pub held: Vec<NewEntry>,
    /// The chain after each entry.
    chains: Vec<Chain>,
    seqs: HashMap<ChangeHash, u64>,
}

/// A batch on its way.
#[derive(Debug)]
pub(super) enum Committing {
    /// Not on the disk.
    Before(Batch),
    /// Fsynced; the relay has not been told.
    After(BatchId, Vec<Place>),
}

impl Station {
    pub(super) fn new(enterprise: EnterpriseId, rights: Rights, seed: u64) -> Self {
        let mut key = [3; 32];
        key[..8].copy_from_slice(&seed.to_be_bytes());
        let config = RelayConfig {
            enterprise,
            version: "simulated".to_owned(),
            rights,
            seal_key: key,
            seed: [0; 32],
        };
        Self {
            relay: None,
            store: Store::default(),
            config,
            loads: VecDeque::new(),
            reads: VecDeque::new(),
            committing: None,
            strangers: HashMap::new(),
            backups: Vec::new(),
        }
    }

    pub(super) fn is_up(&self) -> bool {
        self.relay.is_some()
    }
}

impl Store {
    /// The chain after the last entry.
    #[must_use]
    pub fn chain(&self) -> Chain {
        self.chains.last().copied().unwrap_or(Chain::START)
    }

    /// Whether a change is in the log.
    #[must_use]
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.seqs.contains_key(hash)
    }

    fn place(&self, seq: u64) -> Place {
        let index = usize::try_from(seq - 1).expect("a log in memory");
        Place {
            seq,
            chain: self.chains[index],
        }
    }

    fn append(&mut self, new: &NewEntry) -> Place {
        if let Some(seq) = self.seqs.get(&new.hash) {
            return self.place(*seq);
        }
        let NewEntry {
            hash,
            account,
            device,
            carried_by,
            received_at,
            seal,
            ..
        } = *new;
        let (seq, bytes) = (self.log.len() as u64 + 1, new.bytes.clone());
        self.chains.push(self.chain().then(&hash));
        self.seqs.insert(hash, seq);
        self.log.push(Entry {
            seq,
            hash,
            account,
            device,
            carried_by,
            received_at,
            bytes,
            seal,
        });
        self.held.retain(|held| held.hash != hash);
        self.place(seq)
    }

    fn commit(&mut self, batch: &Batch) -> Vec<Place> {
        let places = batch.entries.iter().map(|new| self.append(new)).collect();
        for new in &batch.held {
            if !self.has(&new.hash) && self.held.iter().all(|held| held.hash != new.hash) {
                self.held.push(new.clone());
            }
        }
        places
    }

    fn load(&self, key: LedgerKey) -> Loaded {
        Loaded {
            key,
            entries: self.log.clone(),
            chain: self.chain(),
            held: self.held.iter().map(|held| held.hash).collect(),
        }
    }

    fn page(&self, ledger: LedgerId, after: u64, most: usize) -> Page {
        let before = usize::try_from(after).unwrap_or(usize::MAX);
        let chain_before = match before {
            0 => Some(Chain::START),
            _ => self.chains.get(before - 1).copied(),
        };
        let mut bytes = 0;
        let rest = self.log.iter().skip(before).take(most);
        let entries: Vec<Entry> = rest
            .enumerate()
            .take_while(|(number, entry)| {
                bytes += entry.weight();
                *number == 0 || bytes <= limit::ENTRIES_BYTES
            })
            .map(|(_, entry)| entry.clone())
            .collect();
        let start = chain_before.unwrap_or(Chain::START);
        let chain = entries.iter().fold(start, |chain, entry| chain.then(&entry.hash));
        let last = self.log.len() as u64;
        Page {
            ledger,
            after,
            chain_before,
            entries,
            chain,
            last,
        }
    }
}

impl Network {
    /// The relay starts over what its store holds.
    pub(super) fn relay_starts(&mut self) {
        if !self.station.is_up() {
            let seed = self.dice.random();
            let config = RelayConfig {
                seed,
                ..self.station.config.clone()
            };
            self.station.relay = Some(Relay::new(config));
            self.tell(|| "relay starts".to_owned());
        }
    }

    /// The relay dies: a batch that is not on the disk is gone, one that is stays without a receipt.
    pub(super) fn relay_dies(&mut self) {
        self.tell(|| "relay dies".to_owned());
        self.station.relay = None;
        self.station.committing = None;
        self.station.loads.clear();
        self.station.reads.clear();
        for at in self.all_tabs() {
            let state = self.tab(at).line.as_ref().map(|line| line.state);
            if state == Some(LineState::Open) {
                self.cuts(at);
            }
        }
    }

    /// The relay's store is put back to an earlier copy.
    pub(super) fn relay_is_set_back(&mut self, to: Store) {
        self.relay_dies();
        let (from, to_len) = (self.station.store.log.len(), to.log.len());
        self.tell(|| format!("relay is set back from {from} to {to_len}"));
        self.station.store = to;
        self.witness.set_back();
        self.relay_starts();
    }

    pub(super) fn relay_handles(&mut self, event: Event) {
        let now = self.now;
        let Some(relay) = self.station.relay.as_mut() else {
            return;
        };
        for effect in relay.handle(now, event) {
            self.relay_does(effect);
        }
    }

    fn relay_does(&mut self, effect: Effect) {
        match effect {
            Effect::Send(id, message) => {
                if let Some(heard) = self.station.strangers.get_mut(&id) {
                    heard.push(message);
                    return;
                }
                self.witness.told(&message, &self.station.store);
                let Some(at) = self.at_line(id) else { return };
                match &mut self.tab_mut(at).line {
                    Some(line) if line.state == LineState::Open => line.down.push_back(message),
                    _ => {}
                }
            }
            Effect::Close(id) => {
                let Some(at) = self.at_line(id) else { return };
                match &mut self.tab_mut(at).line {
                    Some(line) if line.state == LineState::Open => line.state = LineState::Closing,
                    _ => {}
                }
            }
            Effect::Load(ledger) => self.station.loads.push_back(ledger),
            Effect::Read {
                connection,
                ledger,
                after,
            } => self.station.reads.push_back((connection, ledger, after)),
            Effect::Commit(batch) => self.station.committing = Some(Committing::Before(batch)),
        }
    }

    /// How many entries one page gets: where lines are bad few, so that much happens between two.
    fn page_of(&mut self) -> usize {
        if self.faults.lines {
            self.dice.random_range(1..8)
        } else {
            limit::ENTRIES_PER_FRAME
        }
    }

    /// The relay's disk finishes what it was asked first to read.
    pub(super) fn relay_reads(&mut self) {
        if let Some(ledger) = self.station.loads.pop_front() {
            let loaded = (ledger == self.ledger).then(|| self.station.store.load(self.key));
            self.relay_handles(Event::Loaded(ledger, loaded));
        } else if let Some((connection, ledger, after)) = self.station.reads.pop_front() {
            let most = self.page_of();
            let page = self.station.store.page(ledger, after, most);
            self.relay_handles(Event::Read(connection, page));
        }
    }

    /// The commit under way gets one step further: onto the disk, then to the relay's ears.
    pub(super) fn relay_commits(&mut self) {
        match self.station.committing.take() {
            Some(Committing::Before(batch)) => {
                let places = self.station.store.commit(&batch);
                self.station.committing = Some(Committing::After(batch.id, places));
            }
            Some(Committing::After(id, places)) => self.relay_handles(Event::Committed(id, places)),
            None => {}
        }
    }
}
