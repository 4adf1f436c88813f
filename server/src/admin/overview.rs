//! What an administrator sees.

use shared::access::{Grant, Rights, Status};
use shared::id::UnitId;
use shared::protocol::http::admin::{AdminAccount, AdminLedger, AdminSession, AdminUnit, Overview};
use shared::time::Timestamp;

use crate::account::is_in_force;
use crate::storage::{Storage, StorageError};

/// Everything somebody with these roles administers.
///
/// # Errors
///
/// Fails when the store does.
pub fn overview(
    storage: &dyn Storage,
    rights: &Rights,
    grants: &[Grant],
    now: Timestamp,
) -> Result<Overview, StorageError> {
    let keeps = |unit: UnitId| rights.may_administer(grants, now.date(), unit);
    let units = storage.units()?.into_iter().filter(|unit| keeps(unit.id));
    let units: Vec<AdminUnit> = units
        .map(|unit| AdminUnit {
            id: unit.id,
            name: unit.name,
            kind: unit.kind,
            parent: unit.parent,
        })
        .collect();
    let accounts = storage.accounts()?.into_iter();
    let accounts: Vec<AdminAccount> = accounts
        .filter(|account| account.grants.iter().all(|grant| keeps(grant.unit)))
        .map(|account| AdminAccount {
            id: account.id,
            login: account.login,
            name: account.name,
            grants: account.grants,
            first_password: account.first_password,
        })
        .collect();
    let sessions = storage.sessions()?.into_iter().filter(|session| {
        is_in_force(session, now) && accounts.iter().any(|account| account.id == session.account)
    });
    let sessions = sessions
        .map(|session| AdminSession {
            id: session.hash.name(),
            account: session.account,
            device: session.device,
            kind: session.kind,
            began_at: session.began_at,
            used_at: session.used_at,
        })
        .collect();
    let ledgers = storage
        .ledgers()?
        .into_iter()
        .filter(|listed| keeps(listed.key.unit) && listed.status != Status::Forgotten);
    let ledgers = ledgers
        .map(|listed| AdminLedger {
            id: listed.id,
            key: listed.key,
            status: listed.status,
        })
        .collect();
    Ok(Overview {
        units,
        accounts,
        sessions,
        ledgers,
    })
}
