//! What the relay keeps: the logs of the ledgers, and who may sign in.
//!
//! Two kinds of storage pass the same suite: [`sqlite::SqliteStorage`] on disk, [`memory::MemoryStorage`] for tests.

use shared::id::{AccountId, LedgerId};
use shared::ledger::key::LedgerKey;
#[cfg(doc)]
use shared::limit;
use shared::protocol::http::Listed;
use shared::setting::{Head, Setting};
use shared::sync::relay::{Batch, Contact, Loaded, Page, Place};
use shared::time::Timestamp;

mod amendment;
pub mod key;
pub mod lock;
pub mod memory;
mod record;
mod roles;
pub mod sqlite;

#[cfg(test)]
mod conformance;

pub use amendment::{Amendment, By, Found, Password, Proof};
pub use record::{
    Account, Enterprise, HeldRow, ResetCode, Room, Session, SessionHash, Unit, Wanted, may_follow,
};

use crate::audit::Line;

/// What a relay keeps.
///
/// `Ok` of whatever writes means: committed and fsynced; after a power cut it is there. An error of [`Storage::commit`]
/// means that nobody knows: the process must end without a receipt. All methods block; callers on an async runtime
/// call them where blocking is allowed.
#[expect(
    clippy::missing_errors_doc,
    reason = "said once above: each fails when the disk or the database does"
)]
pub trait Storage: Send + Sync + 'static {
    /// The enterprise; none while the store is empty.
    fn enterprise(&self) -> Result<Option<Enterprise>, StorageError>;

    /// Makes the store that of an enterprise, with its units; it must be empty.
    fn found(&self, enterprise: &Enterprise, units: &[Unit]) -> Result<(), StorageError>;

    /// The units, in the order in which they were given.
    fn units(&self) -> Result<Vec<Unit>, StorageError>;

    /// Changes something beside the logs and writes it into the audit log, both or neither. Accounts with a login that is
    /// taken are [`StorageError::LoginTaken`], a second unit at the top is [`StorageError::SecondTop`], a version of a
    /// setting that does not follow the newest is [`StorageError::Overtaken`].
    fn amend(&self, by: &By, amendment: &Amendment) -> Result<(), StorageError>;

    /// The audit log from the entry of this number on, oldest first, at most so many.
    fn audit(&self, from: u64, most: usize) -> Result<Vec<Line>, StorageError>;

    /// The number of entries in the audit log.
    fn audited(&self) -> Result<u64, StorageError>;

    /// Every version of every enterprise setting without its body, ordered by the word of its kind, its name, its number.
    fn setting_heads(&self) -> Result<Vec<Head>, StorageError>;

    /// These versions with their bodies, in this order. Versions stay as they are; one that was never there is
    /// [`StorageError::Gone`].
    fn settings(&self, heads: Vec<Head>) -> Result<Vec<Setting>, StorageError>;

    /// Every account with its roles.
    fn accounts(&self) -> Result<Vec<Account>, StorageError>;

    /// The account of this id.
    fn account(&self, id: AccountId) -> Result<Option<Account>, StorageError>;

    /// The account that signs in under this name.
    fn account_of(&self, login: &str) -> Result<Option<Account>, StorageError>;

    /// The one-time code of an account, if it has one.
    fn reset_code(&self, id: AccountId) -> Result<Option<ResetCode>, StorageError>;

    /// Every session, in force or not.
    fn sessions(&self) -> Result<Vec<Session>, StorageError>;

    /// Keeps a new session and, in the same transaction, ends the one it takes the place of. `since` is the number of
    /// entries that the audit log had when its account was looked up: if any later one ends the account's sessions, this
    /// one does not begin, and it is [`StorageError::Gone`].
    fn begin_session(
        &self,
        session: &Session,
        instead_of: Option<SessionHash>,
        since: u64,
    ) -> Result<(), StorageError>;

    /// The session of this hash.
    fn session(&self, hash: SessionHash) -> Result<Option<Session>, StorageError>;

    /// Notes that a session was in use.
    fn touch_session(&self, hash: SessionHash, at: Timestamp) -> Result<(), StorageError>;

    /// Ends a session; one that is not there has ended already.
    fn end_session(&self, hash: SessionHash) -> Result<(), StorageError>;

    /// Makes ledgers, with empty logs; those that are there stay as they are.
    fn add_ledgers(&self, ledgers: &[(LedgerId, LedgerKey)]) -> Result<(), StorageError>;

    /// Every ledger.
    fn ledgers(&self) -> Result<Vec<Listed>, StorageError>;

    /// A ledger's whole log; none when there is no such ledger.
    fn load(&self, ledger: LedgerId) -> Result<Option<Loaded>, StorageError>;

    /// What is kept for a person and is not in a log: what waits first, then what was decided about, each in the order of
    /// arrival; of [`Wanted::By`] at most about [`limit::HELD_LISTED_BYTES`], but at least one.
    fn held(&self, wanted: Wanted<'_>) -> Result<Vec<HeldRow>, StorageError>;

    /// The entries after `after`, within the bounds of [`Page::entries`]; none when there is no such ledger.
    fn page(&self, ledger: LedgerId, after: u64) -> Result<Option<Page>, StorageError>;

    /// Appends entries and keeps held ones, in one transaction. The answer names the place of every entry in order; one
    /// whose change is in the log already gets the place it has, and nothing is stored twice.
    fn commit(&self, batch: &Batch) -> Result<Vec<Place>, StorageError>;

    /// Where a ledger's log ended when its year was closed; none while it is open.
    fn closing(&self, ledger: LedgerId) -> Result<Option<Place>, StorageError>;

    /// Notes what devices have said of the ledgers they hold; of ledgers that are not there nothing. This alone is not
    /// fsynced: it waits for no disk, and no commit waits for it.
    fn note_contacts(&self, contacts: &[Contact]) -> Result<(), StorageError>;

    /// What devices have said of a ledger, whoever was in contact last first.
    fn contacts(&self, ledger: LedgerId) -> Result<Vec<Contact>, StorageError>;
}

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The disk or the database failed.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// What is stored cannot be read back.
    #[error("the database is damaged: {0}")]
    Damaged(&'static str),
    /// A batch names a ledger that is not there.
    #[error("no ledger {0}")]
    NoLedger(LedgerId),
    /// Somebody signs in under this name already.
    #[error("the login is taken")]
    LoginTaken,
    /// A second unit would stand at the top.
    #[error("there is a highest unit already")]
    SecondTop,
    /// No administrator at the top would be left who has no last day.
    #[error("the enterprise would be left without an administrator")]
    LastAdministrator,
    /// The newest version of a setting is not the one that was edited.
    #[error("version {newest} of the setting came first")]
    Overtaken {
        /// The number of the newest; 0 where there is none.
        newest: u32,
    },
    /// What is to be changed is not there.
    #[error("there is no such thing")]
    Gone,
    /// A bug in the store, caught.
    #[error("the store panicked")]
    Panicked,
    /// A ledger did not take what the relay wrote, in time.
    #[error("a ledger did not take what the relay wrote")]
    Unwritten,
    /// The relay is stopping and begins nothing new.
    #[error("the relay is stopping")]
    Stopping,
    /// The store is another enterprise's already.
    #[error("the store is not empty")]
    NotEmpty,
}

/// Calls a storage so that a bug in it is an error, and nobody waits for an answer for ever.
pub(crate) fn caught<T>(call: impl FnOnce() -> Result<T, StorageError>) -> Result<T, StorageError> {
    // What the call leaves half done is never used: who gets this error ends the process.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_or(Err(StorageError::Panicked))
}
