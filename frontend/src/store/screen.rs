//! Locking the screen and opening it again. Sync goes on behind it.

use std::rc::Rc;
use std::time::Duration;

use shared::protocol::http::{DeviceKind, Me};
use wasm_bindgen_futures::spawn_local;

use super::Store;
use super::between::Word;
use super::listen::Topic;
use super::lock::{Attempt, CODE_CHARS, Code, Idle, LOCK, Lock, ROUNDS};
use super::presence::Stir;
use super::record::{self, META};
use super::state::State;
use super::view::{CodeProblem, LockView, SignedIn};
use crate::browser::idb::Database;
use crate::browser::{clock, field, secret};

/// How an account came to be opened in this tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// The page was opened; who signed in last is taken to be there.
    Reopened,
    /// By account and password, just now.
    SignedIn,
}

pub(super) async fn read(db: &Database) -> Option<Lock> {
    let kept = db.get(META, LOCK).await.ok().flatten();
    kept.as_deref().and_then(record::read)
}

/// What is shown of an account that is being opened.
pub(super) fn shown(arrival: Arrival, kind: DeviceKind, lock: Option<&Lock>, me: Rc<Me>) -> SignedIn {
    let has_code = lock.is_some_and(|lock| lock.code.is_some());
    match (arrival, kind) {
        (Arrival::Reopened, DeviceKind::Shared) => SignedIn::Locked(me),
        (Arrival::Reopened, DeviceKind::Personal) if has_code => SignedIn::Locked(me),
        (Arrival::SignedIn, DeviceKind::Shared) if lock.is_none() => SignedIn::ChoosingCode(me),
        _ => SignedIn::As(me),
    }
}

impl Store {
    /// What the settings say of the device and its lock.
    #[must_use]
    pub fn lock_view(&self) -> LockView {
        let state = self.0.state.borrow();
        let kind = state.kind();
        LockView {
            kind,
            has_code: state.lock.as_ref().is_some_and(|lock| lock.code.is_some()),
            idle: state.lock.clone().unwrap_or_default().idle(kind),
        }
    }

    /// Says whether one person alone sits at this device. A shared one asks for a code to lock with.
    ///
    /// # Errors
    ///
    /// Fails when the device does not keep it.
    pub async fn say_kind(&self, kind: DeviceKind) -> Result<(), CodeProblem> {
        self.remember_kind(kind).await.map_err(|_| CodeProblem::Storage)?;
        let mut state = self.0.state.borrow_mut();
        if let (DeviceKind::Shared, None, SignedIn::As(me)) = (kind, &state.lock, &state.signed_in) {
            state.signed_in = SignedIn::ChoosingCode(me.clone());
        }
        drop(state);
        self.0.listeners.wake(&[Topic::SignedIn]);
        Ok(())
    }

    /// Chooses the code that opens the screen; none to open it by signing in alone.
    ///
    /// # Errors
    ///
    /// Says why it is not in force.
    pub async fn choose_code(&self, code: Option<String>) -> Result<(), CodeProblem> {
        let code = match code {
            Some(code) if code.chars().count() < CODE_CHARS => return Err(CodeProblem::TooShort),
            Some(code) => {
                let salt = secret::salt();
                let stretched = secret::stretch(&code, &salt, ROUNDS).await;
                Some(Code {
                    salt,
                    rounds: ROUNDS,
                    stretched: stretched.ok_or(CodeProblem::Browser)?,
                })
            }
            None => None,
        };
        self.change_lock(move |lock| lock.code = code).await?;
        let mut state = self.0.state.borrow_mut();
        if let SignedIn::ChoosingCode(me) = &state.signed_in {
            state.signed_in = SignedIn::As(me.clone());
        }
        drop(state);
        self.0.listeners.wake(&[Topic::SignedIn]);
        Ok(())
    }

    /// Says after how long without anybody the screen is locked; none for never.
    ///
    /// # Errors
    ///
    /// Fails when the device does not keep it.
    pub async fn say_idle(&self, idle: Option<Duration>) -> Result<(), CodeProblem> {
        let idle = idle.map_or(Idle::Never, Idle::After);
        self.change_lock(move |lock| lock.idle = idle).await?;
        self.0.listeners.wake(&[Topic::SignedIn]);
        Ok(())
    }

    /// Locks the screen, in all tabs of this browser.
    pub fn lock(&self) {
        if let Some(whose) = self.0.state.borrow().whose() {
            self.tell_device(Word::Locked(whose));
        }
        self.lock_here();
    }

