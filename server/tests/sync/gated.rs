//! A storage that waits or fails on purpose.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use server::audit::Line;
use server::storage::memory::MemoryStorage;
use server::storage::{
    Account, Amendment, By, Enterprise, HeldRow, ResetCode, Session, SessionHash, Storage, StorageError,
    Unit, Wanted,
};
use shared::id::{AccountId, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::protocol::http::Listed;
use shared::setting::{Head, Setting};
use shared::sync::relay::{Batch, Contact, Loaded, Page, Place};
use shared::time::Timestamp;

/// A storage whose commits wait until they are let through, or fail.
pub(crate) struct Gated {
    storage: Arc<MemoryStorage>,
    open: Mutex<bool>,
    opened: Condvar,
    pub(crate) fails: AtomicBool,
    /// A ledger whose log cannot be read.
    pub(crate) damaged: Mutex<Option<LedgerId>>,
}

impl Gated {
    pub(crate) fn over(storage: Arc<MemoryStorage>) -> Arc<Self> {
        Arc::new(Self {
            storage,
            open: Mutex::new(false),
            opened: Condvar::new(),
            fails: AtomicBool::new(false),
            damaged: Mutex::default(),
        })
    }

    pub(crate) fn lets_through(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

impl Storage for Gated {
    fn commit(&self, batch: &Batch) -> Result<Vec<Place>, StorageError> {
        drop(
            self.opened
                .wait_while(self.open.lock().unwrap(), |open| !*open)
                .unwrap(),
        );
        if self.fails.load(Ordering::Relaxed) {
            return Err(StorageError::Damaged("on purpose"));
        }
        self.storage.commit(batch)
    }

    fn enterprise(&self) -> Result<Option<Enterprise>, StorageError> {
        self.storage.enterprise()
    }
    fn found(&self, enterprise: &Enterprise, units: &[Unit]) -> Result<(), StorageError> {
        self.storage.found(enterprise, units)
    }
    fn units(&self) -> Result<Vec<Unit>, StorageError> {
        self.storage.units()
    }
    fn amend(&self, by: &By, amendment: &Amendment) -> Result<(), StorageError> {
        self.storage.amend(by, amendment)
    }
    fn audit(&self, from: u64, most: usize) -> Result<Vec<Line>, StorageError> {
        self.storage.audit(from, most)
    }
    fn audited(&self) -> Result<u64, StorageError> {
        self.storage.audited()
    }
    fn accounts(&self) -> Result<Vec<Account>, StorageError> {
        self.storage.accounts()
    }
    fn account(&self, id: AccountId) -> Result<Option<Account>, StorageError> {
        self.storage.account(id)
    }
    fn account_of(&self, login: &str) -> Result<Option<Account>, StorageError> {
        self.storage.account_of(login)
    }
    fn reset_code(&self, id: AccountId) -> Result<Option<ResetCode>, StorageError> {
        self.storage.reset_code(id)
    }
    fn setting_heads(&self) -> Result<Vec<Head>, StorageError> {
        self.storage.setting_heads()
    }
    fn settings(&self, heads: Vec<Head>) -> Result<Vec<Setting>, StorageError> {
        self.storage.settings(heads)
    }
    fn sessions(&self) -> Result<Vec<Session>, StorageError> {
        self.storage.sessions()
    }
    fn begin_session(
        &self,
        session: &Session,
        instead_of: Option<SessionHash>,
        since: u64,
    ) -> Result<(), StorageError> {
        self.storage.begin_session(session, instead_of, since)
    }
    fn session(&self, hash: SessionHash) -> Result<Option<Session>, StorageError> {
        self.storage.session(hash)
    }
    fn touch_session(&self, hash: SessionHash, at: Timestamp) -> Result<(), StorageError> {
        self.storage.touch_session(hash, at)
    }
    fn end_session(&self, hash: SessionHash) -> Result<(), StorageError> {
        self.storage.end_session(hash)
    }
    fn add_ledgers(&self, ledgers: &[(LedgerId, LedgerKey)]) -> Result<(), StorageError> {
        self.storage.add_ledgers(ledgers)
    }
    fn ledgers(&self) -> Result<Vec<Listed>, StorageError> {
        self.storage.ledgers()
    }
    fn load(&self, ledger: LedgerId) -> Result<Option<Loaded>, StorageError> {
        if *self.damaged.lock().unwrap() == Some(ledger) {
            return Err(StorageError::Damaged("on purpose"));
        }
        self.storage.load(ledger)
    }
    fn held(&self, wanted: Wanted<'_>) -> Result<Vec<HeldRow>, StorageError> {
        self.storage.held(wanted)
    }
    fn page(&self, ledger: LedgerId, after: u64) -> Result<Option<Page>, StorageError> {
        self.storage.page(ledger, after)
    }
    fn closing(&self, ledger: LedgerId) -> Result<Option<Place>, StorageError> {
        self.storage.closing(ledger)
    }
    fn note_contacts(&self, contacts: &[Contact]) -> Result<(), StorageError> {
        self.storage.note_contacts(contacts)
    }
    fn contacts(&self, ledger: LedgerId) -> Result<Vec<Contact>, StorageError> {
        self.storage.contacts(ledger)
    }
}
