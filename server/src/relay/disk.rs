//! What the state machine asks of the store, beside commits: logs whole and in parts, and notes for the audit log.

use std::sync::Arc;

use shared::id::{Chain, LedgerId};
use shared::protocol::http::audit::Deed;
use shared::sync::relay::{BatchId, ConnectionId, Contact, Loaded, Page, Place};
use tokio::sync::{Semaphore, mpsc};

use crate::storage::{Amendment, By, Storage, StorageError, caught};

/// How many logs or parts of logs are being read at one time: each is held in memory, and the store's other readers are
/// for whoever signs in.
const READS: usize = 2;

/// What the store answers.
#[derive(Debug)]
pub(super) enum Answer {
    /// The whole of a ledger, if it is there.
    Loaded(LedgerId, Result<Option<Loaded>, StorageError>),
    /// A page for a follower.
    Read(ConnectionId, LedgerId, Result<Page, StorageError>),
    /// A batch is on the disk.
    Committed(BatchId, Result<Vec<Place>, StorageError>),
}

/// The store, and where it answers.
pub(super) struct Disk {
    storage: Arc<dyn Storage>,
    answers: mpsc::UnboundedSender<Answer>,
    reads: Arc<Semaphore>,
}

impl Disk {
    pub(super) fn new(storage: Arc<dyn Storage>, answers: mpsc::UnboundedSender<Answer>) -> Self {
        Self {
            storage,
            answers,
            reads: Arc::new(Semaphore::new(READS)),
        }
    }

    pub(super) fn load(&self, ledger: LedgerId) {
        self.ask(move |storage| Answer::Loaded(ledger, caught(|| whole(storage.load(ledger)?))));
    }

    pub(super) fn read(&self, connection: ConnectionId, ledger: LedgerId, after: u64) {
        self.ask(move |storage| {
            let page = caught(|| storage.page(ledger, after));
            let page = page.map(|page| page.unwrap_or_else(|| nothing(ledger, after)));
            Answer::Read(connection, ledger, page)
        });
    }

    pub(super) fn note(&self, deeds: Vec<(By, Deed)>) {
        let storage = Arc::clone(&self.storage);
        tokio::task::spawn_blocking(move || {
            for (by, deed) in deeds {
                if let Err(problem) = storage.amend(&by, &Amendment::Note(deed)) {
                    tracing::error!(%problem, "what was refused or voided was not written down");
                }
            }
        });
    }

    pub(super) fn note_contacts(&self, contacts: Vec<Contact>) {
        let storage = Arc::clone(&self.storage);
        tokio::task::spawn_blocking(move || {
            if let Err(problem) = storage.note_contacts(&contacts) {
                tracing::warn!(%problem, "what devices hold was not written down");
            }
        });
    }

    fn ask(&self, read: impl FnOnce(&dyn Storage) -> Answer + Send + 'static) {
        let (storage, answers) = (Arc::clone(&self.storage), self.answers.clone());
        let reads = Arc::clone(&self.reads);
        tokio::spawn(async move {
            let permit = reads.acquire_owned().await;
            tokio::task::spawn_blocking(move || {
                // A shell that has ended has no use for the answer.
                answers.send(read(storage.as_ref())).ok();
                drop(permit);
            });
        });
    }
}

/// A ledger whose every entry is the change it names.
fn whole(loaded: Option<Loaded>) -> Result<Option<Loaded>, StorageError> {
    let entries = loaded.iter().flat_map(|loaded| &loaded.entries);
    match entries.into_iter().find(|entry| entry.content().is_none()) {
        Some(_) => Err(StorageError::Damaged("an entry is not the change it names")),
        None => Ok(loaded),
    }
}

/// The page of a ledger that is not there.
fn nothing(ledger: LedgerId, after: u64) -> Page {
    Page {
        ledger,
        after,
        chain_before: None,
        entries: Vec::new(),
        chain: Chain::START,
        last: 0,
    }
}
