//! Which devices hold which ledgers.

use rusqlite::{Connection, params};
use shared::id::{AccountId, DeviceId, LedgerId};
use shared::sync::relay::Contact;
use shared::time::Timestamp;

use super::column::{bytes, count, kept};
use crate::storage::StorageError;

/// Notes what devices have said; of ledgers that are not there nothing.
pub(super) fn note(connection: &mut Connection, contacts: &[Contact]) -> Result<(), StorageError> {
    let transaction = connection.transaction()?;
    for contact in contacts {
        transaction
            .prepare_cached(
                "INSERT INTO contact (ledger, device, account, at, seq, pending)
                 SELECT number, ?2, ?3, ?4, ?5, ?6 FROM ledgers WHERE id = ?1
                 ON CONFLICT (ledger, device) DO UPDATE SET
                     account = excluded.account, at = excluded.at, seq = excluded.seq, pending = excluded.pending",
            )?
            .execute(params![
                contact.ledger.as_bytes(),
                contact.device.as_bytes(),
                contact.account.as_bytes(),
                contact.at.0,
                kept(contact.seq),
                contact.pending,
            ])?;
    }
    Ok(transaction.commit()?)
}

/// What was noted of a ledger, the newest first.
pub(super) fn of_ledger(connection: &Connection, ledger: LedgerId) -> Result<Vec<Contact>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT device, account, at, seq, pending FROM contact
         WHERE ledger = (SELECT number FROM ledgers WHERE id = ?1) ORDER BY at DESC, device",
    )?;
    let mut rows = statement.query([ledger.as_bytes()])?;
    let mut contacts = Vec::new();
    while let Some(row) = rows.next()? {
        contacts.push(Contact {
            ledger,
            device: DeviceId::from_bytes(bytes(row, 0)?),
            account: AccountId::from_bytes(bytes(row, 1)?),
            at: Timestamp(row.get(2)?),
            seq: count(row.get(3)?)?,
            pending: row.get(4)?,
        });
    }
    Ok(contacts)
}
