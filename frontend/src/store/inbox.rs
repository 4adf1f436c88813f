//! What waits for a person: the relay's list of held and refused changes, beside what this device has set aside itself.
//!
//! The list is asked for when its page is opened, when the relay is there again, when something of one's own was held or
//! refused, and after every decision.

use std::rc::Rc;

use shared::id::{ChangeHash, LedgerId};
use shared::protocol::http::Problem;
use shared::protocol::http::inbox::{Decide, HeldItem};
use shared::sync::client::Client;
use shared::sync::relay::Standing;
use shared::time::Timestamp;
use wasm_bindgen_futures::spawn_local;

use super::Store;
use super::listen::Topic;
use super::state::State;
use super::view::Link;
use crate::browser::clock;
use crate::browser::http::{self, HttpError};

mod collect;
pub mod view;

use view::{DecideProblem, InboxView};

/// The relay's list, and what was made of it.
#[derive(Default)]
pub(super) struct Inbox {
    items: Rc<Vec<Rc<HeldItem>>>,
    as_of: Option<Timestamp>,
    /// A question is under way; whether another has to follow it.
    asking: Option<Again>,
    /// What there was when the list was last asked for.
    seen: Seen,
    shown: Option<Rc<InboxView>>,
}

/// Whether the list has to be asked for once more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    No,
    Yes,
}

/// By what this device notices that the list may be another.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Seen {
    is_online: bool,
    held: usize,
    refused: usize,
}

impl Store {
    /// What waits for a person, over all ledgers.
    #[must_use]
    pub fn inbox(&self) -> Rc<InboxView> {
        self.0.state.borrow_mut().inbox_view()
    }

    /// How much of it wants something done.
    #[must_use]
    pub fn todo(&self) -> usize {
        let mut state = self.0.state.borrow_mut();
        let sync = state.sync();
        state.to_decide() + sync.refused + sync.conflicts
    }

    /// Asks the relay for the list.
    pub fn refresh_inbox(&self) {
        {
            let mut state = self.0.state.borrow_mut();
            if let Some(again) = &mut state.inbox.asking {
                // What is under way may have been answered before what happened now.
                *again = Again::Yes;
                return;
            }
            state.inbox.asking = Some(Again::No);
        }
        let store = self.clone();
        spawn_local(async move { store.ask_for_inbox().await });
    }

    /// Takes held changes of a ledger in, or turns them down, oldest first.
    ///
    /// # Errors
    ///
    /// Says why nothing was decided.
    pub async fn decide(
        &self,
        ledger: LedgerId,
        changes: Vec<ChangeHash>,
        standing: Standing,
        reason: String,
    ) -> Result<(), DecideProblem> {
        let decide = Decide {
            ledger,
            changes,
            standing,
            reason,
        };
        let decided = http::decide(&decide).await;
        self.refresh_inbox();
        decided.map_err(|why| match why {
            HttpError::Unreachable => DecideProblem::Unreachable,
            HttpError::Problem(Problem::NotFound) => DecideProblem::NotYours,
            HttpError::Problem(_) | HttpError::Unreadable => DecideProblem::Failed,
        })
    }

    async fn ask_for_inbox(&self) {
        let stay = self.0.state.borrow().stay;
        loop {
            let list = http::held().await;
            let mut state = self.0.state.borrow_mut();
            if state.stay != stay {
                return;
            }
            match list {
                Ok(items) => {
                    state.inbox.items = Rc::new(items.into_iter().map(Rc::new).collect());
                    state.inbox.as_of = Some(clock::now());
                    state.inbox.shown = None;
                }
                Err(why) => tracing::warn!(%why, "what is held could not be asked for"),
            }
            let again = state.inbox.asking.replace(Again::No);
            let is_over = again != Some(Again::Yes);
            if is_over {
                state.inbox.asking = None;
            }
            drop(state);
            self.0.listeners.wake(&[Topic::Inbox]);
            if is_over {
                return;
            }
        }
    }

    /// Something about the ledgers or the line has changed: what is shown is stale, and so may the list be.
    pub(super) fn inbox_stale(&self) {
        let is_news = {
            let mut state = self.0.state.borrow_mut();
            state.inbox.shown = None;
            let sync = state.sync();
            let now = Seen {
                is_online: sync.link == Link::Online,
                held: sync.held,
                refused: sync.refused,
            };
            let before = std::mem::replace(&mut state.inbox.seen, now);
            now.is_online && before != now
        };
        self.0.listeners.wake(&[Topic::Inbox]);
        if is_news {
            self.refresh_inbox();
        }
    }
}

impl State {
    /// How many changes wait for this officer's decision.
    fn to_decide(&self) -> usize {
        let waits = |item: &&Rc<HeldItem>| item.yours && item.decision.is_none() && !self.has_entry(item);
        self.inbox.items.iter().filter(waits).count()
    }

    /// Whether the change is in the log by now, as far as this device knows.
    fn has_entry(&self, item: &HeldItem) -> bool {
        let replica = self.client.as_ref().and_then(|client| client.ledger(item.ledger));
        replica.is_some_and(|replica| replica.is_in_log(&item.hash))
    }

    fn inbox_view(&mut self) -> Rc<InboxView> {
        if let Some(shown) = &self.inbox.shown {
            return shown.clone();
        }
        let mut ids: Vec<LedgerId> = self.inbox.items.iter().map(|item| item.ledger).collect();
        ids.extend(self.client.iter().flat_map(Client::ledgers).map(|(id, _)| id));
        ids.sort_unstable();
        ids.dedup();
        let mut ledgers: Vec<_> = ids.into_iter().filter_map(|id| self.inbox_of(id)).collect();
        ledgers.sort_by(|a, b| (&a.unit, a.key.kind.code()).cmp(&(&b.unit, b.key.kind.code())));
        let shown = Rc::new(InboxView {
            as_of: self.inbox.as_of,
            ledgers,
        });
        self.inbox.shown = Some(shown.clone());
        shown
    }
}
