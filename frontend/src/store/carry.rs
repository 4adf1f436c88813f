//! Carrying out what the client decides: disk, socket, other tabs, views.

use shared::id::LedgerId;
use shared::protocol::http::Problem;
use shared::protocol::{self, Closing, RelayMessage};
use shared::sync::client::{Announcement, Effect, Event, Save};
use wasm_bindgen_futures::spawn_local;

use super::listen::Topic;
use super::view::StorageTrouble;
use super::{Store, record};
use crate::browser::clock;
use crate::browser::http::{self, HttpError};
use crate::browser::idb::IdbError;
use crate::browser::socket::{Socket, SocketEvent};

impl Store {
    /// Tells the client what happened and carries out what it says.
    pub(super) fn handle(&self, event: Event) {
        let effects = self.with_client(|client, now| client.handle(now, event));
        self.carry_out(effects.unwrap_or_default());
    }

    pub(super) fn carry_out(&self, effects: Vec<Effect>) {
        let mut changed: Vec<LedgerId> = Vec::new();
        for effect in effects {
            match effect {
                Effect::Save(save) => self.save(save),
                Effect::Connect => self.connect(),
                Effect::Disconnect => self.disconnect(),
                Effect::Send(message) => {
                    if let Some(socket) = &self.0.state.borrow().socket {
                        socket.send(&protocol::write(&message));
                    }
                }
                Effect::Fetch(ledger) => self.fetch(ledger),
                Effect::Announce(announcement) => self.announce(&announcement),
                Effect::Changed(ledger) => changed.push(ledger),
                Effect::Forget(ledger) => self.forget(ledger),
            }
        }
        self.show(&changed);
    }

    /// Makes what is shown of these ledgers stale, and wakes whoever shows it.
    fn show(&self, changed: &[LedgerId]) {
        if changed.is_empty() {
            return;
        }
        let mut topics = vec![Topic::Sync, Topic::Ledgers];
        {
            let mut state = self.0.state.borrow_mut();
            for ledger in changed {
                state.shown.stale(*ledger);
            }
            // A ledger shows names from the roster of its branch.
            let units: Vec<_> = changed
                .iter()
                .filter_map(|id| state.keys.get(id))
                .map(|key| key.unit)
                .collect();
            let of_branch = state.keys.iter().filter(|(_, key)| units.contains(&key.unit));
            topics.extend(of_branch.map(|(id, _)| Topic::Ledger(*id)));
        }
        self.0.listeners.wake(&topics);
        self.inbox_stale();
    }

    /// Lets the header read the clock anew.
    pub(super) fn show_sync(&self) {
        let changed = {
            let mut state = self.0.state.borrow_mut();
            let before = state.sync();
            state.shown.sync_stale();
            let after = state.sync();
            // While nothing happens the moment of the last sync goes on by itself.
            super::view::SyncView {
                synced_at: before.synced_at,
                ..(*after).clone()
            } != *before
        };
        if changed {
            self.0.listeners.wake(&[Topic::Sync]);
        }
    }

    fn save(&self, save: Save) {
        let id = save.id;
        let (writing, stay) = {
            let state = self.0.state.borrow();
            let account = state.account.as_ref();
            (
                account.map(|account| account.db.write(record::steps(&save))),
                state.stay,
            )
        };
        let store = self.clone();
        spawn_local(async move {
            let done = match writing {
                Some(writing) => writing.await,
                None => Err(IdbError::Unavailable),
            };
            if store.0.state.borrow().stay != stay {
                // Another account is here now, with transactions of its own under the same numbers.
                return;
            }
            match done {
                Ok(()) => {
                    let failed = [StorageTrouble::CannotWrite, StorageTrouble::Full];
                    store
                        .0
                        .state
                        .borrow_mut()
                        .storage
                        .take_if(|trouble| failed.contains(trouble));
                    store.handle(Event::Saved(id));
                }
                Err(why) => {
                    tracing::error!(%why, "a transaction failed");
                    let trouble = if why == IdbError::Quota {
                        StorageTrouble::Full
                    } else {
                        StorageTrouble::CannotWrite
                    };
                    store.0.state.borrow_mut().storage = Some(trouble);
                    store.handle(Event::SaveFailed(id));
                    store.show(&[save.ledger]);
                }
            }
        });
    }

