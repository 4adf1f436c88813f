//! The register of ledgers.

use rusqlite::{Connection, Transaction, params};
use shared::access::Status;
use shared::id::{LedgerId, UnitId};
use shared::ledger::key::LedgerKey;
use shared::protocol::http::Listed;
use shared::time::Timestamp;

use super::column::{bytes, count, of_word, one, word};
use crate::storage::StorageError;

/// Stands for a ledger in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Number(pub(super) i64);

pub(super) fn add(
    transaction: &Transaction<'_>,
    ledgers: &[(LedgerId, LedgerKey)],
) -> Result<(), StorageError> {
    for (id, key) in ledgers {
        transaction.execute(
            "INSERT INTO ledgers (id, unit, year, kind, part, status) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO NOTHING",
            params![
                id.as_bytes(),
                key.unit.as_bytes(),
                key.year,
                word(&key.kind)?,
                word(&key.part)?,
                word(&Status::Open)?
            ],
        )?;
    }
    Ok(())
}

/// Whether a ledger takes new work.
pub(super) fn status(connection: &Connection, number: Number) -> Result<Status, StorageError> {
    let mut statement = connection.prepare_cached("SELECT status FROM ledgers WHERE number = ?1")?;
    of_word(statement.query_row([number.0], |row| row.get(0))?)
}

/// Number and key of a ledger.
pub(super) fn find(
    connection: &Connection,
    id: LedgerId,
) -> Result<Option<(Number, LedgerKey)>, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT number, unit, year, kind, part FROM ledgers WHERE id = ?1")?;
    let row = one(statement.query_row([id.as_bytes()], |row| {
        let key = (
            bytes::<16>(row, 1)?,
            row.get(2)?,
            row.get::<_, String>(3)?,
            row.get::<_, String>(4)?,
        );
        Ok((Number(row.get(0)?), key))
    }))?;
    let Some((number, (unit, year, kind, part))) = row else {
        return Ok(None);
    };
    let key = LedgerKey {
        unit: UnitId::from_bytes(unit),
        year,
        kind: of_word(kind)?,
        part: of_word(part)?,
    };
    Ok(Some((number, key)))
}

pub(super) fn list(connection: &Connection) -> Result<Vec<Listed>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, unit, year, kind, part, coalesce(last.seq, 0), last.received_at, status
         FROM ledgers LEFT JOIN log last ON last.ledger = ledgers.number
              AND last.seq = (SELECT max(seq) FROM log WHERE log.ledger = ledgers.number)
         ORDER BY ledgers.number",
    )?;
    let mut rows = statement.query([])?;
    let mut ledgers = Vec::new();
    while let Some(row) = rows.next()? {
        let key = LedgerKey {
            unit: UnitId::from_bytes(bytes(row, 1)?),
            year: row.get(2)?,
            kind: of_word(row.get(3)?)?,
            part: of_word(row.get(4)?)?,
        };
        ledgers.push(Listed {
            id: LedgerId(bytes(row, 0)?),
            key,
            status: of_word(row.get(7)?)?,
            last: count(row.get(5)?)?,
            last_at: row.get::<_, Option<i64>>(6)?.map(Timestamp),
        });
    }
    Ok(ledgers)
}
