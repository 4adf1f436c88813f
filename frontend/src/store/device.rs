//! The device: opening what it holds, before and without any network.

use std::rc::Rc;
use std::time::Duration;

use shared::id::{AccountId, DeviceId};
use shared::protocol;
use shared::protocol::http::Me;
use shared::sync::client::{Announcement, Client, ClientConfig, Event};
use wasm_bindgen_futures::spawn_local;

use super::Store;
use super::between::Word;
use super::contact;
use super::leave::others::seat_of;
use super::listen::Topic;
use super::record::STORES;
use super::screen::{self, Arrival};
use super::settings::OnDevice;
use super::state::AccountStore;
use super::view::{SignedIn, StorageTrouble};
use crate::browser::idb::{Database, IdbError};
use crate::browser::tabs::{self, Channel};
use crate::browser::{clock, http, page};

/// Under which key the device's database names the device.
const DEVICE: &str = "device";
/// Under which key it names who signed in last.
const LAST: &str = "last";
/// Under which key it keeps what kind of device this is.
const KIND: &str = "kind";
/// How the keys begin under which it names the accounts that have a database here.
const KNOWN: &str = "known/";
/// How the keys begin under which it names those whose database is yet to be deleted.
const WIPING: &str = "wiping/";
/// Under which key an account's database keeps the list of ledgers.
const LEDGERS: &str = "ledgers";
/// Under which key the device's database keeps that a session has yet to be ended at the relay.
const LEAVING: &str = "leaving";

mod read;
mod remember;

pub(super) use read::{count_acts, read_kept};
use read::{open_device, read_listed, seed};
pub(super) use remember::Known;

impl Store {
    /// Reads the device, shows what it holds, then goes to the relay.
    pub(super) fn start(&self) {
        self.begin_stay();
        clock::ask_to_persist();
        let store = self.clone();
        spawn_local(async move {
            let (device, last) = match open_device().await {
                Ok(opened) => opened,
                Err(why) => return store.no_storage(&why),
            };
            store.0.state.borrow_mut().device = Some(device);
            store.join_device();
            store.finish_wiping().await;
            if let Some(me) = last {
                store.open_account(me, Arrival::Reopened).await;
                store.begin_beating();
                store.ask_enterprise().await;
            } else {
                // First what the page will say, then the page: a form that moves while it is filled in loses text.
                store.ask_enterprise().await;
                if let Err(why) = store.end_left_session().await {
                    tracing::warn!(%why, "a session could not be ended at the relay yet");
                }
                store.nobody();
                store.begin_beating();
            }
        });
    }

    fn begin_beating(&self) {
        let (ticking, hinting, stirring) = (self.clone(), self.clone(), self.clone());
        let stirs = page::on_stir(move || stirring.stirs());
        let beat = clock::every(Duration::from_secs(1), move || ticking.beat());
        let hints = clock::on_hint(move || {
            hinting.handle(Event::TryNow);
            hinting.say_farewell_now();
        });
        self.0.state.borrow_mut().beats = Some((beat, hints, stirs));
    }

    /// What the sign-in page shows; asked again whenever that page is shown, and when the relay comes back.
    pub(super) async fn ask_enterprise(&self) {
        if let Ok(enterprise) = http::enterprise().await {
            self.0.state.borrow_mut().enterprise = Some(Rc::new(enterprise));
            self.0.listeners.wake(&[Topic::SignedIn]);
        }
    }

    pub(super) fn nobody(&self) {
        self.0.state.borrow_mut().signed_in = SignedIn::Nobody;
        self.0.listeners.wake(&[Topic::SignedIn]);
    }

    pub(super) fn no_storage(&self, why: &IdbError) {
        tracing::error!(%why, "the device's store cannot be opened");
        let trouble = if *why == IdbError::Newer {
            StorageTrouble::Newer
        } else {
            StorageTrouble::CannotOpen
        };
        self.0.state.borrow_mut().signed_in = SignedIn::NoStorage(trouble);
        self.0.listeners.wake(&[Topic::SignedIn]);
    }

    /// Opens the account's database, and every ledger it holds; then tries the relay.
    pub(super) async fn open_account(&self, me: Me, arrival: Arrival) {
        let me = Rc::new(me);
        let db = match Database::open(&name_of(me.account), STORES).await {
            Ok(db) => db,
            Err(why) => return self.no_storage(&why),
        };
        if let Err(why) = self.remember_known(&me).await {
            tracing::error!(%why, "the device does not name an account that it holds");
        }
        let lock = screen::read(&db).await;
        let tab = self.0.state.borrow().tab;
        let seat = tabs::try_hold(&seat_of(me.account, tab)).await;
        let hearing = self.clone();
        let channel = Channel::join(&name_of(me.account), move |bytes| {
            if let Some(announcement) = protocol::read_value::<Announcement>(&bytes) {
                hearing.handle(Event::Heard(announcement));
            }
        });
        {
            let mut state = self.0.state.borrow_mut();
            let device = state
                .device
                .as_ref()
                .map_or(DeviceId(uuid::Uuid::new_v4()), |device| device.id);
            let app = env!("CARGO_PKG_VERSION").to_owned();
            let config = ClientConfig {
                account: me.account,
                device,
                tab: state.tab,
                app,
                seed: seed(),
            };
            state.client = Some(Client::new(config));
            state.account = Some(AccountStore {
                account: me.account,
                db: db.clone(),
                channel,
                _seat: seat,
            });
            state.keys.clear();
            state.unreadable = 0;
            state.quarantined.clear();
            state.shown.all_stale();
            state.presence.is_there(clock::now());
            state.signed_in = screen::shown(arrival, state.kind(), lock.as_ref(), me.clone());
            state.lock = lock;
            state.become_me(me.clone());
        }
        self.tell_device(Word::IsOpen(me.account));
        let contact = contact::read(&db).await;
        let settings = OnDevice::read(&db).await;
        {
            let mut state = self.0.state.borrow_mut();
            state.contact = contact;
            state.settings = settings;
        }
        let listed = read_listed(&db).await;
        self.open_ledgers(listed).await;
        self.0
            .listeners
            .wake(&[Topic::SignedIn, Topic::Ledgers, Topic::Sync, Topic::Settings]);
        self.look_for_dead_tabs();
        self.handle(Event::TryNow);
    }
}

/// The name of an account's database, and of the channel of its tabs.
pub(super) fn name_of(account: AccountId) -> String {
    format!("taizhang-{account}")
}
