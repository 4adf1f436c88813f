//! The logs: append, load, page.

use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;

use rusqlite::{Connection, Row, Transaction, params};
use shared::id::{AccountId, Chain, ChangeHash, DeviceId, LedgerId, Seal};
use shared::limit;
use shared::protocol::{Entry, void};
use shared::sync::relay::{Batch, Loaded, NewEntry, Page, Place};
use shared::time::Timestamp;

use super::column::{bytes, bytes_or_none, count, kept, one};
use super::held;
use super::ledger::{self, Number};
use crate::storage::{HeldRow, StorageError};

/// What is read of an entry; the bytes of one that was voided are withheld.
const ENTRY: &str = "seq, hash, chain, account, device, carried_by, received_at,
    CASE WHEN EXISTS (SELECT 1 FROM voided WHERE voided.ledger = log.ledger AND voided.hash = log.hash)
         THEN x'' ELSE bytes END, seal";

pub(super) fn load(connection: &mut Connection, ledger: LedgerId) -> Result<Option<Loaded>, StorageError> {
    // One transaction, so that log and held are of one moment.
    let transaction = connection.transaction()?;
    let Some((number, key)) = ledger::find(&transaction, ledger)? else {
        return Ok(None);
    };
    let mut entries = Vec::new();
    let mut chain = Chain::START;
    {
        let mut statement =
            transaction.prepare_cached(&format!("SELECT {ENTRY} FROM log WHERE ledger = ?1 ORDER BY seq"))?;
        let mut rows = statement.query([number.0])?;
        while let Some(row) = rows.next()? {
            let (entry, after) = entry(row)?;
            chain = follow(&entry, chain, after, entries.len() as u64)?;
            entries.push(entry);
        }
    }
    let rows = held::of_ledger(&transaction, ledger)?;
    let status = ledger::status(&transaction, number)?;
    Ok(Some(Loaded {
        key,
        entries,
        chain,
        status,
        held: rows.iter().map(HeldRow::summary).collect(),
        taken_in: HeldRow::taken_in(rows),
    }))
}

pub(super) fn page(
    connection: &mut Connection,
    ledger: LedgerId,
    after: u64,
) -> Result<Option<Page>, StorageError> {
    let transaction = connection.transaction()?;
    let Some((number, _)) = ledger::find(&transaction, ledger)? else {
        return Ok(None);
    };
    let end = last(&transaction, number)?;
    let chain_before = match after {
        0 => Some(Chain::START),
        _ => chain_at(&transaction, number, after)?,
    };
    let mut page = Page {
        ledger,
        after,
        chain_before,
        entries: Vec::new(),
        chain: chain_before.unwrap_or(end.chain),
        last: end.seq,
    };
    if chain_before.is_some() {
        let mut statement = transaction.prepare_cached(&format!(
            "SELECT {ENTRY} FROM log WHERE ledger = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"
        ))?;
        let mut rows = statement.query(params![
            number.0,
            kept(after),
            kept(limit::ENTRIES_PER_FRAME as u64)
        ])?;
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let (entry, chain) = entry(row)?;
            bytes += entry.weight();
            if !page.entries.is_empty() && bytes > limit::ENTRIES_BYTES {
                break;
            }
            page.chain = follow(&entry, page.chain, chain, after + page.entries.len() as u64)?;
            page.entries.push(entry);
        }
    }
    Ok(Some(page))
}

pub(super) fn commit(connection: &mut Connection, batch: &Batch) -> Result<Vec<Place>, StorageError> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut ends = HashMap::new();
    let mut places = Vec::with_capacity(batch.entries.len());
    for new in &batch.entries {
        let (number, end) = match ends.entry(new.ledger) {
            MapEntry::Occupied(known) => known.into_mut(),
            MapEntry::Vacant(place) => {
                let number = number_of(&transaction, new.ledger)?;
                place.insert((number, last(&transaction, number)?))
            }
        };
        places.push(append(&transaction, *number, end, new)?);
    }
    for new in &batch.held {
        held::hold(&transaction, number_of(&transaction, new.entry.ledger)?, new)?;
    }
    transaction.commit()?;
    Ok(places)
}

