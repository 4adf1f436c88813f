//! How long to wait before the relay is tried again.

use std::time::Duration;

use crate::limit::{RETRY_FIRST, RETRY_LONGEST};

/// The wait before try `attempt` (the first is 0): full jitter below a ceiling that doubles from [`RETRY_FIRST`] to
/// [`RETRY_LONGEST`]. `dice` is a fresh random number.
///
/// Source: "Exponential Backoff and Jitter" (full jitter), so that a restarted relay is not met by all at once.
#[must_use]
pub fn wait(attempt: u32, dice: u64) -> Duration {
    let ceiling = RETRY_FIRST
        .saturating_mul(1 << attempt.min(16))
        .min(RETRY_LONGEST);
    let millis = u64::try_from(ceiling.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(dice % (millis + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_never_exceeds_its_ceiling() {
        for attempt in 0..40 {
            for dice in [0, 1, 999, 12_345, u64::MAX] {
                let ceiling = RETRY_FIRST
                    .saturating_mul(1 << attempt.min(16))
                    .min(RETRY_LONGEST);
                assert!(wait(attempt, dice) <= ceiling);
            }
        }
        assert_eq!(wait(0, 1_000), Duration::from_secs(1));
        assert_eq!(wait(0, 1_001), Duration::ZERO);
        assert_eq!(wait(30, 20_000), Duration::from_secs(20));
    }
}
