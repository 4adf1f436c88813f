//! Signing in, and meeting the relay's word on who this is.

use std::rc::Rc;

use shared::id::DeviceId;
use shared::protocol::http::{DeviceKind, Me, Problem, SignIn};
use shared::sync::client::Event;
use wasm_bindgen_futures::spawn_local;

use super::Store;
use super::deliver::Rounds;
use super::inbox::Inbox;
use super::listen::Topic;
use super::screen::{self, Arrival};
use super::settings::OnDevice;
use super::view::{HandingOut, SignInProblem};
use crate::browser::clock;
use crate::browser::http::{self, HttpError};

impl Store {
    pub(super) async fn sign_in_as(
        &self,
        login: String,
        password: String,
        kind: DeviceKind,
    ) -> Result<(), SignInProblem> {
        let device = self.0.state.borrow().device.as_ref().map(|device| device.id);
        let device: DeviceId = device.ok_or(SignInProblem::Storage)?;
        // Whose session this browser still has, no later than now it ends.
        self.end_left_session().await.map_err(problem)?;
        let me = http::sign_in(&SignIn {
            login,
            password,
            device,
            kind,
        })
        .await
        .map_err(problem)?;
        let remembered = self.remember_last(Some(&me)).await;
        remembered.map_err(|_| SignInProblem::Storage)?;
        let remembered = self.remember_kind(kind).await;
        remembered.map_err(|_| SignInProblem::Storage)?;
        let same = self.0.state.borrow().whose() == Some(me.account);
        if same {
            {
                let (me, mut state) = (Rc::new(me), self.0.state.borrow_mut());
                state.signed_in = screen::shown(Arrival::SignedIn, kind, state.lock.as_ref(), me.clone());
                state.presence.is_there(clock::now());
                state.become_me(me);
            }
            self.0.listeners.wake(&[Topic::SignedIn]);
            self.opened();
            self.handle(Event::SignedIn);
        } else {
            self.leave_account();
            self.open_account(me, Arrival::SignedIn).await;
        }
        Ok(())
    }

    /// Lets go of everything that belongs to the account: its socket, its database, its ledgers in memory.
    pub(super) fn leave_account(&self) {
        let left = {
            let mut state = self.0.state.borrow_mut();
            state.connection += 1;
            state.stay += 1;
            state.keys.clear();
            state.names.clear();
            state.synced_at = None;
            state.storage = None;
            state.shown.all_stale();
            state.inbox = Inbox::default();
            state.lock = None;
            state.handed = None;
            state.asking = None;
            state.is_writing = false;
            state.overview = None;
            state.handing_out = HandingOut::default();
            state.settings = OnDevice::default();
            state.rounds = Rounds::default();
            (state.socket.take(), state.client.take(), state.account.take())
        };
        if let (_, _, Some(account)) = &left {
            account.db.close();
        }
        drop(left);
        self.begin_stay();
        self.0
            .listeners
            .wake(&[Topic::Ledgers, Topic::Sync, Topic::HandingOut, Topic::Settings]);
    }

    /// Something may not be read any more: asks anew who this is and as what.
    pub(super) fn renew_me(&self) {
        if std::mem::replace(&mut self.0.state.borrow_mut().renewing, true) {
            // Whatever was lost together is told together.
            return;
        }
        let (store, stay) = (self.clone(), self.0.state.borrow().stay);
        spawn_local(async move {
            let me = http::me().await;
            store.0.state.borrow_mut().renewing = false;
            match me {
                Ok(me) if store.0.state.borrow().stay == stay => {
                    store.meet(me).await;
                }
                Ok(_) => {}
                Err(why) => tracing::warn!(%why, "what the account may do was not asked"),
            }
        });
    }

    /// The relay has said who is signed in. Whether that is who this tab works for.
    pub(super) async fn meet(&self, me: Me) -> bool {
        let (ours, stay) = {
            let state = self.0.state.borrow();
            (state.account.as_ref().map(|account| account.account), state.stay)
        };
        if ours != Some(me.account) {
            // Somebody else signed in on this device in another tab: this one's work waits for its own account.
            if self.0.state.borrow().kind() == DeviceKind::Shared {
                self.lock_here();
            }
            self.handle(Event::Received(shared::protocol::RelayMessage::Closing(
                shared::protocol::Closing::SignIn,
            )));
            return false;
        }
        if let Err(why) = self.remember_last(Some(&me)).await {
            tracing::warn!(%why, "what the relay says of the account was not kept");
        }
        if self.0.state.borrow().stay != stay {
            return false;
        }
        self.0.state.borrow_mut().become_me(me.into());
        self.0.listeners.wake(&[Topic::SignedIn]);
        self.refresh_settings();
        match http::ledgers().await {
            Ok(listed) => {
                self.remember_listed(&listed);
                self.open_ledgers(listed).await;
                self.0.state.borrow_mut().shown.all_stale();
                self.0.listeners.wake(&[Topic::Ledgers]);
            }
            Err(why) => tracing::warn!(%why, "the list of ledgers could not be fetched"),
        }
        true
    }
}

fn problem(why: HttpError) -> SignInProblem {
    match why {
        HttpError::Problem(Problem::WrongPassword | Problem::SignIn) => SignInProblem::Wrong,
        HttpError::Problem(Problem::SlowDown { seconds }) => SignInProblem::SlowDown { seconds },
        HttpError::Unreachable => SignInProblem::Unreachable,
        HttpError::Problem(_) | HttpError::Unreadable => SignInProblem::Failed,
    }
}
