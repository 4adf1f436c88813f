//! A tab's stay with one account: it lives as long as its lock is held, and what dead ones left is taken over.

use shared::id::TabId;
use shared::sync::client::{Client, Event};
use wasm_bindgen_futures::spawn_local;

use super::Store;
use crate::browser::tabs;

impl Store {
    /// Works from here on as a tab of its own: what an account leaves pending here is nobody's, until somebody takes it
    /// over, be it this tab once more.
    pub(super) fn begin_stay(&self) {
        let (tab, left) = {
            let mut state = self.0.state.borrow_mut();
            state.tab = TabId(uuid::Uuid::new_v4());
            (
                state.tab,
                (state.tab_lock.take(), std::mem::take(&mut state.taken)),
            )
        };
        drop(left);
        let store = self.clone();
        spawn_local(async move {
            let held = tabs::try_hold(&lock_of(tab)).await;
            let mut state = store.0.state.borrow_mut();
            if state.tab == tab {
                state.tab_lock = held;
            }
        });
    }

    pub(super) fn look_for_dead_tabs(&self) {
        let others = self.0.state.borrow().client.as_ref().map(Client::other_tabs);
        for tab in others.unwrap_or_default() {
            if self.0.state.borrow().taken.contains_key(&tab) {
                // Its lock is ours already; a ledger that was opened since holds more of its acts.
                self.handle(Event::TookOver(tab));
                continue;
            }
            let (store, stay) = (self.clone(), self.0.state.borrow().stay);
            spawn_local(async move {
                let held = tabs::try_hold(&lock_of(tab)).await;
                let Some(held) = held.filter(|_| store.0.state.borrow().stay == stay) else {
                    return;
                };
                store.0.state.borrow_mut().taken.insert(tab, held);
                store.handle(Event::TookOver(tab));
            });
        }
    }
}

/// The lock a tab holds while it works for an account.
pub(super) fn lock_of(tab: TabId) -> String {
    format!("tab-{tab}")
}
