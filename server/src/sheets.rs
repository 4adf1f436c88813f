//! Sheets for those above, worked out from the logs in a thread of its own: one at a time, standing back from the rest.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{self, TrySendError};
use std::thread;

use shared::id::{EnterpriseId, LedgerId, UnitId};
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::ledger::snapshot::Snapshot;
use shared::limit::SHEETS_WAITING;
use shared::sheet::{Ledgers, Line, Terms};
use shared::time::Date;
use tokio::sync::oneshot;

use crate::ledger::document;
use crate::storage::{Storage, StorageError, caught};
use crate::yielding;
use kept::Kept;

mod kept;
mod requests;

pub use requests::Requests;

/// Which lines are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of which year.
    pub year: u16,
    /// As of which day.
    pub on: Date,
    /// Of which branches, in their order.
    pub branches: Vec<UnitId>,
}

/// Why there is no sheet.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Too many wait for theirs.
    #[error("too many sheets at once")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Reaches the thread; it ends when this is dropped.
#[derive(Clone, Debug)]
pub struct Sheets(mpsc::SyncSender<Ask>);

#[derive(Debug)]
struct Ask {
    wanted: Wanted,
    answer: oneshot::Sender<Result<Vec<Line>, StorageError>>,
}

impl Sheets {
    /// Starts the thread.
    ///
    /// # Panics
    ///
    /// Panics on a machine that cannot start one thread.
    #[must_use]
    pub fn start(storage: Arc<dyn Storage>, enterprise: EnterpriseId) -> Self {
        let (asks, asked) = mpsc::sync_channel::<Ask>(SHEETS_WAITING);
        let run = move || {
            yielding::stand_back();
            let mut desk = Desk {
                storage,
                enterprise,
                kept: Kept::default(),
            };
            for ask in asked {
                // Whoever has gone meanwhile needs no sheet.
                if !ask.answer.is_closed() {
                    ask.answer.send(caught(|| desk.lines(&ask.wanted))).ok();
                }
            }
        };
        thread::Builder::new()
            .name("sheets".to_owned())
            .spawn(run)
            .expect("a machine that can start one thread");
        Self(asks)
    }

    /// The lines of these branches.
    ///
    /// # Errors
    ///
    /// Fails when the store does, and when too many wait.
    pub async fn lines(&self, wanted: Wanted) -> Result<Vec<Line>, SheetError> {
        let (answer, answered) = oneshot::channel();
        self.0
            .try_send(Ask { wanted, answer })
            .map_err(|problem| match problem {
                TrySendError::Full(_) => SheetError::Busy,
                TrySendError::Disconnected(_) => StorageError::Stopping.into(),
            })?;
        Ok(answered.await.map_err(|_| StorageError::Stopping)??)
    }
}

/// Where sheets are worked out.
struct Desk {
    storage: Arc<dyn Storage>,
    enterprise: EnterpriseId,
    kept: Kept,
}

impl Desk {
    fn lines(&mut self, wanted: &Wanted) -> Result<Vec<Line>, StorageError> {
        let listed = self.storage.ledgers()?.into_iter();
        let ends: BTreeMap<LedgerId, u64> = listed.map(|listed| (listed.id, listed.last)).collect();
        let terms = Terms::default();
        let line = |unit: &UnitId| self.line(*unit, wanted, &ends, &terms);
        Ok(wanted.branches.iter().map(line).collect())
    }

    fn line(&mut self, unit: UnitId, wanted: &Wanted, ends: &BTreeMap<LedgerId, u64>, terms: &Terms) -> Line {
        let mut unread = Vec::new();
        let mut of = |kind: Kind, part: Part| {
            let key = LedgerKey {
                unit,
                year: kind.is_yearly().then_some(wanted.year),
                kind,
                part,
            };
            let ledger = key.id(self.enterprise);
            let last = ends.get(&ledger).copied().unwrap_or_default();
            let storage = self.storage.as_ref();
            let snapshot = self
                .kept
                .snapshot(ledger, last, || Ok(document(storage, ledger, kind)?.snapshot()));
            snapshot.unwrap_or_else(|| {
                unread.push(key);
                std::rc::Rc::default()
            })
        };
        let [roster, pledges, zones, posts] =
            [Kind::Roster, Kind::Pledge, Kind::Zone, Kind::Post].map(|kind| of(kind, Part::Main));
        let parts: Vec<_> = Kind::Appraisal
            .parts()
            .iter()
            .map(|part| (*part, of(Kind::Appraisal, *part)))
            .collect();
        let appraisal: BTreeMap<Part, &Snapshot> = parts
            .iter()
            .map(|(part, snapshot)| (*part, snapshot.as_ref()))
            .collect();
        let ledgers = Ledgers {
            unit,
            year: wanted.year,
            roster: &roster,
            pledges: &pledges,
            zones: &zones,
            posts: &posts,
            appraisal: &appraisal,
        };
        Line {
            unit,
            figures: ledgers.figures(wanted.on, terms),
            unread,
        }
    }
}