    /// Asks who is signed in, which tells a missing session from a missing network; then opens the socket.
    fn connect(&self) {
        let connection = {
            let mut state = self.0.state.borrow_mut();
            state.socket = None;
            state.connection += 1;
            state.connection
        };
        let store = self.clone();
        spawn_local(async move {
            let me = http::me().await;
            if store.0.state.borrow().connection != connection {
                return;
            }
            match me {
                Ok(me) => {
                    if store.meet(me).await && store.0.state.borrow().connection == connection {
                        store.open_socket(connection);
                    }
                }
                Err(HttpError::Problem(Problem::SignIn)) => {
                    store.handle(Event::Received(RelayMessage::Closing(Closing::SignIn)));
                }
                Err(_) => store.socket_event(connection, SocketEvent::Closed),
            }
        });
    }

    fn open_socket(&self, connection: u64) {
        let store = self.clone();
        let socket = Socket::open(move |event| store.socket_event(connection, event));
        let opened = socket.is_some();
        self.0.state.borrow_mut().socket = socket;
        if !opened {
            self.socket_event(connection, SocketEvent::Closed);
        }
    }

    fn disconnect(&self) {
        let connection = self.0.state.borrow().connection;
        self.0.state.borrow_mut().socket = None;
        // The client is told once this round of effects is done.
        let store = self.clone();
        spawn_local(async move { store.socket_event(connection, SocketEvent::Closed) });
    }

    fn socket_event(&self, connection: u64, event: SocketEvent) {
        if self.0.state.borrow().connection != connection {
            return;
        }
        match event {
            SocketEvent::Opened => self.handle(Event::Connected),
            SocketEvent::Frame(frame) => match protocol::read_from_relay(&frame) {
                Ok(message) => {
                    if let RelayMessage::Fates { ledger, fates } = &message {
                        self.deliveries_fared(*ledger, fates);
                    }
                    let lost_sight = matches!(message, RelayMessage::Forget { .. });
                    self.handle(Event::Received(message));
                    if lost_sight {
                        self.renew_me();
                    }
                }
                Err(why) => {
                    tracing::error!(%why, "the relay sent what is no message");
                    self.disconnect();
                }
            },
            SocketEvent::Closed => {
                let mut state = self.0.state.borrow_mut();
                // Nothing more is taken from this connection.
                state.connection += 1;
                let closed = state.socket.take();
                state.rounds.ends();
                drop(state);
                drop(closed);
                self.handle(Event::Disconnected);
            }
        }
    }

    fn fetch(&self, ledger: LedgerId) {
        let (store, stay) = (self.clone(), self.0.state.borrow().stay);
        spawn_local(async move {
            let log = http::log(ledger).await;
            if store.0.state.borrow().stay != stay {
                return;
            }
            if let Err(why) = &log {
                tracing::warn!(%why, "the log could not be fetched");
            }
            store.handle(Event::Fetched(ledger, log.ok()));
        });
    }

    fn announce(&self, announcement: &Announcement) {
        if let Some(channel) = self
            .0
            .state
            .borrow()
            .account
            .as_ref()
            .and_then(|account| account.channel.as_ref())
        {
            channel.tell(&protocol::write(announcement));
        }
    }

    fn forget(&self, ledger: LedgerId) {
        let writing = {
            let mut state = self.0.state.borrow_mut();
            state.keys.remove(&ledger);
            state
                .account
                .as_ref()
                .map(|account| account.db.write(record::forget(ledger)))
        };
        // Not to be opened again at the next start.
        self.remember_listed(&[]);
        spawn_local(async move {
            if let Some(Err(why)) = futures::future::OptionFuture::from(writing).await {
                tracing::error!(%why, "a ledger could not be deleted");
            }
        });
    }

    /// Time goes by: the client's clock, the header's words, and tabs that may have died.
    pub(super) fn beat(&self) {
        self.handle(Event::Tick);
        self.note_contact();
        self.lock_if_idle();
        self.settle_when_answered();
        self.say_farewell();
        self.deliver();
        self.show_sync();
        if clock::now().0 / 1_000 % 5 == 0 {
            self.look_for_dead_tabs();
        }
    }
}
