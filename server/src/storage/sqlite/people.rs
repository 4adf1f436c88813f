//! Enterprise, units, accounts, roles and sessions.

use rusqlite::{Connection, ErrorCode, Row, Transaction, params};
use shared::access::Grant;
use shared::id::{AccountId, DeviceId, EnterpriseId, UnitId};
use shared::time::Timestamp;

use super::column::{bytes, bytes_or_none, of_word, one, word};
use crate::storage::{Account, Enterprise, Session, SessionHash, StorageError, Unit};

pub(super) fn enterprise(connection: &Connection) -> Result<Option<Enterprise>, StorageError> {
    let mut statement = connection.prepare_cached("SELECT id, name, demo FROM enterprise")?;
    let found = one(statement.query_row([], |row| {
        Ok((bytes(row, 0)?, row.get(1)?, row.get::<_, String>(2)?))
    }))?;
    let Some((id, name, demo)) = found else {
        return Ok(None);
    };
    let demo = serde_json::from_str(&demo).map_err(|_| StorageError::Damaged("the enterprise"))?;
    Ok(Some(Enterprise {
        id: EnterpriseId::from_bytes(id),
        name,
        demo,
    }))
}

pub(super) fn found(
    connection: &mut Connection,
    enterprise: &Enterprise,
    units: &[Unit],
) -> Result<(), StorageError> {
    let demo =
        serde_json::to_string(&enterprise.demo).map_err(|_| StorageError::Damaged("the enterprise"))?;
    let transaction = connection.transaction()?;
    let added = transaction.execute(
        "INSERT INTO enterprise (one, id, name, demo) VALUES (1, ?1, ?2, ?3) ON CONFLICT (one) DO NOTHING",
        params![enterprise.id.as_bytes(), enterprise.name, demo],
    )?;
    if added == 0 {
        return Err(StorageError::NotEmpty);
    }
    for unit in units {
        add_unit(&transaction, unit)?;
    }
    transaction.commit()?;
    Ok(())
}

pub(super) fn units(connection: &Connection) -> Result<Vec<Unit>, StorageError> {
    let mut statement = connection.prepare_cached("SELECT id, name, parent FROM units ORDER BY place")?;
    let units = statement.query_map([], |row| {
        let parent = bytes_or_none(row, 2)?.map(UnitId::from_bytes);
        Ok(Unit {
            id: UnitId::from_bytes(bytes(row, 0)?),
            name: row.get(1)?,
            parent,
        })
    })?;
    Ok(units.collect::<Result<_, _>>()?)
}

pub(super) fn add_unit(connection: &Connection, unit: &Unit) -> Result<(), StorageError> {
    connection.execute(
        "INSERT INTO units (id, name, parent, place) SELECT ?1, ?2, ?3, count(*) FROM units",
        params![
            unit.id.as_bytes(),
            unit.name,
            unit.parent.as_ref().map(UnitId::as_bytes)
        ],
    )?;
    Ok(())
}

pub(super) fn add_accounts(connection: &mut Connection, accounts: &[Account]) -> Result<(), StorageError> {
    let transaction = connection.transaction()?;
    for account in accounts {
        let added = transaction.execute(
            "INSERT INTO accounts (id, login, name, password) VALUES (?1, ?2, ?3, ?4)",
            params![
                account.id.as_bytes(),
                account.login,
                account.name,
                account.password
            ],
        );
        if let Err(problem) = added {
            return Err(match problem.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation) => StorageError::LoginTaken,
                _ => problem.into(),
            });
        }
        put_grants(&transaction, account.id, &account.grants)?;
    }
    transaction.commit()?;
    Ok(())
}

fn put_grants(
    transaction: &Transaction<'_>,
    account: AccountId,
    grants: &[Grant],
) -> Result<(), StorageError> {
    transaction.execute("DELETE FROM grants WHERE account = ?1", [account.as_bytes()])?;
    for (place, grant) in grants.iter().enumerate() {
        transaction.execute(
            "INSERT INTO grants (account, place, unit, role) VALUES (?1, ?2, ?3, ?4)",
            params![
                account.as_bytes(),
                super::column::kept(place as u64),
                grant.unit.as_bytes(),
                word(&grant.role)?
            ],
        )?;
    }
    Ok(())
}

pub(super) fn grant(
    connection: &mut Connection,
    account: AccountId,
    grants: &[Grant],
) -> Result<(), StorageError> {
    let transaction = connection.transaction()?;
    put_grants(&transaction, account, grants)?;
    transaction.commit()?;
    Ok(())
}

pub(super) fn accounts(connection: &Connection) -> Result<Vec<Account>, StorageError> {
    let mut statement = connection.prepare_cached("SELECT id, login, name, password FROM accounts")?;
    let rows = statement.query_map([], bare_account)?;
    rows.map(|account| with_grants(connection, account?)).collect()
}

pub(super) fn account(connection: &Connection, id: AccountId) -> Result<Option<Account>, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT id, login, name, password FROM accounts WHERE id = ?1")?;
    let found = one(statement.query_row([id.as_bytes()], bare_account))?;
    found.map(|account| with_grants(connection, account)).transpose()
}

pub(super) fn account_of(connection: &Connection, login: &str) -> Result<Option<Account>, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT id, login, name, password FROM accounts WHERE login = ?1")?;
    let found = one(statement.query_row([login], bare_account))?;
    found.map(|account| with_grants(connection, account)).transpose()
}

fn bare_account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let id = AccountId::from_bytes(bytes(row, 0)?);
    Ok(Account {
        id,
        login: row.get(1)?,
        name: row.get(2)?,
        password: row.get(3)?,
        grants: Vec::new(),
    })
}

fn with_grants(connection: &Connection, mut account: Account) -> Result<Account, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT unit, role FROM grants WHERE account = ?1 ORDER BY place")?;
    let mut rows = statement.query([account.id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        account.grants.push(Grant {
            unit: UnitId::from_bytes(bytes(row, 0)?),
            role: of_word(row.get(1)?)?,
        });
    }
    Ok(account)
}

pub(super) fn begin_session(
    connection: &mut Connection,
    session: &Session,
    instead_of: Option<SessionHash>,
) -> Result<(), StorageError> {
    let transaction = connection.transaction()?;
    if let Some(hash) = instead_of {
        end_session(&transaction, hash)?;
    }
    transaction.execute(
        "INSERT INTO sessions (hash, account, device, began_at, used_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            session.hash.0,
            session.account.as_bytes(),
            session.device.as_bytes(),
            session.began_at.0,
            session.used_at.0
        ],
    )?;
    transaction.commit()?;
    Ok(())
}

pub(super) fn session(connection: &Connection, hash: SessionHash) -> Result<Option<Session>, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT account, device, began_at, used_at FROM sessions WHERE hash = ?1")?;
    one(statement.query_row([hash.0], |row| {
        Ok(Session {
            hash,
            account: AccountId::from_bytes(bytes(row, 0)?),
            device: DeviceId::from_bytes(bytes(row, 1)?),
            began_at: Timestamp(row.get(2)?),
            used_at: Timestamp(row.get(3)?),
        })
    }))
}

pub(super) fn touch_session(
    connection: &Connection,
    hash: SessionHash,
    at: Timestamp,
) -> Result<(), StorageError> {
    connection.execute(
        "UPDATE sessions SET used_at = ?2 WHERE hash = ?1",
        params![hash.0, at.0],
    )?;
    Ok(())
}

pub(super) fn end_session(connection: &Connection, hash: SessionHash) -> Result<(), StorageError> {
    connection.execute("DELETE FROM sessions WHERE hash = ?1", [hash.0])?;
    Ok(())
}
