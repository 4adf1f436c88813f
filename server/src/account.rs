//! Who signs in: passwords, sessions, and delays for those who guess.

use std::sync::{Arc, Mutex, PoisonError};

use shared::id::DeviceId;
use shared::protocol::http::audit::Deed;
use shared::time::Timestamp;

use crate::clock;
use crate::storage::{Account, Amendment, By, Session, SessionHash, Storage, StorageError};
use delay::{Delays, Guess};
use password::{Busy, Passwords};
use session::Standing;

mod change;
mod delay;
mod expired;
mod password;
mod session;
mod sign_in;
mod token;

pub(crate) use expired::end_expired_daily;
pub use password::hash as hash_password;
pub use session::{ABSOLUTE, ABSOLUTE_SHARED, IDLE, IDLE_SHARED};
pub use token::Token;

/// Signs people in, and says who is signed in.
#[derive(Clone)]
pub struct Accounts {
    storage: Arc<dyn Storage>,
    passwords: Arc<Passwords>,
    delays: Arc<Mutex<Delays>>,
}

impl std::fmt::Debug for Accounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Accounts").finish_non_exhaustive()
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account, with its roles as they are now.
    pub account: Account,
    /// The session.
    pub session: Session,
}

/// Whether a person has just used a session, or only its browser keeps a line open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Somebody did something.
    Now,
    /// Nobody is known to be there: the session goes on growing idle.
    Not,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInProblem {
    /// Login or password is wrong.
    #[error("login or password is wrong")]
    Wrong,
    /// Too many tries.
    #[error("again in {seconds} s")]
    SlowDown {
        /// How long to wait.
        seconds: u32,
    },
    /// Too many passwords wait to be checked.
    #[error("too many sign-ins at once")]
    Busy,
    /// What was checked holds no more: the sessions of the account were ended in the meantime.
    #[error("the account was changed in the meantime")]
    Overtaken,
    /// The password to be is no password.
    #[error("the new password is too short, too long, or the old one")]
    Weak,
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Accounts {
    /// The accounts of a store.
    #[must_use]
    pub fn new(storage: Arc<dyn Storage>) -> Self {
        Self {
            storage,
            passwords: Arc::default(),
            delays: Arc::default(),
        }
    }

    /// Who holds this token, if its session is in force.
    ///
    /// # Errors
    ///
    /// Fails when the store does.
    pub async fn signed_in(&self, token: &Token) -> Result<Option<SignedIn>, StorageError> {
        let (storage, hash) = (Arc::clone(&self.storage), token.hash());
        blocking(move || in_force(storage.as_ref(), hash, Use::Now)).await
    }

    /// Whether a session is in force still, with the account's roles as they are now.
    ///
    /// # Errors
    ///
    /// Fails when the store does.
    pub async fn still(&self, hash: SessionHash, used: Use) -> Result<Option<SignedIn>, StorageError> {
        let storage = Arc::clone(&self.storage);
        blocking(move || in_force(storage.as_ref(), hash, used)).await
    }

    /// The hash under which a password is kept, made in turn with those that are being checked. It blocks.
    ///
    /// # Errors
    ///
    /// Fails when the relay is stopping.
    pub fn hash_in_turn(&self, password: &str) -> Result<String, StorageError> {
        self.passwords.hash_in_turn(password.to_owned())
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// Fails when the store does.
    pub async fn sign_out(&self, hash: SessionHash) -> Result<(), StorageError> {
        let storage = Arc::clone(&self.storage);
        blocking(move || {
            let Some(signed_in) = in_force(storage.as_ref(), hash, Use::Not)? else {
                return storage.end_session(hash);
            };
            storage.end_session(hash)?;
            let by = by(&signed_in.account, Some(signed_in.session.device));
            storage.amend(&by, &Amendment::Note(Deed::SignedOut))
        })
        .await
    }

    /// Whether the password is right, once somebody has had their turn; a turn that came to nothing is given back.
    async fn verify(
        &self,
        guess: &Guess,
        password: String,
        known: Option<String>,
    ) -> Result<bool, SignInProblem> {
        self.passwords.verify(password, known).await.map_err(|Busy| {
            self.delays().takes_back(guess);
            SignInProblem::Busy
        })
    }

    fn take_turn(&self, guess: &Guess) -> Result<(), SignInProblem> {
        let (now, mut delays) = (clock::now(), self.delays());
        if let Some(wait) = delays.wait(now, guess) {
            let seconds = u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX);
            return Err(SignInProblem::SlowDown { seconds });
        }
        delays.tries(now, guess);
        Ok(())
    }

    fn delays(&self) -> std::sync::MutexGuard<'_, Delays> {
        self.delays.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who does something now.
pub(crate) fn by(account: &Account, device: Option<DeviceId>) -> By {
    By {
        at: clock::now(),
        account: Some(account.id),
        device,
        grants: account.grants.clone(),
    }
}

/// Whether a session is in force.
pub(crate) fn is_in_force(session: &Session, now: Timestamp) -> bool {
    session::standing(session, now) != Standing::Over
}

fn in_force(storage: &dyn Storage, hash: SessionHash, used: Use) -> Result<Option<SignedIn>, StorageError> {
    let now = clock::now();
    let Some(session) = storage.session(hash)? else {
        return Ok(None);
    };
    match session::standing(&session, now) {
        Standing::Over => {
            storage.end_session(hash)?;
            return Ok(None);
        }
        Standing::Unnoted if used == Use::Now => storage.touch_session(hash, now)?,
        Standing::InForce | Standing::Unnoted => {}
    }
    Ok(storage
        .account(session.account)?
        .map(|account| SignedIn { account, session }))
}

/// Runs what blocks where blocking is allowed.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, StorageError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(broken) => match broken.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(StorageError::Stopping),
        },
    }
}

#[cfg(test)]
mod tests;
