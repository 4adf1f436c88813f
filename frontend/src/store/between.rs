//! What the tabs of this browser tell each other, whoever is signed in.

use serde::{Deserialize, Serialize};
use shared::id::{AccountId, TabId};
use shared::protocol;
use shared::sync::client::Client;

use super::Store;
use super::state::State;
use super::view::SignedIn;
use crate::browser::clock;
use crate::browser::tabs::Channel;

/// The channel of all tabs of this browser.
const CHANNEL: &str = "taizhang-device";

/// What one tab tells the others about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Word {
    /// Somebody is there.
    Stirred(AccountId),
    /// The screen is locked.
    Locked(AccountId),
    /// The screen is open; also the answer to [`Word::IsOpen`].
    Opened(AccountId),
    /// Is it open anywhere? A tab that was opened behind the lock asks.
    IsOpen(AccountId),
    /// What is kept of its lock is another.
    LockChanged(AccountId),
    /// It is signing out: what is being typed is to be written down.
    Leaving(AccountId),
    /// The answer to [`Word::Leaving`]: this tab has nothing that is not on the disk.
    Settled(AccountId, TabId),
    /// The answer to [`Word::Leaving`]: in this tab a cell is still being written.
    Writing(AccountId, TabId),
    /// Its database goes: it was signed out.
    Left(AccountId),
    /// Its pending changes are in a file: nothing may be added to their actors.
    HandedOver(AccountId),
}

impl Store {
    pub(super) fn join_device(&self) {
        let hearing = self.clone();
        let channel = Channel::join(CHANNEL, move |bytes| {
            if let Some(word) = protocol::read_value::<Word>(&bytes) {
                hearing.hears(word);
            }
        });
        self.0.state.borrow_mut().channel = channel;
    }

    pub(super) fn tell_device(&self, word: Word) {
        if let Some(channel) = &self.0.state.borrow().channel {
            channel.tell(&protocol::write(&word));
        }
    }

    fn hears(&self, word: Word) {
        let (Word::Stirred(whose)
        | Word::Locked(whose)
        | Word::Opened(whose)
        | Word::IsOpen(whose)
        | Word::LockChanged(whose)
        | Word::Leaving(whose)
        | Word::Settled(whose, _)
        | Word::Writing(whose, _)
        | Word::Left(whose)
        | Word::HandedOver(whose)) = word;
        if self.0.state.borrow().whose() != Some(whose) {
            return;
        }
        match word {
            Word::Stirred(_) => self.0.state.borrow_mut().presence.is_there(clock::now()),
            Word::Locked(_) => self.lock_here(),
            Word::Opened(_) => {
                self.0.state.borrow_mut().presence.is_there(clock::now());
                self.open_here();
            }
            Word::IsOpen(_) => {
                // A lock that is due opens nothing, not even before this tab has come to it.
                self.lock_if_idle();
                let open = matches!(self.0.state.borrow().signed_in, SignedIn::As(_));
                if open {
                    self.tell_device(Word::Opened(whose));
                }
            }
            Word::LockChanged(_) => self.renew_lock(),
            Word::Leaving(_) => self.answers_leaving(whose),
            Word::Settled(_, tab) => self.other_answers(tab, false),
            Word::Writing(_, tab) => self.other_answers(tab, true),
            Word::Left(_) => {
                self.leave_account();
                self.nobody();
            }
            Word::HandedOver(_) => {
                let effects = self.with_client(|client, _| Client::end_actors(client));
                self.carry_out(effects.unwrap_or_default());
            }
        }
    }
}

impl State {
    /// Whose database is open in this tab.
    pub(super) fn whose(&self) -> Option<AccountId> {
        self.account.as_ref().map(|account| account.account)
    }
}
