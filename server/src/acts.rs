//! What the relay does to ledgers itself, for somebody who may have it do that: one thing at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::id::LedgerId;
use shared::ledger::document::Made;
use shared::sync::relay::Event;
use tokio::sync::Mutex;

use crate::account::blocking;
use crate::ledger::log;
use crate::relay::RelayHandle;
use crate::storage::{Storage, StorageError};

mod members;
mod year;

/// How long what the relay writes may take to be in a log.
const WRITTEN_WITHIN: Duration = Duration::from_secs(10);
/// How long to wait before the next look.
const LOOK: Duration = Duration::from_millis(20);

/// Does what the relay does to ledgers itself.
#[derive(Clone)]
pub struct Acts {
    storage: Arc<dyn Storage>,
    relay: RelayHandle,
    /// Whoever holds it acts: what one finds, no other changes.
    turn: Arc<Mutex<()>>,
}

impl std::fmt::Debug for Acts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Acts").finish_non_exhaustive()
    }
}

/// Why it was not done, or not wholly: done again, it is done wholly.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// What it is about is not there.
    #[error("there is no such thing")]
    Gone,
    /// It was not written in time.
    #[error("a ledger did not take what the relay wrote")]
    NotWritten,
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Acts {
    /// Acts on a running relay.
    #[must_use]
    pub fn new(storage: Arc<dyn Storage>, relay: RelayHandle) -> Self {
        Self {
            storage,
            relay,
            turn: Arc::default(),
        }
    }

    /// Has the relay write these, and waits until they are in the log.
    async fn write(&self, ledger: LedgerId, made: Vec<Made>) -> Result<(), ActError> {
        let Some(last) = made.last().map(|made| made.hash) else {
            return Ok(());
        };
        self.relay.tell(Event::Own(ledger, made)).await;
        let began = Instant::now();
        while began.elapsed() < WRITTEN_WITHIN {
            let storage = Arc::clone(&self.storage);
            let log = blocking(move || log(storage.as_ref(), ledger)).await?;
            if log.iter().any(|entry| entry.hash == last) {
                return Ok(());
            }
            tokio::time::sleep(LOOK).await;
        }
        Err(ActError::NotWritten)
    }

    /// Waits until all that was on its way into logs is there: what was judged when the first answer was asked for goes
    /// with the batch under way then or with the next.
    async fn settle(&self) {
        for _ in 0..2 {
            self.relay.is_alive().await;
        }
    }
}
