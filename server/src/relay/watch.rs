//! The shadow in service: every ledger that has grown is tried on a copy in the background, one at a time.
//!
//! The guard refuses what would ruin a ledger. Should it ever be wrong, this is what notices, before an officer does.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use shared::guard::shadow::first_unsound;
use shared::id::{ChangeHash, LedgerId};
use shared::protocol::Entry;
use shared::sync::relay::Event;
use tokio::sync::oneshot;

use super::RelayHandle;
use crate::account::blocking;
use crate::storage::{Storage, StorageError, caught};
use crate::yielding;

/// How long to wait once every ledger has been tried.
const ROUND: Duration = Duration::from_secs(5);
/// The rest after each ledger, at the least.
const REST: Duration = Duration::from_millis(50);
/// The rest after each ledger in times of what trying it took: a twentieth of one processor at the most.
const REST_TIMES: u32 = 20;

/// Tries ledgers for as long as the relay runs.
pub(crate) async fn watch(storage: Arc<dyn Storage>, relay: RelayHandle) {
    let shadow = Shadow::start(Arc::clone(&storage));
    let mut tried: HashMap<LedgerId, u64> = HashMap::new();
    loop {
        let listed = Arc::clone(&storage);
        let ledgers = blocking(move || listed.ledgers()).await.unwrap_or_default();
        for ledger in ledgers.into_iter().map(|listed| listed.id) {
            let started = Instant::now();
            // What cannot be read is told of by whoever needs it.
            let Some((last, unsound)) = shadow.tries(ledger, tried.get(&ledger).copied()).await else {
                continue;
            };
            tried.insert(ledger, last);
            if let Some(change) = unsound {
                tracing::error!(%ledger, %change, "a change ruins its ledger: it is voided, with what depends on it");
                relay.tell(Event::Unsound(ledger, change)).await;
            }
            tokio::time::sleep(REST.max(started.elapsed() * REST_TIMES)).await;
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// The last entry of a ledger that has grown, and the first change that ruins it.
type Outcome = (u64, Option<ChangeHash>);

/// A thread of its own: it stands back, and what a copy of a ledger takes in memory is the same from one to the next.
/// Dropped, the thread ends.
struct Shadow(mpsc::Sender<Ask>);

/// A ledger, its last entry when it was tried before, and where to say what came of it.
type Ask = (LedgerId, Option<u64>, oneshot::Sender<Option<Outcome>>);

impl Shadow {
    fn start(storage: Arc<dyn Storage>) -> Self {
        let (asks, asked) = mpsc::channel::<Ask>();
        let run = move || {
            yielding::stand_back();
            for (ledger, known, answer) in asked {
                let outcome = caught(|| trial(storage.as_ref(), ledger, known));
                // Whoever asked may have stopped.
                answer.send(outcome.ok().flatten()).ok();
            }
        };
        thread::Builder::new()
            .name("shadow".to_owned())
            .spawn(run)
            .expect("a machine that can start one thread");
        Self(asks)
    }

    async fn tries(&self, ledger: LedgerId, known: Option<u64>) -> Option<Outcome> {
        let (answer, answered) = oneshot::channel();
        self.0.send((ledger, known, answer)).ok()?;
        answered.await.ok()?
    }
}

/// None where the ledger has not grown.
fn trial(
    storage: &dyn Storage,
    ledger: LedgerId,
    known: Option<u64>,
) -> Result<Option<Outcome>, StorageError> {
    let last = storage.page(ledger, u64::MAX)?.map_or(0, |page| page.last);
    if last == known.unwrap_or(0) {
        return Ok(None);
    }
    let entries = storage.load(ledger)?.map_or(Vec::new(), |loaded| loaded.entries);
    let changes: Vec<(ChangeHash, &[u8])> = entries
        .iter()
        .filter(|entry| Entry::is_change(entry))
        .map(|entry| (entry.hash, entry.bytes.as_slice()))
        .collect();
    let last = entries.last().map_or(0, |entry| entry.seq);
    Ok(Some((last, first_unsound(&changes))))
}
