//! Delivering what colleagues left on this device, as carried (代传): the shell round [`shared::sync::courier`].
//!
//! Nothing of it is shown but names and numbers.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use std::time::Duration;

use shared::id::{AccountId, ChangeHash, LedgerId, TabId};
use shared::protocol::{self, Fate};
use shared::sync::client::{Announcement, Client, LinkState};
use shared::sync::courier::{Courier, Note, Parcel};
use shared::time::Timestamp;
use wasm_bindgen_futures::spawn_local;

use super::Store;
use super::device::{Known, name_of};
use super::listen::Topic;
use super::record::{self, CACHE, PENDING};
use super::view::Carried;
use crate::browser::clock;
use crate::browser::idb::{IdbError, Step};
use crate::browser::tabs::Channel;

mod look;

use look::{Opened, look};

/// How often colleagues' stores are looked into.
const LOOKED_EVERY: Duration = Duration::from_secs(30);
/// How the keys begin under which an account's database keeps which of its acts others have delivered.
const DELIVERED: &str = "delivered/";

/// The rounds of deliveries.
#[derive(Default)]
pub(super) struct Rounds {
    /// When the next one is due.
    due: Timestamp,
    state: Round,
    /// What waits, as the last look found it and deliveries since have left it.
    waiting: BTreeMap<AccountId, Carried>,
    shown: Rc<[Carried]>,
}

#[derive(Default)]
enum Round {
    #[default]
    None,
    /// Stores are being looked into.
    Looking,
    /// Changes are under way.
    Carrying(Box<Carrying>),
}

/// Changes under way.
struct Carrying {
    courier: Courier,
    stores: BTreeMap<AccountId, Opened>,
    /// Tabs that live: what they left pending they hear of themselves.
    alive: HashSet<TabId>,
}

impl Rounds {
    /// What waits, for the header.
    pub(super) fn carried(&self) -> Rc<[Carried]> {
        self.shown.clone()
    }

    /// The line is gone: the next round begins anew.
    pub(super) fn ends(&mut self) {
        self.state = Round::None;
        self.due = Timestamp::default();
    }

    /// Whether colleagues' stores have been looked into since the line is open, and nothing waits there.
    fn is_done(&self) -> bool {
        self.due != Timestamp::default() && matches!(self.state, Round::None) && self.waiting.is_empty()
    }

    fn found(&mut self, waiting: BTreeMap<AccountId, Carried>) {
        self.waiting = waiting;
        self.waiting.retain(|_, carried| carried.count + carried.done > 0);
        self.shown = self.waiting.values().cloned().collect();
    }

    fn delivered_one(&mut self, account: AccountId) {
        let mut waiting = std::mem::take(&mut self.waiting);
        if let Some(carried) = waiting.get_mut(&account) {
            carried.count = carried.count.saturating_sub(1);
            carried.done += 1;
        }
        self.found(waiting);
    }
}

impl Store {
    /// Whether what colleagues left on this device is known to be delivered.
    #[must_use]
    pub fn has_delivered_for_others(&self) -> bool {
        self.0.state.borrow().rounds.is_done()
    }

    /// Looks into colleagues' stores at the next beat.
    pub(super) fn deliver_soon(&self) {
        self.0.state.borrow_mut().rounds.due = Timestamp::default();
    }

    /// Begins a round when it is time, and everything of the account's own is uploaded.
    pub(super) fn deliver(&self) {
        let now = clock::now();
        let stay = {
            let mut state = self.0.state.borrow_mut();
            if let Round::Carrying(carrying) = &state.rounds.state
                && carrying.courier.is_late(now)
            {
                state.rounds.state = Round::None;
            }
            let link = state.client.as_ref().map(Client::link);
            let is_online = matches!(link, Some((LinkState::Online { .. }, None)));
            let is_idle = matches!(state.rounds.state, Round::None);
            if !is_online || !is_idle || state.pending() > 0 || now < state.rounds.due {
                return;
            }
            state.rounds.due = now.after(LOOKED_EVERY);
            state.rounds.state = Round::Looking;
            (state.stay, state.connection)
        };
        let store = self.clone();
        spawn_local(async move {
            let known = store.colleagues().await;
            let found = look(known).await;
            let mut state = store.0.state.borrow_mut();
            if (state.stay, state.connection) != stay || !matches!(state.rounds.state, Round::Looking) {
                return;
            }
            state.rounds.found(found.waiting);
            state.rounds.state = if found.parcels.is_empty() {
                Round::None
            } else {
                Round::Carrying(Box::new(Carrying {
                    courier: Courier::with(found.parcels),
                    stores: found.stores,
                    alive: found.alive,
                }))
            };
            drop(state);
            store.show_carried();
            store.send_on();
        });
    }

