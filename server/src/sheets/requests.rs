//! Requests for details of appraisals: they stand in the audit log, and are found there once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use shared::limit::DETAILS_LISTED;
use shared::protocol::http::audit::{Deed, Record};

use crate::storage::{Storage, StorageError};

/// The entries of the audit log read at one time.
const READ_AT_ONCE: usize = 1_000;
/// The requests that are remembered: the newest of all branches.
const REMEMBERED: usize = 50 * DETAILS_LISTED;

/// What was found so far.
#[derive(Clone, Debug, Default)]
pub struct Requests(Arc<Mutex<Found>>);

#[derive(Debug, Default)]
struct Found {
    /// The entries of the audit log that were looked at.
    audited: u64,
    asked: VecDeque<Record>,
}

impl Requests {
    /// The newest entries that are such requests and are wanted, newest first.
    ///
    /// # Errors
    ///
    /// Fails when the store does, or an entry cannot be read.
    pub fn newest(
        &self,
        storage: &dyn Storage,
        wanted: impl Fn(&Record) -> bool,
    ) -> Result<Vec<Record>, StorageError> {
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.read_on(storage)?;
        let wanted = found.asked.iter().rev().filter(|record| wanted(record));
        Ok(wanted.take(DETAILS_LISTED).cloned().collect())
    }
}

impl Found {
    fn read_on(&mut self, storage: &dyn Storage) -> Result<(), StorageError> {
        loop {
            let lines = storage.audit(self.audited + 1, READ_AT_ONCE)?;
            if lines.is_empty() {
                return Ok(());
            }
            for line in lines {
                let record: Record =
                    serde_json::from_str(&line.text).map_err(|_| StorageError::Damaged("the audit log"))?;
                self.audited = record.number;
                if matches!(record.deed, Deed::DetailsAsked { .. }) {
                    self.asked.push_back(record);
                }
            }
            let over = self.asked.len().saturating_sub(REMEMBERED);
            self.asked.drain(..over);
        }
    }
}
