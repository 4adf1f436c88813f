//! Passwords changed by their owners, and set anew by a one-time code.

use std::net::IpAddr;
use std::sync::Arc;

use shared::enrol::{is_strong, login};
use shared::protocol::http::{ChangePassword, Reset};

use super::delay::Guess;
use super::sign_in::begin;
use super::{Accounts, SignInProblem, SignedIn, Token, blocking, by};
use crate::clock;
use crate::storage::{Account, Amendment, By, Password, Proof, StorageError};

impl Accounts {
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
        let SignedIn { account, session } = signed_in;
        // First: what is no password guesses at none.
        if change.new == change.old || !is_strong(&change.new) {
            return Err(SignInProblem::Weak);
        }
        let guess = Guess::at(Some(&account.login), address);
        self.take_turn(&guess)?;
        let by = by(account, Some(session.device));
        let known = account.password.clone();
        if !self.verify(&guess, change.old, Some(known.clone())).await? {
            self.note_failure(by, Some(account.id)).await?;
            return Err(SignInProblem::Wrong);
        }
        self.delays().succeeded(&guess);
        let account = Account {
            first_password: false,
            ..account.clone()
        };
        let (token, next) = begin(&account, session.device, session.kind);
        let proof = Proof::Password {
            known: Password(known),
            within: session.hash,
            next: next.clone(),
        };
        match self.replace_password(by, &account, proof, change.new).await {
            Ok(()) => Ok((
                token,
                SignedIn {
                    account,
                    session: next,
                },
            )),
            Err(StorageError::Gone) => Err(SignInProblem::Overtaken),
            Err(problem) => Err(problem.into()),
        }
    }

    /// Sets a password anew by a one-time code, which is used up thereby.
    ///
    /// # Errors
    ///
    /// Says why not. A code that is wrong, used, too old or for nobody is all one.
    pub async fn reset(&self, reset: Reset, address: IpAddr) -> Result<(), SignInProblem> {
        // First: what is no password guesses at no code.
        if !is_strong(&reset.password) {
            return Err(SignInProblem::Weak);
        }
        let login = login(&reset.login);
        let guess = Guess::at(login.as_deref(), address);
        self.take_turn(&guess)?;
        let account = self.account_of(login).await?;
        let known = match &account {
            Some(account) => self.code_in_force(account).await?,
            None => None,
        };
        let code = reset.code.trim().to_lowercase();
        let good = self.verify(&guess, code, known.clone()).await?;
        let subject = account.as_ref().map(|account| account.id);
        if let (true, Some(account), Some(known)) = (good, account, known) {
            self.delays().succeeded(&guess);
            let (by, proof) = (by(&account, None), Proof::Code(Password(known)));
            match self.replace_password(by, &account, proof, reset.password).await {
                // Somebody else was faster with the same code.
                Err(StorageError::Gone) => {}
                done => return Ok(done?),
            }
        }
        self.note_failure(By::relay(clock::now()), subject).await?;
        Err(SignInProblem::Wrong)
    }

    /// The hash of an account's one-time code, if it can be used.
    async fn code_in_force(&self, account: &Account) -> Result<Option<String>, StorageError> {
        let (storage, id) = (Arc::clone(&self.storage), account.id);
        let code = blocking(move || storage.reset_code(id)).await?;
        let in_force = code.filter(|code| clock::now() <= code.until);
        Ok(in_force.map(|code| code.hash))
    }

    async fn replace_password(
        &self,
        by: By,
        account: &Account,
        proof: Proof,
        password: String,
    ) -> Result<(), StorageError> {
        let hash = self.passwords.hash(password).await?;
        let (storage, id) = (Arc::clone(&self.storage), account.id);
        blocking(move || storage.amend(&by, &Amendment::ReplacePassword(id, proof, Password(hash)))).await
    }
}
