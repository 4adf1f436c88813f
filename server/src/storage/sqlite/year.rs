//! Ledgers closed, opened again and forgotten.

use rusqlite::{Connection, Transaction, params};
use shared::access::Status;
use shared::id::{Chain, LedgerId};
use shared::sync::relay::Place;
use shared::time::Timestamp;

use super::column::{bytes, count, kept, one, word};
use super::log::{last, number_of};
use crate::storage::StorageError;

/// Closes a ledger or opens it again; gives how many that were, since what is forgotten stays so.
pub(super) fn set_status(
    transaction: &Transaction<'_>,
    ledger: LedgerId,
    status: Status,
) -> Result<usize, StorageError> {
    if status == Status::Open {
        transaction.execute(
            "DELETE FROM closing WHERE ledger = (SELECT number FROM ledgers WHERE id = ?1)",
            [ledger.as_bytes()],
        )?;
    }
    Ok(transaction.execute(
        "UPDATE ledgers SET status = ?2 WHERE id = ?1 AND status <> ?3",
        params![ledger.as_bytes(), word(&status)?, word(&Status::Forgotten)?],
    )?)
}

/// Closes a ledger where its log ends now.
pub(super) fn close(
    transaction: &Transaction<'_>,
    ledger: LedgerId,
    at: Timestamp,
) -> Result<usize, StorageError> {
    let closed = set_status(transaction, ledger, Status::Closed)?;
    if closed > 0 {
        let number = number_of(transaction, ledger)?;
        let end = last(transaction, number)?;
        transaction.execute(
            "INSERT OR REPLACE INTO closing (ledger, seq, chain, at) VALUES (?1, ?2, ?3, ?4)",
            params![number.0, kept(end.seq), end.chain.as_bytes(), at.0],
        )?;
    }
    Ok(closed)
}

/// Where a log ended when its ledger was closed.
pub(super) fn closing(connection: &Connection, ledger: LedgerId) -> Result<Option<Place>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, chain FROM closing WHERE ledger = (SELECT number FROM ledgers WHERE id = ?1)",
    )?;
    let found = one(statement.query_row([ledger.as_bytes()], |row| {
        Ok((row.get::<_, i64>(0)?, bytes(row, 1).map(Chain)?))
    }))?;
    let place = |(seq, chain)| {
        Ok(Place {
            seq: count(seq)?,
            chain,
        })
    };
    found.map(place).transpose()
}

/// Removes what is kept of a closed ledger.
pub(super) fn forget(transaction: &Transaction<'_>, ledger: LedgerId) -> Result<usize, StorageError> {
    let forgotten = transaction.execute(
        "UPDATE ledgers SET status = ?2 WHERE id = ?1 AND status = ?3",
        params![
            ledger.as_bytes(),
            word(&Status::Forgotten)?,
            word(&Status::Closed)?
        ],
    )?;
    if forgotten > 0 {
        for table in ["held", "voided", "contact", "log"] {
            transaction.execute(
                &format!("DELETE FROM {table} WHERE ledger = (SELECT number FROM ledgers WHERE id = ?1)"),
                [ledger.as_bytes()],
            )?;
        }
    }
    Ok(forgotten)
}
