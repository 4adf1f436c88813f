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

/// Tries ledgers until it is dropped.
pub(crate) async fn watch(storage: Arc<dyn Storage>, relay: RelayHandle) {
    let shadow = Shadow::start(Arc::clone(&storage));
    // Up to which entry each ledger was tried.
    let mut tried: HashMap<LedgerId, u64> = HashMap::new();
    let mut told: HashMap<LedgerId, u64> = HashMap::new();
    loop {
        for (ledger, last) in grown(&storage, &tried).await {
            let started = Instant::now();
            match shadow.tries(ledger).await {
                Ok((last, unsound)) => {
                    tried.insert(ledger, last);
                    if let Some(change) = unsound {
                        tracing::error!(%ledger, %change, "the shadow has found a change that ruins its ledger");
                        relay.tell(Event::Unsound(ledger, change)).await;
                    }
                }
                Err(why) => {
                    // It is tried again in the next round, and not said again every few seconds.
                    if told.insert(ledger, last) != Some(last) {
                        tracing::error!(%ledger, %why, "the shadow cannot read a ledger");
                    }
                }
            }
            tokio::time::sleep(REST.max(started.elapsed() * REST_TIMES)).await;
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// The ledgers that have grown, with their last entries.
async fn grown(storage: &Arc<dyn Storage>, tried: &HashMap<LedgerId, u64>) -> Vec<(LedgerId, u64)> {
    let reading = Arc::clone(storage);
    let listed = blocking(move || caught(|| reading.ledgers())).await;
    let listed = listed.unwrap_or_else(|why| {
        tracing::error!(%why, "the shadow cannot read which ledgers there are");
        Vec::new()
    });
    let ends = listed.into_iter().map(|listed| (listed.id, listed.last));
    ends.filter(|(ledger, last)| tried.get(ledger).copied().unwrap_or(0) < *last)
        .collect()
}

/// The last entry of a ledger, and the first change that ruins it.
type Outcome = Result<(u64, Option<ChangeHash>), StorageError>;

/// A thread of its own: it stands back, and what a copy of a ledger takes in memory is the same from one to the next.
/// Dropped, the thread ends.
struct Shadow(mpsc::Sender<Ask>);

/// A ledger, and where to say what came of it.
type Ask = (LedgerId, oneshot::Sender<Outcome>);

impl Shadow {
    fn start(storage: Arc<dyn Storage>) -> Self {
        let (asks, asked) = mpsc::channel::<Ask>();
        let run = move || {
            yielding::stand_back();
            for (ledger, answer) in asked {
                // Whoever asked may have stopped.
                answer.send(caught(|| trial(storage.as_ref(), ledger))).ok();
            }
        };
        thread::Builder::new()
            .name("shadow".to_owned())
            .spawn(run)
            .expect("a machine that can start one thread");
        Self(asks)
    }

    async fn tries(&self, ledger: LedgerId) -> Outcome {
        let (answer, answered) = oneshot::channel();
        self.0
            .send((ledger, answer))
            .map_err(|_| StorageError::Stopping)?;
        answered.await.map_err(|_| StorageError::Stopping)?
    }
}

fn trial(storage: &dyn Storage, ledger: LedgerId) -> Outcome {
    let entries = storage.load(ledger)?.map_or(Vec::new(), |loaded| loaded.entries);
    let changes: Vec<(ChangeHash, &[u8])> = entries
        .iter()
        .filter(|entry| Entry::is_change(entry))
        .map(|entry| (entry.hash, entry.bytes.as_slice()))
        .collect();
    let last = entries.last().map_or(0, |entry| entry.seq);
    Ok((last, first_unsound(&changes)))
}
