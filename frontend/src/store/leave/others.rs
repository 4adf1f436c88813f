//! The other tabs of an account that is signing out: what is being typed there is written down first, or stops it.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::channel::oneshot;
use shared::id::{AccountId, TabId};
use shared::time::Timestamp;
use wasm_bindgen_futures::spawn_local;

use crate::browser::{clock, field, tabs};
use crate::store::Store;
use crate::store::between::Word;
use crate::store::record::PENDING;
use crate::store::view::SignOutProblem;

/// How soon a tab that lives has written down what was being typed in it.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);

/// The other tabs, while they are being asked.
pub(in crate::store) struct Asking {
    asked: Asked,
    tell: oneshot::Sender<Result<(), SignOutProblem>>,
}

/// Which of them have yet to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    waiting: BTreeSet<TabId>,
    until: Timestamp,
    is_writing: bool,
}

impl Asked {
    /// Another tab has written down what was being typed in it, or could not.
    fn hears(&mut self, tab: TabId, is_writing: bool) {
        self.waiting.remove(&tab);
        self.is_writing |= is_writing;
    }

    /// Whether one may go on; none while there is something to wait for.
    fn verdict(&self, now: Timestamp) -> Option<Result<(), SignOutProblem>> {
        if self.is_writing {
            Some(Err(SignOutProblem::StillWriting))
        } else if self.waiting.is_empty() {
            Some(Ok(()))
        } else {
            (now >= self.until).then_some(Err(SignOutProblem::TabSilent))
        }
    }
}

impl Store {
    /// Has the other tabs of the account write down what is being typed there.
    pub(super) async fn others_settle(&self, account: AccountId) -> Result<(), SignOutProblem> {
        let own = self.0.state.borrow().tab;
        let held = tabs::held().await;
        let others = held.iter().filter_map(|name| tab_at(account, name));
        let asked = Asked {
            waiting: others.filter(|tab| *tab != own).collect(),
            until: clock::now().after(ANSWERED_WITHIN),
            is_writing: false,
        };
        let (tell, told) = oneshot::channel();
        self.0.state.borrow_mut().asking = Some(Asking { asked, tell });
        self.tell_device(Word::Leaving(account));
        self.settle_when_answered();
        // Nobody answers any more when the account was left meanwhile.
        told.await.unwrap_or(Err(SignOutProblem::Storage))
    }

    /// Another tab has answered.
    pub(in crate::store) fn other_answers(&self, tab: TabId, is_writing: bool) {
        if let Some(asking) = &mut self.0.state.borrow_mut().asking {
            asking.asked.hears(tab, is_writing);
        }
        self.settle_when_answered();
    }

    /// Goes on with signing out once every tab has answered, or one has not for too long.
    pub(in crate::store) fn settle_when_answered(&self) {
        let mut state = self.0.state.borrow_mut();
        let now = clock::now();
        let verdict = state.asking.as_ref().and_then(|asking| asking.asked.verdict(now));
        if let Some((verdict, asking)) = verdict.and_then(|verdict| Some((verdict, state.asking.take()?))) {
            // Whoever asked may have gone.
            asking.tell.send(verdict).ok();
        }
    }

    /// Another tab signs out: writes down what is being typed here, and says whether that is done.
    pub(in crate::store) fn answers_leaving(&self, account: AccountId) {
        field::leave_focus();
        let Some(db) = self.account_db() else { return };
        let (store, tab) = (self.clone(), self.0.state.borrow().tab);
        spawn_local(async move {
            // What was written just now is on the disk once a read that begins after it has ended.
            let is_flushed = db.get(PENDING, "").await.is_ok();
            let is_writing = store.0.state.borrow().is_writing;
            store.tell_device(if is_writing || !is_flushed {
                Word::Writing(account, tab)
            } else {
                Word::Settled(account, tab)
            });
        });
    }

    /// Whether something is being typed into a cell in this tab.
    pub fn say_writing(&self, is_writing: bool) {
        self.0.state.borrow_mut().is_writing = is_writing;
    }
}

/// The lock that a tab holds while it has an account's database open.
pub(in crate::store) fn seat_of(account: AccountId, tab: TabId) -> String {
    format!("{}{tab}", seats_of(account))
}

fn seats_of(account: AccountId) -> String {
    format!("seat-{account}/")
}

/// The tab that holds the lock of this name, if that says that it has the account's database open.
fn tab_at(account: AccountId, lock: &str) -> Option<TabId> {
    lock.strip_prefix(&seats_of(account))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    fn tab(number: u8) -> TabId {
        TabId::from_bytes([number; 16])
    }

    fn asked(tabs: &[u8]) -> Asked {
        Asked {
            waiting: tabs.iter().copied().map(tab).collect(),
            until: NOW.after(ANSWERED_WITHIN),
            is_writing: false,
        }
    }

    #[test]
    fn signing_out_waits_for_every_other_tab_and_for_none_where_there_is_none() {
        assert_eq!(asked(&[]).verdict(NOW), Some(Ok(())));
        let mut two = asked(&[1, 2]);
        assert_eq!(two.verdict(NOW), None);
        two.hears(tab(2), false);
        two.hears(tab(9), false);
        assert_eq!(two.verdict(NOW), None);
        two.hears(tab(1), false);
        assert_eq!(two.verdict(NOW), Some(Ok(())));
    }

    #[test]
    fn a_tab_in_which_a_cell_is_still_written_stops_it() {
        let mut two = asked(&[1, 2]);
        two.hears(tab(2), true);
        assert_eq!(two.verdict(NOW), Some(Err(SignOutProblem::StillWriting)));
        two.hears(tab(1), false);
        assert_eq!(two.verdict(NOW), Some(Err(SignOutProblem::StillWriting)));
    }

    #[test]
    fn a_tab_that_does_not_answer_stops_it() {
        let late = NOW.after(ANSWERED_WITHIN);
        assert_eq!(asked(&[1]).verdict(late), Some(Err(SignOutProblem::TabSilent)));
    }

    #[test]
    fn the_tabs_of_an_account_are_known_by_their_locks() {
        let [lin, gu] = [1, 2].map(|number| AccountId::from_bytes([number; 16]));
        assert_eq!(tab_at(lin, &seat_of(lin, tab(3))), Some(tab(3)));
        assert_eq!(tab_at(lin, &seat_of(gu, tab(3))), None);
        assert_eq!(tab_at(lin, &crate::store::stay::lock_of(tab(3))), None);
    }
}
