//! Accounts with first passwords, and one-time codes.

use shared::access::Grant;
use shared::enrol::{self, login, name};
use shared::id::AccountId;
use shared::limit;
use shared::protocol::http::admin::{Done, NewAccount, Slip, Wrong};
use shared::time::Timestamp;
use uuid::Uuid;

use super::{Administration, OrderError, made_code, made_password, right};
use crate::storage::{Account, Amendment, ResetCode};

impl Administration<'_> {
    pub(super) fn add_accounts(&self, accounts: &[NewAccount]) -> Result<Done, OrderError> {
        if accounts.len() > limit::ACCOUNTS_PER_ORDER {
            let most = limit::ACCOUNTS_PER_ORDER;
            return Err(Wrong::TooMany { most }.into());
        }
        let known = self.storage.accounts()?;
        let logins = known.iter().map(|known| known.login.as_str());
        let kept = self.units.iter().filter(|unit| self.keeps(unit.id));
        let kept: Vec<&str> = kept.map(|unit| unit.name.as_str()).collect();
        right(enrol::judge_accounts(logins, &kept, accounts))?;
        let mut made = Vec::new();
        let mut slips = Vec::new();
        for (row, new) in accounts.iter().enumerate() {
            let name = name(&new.name).ok_or(Wrong::Name { row })?;
            let login = login(&new.login).ok_or(Wrong::Login { row })?;
            let unit = self.units.iter().find(|unit| unit.name == new.unit.trim());
            let unit = unit.ok_or(Wrong::NoUnit { row })?;
            let mut grants = vec![Grant::new(unit.id, new.role)];
            for more in &new.more {
                let unit = self.units.iter().find(|unit| unit.name == more.unit.trim());
                grants.push(Grant::new(unit.ok_or(Wrong::NoUnit { row })?.id, more.role));
            }
            let (id, password) = (AccountId(Uuid::new_v4()), made_password());
            made.push(Account {
                id,
                login: login.clone(),
                name: name.clone(),
                password: (self.hasher)(&password)?,
                first_password: true,
                grants,
            });
            slips.push(Slip {
                account: id,
                login,
                name,
                unit: unit.name.clone(),
                role: new.role,
                password,
            });
        }
        self.storage.amend(&self.by, &Amendment::AddAccounts(made))?;
        Ok(Done::Slips { slips })
    }

    pub(super) fn allow_reset(&self, account: AccountId) -> Result<Done, OrderError> {
        self.subject(account)?;
        let (code, until): (String, Timestamp) = (made_code(), self.by.at.after(limit::RESET_CODE));
        let kept = ResetCode {
            hash: (self.hasher)(&code)?,
            until,
        };
        self.storage
            .amend(&self.by, &Amendment::AllowReset(account, kept))?;
        Ok(Done::Code { code, until })
    }
}