    /// Opens the screen with its code.
    ///
    /// # Errors
    ///
    /// Says why it stays locked.
    pub async fn open_with(&self, typed: String) -> Result<(), CodeProblem> {
        let (now, whose) = (clock::now(), self.0.state.borrow().whose());
        let code = match self.change_lock(move |lock| lock.attempt(now)).await? {
            Attempt::Measure(code) => code,
            Attempt::Wait(wait) => {
                let seconds = u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX);
                return Err(CodeProblem::Wait { seconds });
            }
            Attempt::NoCode => return Err(CodeProblem::Wrong),
        };
        let stretched = secret::stretch(&typed, &code.salt, code.rounds).await;
        if stretched.ok_or(CodeProblem::Browser)? != code.stretched {
            return Err(CodeProblem::Wrong);
        }
        if self.0.state.borrow().whose() != whose {
            return Err(CodeProblem::Wrong);
        }
        if !self.change_lock(move |lock| lock.opens(&code)).await? {
            return Err(CodeProblem::Wrong);
        }
        self.opened();
        Ok(())
    }

    /// The person is known: opens the screen, in all tabs of this browser.
    pub(super) fn opened(&self) {
        self.open_here();
        if let Some(whose) = self.0.state.borrow().whose() {
            self.tell_device(Word::Opened(whose));
        }
    }

    pub(super) fn lock_here(&self) {
        let (SignedIn::As(me) | SignedIn::ChoosingCode(me)) = self.0.state.borrow().signed_in.clone() else {
            return;
        };
        // What is being typed into a cell is told to the store first.
        field::leave_focus();
        self.0.state.borrow_mut().signed_in = SignedIn::Locked(me);
        self.0.listeners.wake(&[Topic::SignedIn]);
    }

    pub(super) fn open_here(&self) {
        let mut state = self.0.state.borrow_mut();
        let SignedIn::Locked(me) = &state.signed_in else {
            return;
        };
        state.signed_in = SignedIn::As(me.clone());
        state.presence.is_there(clock::now());
        drop(state);
        self.0.listeners.wake(&[Topic::SignedIn]);
    }

    /// Somebody did something in this tab.
    pub(super) fn stirs(&self) {
        let stir = {
            let mut state = self.0.state.borrow_mut();
            if !matches!(state.signed_in, SignedIn::As(_) | SignedIn::ChoosingCode(_)) {
                return;
            }
            let idle = state.idle();
            state.presence.stirs(clock::now(), idle)
        };
        match stir {
            Stir::TooLate => self.lock_here(),
            Stir::Known => {}
            Stir::Tell => {
                let whose = self.0.state.borrow().whose();
                if let Some(whose) = whose {
                    self.tell_device(Word::Stirred(whose));
                }
            }
        }
    }

    /// Locks the screen once nobody has been there for long enough.
    pub(super) fn lock_if_idle(&self) {
        let is_away = {
            let mut state = self.0.state.borrow_mut();
            let idle = state.idle();
            state.presence.is_away(clock::now(), idle)
        };
        if is_away {
            self.lock_here();
        }
    }

    /// Changes what is kept of the lock. It is read anew for that: another tab may have changed it.
    async fn change_lock<T: 'static>(
        &self,
        change: impl FnOnce(&mut Lock) -> T + 'static,
    ) -> Result<T, CodeProblem> {
        let (db, whose, stay) = {
            let state = self.0.state.borrow();
            let account = state.account.as_ref().ok_or(CodeProblem::Storage)?;
            (account.db.clone(), account.account, state.stay)
        };
        let changed = db.change(META, LOCK, |kept| {
            let mut lock: Lock = kept.as_deref().and_then(record::read).unwrap_or_default();
            let said = change(&mut lock);
            (record::write(&lock), (lock, said))
        });
        let (lock, said) = changed.await.map_err(|_| CodeProblem::Storage)?;
        if self.0.state.borrow().stay != stay {
            return Err(CodeProblem::Storage);
        }
        self.0.state.borrow_mut().lock = Some(lock);
        self.tell_device(Word::LockChanged(whose));
        Ok(said)
    }

    /// Another tab has changed the lock: reads it anew.
    pub(super) fn renew_lock(&self) {
        let (store, stay) = (self.clone(), self.0.state.borrow().stay);
        let Some(db) = self.account_db() else { return };
        spawn_local(async move {
            let lock = read(&db).await;
            if store.0.state.borrow().stay == stay {
                store.0.state.borrow_mut().lock = lock;
                store.0.listeners.wake(&[Topic::SignedIn]);
            }
        });
    }
}

impl State {
    pub(super) fn kind(&self) -> DeviceKind {
        self.device.as_ref().map(|device| device.kind).unwrap_or_default()
    }

    fn idle(&self) -> Option<Duration> {
        self.lock.clone().unwrap_or_default().idle(self.kind())
    }
}
