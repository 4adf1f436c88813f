//! Changes beside the logs, each with its entry in the audit log.

use rusqlite::{Connection, Transaction, TransactionBehavior};
use shared::access::Grant;
use shared::id::AccountId;

use super::{audit, held, ledger, people, session, setting, year};
use crate::storage::roles::changed;
use crate::storage::{Amendment, By, Found, Proof, StorageError, Unit};

pub(super) fn amend(connection: &mut Connection, by: &By, amendment: &Amendment) -> Result<(), StorageError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    carry_out(&transaction, by, amendment)?;
    let found = match amendment {
        Amendment::ChangeRoles(account, _) => Found {
            roles: roles_of(&transaction, *account)?,
            end: None,
        },
        Amendment::CloseYear(ledger) => Found {
            end: year::closing(&transaction, *ledger)?,
            ..Found::default()
        },
        _ => Found::default(),
    };
    for deed in amendment.deeds(found) {
        audit::append(&transaction, by, deed)?;
    }
    transaction.commit()?;
    Ok(())
}

fn carry_out(transaction: &Transaction<'_>, by: &By, amendment: &Amendment) -> Result<(), StorageError> {
    match amendment {
        Amendment::NameEnterprise(name) => there(people::name_enterprise(transaction, name)?),
        Amendment::SetUp {
            enterprise,
            top,
            ledgers,
            account,
        } => {
            if !people::is_without_accounts(transaction)? {
                return Err(StorageError::NotEmpty);
            }
            add_units(transaction, top.as_slice())?;
            there(people::name_enterprise(transaction, enterprise)?)?;
            ledger::add(transaction, ledgers)?;
            people::add_account(transaction, account)
        }
        Amendment::AddUnits(units, ledgers) => {
            add_units(transaction, units)?;
            ledger::add(transaction, ledgers)
        }
        Amendment::ChangeUnit(unit) => there(people::change_unit(transaction, unit)?),
        Amendment::AddAccounts(accounts) => accounts
            .iter()
            .try_for_each(|account| people::add_account(transaction, account)),
        Amendment::ChangeRoles(account, changes) => {
            let others = people::accounts(transaction)?.into_iter();
            let others = others.filter(|other| other.id != *account);
            let others = others.flat_map(|other| other.grants);
            let grants = roles_of(transaction, *account)?;
            let units = people::units(transaction)?;
            let after = changed(&grants, changes, &units, others, by.at.date())?;
            people::put_grants(transaction, *account, &after)?;
            end_sessions(transaction, "account", account.as_bytes())
        }
        Amendment::SetPassword(account, password) => {
            there(people::set_password(transaction, *account, &password.0)?)?;
            end_sessions(transaction, "account", account.as_bytes())
        }
        Amendment::ReplacePassword(account, proof, password) => {
            if !holds(transaction, *account, proof)? {
                return Err(StorageError::Gone);
            }
            there(people::set_password(transaction, *account, &password.0)?)?;
            end_sessions(transaction, "account", account.as_bytes())?;
            match proof {
                Proof::Password { next, .. } => session::add(transaction, next),
                Proof::Code(_) => Ok(()),
            }
        }
        Amendment::AllowReset(account, code) => there(people::allow_reset(transaction, *account, code)?),
        Amendment::EndSession(hash, ..) => end_sessions(transaction, "hash", &hash.0),
        Amendment::EndSessions(account) => end_sessions(transaction, "account", account.as_bytes()),
        Amendment::ForgetDevice(device, accounts) => accounts
            .iter()
            .try_for_each(|account| session::end_on(transaction, *device, *account)),
        Amendment::SetStatus(ledger, status) => there(year::set_status(transaction, *ledger, *status)?),
        Amendment::CloseYear(ledger) => there(year::close(transaction, *ledger, by.at)?),
        Amendment::ForgetLedger(ledger) => there(year::forget(transaction, *ledger)?),
        Amendment::Decide {
            ledger,
            changes,
            standing,
            reason,
        } => held::decide(transaction, by, *ledger, changes, *standing, reason),
        Amendment::AddSetting(draft) => setting::add(transaction, by, draft),
        Amendment::Note(_) => Ok(()),
    }
}

/// Whether a proof still holds.
fn holds(transaction: &Transaction<'_>, account: AccountId, proof: &Proof) -> Result<bool, StorageError> {
    match proof {
        Proof::Password { known, within, .. } => {
            let in_use = people::account(transaction, account)?;
            let session = session::session(transaction, *within)?;
            Ok(in_use.is_some_and(|account| account.password == known.0)
                && session.is_some_and(|session| session.account == account))
        }
        Proof::Code(known) => {
            let code = people::reset_code(transaction, account)?;
            Ok(code.is_some_and(|code| code.hash == known.0))
        }
    }
}

fn roles_of(transaction: &Transaction<'_>, account: AccountId) -> Result<Vec<Grant>, StorageError> {
    let known = people::account(transaction, account)?;
    Ok(known.ok_or(StorageError::Gone)?.grants)
}

fn add_units(transaction: &Transaction<'_>, units: &[Unit]) -> Result<(), StorageError> {
    for unit in units {
        if unit.parent.is_none() && people::has_top(transaction)? {
            return Err(StorageError::SecondTop);
        }
        people::add_unit(transaction, unit)?;
    }
    Ok(())
}

fn end_sessions(transaction: &Transaction<'_>, column: &str, value: &[u8]) -> Result<(), StorageError> {
    transaction.execute(&format!("DELETE FROM sessions WHERE {column} = ?1"), [value])?;
    Ok(())
}

/// What is to be changed must be there.
fn there(changed: usize) -> Result<(), StorageError> {
    if changed == 0 {
        Err(StorageError::Gone)
    } else {
        Ok(())
    }
}
