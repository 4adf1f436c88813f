//! What is kept for a person.

use rusqlite::{Connection, Row, Transaction, params};
use shared::id::{AccountId, ChangeHash, DeviceId, LedgerId, Seal};
use shared::protocol::http::inbox::Decision;
use shared::sync::relay::{HeldEntry, NewEntry, Standing};
use shared::time::Timestamp;

use super::column::{bytes, bytes_or_none, of_word, one, word};
use super::ledger::Number;
use crate::storage::{By, HeldRow, Room, StorageError, Wanted, may_follow};

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

/// Notes a decision about each of these that it may follow; what was decided alike stays as it was.
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
        let said = said(transaction, ledger, change)?.ok_or(StorageError::Gone)?;
        if !may_follow(said, standing) {
            return Err(StorageError::Gone);
        }
        if said != standing {
            transaction.execute(
                "UPDATE held SET decision = ?3
                 WHERE hash = ?2 AND ledger = (SELECT number FROM ledgers WHERE id = ?1)",
                params![ledger.as_bytes(), change.as_bytes(), decision],
            )?;
        }
    }
    Ok(())
}

/// What was decided about a change; none when it is not held.
fn said(
    transaction: &Transaction<'_>,
    ledger: LedgerId,
    change: &ChangeHash,
) -> Result<Option<Standing>, StorageError> {
    let found = one(transaction.query_row(
        "SELECT decision FROM held WHERE hash = ?2 AND ledger = (SELECT number FROM ledgers WHERE id = ?1)",
        params![ledger.as_bytes(), change.as_bytes()],
        |row| row.get::<_, Option<String>>(0),
    ))?;
    let standing = |text: Option<String>| {
        let decision = text.map(decision_of).transpose()?;
        Ok(decision.map_or(Standing::Waiting, |decision| decision.standing))
    };
    found.map(standing).transpose()
}

/// Everything that is kept of a ledger, in the order of arrival.
pub(super) fn of_ledger(connection: &Connection, ledger: LedgerId) -> Result<Vec<HeldRow>, StorageError> {
    let mut statement =
        connection.prepare_cached(&format!("{SELECT} WHERE ledgers.id = ?1 ORDER BY held.place"))?;
    let mut rows = statement.query([ledger.as_bytes()])?;
    let mut held = Vec::new();
    while let Some(found) = rows.next()? {
        held.push(row(found)?);
    }
    Ok(held)
}

/// What is wanted of what is kept, as far as it may be read at one time.
pub(super) fn wanted(connection: &Connection, wanted: Wanted<'_>) -> Result<Vec<HeldRow>, StorageError> {
    let (condition, single, many) = match wanted {
        Wanted::By(account, ledgers) => (
            "account = ?1 OR ledgers.id IN (SELECT unhex(value) FROM json_each(?2))",
            account.as_bytes().to_vec(),
            ledgers
                .iter()
                .map(|ledger| hex::encode(ledger.as_bytes()))
                .collect(),
        ),
        Wanted::These(ledger, changes) => (
            "ledgers.id = ?1 AND hash IN (SELECT unhex(value) FROM json_each(?2))",
            ledger.as_bytes().to_vec(),
            changes
                .iter()
                .map(|change| hex::encode(change.as_bytes()))
                .collect(),
        ),
        Wanted::TakenIn => (
            "decision ->> '$.standing' = CAST(?1 AS TEXT) AND ?2 IS NOT NULL",
            word(&Standing::TakenIn)?.into_bytes(),
            Vec::<String>::new(),
        ),
    };
    let many = serde_json::to_string(&many).map_err(|_| StorageError::Damaged("a list of ids"))?;
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT} WHERE {condition} ORDER BY decision IS NOT NULL, held.place"
    ))?;
    let mut rows = statement.query(params![single, many])?;
    let mut room = Room::for_reading(wanted);
    let mut held = Vec::new();
    while let Some(found) = rows.next()? {
        let row = row(found)?;
        if !room.takes(&row) {
            break;
        }
        held.push(row);
    }
    Ok(held)
}

const SELECT: &str =
    "SELECT ledgers.id, hash, account, device, carried_by, received_at, bytes, seal, why, decision
    FROM held JOIN ledgers ON ledgers.number = held.ledger";

fn row(row: &Row<'_>) -> Result<HeldRow, StorageError> {
    Ok(HeldRow {
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
        decision: row.get::<_, Option<String>>(9)?.map(decision_of).transpose()?,
    })
}

fn decision_of(text: String) -> Result<Decision, StorageError> {
    serde_json::from_str(&text).map_err(|_| StorageError::Damaged("a decision"))
}
