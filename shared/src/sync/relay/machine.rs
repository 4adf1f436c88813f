//! The state machine: one closed set of events, one closed set of effects.

use std::collections::{BTreeMap, HashMap};

use super::bucket::Buckets;
use super::commit::Queue;
use super::connection::Connection;
use super::contacts::Contacts;
use super::ledger::LedgerState;
use super::limits::Hits;
use super::own::Own;
use super::refusals::Tally;
use super::voiding::Unsound;
use super::{Batch, ConnectionId, Effect, Event, Officer, RelayConfig};
use crate::access::Grant;
use crate::id::{AccountId, LedgerId};
use crate::limit;
use crate::protocol::{ClientMessage, Closing, Hello, RelayMessage, VERSION, Welcome};
use crate::sync::steady::Steady;
use crate::time::{Date, Timestamp};

/// The relay, without sockets, disks or clocks.
#[derive(Debug)]
pub struct Relay {
    pub(super) config: RelayConfig,
    pub(super) connections: BTreeMap<ConnectionId, Connection>,
    pub(super) ledgers: HashMap<LedgerId, LedgerState>,
    pub(super) queue: Queue,
    pub(super) buckets: Buckets,
    /// The roles of every account.
    pub(super) roll: HashMap<AccountId, Vec<Grant>>,
    pub(super) tally: Tally,
    pub(super) hits: Hits,
    pub(super) contacts: Contacts,
    pub(super) own: Own,
    /// The batch whose fsync is under way.
    pub(super) committing: Option<Batch>,
    pub(super) batches: u64,
    pub(super) unsound: Unsound,
    steady: Steady,
    /// The day of the last tick, by the relay's own clock: roles begin and end with days.
    today: Option<Date>,
    /// The moment of the event being handled by a clock that never goes back: waits are measured by it.
    pub(super) at: Timestamp,
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
            buckets: Buckets::default(),
            roll: HashMap::new(),
            tally: Tally::default(),
            hits: Hits::default(),
            contacts: Contacts::default(),
            own: Own::default(),
            committing: None,
            batches: 0,
            unsound: Unsound::default(),
            steady: Steady::default(),
            today: None,
            at: Timestamp::default(),
        }
    }

    /// Takes in what happened and says what to do about it, in order.
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        let mut effects = self.handle_before_commit(now, event);
        effects.extend(self.commit(now));
        effects
    }

    /// As [`Self::handle`], but leaves what is to be stored to a [`Self::commit`] after this event or later ones.
    pub fn handle_before_commit(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        self.at = self.steady.read(now);
        let mut effects = match event {
            Event::Connected(id, officer) => {
                self.connected(id, officer);
                Vec::new()
            }
            Event::Granted(account, grants) => self.granted(now, account, grants),
            Event::UnitsChanged(units) => {
                self.config.rights.units = units;
                self.forget_unreadable(now)
            }
            Event::StatusChanged(ledger, status) => self.status_changed(ledger, status),
            Event::Received(id, message) => self.received(now, id, message),
            Event::Garbled(id, closing) => self.close(id, closing),
            Event::Drained(id) => self.drained(id),
            Event::Disconnected(id) => {
                self.connections.remove(&id);
                Vec::new()
            }
            Event::Loaded(ledger, loaded) => self.loaded(now, ledger, loaded),
            Event::Unreadable(ledger) => self.unreadable(now, ledger),
            Event::Read(id, page) => self.page(self.at, id, page),
            Event::Committed(batch, places) => self.committed(batch, &places),
            Event::TakenIn(held) => self.take_in(*held),
            Event::TurnedDown(ledger, hash) => self.turn_down(ledger, &hash),
            Event::Own(ledger, changes) => self.own(now, ledger, changes),
            Event::Unsound(ledger, change) => self.unsound(ledger, change),
            Event::Tick => self.tick(now),
        };
        effects.extend(self.void_what_is_unsound(now));
        self.weigh_fates(&effects);
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

    fn connected(&mut self, id: ConnectionId, mut officer: Officer) {
        // What the request for the socket read of roles may be older than what this end was told since.
        let known = self
            .roll
            .entry(officer.account)
            .or_insert_with(|| officer.grants.clone());
        officer.grants.clone_from(known);
        self.connections.insert(id, Connection::new(officer, self.at));
    }

    fn hello(&mut self, now: Timestamp, id: ConnectionId, hello: Hello) -> Vec<Effect> {
        if hello.protocol != VERSION {
            return self.close(id, Closing::Version { speaks: VERSION });
        }
        let Some(connection) = self.connections.get_mut(&id) else {
            return Vec::new();
        };
        if hello.device != connection.officer.device {
            return self.close(id, Closing::SignIn);
        }
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
            Some(LedgerState::Open(_) | LedgerState::Damaged | LedgerState::Forgotten) => {}
        }
        self.carry_out(now, id, message)
    }

    /// Carries out a message about a ledger of which everything is known that the store knows.
    pub(super) fn carry_out(
        &mut self,
        now: Timestamp,
        id: ConnectionId,
        message: ClientMessage,
    ) -> Vec<Effect> {
        match message {
            ClientMessage::Follow(cursor) => self.follow(now, id, cursor),
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

    fn tick(&mut self, now: Timestamp) -> Vec<Effect> {
        let at = self.at;
        let mut effects: Vec<Effect> = self.tally.note(&self.roll).into_iter().collect();
        effects.extend(self.hits.note());
        effects.extend(self.contacts.note(at));
        self.buckets.forget_full(at);
        if self
            .today
            .replace(now.date())
            .is_some_and(|before| before != now.date())
        {
            effects.extend(self.forget_unreadable(now));
        }
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
