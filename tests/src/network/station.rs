//! The relay's machine: the pure core, its store, and a disk that takes its time.

use std::collections::{HashMap, VecDeque};

use rand::Rng;
use shared::access::Rights;
use shared::id::{AccountId, EnterpriseId, LedgerId};
use shared::limit;
use shared::protocol::{RelayMessage, void};
use shared::sync::relay::{Batch, BatchId, ConnectionId, Effect, Event, Place, Relay, RelayConfig};

use super::Network;
use super::disk::Store;
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
            Effect::Note(_) | Effect::LimitsHit(_) | Effect::Voided(..) | Effect::InContact(_) => {}
            Effect::CannotVoid(_, change) => self.witness.wrong.push(format!("{change} cannot be voided")),
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
                // Also where the relay dies before it is told.
                let records = batch.entries.iter().filter(|new| new.account == AccountId::RELAY);
                let voided = records.filter_map(|new| void::voided(&new.bytes)).flatten();
                self.witness.voided.extend(voided);
                self.station.committing = Some(Committing::After(batch.id, places));
            }
            Some(Committing::After(id, places)) => self.relay_handles(Event::Committed(id, places)),
            None => {}
        }
    }
}