    /// Fates arrived: those of colleagues' changes are noted in their stores.
    pub(super) fn deliveries_fared(&self, ledger: LedgerId, fates: &[(ChangeHash, Fate)]) {
        let writings: Vec<_> = {
            let mut state = self.0.state.borrow_mut();
            let Round::Carrying(carrying) = &mut state.rounds.state else {
                return;
            };
            let noted = carrying.courier.fates(ledger, fates);
            let writings: Vec<_> = noted
                .into_iter()
                .filter_map(|(parcel, note)| carrying.note(parcel, note))
                .collect();
            for writing in &writings {
                state.rounds.delivered_one(writing.account);
            }
            writings
        };
        for writing in writings {
            spawn_local(async move {
                let Writing {
                    account,
                    written,
                    told,
                } = writing;
                match written.await {
                    Ok(()) => tell(account, told),
                    Err(why) => tracing::error!(%why, "the fate of a colleague's change was not noted"),
                }
            });
        }
        self.show_carried();
        self.send_on();
    }

    fn show_carried(&self) {
        self.0.state.borrow_mut().shown.sync_stale();
        self.0.listeners.wake(&[Topic::Sync]);
    }

    /// Sends what fits, and ends the round once every act has its fate.
    fn send_on(&self) {
        let mut state = self.0.state.borrow_mut();
        let state = &mut *state;
        if let Round::Carrying(carrying) = &mut state.rounds.state {
            for message in carrying.courier.push(clock::now()) {
                if let Some(socket) = &state.socket {
                    socket.send(&protocol::write(&message));
                }
            }
            if carrying.courier.is_done() {
                state.rounds.state = Round::None;
            }
        }
    }

    /// The others who have a database here, of the same enterprise.
    async fn colleagues(&self) -> Vec<Known> {
        let Some(me) = self.0.state.borrow().me() else {
            return Vec::new();
        };
        let mut known = self.known().await;
        known.retain(|known| known.account != me.account && known.enterprise == me.enterprise);
        known
    }
}

/// A note on its way to a colleague's store.
struct Writing {
    account: AccountId,
    written: std::pin::Pin<Box<dyn Future<Output = Result<(), IdbError>>>>,
    told: Option<Announcement>,
}

/// Tells the tabs of the account, where there are any.
fn tell(account: AccountId, told: Option<Announcement>) {
    let channel = Channel::join(&name_of(account), |_| {});
    if let Some((channel, told)) = channel.zip(told) {
        channel.tell(&protocol::write(&told));
    }
}

impl Carrying {
    fn note(&self, parcel: Parcel, note: Note) -> Option<Writing> {
        let Parcel {
            account,
            ledger,
            kept,
        } = parcel;
        let opened = self.stores.get(&account)?;
        let key = format!("{ledger}/{}", kept.act.id);
        let is_alive = self.alive.contains(&kept.tab);
        let (step, told) = match note {
            // The tab that made it hears the same when it comes to it, and knows best what else depends on it.
            _ if is_alive => (delivered(&key), None),
            Note::Delivered => (delivered(&key), None),
            Note::Changed(kept) => {
                let step = Step::Put {
                    store: PENDING,
                    key,
                    value: record::write(&kept),
                };
                (step, Some(Announcement::Act(ledger, kept)))
            }
            Note::Gone => {
                let step = Step::Delete { store: PENDING, key };
                (step, Some(Announcement::Dropped(ledger, kept.act.id)))
            }
        };
        Some(Writing {
            account,
            written: Box::pin(opened.db.write(vec![step])),
            told,
        })
    }
}

fn delivered(key: &str) -> Step {
    Step::Put {
        store: CACHE,
        key: format!("{DELIVERED}{key}"),
        value: record::write(&true),
    }
}
