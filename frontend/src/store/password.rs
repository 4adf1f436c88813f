//! Passwords: changed by their owner, set anew by a code, or the first of all in an empty store.

use std::rc::Rc;

use shared::protocol::http::{ChangePassword, Me, Reset, Setup};
use shared::sync::client::Event;

use super::Store;
use super::listen::Topic;
use crate::browser::http::{self, HttpError};

impl Store {
    /// Changes the password of whoever is signed in.
    ///
    /// # Errors
    ///
    /// Says why not.
    pub async fn change_password(&self, old: String, new: String) -> Result<(), HttpError> {
        let stay = self.0.state.borrow().stay;
        http::change_password(&ChangePassword { old, new }).await?;
        if self.0.state.borrow().stay != stay {
            return Ok(());
        }
        let before = self.0.state.borrow().me();
        if let Some(before) = before {
            let me = Me {
                first_password: false,
                ..(*before).clone()
            };
            if let Err(why) = self.remember_last(Some(&me)).await {
                // The relay says it again at the next contact.
                tracing::warn!(%why, "that the password was changed was not kept");
            }
            self.0.state.borrow_mut().become_me(Rc::new(me));
            self.0.listeners.wake(&[Topic::SignedIn]);
        }
        self.begin_line_anew();
        Ok(())
    }

    /// Sets a password anew by a one-time code.
    ///
    /// # Errors
    ///
    /// Says why not.
    pub async fn reset_password(&self, reset: Reset) -> Result<(), HttpError> {
        http::reset(&reset).await
    }

    /// Makes the first administrator of an empty store.
    ///
    /// # Errors
    ///
    /// Says why not.
    pub async fn set_up(&self, setup: Setup) -> Result<(), HttpError> {
        http::set_up(&setup).await?;
        self.ask_enterprise().await;
        Ok(())
    }

    /// The line belonged to a session that has ended with the old password; there is a new one.
    fn begin_line_anew(&self) {
        let socket = {
            let mut state = self.0.state.borrow_mut();
            state.connection += 1;
            state.rounds.ends();
            state.socket.take()
        };
        drop(socket);
        self.handle(Event::Disconnected);
        self.handle(Event::SignedIn);
    }
}
