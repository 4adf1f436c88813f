//! Enterprise, units, accounts and roles.

use rusqlite::{Connection, ErrorCode, Row, Transaction, params};
use shared::access::Grant;
use shared::id::{AccountId, EnterpriseId, UnitId};
use shared::time::{Date, Timestamp};

use super::column::{bytes, bytes_or_none, of_word, one, word};
use crate::storage::{Account, Enterprise, ResetCode, StorageError, Unit};

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
    let mut statement =
        connection.prepare_cached("SELECT id, name, parent, kind FROM units ORDER BY place")?;
    let mut rows = statement.query([])?;
    let mut units = Vec::new();
    while let Some(row) = rows.next()? {
        units.push(Unit {
            id: UnitId::from_bytes(bytes(row, 0)?),
            name: row.get(1)?,
            kind: of_word(row.get(3)?)?,
            parent: bytes_or_none(row, 2)?.map(UnitId::from_bytes),
        });
    }
    Ok(units)
}

pub(super) fn name_enterprise(connection: &Connection, name: &str) -> Result<usize, StorageError> {
    Ok(connection.execute("UPDATE enterprise SET name = ?1", [name])?)
}

pub(super) fn is_without_accounts(connection: &Connection) -> Result<bool, StorageError> {
    let ask = "SELECT NOT EXISTS (SELECT 1 FROM accounts)";
    Ok(connection.query_row(ask, [], |row| row.get(0))?)
}

/// Whether a unit stands at the top.
pub(super) fn has_top(connection: &Connection) -> Result<bool, StorageError> {
    let ask = "SELECT EXISTS (SELECT 1 FROM units WHERE parent IS NULL)";
    Ok(connection.query_row(ask, [], |row| row.get(0))?)
}

pub(super) fn add_unit(connection: &Connection, unit: &Unit) -> Result<(), StorageError> {
    connection.execute(
        "INSERT INTO units (id, name, kind, parent, place) SELECT ?1, ?2, ?3, ?4, count(*) FROM units",
        params![
            unit.id.as_bytes(),
            unit.name,
            word(&unit.kind)?,
            unit.parent.as_ref().map(UnitId::as_bytes)
        ],
    )?;
    Ok(())
}

pub(super) fn change_unit(connection: &Connection, unit: &Unit) -> Result<usize, StorageError> {
    Ok(connection.execute(
        "UPDATE units SET name = ?2, kind = ?3, parent = ?4 WHERE id = ?1",
        params![
            unit.id.as_bytes(),
            unit.name,
            word(&unit.kind)?,
            unit.parent.as_ref().map(UnitId::as_bytes)
        ],
    )?)
}

pub(super) fn add_account(transaction: &Transaction<'_>, account: &Account) -> Result<(), StorageError> {
    let added = transaction.execute(
        "INSERT INTO accounts (id, login, name, password, first) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            account.id.as_bytes(),
            account.login,
            account.name,
            account.password,
            account.first_password
        ],
    );
    if let Err(problem) = added {
        return Err(match problem.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => StorageError::LoginTaken,
            _ => problem.into(),
        });
    }
    put_grants(transaction, account.id, &account.grants)
}

pub(super) fn put_grants(
    transaction: &Transaction<'_>,
    account: AccountId,
    grants: &[Grant],
) -> Result<(), StorageError> {
    transaction.execute("DELETE FROM grants WHERE account = ?1", [account.as_bytes()])?;
    for (place, grant) in grants.iter().enumerate() {
        transaction.execute(
            "INSERT INTO grants (account, place, unit, role, first_day, last_day, revoked)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                account.as_bytes(),
                super::column::kept(place as u64),
                grant.unit.as_bytes(),
                word(&grant.role)?,
                grant.from.map(|day| day.to_string()),
                grant.until.map(|day| day.to_string()),
                grant.revoked,
            ],
        )?;
    }
    Ok(())
}

pub(super) fn set_password(
    connection: &Connection,
    account: AccountId,
    password: &str,
) -> Result<usize, StorageError> {
    Ok(connection.execute(
        "UPDATE accounts SET password = ?2, first = 0, code = NULL, code_until = NULL WHERE id = ?1",
        params![account.as_bytes(), password],
    )?)
}

pub(super) fn allow_reset(
    connection: &Connection,
    account: AccountId,
    code: &ResetCode,
) -> Result<usize, StorageError> {
    Ok(connection.execute(
        "UPDATE accounts SET code = ?2, code_until = ?3 WHERE id = ?1",
        params![account.as_bytes(), code.hash, code.until.0],
    )?)
}

pub(super) fn reset_code(connection: &Connection, id: AccountId) -> Result<Option<ResetCode>, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT code, code_until FROM accounts WHERE id = ?1 AND code IS NOT NULL")?;
    one(statement.query_row([id.as_bytes()], |row| {
        Ok(ResetCode {
            hash: row.get(0)?,
            until: Timestamp(row.get(1)?),
        })
    }))
}

pub(super) fn accounts(connection: &Connection) -> Result<Vec<Account>, StorageError> {
    let mut statement = connection.prepare_cached("SELECT id, login, name, password, first FROM accounts")?;
    let rows = statement.query_map([], bare_account)?;
    rows.map(|account| with_grants(connection, account?)).collect()
}

pub(super) fn account(connection: &Connection, id: AccountId) -> Result<Option<Account>, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT id, login, name, password, first FROM accounts WHERE id = ?1")?;
    let found = one(statement.query_row([id.as_bytes()], bare_account))?;
    found.map(|account| with_grants(connection, account)).transpose()
}

pub(super) fn account_of(connection: &Connection, login: &str) -> Result<Option<Account>, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT id, login, name, password, first FROM accounts WHERE login = ?1")?;
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
        first_password: row.get(4)?,
        grants: Vec::new(),
    })
}

fn with_grants(connection: &Connection, mut account: Account) -> Result<Account, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT unit, role, first_day, last_day, revoked FROM grants WHERE account = ?1 ORDER BY place",
    )?;
    let mut rows = statement.query([account.id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        account.grants.push(Grant {
            unit: UnitId::from_bytes(bytes(row, 0)?),
            role: of_word(row.get(1)?)?,
            from: day(row.get(2)?)?,
            until: day(row.get(3)?)?,
            revoked: row.get(4)?,
        });
    }
    Ok(account)
}

fn day(text: Option<String>) -> Result<Option<Date>, StorageError> {
    let read = |text: String| {
        text.parse()
            .map_err(|_| StorageError::Damaged("a day that is none"))
    };
    text.map(read).transpose()
}
