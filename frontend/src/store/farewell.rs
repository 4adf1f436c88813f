//! A session that could not be ended at the relay when its officer left: ended once the network is there, and before
//! anybody signs in.

use shared::limit::RETRY_LONGEST;
use shared::time::Timestamp;
use wasm_bindgen_futures::spawn_local;

use super::Store;
use super::view::SignedIn;
use crate::browser::clock;
use crate::browser::http::{self, HttpError};

/// When this tab next looks whether there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Farewell {
    due: Timestamp,
}

impl Farewell {
    /// Whether it is time to look; if so, the next time is a while later.
    fn is_due(&mut self, now: Timestamp) -> bool {
        let next = now.after(RETRY_LONGEST);
        // A clock that was set back must not put it off for longer.
        let is_due = self.due <= now || self.due > next;
        if is_due {
            self.due = next;
        }
        is_due
    }

    /// The network may be back: it is time now.
    fn soon(&mut self) {
        self.due = Timestamp::default();
    }
}

impl Store {
    /// Ends the session at the relay. One that cannot be reached now is told as soon as it can be.
    pub(super) async fn end_session(&self) {
        // First it is noted: the relay may not answer for as long as this page lives.
        if let Err(why) = self.remember_leaving(true).await {
            tracing::error!(%why, "that a session has yet to be ended was not kept");
        }
        if let Err(why) = self.end_at_relay().await {
            tracing::warn!(%why, "the session could not be ended at the relay; tried again");
        }
    }

    /// Ends a session that could not be ended when its officer left, if there is one.
    pub(super) async fn end_left_session(&self) -> Result<(), HttpError> {
        if self.is_leaving().await {
            self.end_at_relay().await?;
        }
        Ok(())
    }

    async fn end_at_relay(&self) -> Result<(), HttpError> {
        http::sign_out().await?;
        if let Err(why) = self.remember_leaving(false).await {
            tracing::error!(%why, "that the relay heard of the sign-out was not kept");
        }
        Ok(())
    }

    /// Looks now: the network may be back.
    pub(super) fn say_farewell_now(&self) {
        self.0.state.borrow_mut().farewell.soon();
        self.say_farewell();
    }

    /// Looks once in a while, as long as nobody is signed in, whether a session has yet to be ended.
    pub(super) fn say_farewell(&self) {
        {
            let mut state = self.0.state.borrow_mut();
            let is_nobody = state.signed_in == SignedIn::Nobody;
            if !is_nobody || !state.farewell.is_due(clock::now()) {
                return;
            }
        }
        let store = self.clone();
        spawn_local(async move {
            if let Err(why) = store.end_left_session().await {
                tracing::warn!(%why, "a session could not be ended at the relay yet");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    #[test]
    fn it_is_tried_again_once_in_a_while_and_when_the_network_may_be_back() {
        let mut farewell = Farewell::default();
        assert!(farewell.is_due(NOW));
        assert!(!farewell.is_due(NOW.after(Duration::from_secs(1))));
        assert!(farewell.is_due(NOW.after(RETRY_LONGEST)));
        farewell.soon();
        assert!(farewell.is_due(NOW));
        assert!(farewell.is_due(Timestamp(0)), "also when the clock was set back");
    }
}
