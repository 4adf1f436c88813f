//! Carrying out what administrators order: each order is checked whole, then done whole, or nothing of it.

use std::collections::BTreeMap;

use shared::access::{Grant, Rights};
use shared::enrol::{self, Known, above, login, name};
use shared::id::{AccountId, EnterpriseId, UnitId};
use shared::limit;
use shared::protocol::http::admin::{Done, NewAccount, NewUnit, Order, Slip, Wrong};
use shared::time::{Date, Timestamp};
use uuid::Uuid;

use crate::account::hash_password;
use crate::register;
use crate::storage::{Account, Amendment, By, ResetCode, Storage, StorageError, Unit};

mod made;
mod overview;
mod roles;

pub use made::{code as made_code, password as made_password};
pub use overview::overview;

/// Who orders.
#[derive(Clone, Debug)]
pub enum Orderer {
    /// The command line: whoever may write the store.
    CommandLine,
    /// An administrator, with his roles.
    Administrator(Vec<Grant>),
}

/// Why an order was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// It cannot be.
    #[error("{0:?}")]
    Wrong(Wrong),
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<Wrong> for OrderError {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

/// What orders are carried out on.
pub struct Administration<'a> {
    storage: &'a dyn Storage,
    enterprise: EnterpriseId,
    rights: &'a Rights,
    orderer: Orderer,
    by: By,
    units: Vec<Unit>,
}

impl std::fmt::Debug for Administration<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Administration")
            .field("by", &self.by)
            .finish_non_exhaustive()
    }
}

impl<'a> Administration<'a> {
    /// Orders by this person, at the moment of `by`.
    ///
    /// # Errors
    ///
    /// Fails when the store does.
    pub fn new(
        storage: &'a dyn Storage,
        enterprise: EnterpriseId,
        rights: &'a Rights,
        orderer: Orderer,
        by: By,
    ) -> Result<Self, StorageError> {
        Ok(Self {
            units: storage.units()?,
            storage,
            enterprise,
            rights,
            orderer,
            by,
        })
    }

    /// Carries an order out.
    ///
    /// # Errors
    ///
    /// Says why not; then nothing was done.
    pub fn carry_out(&self, order: Order) -> Result<Done, OrderError> {
        match order {
            Order::AddUnits { units } => self.add_units(&units),
            Order::RenameUnit { unit, name } => self.rename_unit(unit, &name),
            Order::AddAccounts { accounts } => self.add_accounts(&accounts),
            Order::Grant { account, grants } => self.grant(account, &grants),
            Order::AllowReset { account } => self.allow_reset(account),
            Order::EndSession { session } => self.end_session(&session),
            Order::EndSessions { account } => {
                self.subject(account)?;
                self.amend(&Amendment::EndSessions(account))
            }
            Order::ForgetDevice { device } => {
                let sessions = self.storage.sessions()?;
                let mut there = sessions
                    .iter()
                    .filter(|session| session.device == device)
                    .peekable();
                if there.peek().is_none() {
                    return Err(Wrong::Gone.into());
                }
                for session in there {
                    self.subject(session.account)?;
                }
                self.amend(&Amendment::ForgetDevice(device))
            }
            Order::SetStatus { ledger, status } => {
                let ledgers = self.storage.ledgers()?;
                let known = ledgers.iter().find(|listed| listed.id == ledger);
                known
                    .filter(|listed| self.keeps(listed.key.unit))
                    .ok_or(Wrong::Gone)?;
                self.amend(&Amendment::SetStatus(ledger, status))
            }
        }
    }

    fn amend(&self, amendment: &Amendment) -> Result<Done, OrderError> {
        self.storage.amend(&self.by, amendment)?;
        Ok(Done::Plain)
    }

    fn today(&self) -> Date {
        self.by.at.date()
    }

    /// Whether whoever orders administers this unit.
    fn keeps(&self, unit: UnitId) -> bool {
        match &self.orderer {
            Orderer::CommandLine => true,
            Orderer::Administrator(grants) => self.rights.may_administer(grants, self.today(), unit),
        }
    }

