//! What is kept for a person.

use rusqlite::{Connection, Transaction, params};
use shared::id::{AccountId, ChangeHash, DeviceId, LedgerId, Seal};
use shared::protocol::http::inbox::Decision;
use shared::sync::relay::{HeldEntry, NewEntry, Standing};
use shared::time::Timestamp;

use super::column::{bytes, bytes_or_none, of_word, word};
use super::ledger::Number;
use crate::storage::{By, HeldRow, StorageError};

pub(super) fn hold(
    transaction: &Transaction<'_>,
    number: Number,
    HeldEntry { entry, why }: &HeldEntry,
) -> Result<(), StorageError> {
    transaction
        .prepare_cached(
            "INSERT INTO held (ledger, hash, account, device, carried_by, received_at, bytes, seal, why, place)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (SELECT coalesce(max(place), 0) + 1 FROM held)
             WHERE NOT EXISTS (SELECT 1 FROM log WHERE ledger = ?1 AND hash = ?2)
             ON CONFLICT (ledger, hash) DO NOTHING",
        )?
        .execute(params![
            number.0,
            entry.hash.as_bytes(),
            entry.account.as_bytes(),
            entry.device.as_bytes(),
            entry.carried_by.as_ref().map(AccountId::as_bytes),
            entry.received_at.0,
            entry.bytes,
            entry.seal.as_bytes(),
            word(why)?,
        ])?;
    Ok(())
}

/// Notes a decision about each of these that has none yet, or another.
pub(super) fn decide(
    transaction: &Transaction<'_>,
    by: &By,
    ledger: LedgerId,
    changes: &[ChangeHash],
    standing: Standing,
    reason: &str,
) -> Result<(), StorageError> {
    let decision = Decision {
        standing,
        by: by.account.unwrap_or(AccountId::RELAY),
        at: by.at,
        reason: reason.to_owned(),
    };
    let decision = serde_json::to_string(&decision).map_err(|_| StorageError::Damaged("a decision"))?;
    for change in changes {
        let rows = transaction.execute(
            "UPDATE held SET decision = ?3
             WHERE hash = ?2 AND ledger = (SELECT number FROM ledgers WHERE id = ?1)",
            params![ledger.as_bytes(), change.as_bytes(), decision],
        )?;
        if rows == 0 {
            return Err(StorageError::Gone);
        }
    }
    Ok(())
}

/// Everything held, or everything of one ledger, in the order of arrival.
pub(super) fn rows(connection: &Connection, ledger: Option<LedgerId>) -> Result<Vec<HeldRow>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT ledgers.id, hash, account, device, carried_by, received_at, bytes, seal, why, decision
         FROM held JOIN ledgers ON ledgers.number = held.ledger
         WHERE ?1 IS NULL OR ledgers.id = ?1 ORDER BY held.place",
    )?;
    let mut rows = statement.query([ledger.as_ref().map(LedgerId::as_bytes)])?;
    let mut held = Vec::new();
    while let Some(row) = rows.next()? {
        let decision = row.get::<_, Option<String>>(9)?;
        held.push(HeldRow {
            entry: NewEntry {
                ledger: LedgerId(bytes(row, 0)?),
                hash: ChangeHash(bytes(row, 1)?),
                account: AccountId::from_bytes(bytes(row, 2)?),
                device: DeviceId::from_bytes(bytes(row, 3)?),
                carried_by: bytes_or_none(row, 4)?.map(AccountId::from_bytes),
                received_at: Timestamp(row.get(5)?),
                bytes: row.get(6)?,
                seal: Seal(bytes(row, 7)?),
            },
            why: of_word(row.get(8)?)?,
            decision: decision
                .map(|text| serde_json::from_str(&text).map_err(|_| StorageError::Damaged("a decision")))
                .transpose()?,
        });
    }
    Ok(held)
}
