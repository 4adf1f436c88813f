//! Who signs in: passwords, sessions, and delays for those who guess.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use shared::enrol::is_strong;
use shared::id::{AccountId, DeviceId};
use shared::protocol::http::audit::Deed;
use shared::protocol::http::{ChangePassword, DeviceKind, Reset, SignIn};
use shared::time::Timestamp;

use crate::clock;
use crate::storage::{Account, Amendment, By, Password, Session, SessionHash, Storage, StorageError};
use delay::Delays;
use password::Passwords;
use session::Standing;

mod delay;
mod password;
mod session;
mod token;

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

    /// Signs somebody in under a new token; the session of `instead_of` ends.
    ///
    /// # Errors
    ///
    /// Says why not. Login and password are not told apart, by the answer or by the time it takes.
    pub async fn sign_in(
        &self,
        who: SignIn,
        address: IpAddr,
        instead_of: Option<SessionHash>,
    ) -> Result<(Token, SignedIn), SignInProblem> {
        let login = who.login.trim().to_lowercase();
        self.take_turn(&login, address)?;
        let account = self.account_of(&login).await?;
        let known = account.as_ref().map(|account| account.password.clone());
        let good = self.passwords.verify(who.password, known).await;
        let Some(account) = account.clone().filter(|_| good) else {
            self.note_failure(account, who.device).await?;
            return Err(SignInProblem::Wrong);
        };
        self.delays().succeeded(&login, address);
        let (token, signed_in) = self.begin(account, who.device, who.kind, instead_of).await?;
        Ok((token, signed_in))
    }

    /// Changes one's own password. Every session of the account ends; a new one begins on this device.
    ///
    /// # Errors
    ///
    /// Says why not; the old password is guessed at as slowly here as at the sign-in.
    pub async fn change_password(
        &self,
        signed_in: &SignedIn,
        change: ChangePassword,
        address: IpAddr,
    ) -> Result<(Token, SignedIn), SignInProblem> {
        let account = &signed_in.account;
        self.take_turn(&account.login, address)?;
        if change.new == change.old || !is_strong(&change.new) {
            return Err(SignInProblem::Weak);
        }
        let known = Some(account.password.clone());
        if !self.passwords.verify(change.old, known).await {
            return Err(SignInProblem::Wrong);
        }
        self.delays().succeeded(&account.login, address);
        let by = by(account, Some(signed_in.session.device));
        self.set_password(by, account.id, change.new).await?;
        let account = Account {
            first_password: false,
            ..account.clone()
        };
        let session = &signed_in.session;
        Ok(self.begin(account, session.device, session.kind, None).await?)
    }

    /// Sets a password anew by a one-time code, which is used up thereby.
    ///
    /// # Errors
    ///
    /// Says why not. A code that is wrong, used, too old or for nobody is all one.
    pub async fn reset(&self, reset: Reset, address: IpAddr) -> Result<(), SignInProblem> {
        let login = reset.login.trim().to_lowercase();
        self.take_turn(&login, address)?;
        if !is_strong(&reset.password) {
            return Err(SignInProblem::Weak);
        }
        let account = self.account_of(&login).await?;
        let code = match &account {
            Some(account) => {
                let (storage, id) = (Arc::clone(&self.storage), account.id);
                blocking(move || storage.reset_code(id)).await?
            }
            None => None,
        };
        let known = code
            .filter(|code| clock::now() <= code.until)
            .map(|code| code.hash);
        let good = self
            .passwords
            .verify(reset.code.trim().to_lowercase(), known)
            .await;
        let Some(account) = account.filter(|_| good) else {
            return Err(SignInProblem::Wrong);
        };
        self.delays().succeeded(&login, address);
        self.set_password(by(&account, None), account.id, reset.password)
            .await?;
        Ok(())
    }

    async fn account_of(&self, login: &str) -> Result<Option<Account>, StorageError> {
        let (storage, login) = (Arc::clone(&self.storage), login.to_owned());
        blocking(move || storage.account_of(&login)).await
    }

    async fn set_password(&self, by: By, id: AccountId, password: String) -> Result<(), StorageError> {
        let hash = self.passwords.hash(password).await?;
        let storage = Arc::clone(&self.storage);
        blocking(move || storage.amend(&by, &Amendment::SetPassword(id, Password(hash)))).await
    }

    async fn begin(
        &self,
        account: Account,
        device: DeviceId,
        kind: DeviceKind,
        instead_of: Option<SessionHash>,
    ) -> Result<(Token, SignedIn), StorageError> {
        let (token, session) = begin(&account, device, kind);
        let (storage, kept) = (Arc::clone(&self.storage), session.clone());
        let by = by(&account, Some(device));
        blocking(move || {
            storage.begin_session(&kept, instead_of)?;
            storage.amend(&by, &Amendment::Note(Deed::SignedIn))
        })
        .await?;
        Ok((token, SignedIn { account, session }))
    }

    async fn note_failure(&self, subject: Option<Account>, device: DeviceId) -> Result<(), StorageError> {
        let by = By {
            device: Some(device),
            ..By::relay(clock::now())
        };
        let deed = Deed::SignInFailed {
            subject: subject.map(|account| account.id),
        };
        let storage = Arc::clone(&self.storage);
        blocking(move || storage.amend(&by, &Amendment::Note(deed))).await
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

    fn take_turn(&self, login: &str, address: IpAddr) -> Result<(), SignInProblem> {
        let (now, mut delays) = (clock::now(), self.delays());
        if let Some(wait) = delays.wait(now, login, address) {
            let seconds = u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX);
            return Err(SignInProblem::SlowDown { seconds });
        }
        delays.tries(now, login, address);
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

fn begin(account: &Account, device: DeviceId, kind: DeviceKind) -> (Token, Session) {
    let token = Token::new(rand::random());
    let now = clock::now();
    let session = Session {
        hash: token.hash(),
        account: account.id,
        device,
        kind,
        began_at: now,
        used_at: now,
    };
    (token, session)
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
mod tests {
    use shared::id::AccountId;

    use super::*;
    use crate::storage::Enterprise;
    use crate::storage::memory::MemoryStorage;

    const LIN: AccountId = AccountId::from_bytes([1; 16]);

    /// A store where Lin's session was last used an hour ago.
    fn storage() -> (Arc<MemoryStorage>, Session) {
        let storage = Arc::new(MemoryStorage::new());
        let enterprise = Enterprise {
            id: shared::id::EnterpriseId::from_bytes([1; 16]),
            name: "青梧".to_owned(),
            demo: Vec::new(),
        };
        storage.found(&enterprise, &[]).unwrap();
        let account = Account {
            id: LIN,
            login: "lin".to_owned(),
            name: "林".to_owned(),
            password: String::new(),
            first_password: false,
            grants: Vec::new(),
        };
        let by = By::relay(clock::now());
        storage
            .amend(&by, &Amendment::AddAccounts(vec![account.clone()]))
            .unwrap();
        let (_, mut session) = begin(&account, DeviceId::from_bytes([2; 16]), DeviceKind::Personal);
        session.used_at = Timestamp(session.used_at.0 - 3_600_000);
        storage.begin_session(&session, None).unwrap();
        (storage, session)
    }

    #[tokio::test]
    async fn a_tab_that_is_merely_open_does_not_keep_its_session_from_growing_idle() {
        let (storage, session) = storage();
        let accounts = Accounts::new(Arc::clone(&storage) as Arc<dyn Storage>);
        accounts.still(session.hash, Use::Not).await.unwrap().unwrap();
        let used_at = || storage.session(session.hash).unwrap().unwrap().used_at;
        assert_eq!(used_at(), session.used_at);
        accounts.still(session.hash, Use::Now).await.unwrap().unwrap();
        assert!(used_at() > session.used_at);
    }
}
