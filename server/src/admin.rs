//! Carrying out what administrators order: each order is checked whole, then done whole, or nothing of it.

use std::collections::{BTreeMap, BTreeSet};

use shared::access::{Grant, Rights};
use shared::enrol::{self, Known, above, name};
use shared::id::{AccountId, DeviceId, EnterpriseId, UnitId};
use shared::limit;
use shared::protocol::http::admin::{Done, NewUnit, Order, Wrong};
use shared::time::Date;
use uuid::Uuid;

use crate::account::is_in_force;
use crate::register;
use crate::storage::{Account, Amendment, By, Storage, StorageError, Unit};

mod accounts;
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
    Storage(StorageError),
}

impl From<StorageError> for OrderError {
    /// What the store finds wrong at the last moment is no failure of the store.
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::SecondTop => Self::Wrong(Wrong::SecondTop { row: 0 }),
            StorageError::LastAdministrator => Self::Wrong(Wrong::LastAdministrator),
            StorageError::Gone => Self::Wrong(Wrong::Gone),
            source => Self::Storage(source),
        }
    }
}

impl From<Wrong> for OrderError {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

/// Makes the hash under which a password is kept.
pub type Hasher<'a> = &'a dyn Fn(&str) -> Result<String, StorageError>;

/// What orders are carried out on.
pub struct Administration<'a> {
    storage: &'a dyn Storage,
    enterprise: EnterpriseId,
    rights: &'a Rights,
    orderer: Orderer,
    by: By,
    hasher: Hasher<'a>,
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
        hasher: Hasher<'a>,
    ) -> Result<Self, StorageError> {
        Ok(Self {
            units: storage.units()?,
            storage,
            enterprise,
            rights,
            orderer,
            by,
            hasher,
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
            Order::ChangeRoles { account, changes } => self.change_roles(account, changes),
            Order::AllowReset { account } => self.allow_reset(account),
            Order::EndSession { session } => self.end_session(&session),
            Order::EndSessions { account } => {
                self.subject(account)?;
                self.amend(&Amendment::EndSessions(account))
            }
            Order::ForgetDevice { device } => self.forget_device(device),
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
            return Err(Wrong::TooMany {
                most: limit::ORDER_ROWS,
            }
            .into());
        }
        let known = self.units.iter().map(|unit| Known {
            name: &unit.name,
            kind: unit.kind,
            is_kept: self.keeps(unit.id),
        });
        let has_top = self.units.iter().any(|unit| unit.parent.is_none());
        right(enrol::judge_units(known, has_top, units))?;
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

    /// Ends the sessions on a device as far as it is listed to whoever orders: others who use it are not his to send away.
    fn forget_device(&self, device: DeviceId) -> Result<Done, OrderError> {
        let mut ours = BTreeSet::new();
        for session in self.storage.sessions()? {
            let is_listed = session.device == device && is_in_force(&session, self.by.at);
            if is_listed && self.subject(session.account).is_ok() {
                ours.insert(session.account);
            }
        }
        if ours.is_empty() {
            return Err(Wrong::Gone.into());
        }
        self.amend(&Amendment::ForgetDevice(device, ours.into_iter().collect()))
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
