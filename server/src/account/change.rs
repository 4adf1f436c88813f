//! Passwords changed by their owners, and set anew by a one-time code.

use std::net::IpAddr;
use std::sync::Arc;

use shared::enrol::{is_strong, login};
use shared::id::AccountId;
use shared::protocol::http::{ChangePassword, Reset};

use super::delay::Guess;
use super::{Accounts, SignInProblem, SignedIn, Token, blocking, by};
use crate::clock;
use crate::storage::{Account, Amendment, By, Password, StorageError};

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
        let account = &signed_in.account;
        let guess = Guess::at(Some(&account.login), address);
        self.take_turn(&guess)?;
        if change.new == change.old || !is_strong(&change.new) {
            return Err(SignInProblem::Weak);
        }
        let known = Some(account.password.clone());
        if !self.verify(&guess, change.old, known).await? {
            return Err(SignInProblem::Wrong);
        }
        self.delays().succeeded(&guess);
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
        let login = login(&reset.login);
        let guess = Guess::at(login.as_deref(), address);
        self.take_turn(&guess)?;
        if !is_strong(&reset.password) {
            return Err(SignInProblem::Weak);
        }
        let account = self.account_of(login).await?;
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
        let code = reset.code.trim().to_lowercase();
        let good = self.verify(&guess, code, known).await?;
        let Some(account) = account.filter(|_| good) else {
            return Err(SignInProblem::Wrong);
        };
        self.delays().succeeded(&guess);
        self.set_password(by(&account, None), account.id, reset.password)
            .await?;
        Ok(())
    }

    async fn set_password(&self, by: By, id: AccountId, password: String) -> Result<(), StorageError> {
        let hash = self.passwords.hash(password).await?;
        let storage = Arc::clone(&self.storage);
        blocking(move || storage.amend(&by, &Amendment::SetPassword(id, Password(hash)))).await
    }
}
