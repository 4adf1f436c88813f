//! Reading the store: a component is only woken; what it shows is always read anew, so it is never stale.

use std::rc::Rc;

use shared::id::LedgerId;
use shared::protocol::http::admin::Overview;
use shared::time::Timestamp;
use yew::prelude::*;

use crate::browser::page;
use crate::store::inbox::view::InboxView;
use crate::store::settings::view::Settings;
use crate::store::view::{HandingOut, LedgerCard, LedgerView, LockView, SignedIn, SyncView};
use crate::store::{Store, Topic};

/// The store.
///
/// # Panics
///
/// Panics outside of [`crate::app::App`], which provides the store to everything in it.
#[hook]
pub fn use_store() -> Store {
    use_context::<Store>().expect("every page is rendered inside App, which provides the store")
}

/// How far signing in has come.
#[hook]
pub fn use_signed_in() -> SignedIn {
    use_shown((), |()| Topic::SignedIn, |store, ()| store.signed_in())
}

/// What the settings say of the device and its lock.
#[hook]
pub fn use_lock() -> LockView {
    use_shown((), |()| Topic::SignedIn, |store, ()| store.lock_view())
}

/// What the header says about sync.
#[hook]
pub fn use_sync() -> Rc<SyncView> {
    use_shown((), |()| Topic::Sync, |store, ()| store.sync())
}

/// What waits for a person.
#[hook]
pub fn use_inbox() -> Rc<InboxView> {
    use_shown((), |()| Topic::Inbox, |store, ()| store.inbox())
}

/// How much of it wants something done.
#[hook]
pub fn use_todo() -> usize {
    use_shown((), |()| Topic::Inbox, |store, ()| store.todo())
}

/// The enterprise's settings, as this device has them.
#[hook]
pub fn use_settings() -> Rc<Settings> {
    use_shown((), |()| Topic::Settings, |store, ()| store.settings())
}

/// The ledgers this account may see.
#[hook]
pub fn use_ledgers() -> Rc<Vec<LedgerCard>> {
    use_shown((), |()| Topic::Ledgers, |store, ()| store.ledgers())
}

/// What an administrator keeps; none until the relay has told.
#[hook]
pub fn use_overview() -> Option<Rc<Overview>> {
    use_shown((), |()| Topic::Overview, |store, ()| store.overview())
}

/// What an administrator has still to hand out.
#[hook]
pub fn use_handing_out() -> HandingOut {
    use_shown((), |()| Topic::HandingOut, |store, ()| store.handing_out())
}

/// One ledger as it is now; none while it is being opened, or unknown.
#[hook]
pub fn use_ledger(id: LedgerId) -> Option<Rc<LedgerView>> {
    use_shown(id, Topic::Ledger, Store::ledger)
}

#[hook]
fn use_shown<K, T>(key: K, topic: fn(K) -> Topic, read: fn(&Store, K) -> T) -> T
where
    K: Copy + PartialEq + 'static,
    T: Clone + PartialEq + 'static,
{
    let store = use_store();
    let wake = use_force_update();
    let shown = read(&store, key);
    {
        let shown = shown.clone();
        use_effect_with((store, key), move |(store, key)| {
            // A change may have landed between the render and this effect.
            if read(store, *key) != shown {
                wake.force_update();
            }
            let subscription = store.subscribe(topic(*key), move || wake.force_update());
            move || drop(subscription)
        });
    }
    shown
}

/// Now, renewed twice a minute: for words like "5 minutes ago".
#[hook]
pub fn use_now() -> Timestamp {
    const EVERY_MILLISECONDS: u32 = 30_000;
    let store = use_store();
    let wake = use_force_update();
    use_effect_with((), move |()| {
        let ticking = page::every(EVERY_MILLISECONDS, move || wake.force_update());
        move || drop(ticking)
    });
    store.now()
}
