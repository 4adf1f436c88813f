//! Sessions that are over, and that no browser presents again: deleted once a day.

use std::sync::Arc;
use std::time::Duration;

use shared::time::Timestamp;

use super::{blocking, is_in_force};
use crate::clock;
use crate::storage::{Storage, StorageError, caught};

/// How often they are looked for, beside the start.
const EVERY: Duration = Duration::from_hours(24);

/// Deletes the sessions that are over, now and every day, until it is dropped.
pub(crate) async fn end_expired_daily(storage: Arc<dyn Storage>) {
    loop {
        let storage = Arc::clone(&storage);
        let ended = blocking(move || caught(|| end_expired(storage.as_ref(), clock::now()))).await;
        if let Err(why) = ended {
            tracing::error!(%why, "sessions that are over are still kept");
        }
        tokio::time::sleep(EVERY).await;
    }
}

fn end_expired(storage: &dyn Storage, now: Timestamp) -> Result<(), StorageError> {
    let sessions = storage.sessions()?.into_iter();
    let over = sessions.filter(|session| !is_in_force(session, now));
    over.map(|session| session.hash)
        .try_for_each(|hash| storage.end_session(hash))
}

#[cfg(test)]
mod tests {
    use shared::id::{AccountId, DeviceId};
    use shared::protocol::http::DeviceKind;

    use super::*;
    use crate::account::IDLE;
    use crate::storage::memory::MemoryStorage;
    use crate::storage::{Session, SessionHash};

    #[test]
    fn sessions_that_are_over_are_deleted_though_no_browser_comes_back() {
        let storage = MemoryStorage::new();
        let now = Timestamp(1_795_414_080_000);
        let session = |byte, used_at| Session {
            hash: SessionHash([byte; 32]),
            account: AccountId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            kind: DeviceKind::Personal,
            began_at: used_at,
            used_at,
        };
        let old = Timestamp(now.0 - i64::try_from(IDLE.as_millis()).unwrap());
        storage.begin_session(&session(1, old), None, 0).unwrap();
        storage.begin_session(&session(2, now), None, 0).unwrap();
        end_expired(&storage, now).unwrap();
        assert_eq!(storage.sessions().unwrap(), [session(2, now)]);
    }
}
