//! The state machine: one closed set of events, one closed set of effects.

use std::collections::{BTreeMap, HashMap};

use super::connection::Connection;
use super::fates::{Bucket, Receipts, own_entry};
use super::ledger::{LedgerState, OpenLedger};
use super::{Batch, BatchId, ConnectionId, Effect, Event, Loaded, NewEntry, Place, RelayConfig};
use crate::id::{AccountId, ActorId, Chain, LedgerId};
use crate::limit;
use crate::protocol::{ClientMessage, Closing, Entry, Fate, Hello, RelayMessage, VERSION, Welcome};
use crate::sync::steady::Steady;
use crate::time::Timestamp;

/// The relay, without sockets, disks or clocks.
#[derive(Debug)]
pub struct Relay {
    pub(super) config: RelayConfig,
    pub(super) connections: BTreeMap<ConnectionId, Connection>,
    pub(super) ledgers: HashMap<LedgerId, LedgerState>,
    pub(super) queue: Queue,
    pub(super) buckets: HashMap<AccountId, Bucket>,
    /// The batch whose fsync is under way.
    committing: Option<Batch>,
    batches: u64,
    steady: Steady,
    /// The moment of the event being handled by a clock that never goes back: waits are measured by it.
    pub(super) at: Timestamp,
}

/// What waits for the disk, in order.
#[derive(Debug, Default)]
pub(super) struct Queue {
    entries: Vec<NewEntry>,
    held: Vec<NewEntry>,
}

impl Queue {
    pub(super) fn len(&self) -> usize {
        self.entries.len() + self.held.len()
    }

    pub(super) fn store(&mut self, entry: NewEntry) {
        self.entries.push(entry);
    }

    pub(super) fn hold(&mut self, entry: NewEntry) {
        self.held.push(entry);
    }
}

impl Relay {
    /// A relay that knows nothing yet; ledgers are loaded when somebody touches them.
    #[must_use]
    pub fn new(config: RelayConfig) -> Self {
        Self {
            config,
            connections: BTreeMap::new(),
            ledgers: HashMap::new(),
            queue: Queue::default(),
            buckets: HashMap::new(),
            committing: None,
            batches: 0,
            steady: Steady::default(),
            at: Timestamp::default(),
        }
    }

