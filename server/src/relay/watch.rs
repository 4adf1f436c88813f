//! The shadow in service: every ledger that has grown is tried on a copy in the background, one at a time.
//!
//! The guard refuses what would ruin a ledger. Should it ever be wrong, this is what notices, before an officer does.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::guard::shadow::first_unsound;
use shared::id::{ChangeHash, LedgerId};
use shared::protocol::Entry;
use shared::sync::relay::Event;

use super::RelayHandle;
use crate::account::blocking;
use crate::storage::{Storage, StorageError, caught};

/// How long to wait once every ledger has been tried.
const ROUND: Duration = Duration::from_secs(5);
/// The rest after each ledger, at the least.
const REST: Duration = Duration::from_millis(50);
/// The rest after each ledger in times of what trying it took: a twentieth of one processor at the most.
const REST_TIMES: u32 = 20;

/// Tries ledgers until it is dropped.
pub(crate) async fn watch(storage: Arc<dyn Storage>, relay: RelayHandle) {
    // Up to which entry each ledger was tried.
    let mut tried: HashMap<LedgerId, u64> = HashMap::new();
    let mut told: HashMap<LedgerId, u64> = HashMap::new();
    loop {
        for (ledger, last) in grown(&storage, &tried).await {
            let started = Instant::now();
            let reading = Arc::clone(&storage);
            match blocking(move || caught(|| trial(reading.as_ref(), ledger))).await {
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
fn trial(storage: &dyn Storage, ledger: LedgerId) -> Result<(u64, Option<ChangeHash>), StorageError> {
    let entries = storage.load(ledger)?.map_or(Vec::new(), |loaded| loaded.entries);
    let changes: Vec<(ChangeHash, &[u8])> = entries
        .iter()
        .filter(|entry| Entry::is_change(entry))
        .map(|entry| (entry.hash, entry.bytes.as_slice()))
        .collect();
    let last = entries.last().map_or(0, |entry| entry.seq);
    Ok((last, first_unsound(&changes)))
}
