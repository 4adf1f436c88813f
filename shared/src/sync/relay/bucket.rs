//! How many changes an account may push: a token bucket.

use crate::limit;
use crate::time::Timestamp;

/// A token bucket: changes an account may still push.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    thousandths: u64,
    at: Timestamp,
}

impl Bucket {
    pub(super) fn full(now: Timestamp) -> Self {
        Self {
            thousandths: u64::from(limit::CHANGES_BURST) * 1_000,
            at: now,
        }
    }

    pub(super) fn take(&mut self, now: Timestamp) -> bool {
        let gained =
            now.since(self.at).as_millis().min(1_000_000) as u64 * u64::from(limit::CHANGES_PER_SECOND);
        self.thousandths = (self.thousandths + gained).min(u64::from(limit::CHANGES_BURST) * 1_000);
        self.at = self.at.max(now);
        let enough = self.thousandths >= 1_000;
        if enough {
            self.thousandths -= 1_000;
        }
        enough
    }
}