    /// Takes in what happened and says what to do about it, in order.
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        self.at = self.steady.read(now);
        let mut effects = match event {
            Event::Connected(id, officer) => {
                self.connections.insert(id, Connection::new(officer, self.at));
                Vec::new()
            }
            Event::Granted(account, grants) => self.granted(account, &grants),
            Event::Received(id, message) => self.received(now, id, message),
            Event::Garbled(id, closing) => self.close(id, closing),
            Event::Drained(id) => self.drained(id),
            Event::Disconnected(id) => {
                self.connections.remove(&id);
                Vec::new()
            }
            Event::Loaded(ledger, loaded) => self.loaded(now, ledger, loaded),
            Event::Unreadable(ledger) => self.settle(now, ledger, LedgerState::Damaged),
            Event::Read(id, page) => self.page(self.at, id, page),
            Event::Committed(batch, places) => self.committed(now, batch, &places),
            Event::TakenIn(held) => {
                self.take_in(*held);
                Vec::new()
            }
            Event::Tick => self.tick(now),
        };
        effects.extend(self.commit());
        effects
    }

    fn granted(&mut self, account: AccountId, grants: &[crate::access::Grant]) -> Vec<Effect> {
        let theirs = self
            .connections
            .iter_mut()
            .filter(|(_, connection)| connection.officer.account == account);
        let (mut over, mut effects) = (Vec::new(), Vec::new());
        for (id, connection) in theirs {
            connection.officer.grants = grants.to_vec();
            if grants.is_empty() {
                over.push(*id);
                continue;
            }
            // What may no longer be read is no longer sent.
            connection.follows.retain(|ledger, _| {
                let readable = match self.ledgers.get(ledger) {
                    Some(LedgerState::Open(open)) => self.config.rights.may_read(grants, &open.key),
                    _ => true,
                };
                if !readable {
                    effects.push(Effect::Send(*id, RelayMessage::Forget { ledger: *ledger }));
                }
                readable
            });
        }
        effects.extend(over.into_iter().flat_map(|id| self.close(id, Closing::SignIn)));
        effects
    }

    fn received(&mut self, now: Timestamp, id: ConnectionId, message: ClientMessage) -> Vec<Effect> {
        let Some(connection) = self.connections.get_mut(&id) else {
            return Vec::new();
        };
        match (connection.device, message) {
            (None, ClientMessage::Hello(hello)) => self.hello(now, id, hello),
            (None, _) | (Some(_), ClientMessage::Hello(_)) => self.close(id, Closing::UnknownMessage),
            (Some(_), ClientMessage::Unfollow { ledger }) => {
                connection.follows.remove(&ledger);
                Vec::new()
            }
            (Some(_), message) => self.about_ledger(now, id, message),
        }
    }

    fn hello(&mut self, now: Timestamp, id: ConnectionId, hello: Hello) -> Vec<Effect> {
        if hello.protocol != VERSION {
            return self.close(id, Closing::Version { speaks: VERSION });
        }
        let Some(connection) = self.connections.get_mut(&id) else {
            return Vec::new();
        };
        connection.device = Some(hello.device);
        let welcome = Welcome {
            protocol: VERSION,
            relay: self.config.version.clone(),
            enterprise: self.config.enterprise,
            account: connection.officer.account,
            now,
        };
        let mut effects = vec![Effect::Send(id, RelayMessage::Welcome(welcome))];
        for cursor in hello.ledgers.into_iter().take(limit::LEDGERS_PER_CONNECTION) {
            effects.extend(self.about_ledger(now, id, ClientMessage::Follow(cursor)));
        }
        effects
    }

    /// Carries out a message about a ledger, once that is in memory.
    fn about_ledger(&mut self, now: Timestamp, id: ConnectionId, message: ClientMessage) -> Vec<Effect> {
        let ledger = match &message {
            ClientMessage::Follow(cursor) => cursor.ledger,
            ClientMessage::Push { ledger, .. }
            | ClientMessage::Offer { ledger, .. }
            | ClientMessage::Unfollow { ledger } => *ledger,
            ClientMessage::Hello(_) => return Vec::new(),
        };
        match self.ledgers.get_mut(&ledger) {
            None | Some(LedgerState::Unknown) => {
                // Asked anew each time: an administrator may have made it since.
                self.ledgers
                    .insert(ledger, LedgerState::Loading(vec![(id, message)]));
                return vec![Effect::Load(ledger)];
            }
            Some(LedgerState::Loading(waiting)) => {
                waiting.push((id, message));
                return Vec::new();
            }
            Some(LedgerState::Open(_) | LedgerState::Damaged) => {}
        }
        self.carry_out(now, id, message)
    }

    /// Carries out a message about a ledger of which everything is known that the store knows.
    fn carry_out(&mut self, now: Timestamp, id: ConnectionId, message: ClientMessage) -> Vec<Effect> {
        match message {
            ClientMessage::Follow(cursor) => self.follow(id, cursor),
            ClientMessage::Push { ledger, changes } => {
                let changes = changes.into_iter().take(limit::CHANGES_PER_PUSH);
                self.push(
                    now,
                    id,
                    ledger,
                    changes.map(|bytes| (bytes.into_vec(), None)).collect(),
                )
            }
            ClientMessage::Offer { ledger, entries } => {
                let entries = entries.into_iter().take(limit::CHANGES_PER_PUSH);
                self.push(
                    now,
                    id,
                    ledger,
                    entries.map(|entry| (entry.bytes.clone(), Some(entry))).collect(),
                )
            }
            ClientMessage::Hello(_) | ClientMessage::Unfollow { .. } => Vec::new(),
        }
    }

    fn loaded(&mut self, now: Timestamp, ledger: LedgerId, loaded: Option<Loaded>) -> Vec<Effect> {
        let state = match loaded {
            None => LedgerState::Unknown,
            Some(loaded) => match OpenLedger::open(ledger, loaded, self.actor(ledger)) {
                Some(open) => {
                    for made in open.missing_skeletons(ledger) {
                        self.queue
                            .store(own_entry(&self.config.seal_key, ledger, made, now));
                    }
                    LedgerState::Open(Box::new(open))
                }
                None => LedgerState::Damaged,
            },
        };
        self.settle(now, ledger, state)
    }

    /// Takes the state of a ledger over, and carries out what waited for it.
    fn settle(&mut self, now: Timestamp, ledger: LedgerId, state: LedgerState) -> Vec<Effect> {
        let Some(LedgerState::Loading(waiting)) = self.ledgers.insert(ledger, state) else {
            return Vec::new();
        };
        let carried = waiting
            .into_iter()
            .flat_map(|(id, message)| self.carry_out(now, id, message));
        carried.collect()
    }

    /// What the relay's own actors for a ledger come from in this run.
    fn actor(&self, ledger: LedgerId) -> ActorId {
        use sha2::{Digest, Sha256};
        let digest = Sha256::new()
            .chain_update(self.config.seed)
            .chain_update(ledger.0)
            .finalize();
        let mut actor = [0; 16];
        actor.copy_from_slice(&digest[..16]);
        ActorId(actor)
    }

    /// Hands everything that has queued to the disk, unless a batch is under way: it then forms the next one.
    fn commit(&mut self) -> Option<Effect> {
        if self.committing.is_some() || self.queue.len() == 0 {
            return None;
        }
        self.batches += 1;
        let Queue { entries, held } = std::mem::take(&mut self.queue);
        let batch = Batch {
            id: BatchId(self.batches),
            entries,
            held,
        };
        self.committing = Some(batch.clone());
        Some(Effect::Commit(batch))
    }

    /// Receipts first, then the entries to everybody who follows.
    fn committed(&mut self, now: Timestamp, id: BatchId, places: &[Place]) -> Vec<Effect> {
        let Some(batch) = self.committing.take_if(|batch| batch.id == id) else {
            return Vec::new();
        };
        let mut receipts = Receipts::default();
        let mut added: Vec<(LedgerId, Vec<(Entry, Chain)>)> = Vec::new();
        for (new, place) in batch.entries.into_iter().zip(places) {
            let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&new.ledger) else {
                continue;
            };
            open.last = place.seq;
            open.chain = place.chain;
            open.stored.insert(new.hash, place.seq);
            open.held.remove(&new.hash);
            for waiting in open.storing.remove(&new.hash).unwrap_or_default() {
                receipts.add(waiting, new.ledger, new.hash, Fate::Stored(place.seq));
            }
            let ledger = new.ledger;
            let entry = (in_log(new, place.seq), place.chain);
            match added.iter_mut().find(|(other, _)| *other == ledger) {
                Some((_, entries)) => entries.push(entry),
                None => added.push((ledger, vec![entry])),
            }
        }
        for held in batch.held {
            let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&held.ledger) else {
                continue;
            };
            open.held.insert(held.hash);
            for waiting in open.holding.remove(&held.hash).unwrap_or_default() {
                receipts.add(waiting, held.ledger, held.hash, Fate::Held);
            }
        }
        let mut effects = receipts.send();
        for (ledger, entries) in added {
            effects.extend(self.forward(self.at, ledger, &entries));
            if let Some(LedgerState::Open(open)) = self.ledgers.get_mut(&ledger) {
                for made in open.merges(now) {
                    self.queue
                        .store(own_entry(&self.config.seal_key, ledger, made, now));
                }
            }
        }
        effects
    }

    fn tick(&mut self, now: Timestamp) -> Vec<Effect> {
        let at = self.at;
        let mut effects = Vec::new();
        let mut over = Vec::new();
        for (id, connection) in &mut self.connections {
            if connection.device.is_none() && at.since(connection.since) >= limit::HELLO {
                over.push((*id, Closing::NoHello));
            } else if connection.is_stuck(at) {
                over.push((*id, Closing::Slow));
            } else if connection.device.is_some() && at.since(connection.ticked) >= limit::TICK {
                connection.ticked = at;
                effects.push(Effect::Send(*id, RelayMessage::Tick { now }));
            }
        }
        effects.extend(over.into_iter().flat_map(|(id, closing)| self.close(id, closing)));
        effects
    }

    fn close(&mut self, id: ConnectionId, closing: Closing) -> Vec<Effect> {
        if self.connections.remove(&id).is_none() {
            return Vec::new();
        }
        vec![
            Effect::Send(id, RelayMessage::Closing(closing)),
            Effect::Close(id),
        ]
    }
}

fn in_log(new: NewEntry, seq: u64) -> Entry {
    let NewEntry {
        hash,
        account,
        device,
        carried_by,
        received_at,
        bytes,
        seal,
        ..
    } = new;
    Entry {
        seq,
        hash,
        account,
        device,
        carried_by,
        received_at,
        bytes,
        seal,
    }
}