fn append(
    transaction: &Transaction<'_>,
    number: Number,
    end: &mut Place,
    new: &NewEntry,
) -> Result<Place, StorageError> {
    let next = Place {
        seq: end.seq + 1,
        chain: end.chain.then(&new.hash),
    };
    let added = transaction
        .prepare_cached(
            "INSERT INTO log (ledger, seq, hash, chain, account, device, carried_by, received_at, bytes, seal)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (ledger, hash) DO NOTHING",
        )?
        .execute(params![
            number.0,
            kept(next.seq),
            new.hash.as_bytes(),
            next.chain.as_bytes(),
            new.account.as_bytes(),
            new.device.as_bytes(),
            new.carried_by.as_ref().map(AccountId::as_bytes),
            new.received_at.0,
            new.bytes,
            new.seal.as_bytes(),
        ])?;
    if added == 0 {
        return place_of(transaction, number, &new.hash);
    }
    transaction
        .prepare_cached("DELETE FROM held WHERE ledger = ?1 AND hash = ?2")?
        .execute(params![number.0, new.hash.as_bytes()])?;
    if new.account == AccountId::RELAY {
        for voided in void::voided(&new.bytes).unwrap_or_default() {
            transaction
                .prepare_cached("INSERT INTO voided (ledger, hash) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
                .execute(params![number.0, voided.as_bytes()])?;
        }
    }
    *end = next;
    Ok(next)
}

/// The number of a ledger.
pub(super) fn number_of(connection: &Connection, ledger: LedgerId) -> Result<Number, StorageError> {
    ledger::find(connection, ledger)?
        .map(|(number, _)| number)
        .ok_or(StorageError::NoLedger(ledger))
}

/// Where a log ends.
pub(super) fn last(connection: &Connection, number: Number) -> Result<Place, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT seq, chain FROM log WHERE ledger = ?1 ORDER BY seq DESC LIMIT 1")?;
    let found = one(statement.query_row([number.0], |row| Ok((row.get(0)?, bytes(row, 1)?))))?;
    match found {
        Some((seq, chain)) => Ok(Place {
            seq: count(seq)?,
            chain: Chain(chain),
        }),
        None => Ok(Place {
            seq: 0,
            chain: Chain::START,
        }),
    }
}

fn chain_at(connection: &Connection, number: Number, seq: u64) -> Result<Option<Chain>, StorageError> {
    let mut statement = connection.prepare_cached("SELECT chain FROM log WHERE ledger = ?1 AND seq = ?2")?;
    one(statement.query_row(params![number.0, kept(seq)], |row| bytes(row, 0).map(Chain)))
}

fn place_of(connection: &Connection, number: Number, hash: &ChangeHash) -> Result<Place, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT seq, chain FROM log WHERE ledger = ?1 AND hash = ?2")?;
    let (seq, chain) = statement.query_row(params![number.0, hash.as_bytes()], |row| {
        Ok((row.get::<_, i64>(0)?, bytes(row, 1).map(Chain)?))
    })?;
    Ok(Place {
        seq: count(seq)?,
        chain,
    })
}

fn entry(row: &Row<'_>) -> Result<(Entry, Chain), StorageError> {
    let entry = Entry {
        seq: count(row.get(0)?)?,
        hash: ChangeHash(bytes(row, 1)?),
        account: AccountId::from_bytes(bytes(row, 3)?),
        device: DeviceId::from_bytes(bytes(row, 4)?),
        carried_by: bytes_or_none(row, 5)?.map(AccountId::from_bytes),
        received_at: Timestamp(row.get(6)?),
        bytes: row.get(7)?,
        seal: Seal(bytes(row, 8)?),
    };
    Ok((entry, Chain(bytes(row, 2)?)))
}

/// The chain after an entry, if it is the next one: flipped bytes and lost rows are never served.
fn follow(entry: &Entry, before: Chain, after: Chain, seq_before: u64) -> Result<Chain, StorageError> {
    if entry.seq != seq_before + 1 {
        return Err(StorageError::Damaged("a gap in a log"));
    }
    if before.then(&entry.hash) != after {
        return Err(StorageError::Damaged("a broken chain in a log"));
    }
    Ok(after)
}
