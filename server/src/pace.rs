//! What one account may ask of the relay, however many connections it has: so many bytes a second, and so many of them
//! being taken in at a time. Whoever asks for more waits, and the network makes him wait.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::limit::{
    FOLLOW_BYTES, MESSAGE_BYTES, PUSH_WINDOW_BYTES, READ_BURST_BYTES, READ_PER_SECOND_BYTES,
    WORK_SECOND_BYTES,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// The pace of one account.
#[derive(Debug)]
pub(crate) struct Pace {
    bucket: Mutex<Bucket>,
    turns: Arc<Semaphore>,
}

/// How much of an account may be taken in at a time, in units of [`MESSAGE_BYTES`]: what an honest program has under way.
const TURNS: usize = PUSH_WINDOW_BYTES / MESSAGE_BYTES as usize;

/// Held while a message of the account is being taken in.
#[derive(Debug)]
pub(crate) struct Turn {
    pace: Arc<Pace>,
    _permit: OwnedSemaphorePermit,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// Below nothing, the account waits.
    bytes: f64,
    at: Instant,
}

impl Default for Pace {
    fn default() -> Self {
        let full = Bucket {
            bytes: f64::from(READ_BURST_BYTES),
            at: Instant::now(),
        };
        Self {
            bucket: Mutex::new(full),
            turns: Arc::new(Semaphore::new(TURNS)),
        }
    }
}

impl Pace {
    /// Notes that so much was read.
    pub(crate) fn took(&self, bytes: u32) {
        self.bucket().bytes -= f64::from(bytes);
    }

    /// Notes that so many ledgers were asked for.
    pub(crate) fn follows(&self, ledgers: usize) {
        let ledgers = u32::try_from(ledgers).unwrap_or(u32::MAX);
        self.took(ledgers.saturating_mul(FOLLOW_BYTES));
    }

    /// Notes how long the relay has worked on messages of the account.
    pub(crate) fn worked(&self, time: Duration) {
        self.bucket().bytes -= time.as_secs_f64() * f64::from(WORK_SECOND_BYTES);
    }

    /// How long to wait before anything more is read; none when it may be read now.
    pub(crate) fn wait(&self) -> Option<Duration> {
        let mut bucket = self.bucket();
        let now = Instant::now();
        let gained = now.duration_since(bucket.at).as_secs_f64() * f64::from(READ_PER_SECOND_BYTES);
        *bucket = Bucket {
            bytes: (bucket.bytes + gained).min(f64::from(READ_BURST_BYTES)),
            at: now,
        };
        (bucket.bytes < 0.0)
            .then(|| Duration::from_secs_f64(-bucket.bytes / f64::from(READ_PER_SECOND_BYTES)))
    }

    fn bucket(&self) -> MutexGuard<'_, Bucket> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a message of so many bytes may be taken in: some small ones at a time, or a large one alone.
    pub(crate) async fn turn(self: &Arc<Self>, bytes: usize) -> Turn {
        let units = bytes.div_ceil(MESSAGE_BYTES as usize).clamp(1, TURNS);
        let permit = Arc::clone(&self.turns)
            .acquire_many_owned(u32::try_from(units).expect("at most TURNS"))
            .await;
        Turn {
            pace: Arc::clone(self),
            _permit: permit.expect("nobody closes it"),
        }
    }
}

impl Turn {
    /// The account's pace.
    pub(crate) fn pace(&self) -> &Arc<Pace> {
        &self.pace
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_is_free_and_what_goes_beyond_it_waits() {
        let pace = Pace::default();
        pace.took(READ_BURST_BYTES);
        assert_eq!(pace.wait(), None);
        pace.took(READ_PER_SECOND_BYTES / 2);
        let wait = pace.wait().unwrap();
        assert_eq!(wait, Duration::from_millis(500));
        tokio::time::advance(wait).await;
        assert_eq!(pace.wait(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn work_counts_as_well_as_bytes() {
        let pace = Pace::default();
        pace.took(READ_BURST_BYTES);
        pace.worked(Duration::from_millis(100));
        assert_eq!(pace.wait(), Some(Duration::from_millis(400)));
    }

    #[tokio::test]
    async fn small_messages_are_taken_in_together_and_a_large_one_alone() {
        let pace = Arc::new(Pace::default());
        let small = [pace.turn(10).await, pace.turn(2_000).await];
        let large = pace.turn(512 * 1024);
        tokio::pin!(large);
        assert!(futures::poll!(&mut large).is_pending());
        drop(small);
        let large = large.await;
        let next = pace.turn(10);
        tokio::pin!(next);
        assert!(futures::poll!(&mut next).is_pending());
        drop(large);
        next.await;
    }
}