    /// An account whose every role is held where whoever orders administers; one without roles is anybody's.
    fn subject(&self, id: AccountId) -> Result<Account, OrderError> {
        let account = self.storage.account(id)?;
        let ours = account.filter(|account| account.grants.iter().all(|grant| self.keeps(grant.unit)));
        ours.ok_or(OrderError::Wrong(Wrong::Gone))
    }

    fn add_units(&self, units: &[NewUnit]) -> Result<Done, OrderError> {
        if units.len() > limit::ORDER_ROWS {
            return Err(Wrong::TooMany.into());
        }
        let known = self.units.iter().map(|unit| Known {
            name: &unit.name,
            kind: unit.kind,
            is_kept: self.keeps(unit.id),
        });
        let may_add_at_top = matches!(self.orderer, Orderer::CommandLine) || self.keeps_everything();
        right(enrol::judge_units(known, may_add_at_top, units))?;
        let mut ids: BTreeMap<String, UnitId> = self
            .units
            .iter()
            .map(|unit| (unit.name.clone(), unit.id))
            .collect();
        let mut made: Vec<Unit> = Vec::new();
        let mut ledgers = Vec::new();
        let year = u16::try_from(self.today().year()).unwrap_or_default();
        for (row, new) in units.iter().enumerate() {
            let unit = Unit {
                id: UnitId(Uuid::new_v4()),
                name: name(&new.name).ok_or(Wrong::Name { row })?,
                kind: new.kind,
                parent: above(new).and_then(|above| ids.get(above).copied()),
            };
            ledgers.extend(register::of_unit(self.enterprise, &unit, year));
            ids.insert(unit.name.clone(), unit.id);
            made.push(unit);
        }
        self.amend(&Amendment::AddUnits(made, ledgers))
    }

    /// Whether whoever orders administers every unit there is.
    fn keeps_everything(&self) -> bool {
        self.units.iter().all(|unit| self.keeps(unit.id))
    }

    fn rename_unit(&self, id: UnitId, new: &str) -> Result<Done, OrderError> {
        let name = name(new).ok_or(Wrong::Name { row: 0 })?;
        let unit = self
            .units
            .iter()
            .find(|unit| unit.id == id && self.keeps(id))
            .ok_or(Wrong::Gone)?;
        if self
            .units
            .iter()
            .any(|other| other.id != id && other.name == name)
        {
            return Err(Wrong::UnitTaken { row: 0 }.into());
        }
        self.amend(&Amendment::ChangeUnit(Unit { name, ..unit.clone() }))
    }

    fn add_accounts(&self, accounts: &[NewAccount]) -> Result<Done, OrderError> {
        if accounts.len() > limit::ORDER_ROWS {
            return Err(Wrong::TooMany.into());
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
                password: hash_password(&password, rand::random()),
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

    fn allow_reset(&self, account: AccountId) -> Result<Done, OrderError> {
        self.subject(account)?;
        let (code, until): (String, Timestamp) = (made_code(), self.by.at.after(limit::RESET_CODE));
        let kept = ResetCode {
            hash: hash_password(&code, rand::random()),
            until,
        };
        self.storage
            .amend(&self.by, &Amendment::AllowReset(account, kept))?;
        Ok(Done::Code { code, until })
    }

    fn end_session(&self, id: &str) -> Result<Done, OrderError> {
        let sessions = self.storage.sessions()?;
        let session = sessions
            .into_iter()
            .find(|session| session.hash.name() == id)
            .ok_or(Wrong::Gone)?;
        self.subject(session.account)?;
        self.amend(&Amendment::EndSession(
            session.hash,
            session.account,
            session.device,
        ))
    }
}

/// Nothing is wrong with any row, or the first thing that is.
fn right(judged: Vec<Option<Wrong>>) -> Result<(), Wrong> {
    judged.into_iter().flatten().next().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests;
