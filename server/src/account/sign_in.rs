//! Signing in: a session begins for whoever knows the password, unless something has ended it before it began.

use std::net::IpAddr;
use std::sync::Arc;

use shared::enrol;
use shared::id::{AccountId, DeviceId};
use shared::protocol::http::audit::Deed;
use shared::protocol::http::{DeviceKind, SignIn};

use super::delay::Guess;
use super::{Accounts, SignInProblem, SignedIn, Token, blocking, by};
use crate::clock;
use crate::storage::{Account, Amendment, By, Session, SessionHash, StorageError};

/// An account as it was found, if there is one.
struct Found {
    account: Option<Account>,
    /// How many entries the audit log had before.
    since: u64,
}

impl Accounts {
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
        let login = enrol::login(&who.login);
        let guess = Guess::at(login.as_deref(), address);
        self.take_turn(&guess)?;
        let Found { account, since } = self.found(login).await?;
        let known = account.as_ref().map(|account| account.password.clone());
        let good = self.verify(&guess, who.password, known).await?;
        let Some(account) = account.clone().filter(|_| good) else {
            let by = By {
                device: Some(who.device),
                ..By::relay(clock::now())
            };
            self.note_failure(by, account.map(|account| account.id)).await?;
            return Err(SignInProblem::Wrong);
        };
        self.delays().succeeded(&guess);
        let (token, session) = begin(&account, who.device, who.kind);
        let (storage, kept) = (Arc::clone(&self.storage), session.clone());
        let by = by(&account, Some(who.device));
        let begun = blocking(move || {
            storage.begin_session(&kept, instead_of, since)?;
            storage.amend(&by, &Amendment::Note(Deed::SignedIn))
        });
        match begun.await {
            Ok(()) => Ok((token, SignedIn { account, session })),
            Err(StorageError::Gone) => Err(SignInProblem::Overtaken),
            Err(problem) => Err(problem.into()),
        }
    }

    async fn found(&self, login: Option<String>) -> Result<Found, StorageError> {
        let storage = Arc::clone(&self.storage);
        blocking(move || {
            // First: what is done to the account from here on is seen when its session begins.
            let since = storage.audited()?;
            let account = match login {
                Some(login) => storage.account_of(&login)?,
                None => None,
            };
            Ok(Found { account, since })
        })
        .await
    }

    /// The account of a login; what none can be called is nobody's.
    pub(super) async fn account_of(&self, login: Option<String>) -> Result<Option<Account>, StorageError> {
        Ok(self.found(login).await?.account)
    }

    pub(super) async fn note_failure(&self, by: By, subject: Option<AccountId>) -> Result<(), StorageError> {
        let storage = Arc::clone(&self.storage);
        let deed = Deed::SignInFailed { subject };
        blocking(move || storage.amend(&by, &Amendment::Note(deed))).await
    }
}

/// A new session, which is not kept yet.
pub(super) fn begin(account: &Account, device: DeviceId, kind: DeviceKind) -> (Token, Session) {
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
