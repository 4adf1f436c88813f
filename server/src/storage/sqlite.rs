//! The store on disk: one SQLite database in a folder, one connection that writes, others that read.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use shared::id::{AccountId, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::protocol::http::Listed;
use shared::setting::{Head, Setting};
use shared::sync::relay::{Batch, Contact, Loaded, Page, Place};
use shared::time::Timestamp;

use super::{
    Account, Amendment, By, Enterprise, HeldRow, ResetCode, Session, SessionHash, Storage, StorageError,
    Unit, Wanted,
};
use crate::audit::Line;
use readers::Readers;

mod amend;
mod audit;
mod column;
mod contact;
mod held;
mod ledger;
mod log;
mod open;
mod people;
mod readers;
mod session;
mod setting;
mod upgrade;
mod year;

pub use open::OpenError;

/// The name of the database in its folder.
pub const FILE: &str = "taizhang.db";

/// A store on disk.
#[derive(Debug)]
pub struct SqliteStorage {
    // Dropped first: the last connection to close empties the write-ahead log, and one that reads cannot.
    readers: Readers,
    /// Writes what no promise hangs on: no commit waits for it.
    notes: Mutex<Connection>,
    writer: Mutex<Connection>,
}

impl SqliteStorage {
    /// Opens the database in `folder`; makes folder and database where they are missing.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be written, or the file is not a database of this program, damaged, or of a newer
    /// version.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(FILE);
        let writer = open::writer(folder, &path)?;
        Ok(Self {
            writer: Mutex::new(writer),
            notes: Mutex::new(open::notes(&path)?),
            readers: Readers::of(path),
        })
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic in the middle of a transaction has rolled it back.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Storage for SqliteStorage {
    fn enterprise(&self) -> Result<Option<Enterprise>, StorageError> {
        people::enterprise(&*self.readers.take()?)
    }

    fn found(&self, enterprise: &Enterprise, units: &[Unit]) -> Result<(), StorageError> {
        people::found(&mut self.writer(), enterprise, units)
    }

    fn units(&self) -> Result<Vec<Unit>, StorageError> {
        people::units(&*self.readers.take()?)
    }

    fn amend(&self, by: &By, amendment: &Amendment) -> Result<(), StorageError> {
        amend::amend(&mut self.writer(), by, amendment)
    }

    fn audit(&self, from: u64, most: usize) -> Result<Vec<Line>, StorageError> {
        audit::lines(&*self.readers.take()?, from, most)
    }

    fn audited(&self) -> Result<u64, StorageError> {
        audit::count(&*self.readers.take()?)
    }

    fn accounts(&self) -> Result<Vec<Account>, StorageError> {
        people::accounts(&*self.readers.take()?)
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, StorageError> {
        people::account(&*self.readers.take()?, id)
    }

    fn account_of(&self, login: &str) -> Result<Option<Account>, StorageError> {
        people::account_of(&*self.readers.take()?, login)
    }

    fn reset_code(&self, id: AccountId) -> Result<Option<ResetCode>, StorageError> {
        people::reset_code(&*self.readers.take()?, id)
    }

    fn setting_heads(&self) -> Result<Vec<Head>, StorageError> {
        setting::heads(&*self.readers.take()?)
    }

    fn settings(&self, heads: Vec<Head>) -> Result<Vec<Setting>, StorageError> {
        setting::whole(&*self.readers.take()?, heads)
    }

    fn sessions(&self) -> Result<Vec<Session>, StorageError> {
        session::all(&*self.readers.take()?)
    }

    fn begin_session(
        &self,
        session: &Session,
        instead_of: Option<SessionHash>,
        since: u64,
    ) -> Result<(), StorageError> {
        session::begin_session(&mut self.writer(), session, instead_of, since)
    }

    fn session(&self, hash: SessionHash) -> Result<Option<Session>, StorageError> {
        session::session(&*self.readers.take()?, hash)
    }

    fn touch_session(&self, hash: SessionHash, at: Timestamp) -> Result<(), StorageError> {
        session::touch_session(&self.writer(), hash, at)
    }

    fn end_session(&self, hash: SessionHash) -> Result<(), StorageError> {
        session::end_session(&self.writer(), hash)
    }

    fn add_ledgers(&self, ledgers: &[(LedgerId, LedgerKey)]) -> Result<(), StorageError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        ledger::add(&transaction, ledgers)?;
        Ok(transaction.commit()?)
    }

    fn ledgers(&self) -> Result<Vec<Listed>, StorageError> {
        ledger::list(&*self.readers.take()?)
    }

    fn load(&self, ledger: LedgerId) -> Result<Option<Loaded>, StorageError> {
        log::load(&mut *self.readers.take()?, ledger)
    }

    fn held(&self, wanted: Wanted<'_>) -> Result<Vec<HeldRow>, StorageError> {
        held::wanted(&*self.readers.take()?, wanted)
    }

    fn page(&self, ledger: LedgerId, after: u64) -> Result<Option<Page>, StorageError> {
        log::page(&mut *self.readers.take()?, ledger, after)
    }

    fn commit(&self, batch: &Batch) -> Result<Vec<Place>, StorageError> {
        log::commit(&mut self.writer(), batch)
    }

    fn closing(&self, ledger: LedgerId) -> Result<Option<Place>, StorageError> {
        year::closing(&*self.readers.take()?, ledger)
    }

    fn note_contacts(&self, contacts: &[Contact]) -> Result<(), StorageError> {
        contact::note(
            &mut self.notes.lock().unwrap_or_else(PoisonError::into_inner),
            contacts,
        )
    }

    fn contacts(&self, ledger: LedgerId) -> Result<Vec<Contact>, StorageError> {
        contact::of_ledger(&*self.readers.take()?, ledger)
    }
}
