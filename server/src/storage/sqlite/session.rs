//! Who is signed in where.

use rusqlite::{Connection, TransactionBehavior, params};
use shared::id::{AccountId, DeviceId};
use shared::protocol::http::DeviceKind;
use shared::time::Timestamp;

use super::audit;
use super::column::{bytes, of_word, one, word};
use crate::audit::ends;
use crate::storage::{Session, SessionHash, StorageError};

pub(super) fn begin_session(
    connection: &mut Connection,
    session: &Session,
    instead_of: Option<SessionHash>,
    since: u64,
) -> Result<(), StorageError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let later = audit::lines(&transaction, since.saturating_add(1), usize::MAX)?;
    if ends(&later, session)? {
        return Err(StorageError::Gone);
    }
    if let Some(hash) = instead_of {
        end_session(&transaction, hash)?;
    }
    add(&transaction, session)?;
    transaction.commit()?;
    Ok(())
}

/// Keeps a new session.
pub(super) fn add(connection: &Connection, session: &Session) -> Result<(), StorageError> {
    connection.execute(
        "INSERT INTO sessions (hash, account, device, kind, began_at, used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            session.hash.0,
            session.account.as_bytes(),
            session.device.as_bytes(),
            word(&session.kind)?,
            session.began_at.0,
            session.used_at.0
        ],
    )?;
    Ok(())
}

pub(super) fn session(connection: &Connection, hash: SessionHash) -> Result<Option<Session>, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT account, device, kind, began_at, used_at FROM sessions WHERE hash = ?1")?;
    let found = one(statement.query_row([hash.0], |row| {
        let session = Session {
            hash,
            account: AccountId::from_bytes(bytes(row, 0)?),
            device: DeviceId::from_bytes(bytes(row, 1)?),
            kind: DeviceKind::default(),
            began_at: Timestamp(row.get(3)?),
            used_at: Timestamp(row.get(4)?),
        };
        Ok((session, row.get::<_, String>(2)?))
    }))?;
    let with_kind = |(session, kind)| {
        Ok(Session {
            kind: of_word(kind)?,
            ..session
        })
    };
    found.map(with_kind).transpose()
}

/// Every session.
pub(super) fn all(connection: &Connection) -> Result<Vec<Session>, StorageError> {
    let hashes: Vec<SessionHash> = {
        let mut statement = connection.prepare_cached("SELECT hash FROM sessions ORDER BY used_at DESC")?;
        let hashes = statement.query_map([], |row| bytes(row, 0).map(SessionHash))?;
        hashes.collect::<Result<_, _>>()?
    };
    let found = hashes.into_iter().map(|hash| session(connection, hash));
    found.filter_map(Result::transpose).collect()
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

/// Ends the sessions of an account on a device.
pub(super) fn end_on(
    connection: &Connection,
    device: DeviceId,
    account: AccountId,
) -> Result<(), StorageError> {
    connection.execute(
        "DELETE FROM sessions WHERE device = ?1 AND account = ?2",
        params![device.as_bytes(), account.as_bytes()],
    )?;
    Ok(())
}
