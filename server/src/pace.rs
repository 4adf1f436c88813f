//! What one account may ask of the relay, however many connections it has: so many bytes a second, and one message at a
//! time. Whoever asks for more waits, and the network makes him wait.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::limit::{READ_BURST_BYTES, READ_PER_SECOND_BYTES, WORK_SECOND_BYTES};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// The pace of one account.
#[derive(Debug)]
pub(crate) struct Pace {
    bucket: Mutex<Bucket>,
    turn: Arc<Semaphore>,
}

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
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Pace {
    /// Notes that so much was read.
    pub(crate) fn took(&self, bytes: u32) {
        self.bucket().bytes -= f64::from(bytes);
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

    /// Waits until no other message of the account is being taken in.
    pub(crate) async fn turn(self: &Arc<Self>) -> Turn {
        let permit = Arc::clone(&self.turn).acquire_owned().await;
        Turn {
            pace: Arc::clone(self),
            _permit: permit.expect("nobody closes it"),
        }
    }
}

impl Turn {
    /// Notes how long the relay has worked on the message.
    pub(crate) fn worked(&self, time: Duration) {
        let bytes = time.as_secs_f64() * f64::from(WORK_SECOND_BYTES);
        self.pace.bucket().bytes -= bytes;
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
        let pace = Arc::new(Pace::default());
        pace.took(READ_BURST_BYTES);
        let turn = pace.turn().await;
        turn.worked(Duration::from_millis(100));
        assert_eq!(pace.wait(), Some(Duration::from_millis(400)));
    }

    #[tokio::test]
    async fn one_message_at_a_time() {
        let pace = Arc::new(Pace::default());
        let first = pace.turn().await;
        let second = pace.turn();
        tokio::pin!(second);
        assert!(futures::poll!(&mut second).is_pending());
        drop(first);
        second.await;
    }
}
