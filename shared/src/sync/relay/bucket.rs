//! How many changes an account may push: token buckets.
//!
//! Devices have none of their own. Which one it is a client says itself when it signs in, so that one account could empty
//! the bucket of a colleague's device; and an account's own bound holds on all its devices together.

use std::collections::HashMap;

use crate::id::AccountId;
use crate::limit;
use crate::time::Timestamp;

/// The buckets of everybody who has pushed lately.
#[derive(Debug, Default)]
pub(super) struct Buckets(HashMap<AccountId, Bucket>);

impl Buckets {
    /// Takes a token out of an account's bucket; false when it is empty.
    pub(super) fn take(&mut self, account: AccountId, now: Timestamp) -> bool {
        let full = || Bucket::full(now);
        self.0.entry(account).or_insert_with(full).take(now)
    }

    /// Forgets buckets that are full again.
    pub(super) fn forget_full(&mut self, now: Timestamp) {
        self.0.retain(|_, bucket| !bucket.is_full(now));
    }
}

/// A token bucket: changes that may still be pushed.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    thousandths: u64,
    at: Timestamp,
}

impl Bucket {
    fn full(now: Timestamp) -> Self {
        Self {
            thousandths: FULL,
            at: now,
        }
    }

    fn take(&mut self, now: Timestamp) -> bool {
        self.thousandths = self.level(now);
        self.at = self.at.max(now);
        let enough = self.thousandths >= 1_000;
        if enough {
            self.thousandths -= 1_000;
        }
        enough
    }

    fn is_full(&self, now: Timestamp) -> bool {
        self.level(now) == FULL
    }

    fn level(&self, now: Timestamp) -> u64 {
        let milliseconds = now.since(self.at).as_millis().min(1_000_000) as u64;
        (self.thousandths + milliseconds * u64::from(limit::CHANGES_PER_SECOND)).min(FULL)
    }
}

/// What a bucket holds, in thousandths of a change.
const FULL: u64 = limit::CHANGES_BURST as u64 * 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    const LIN: AccountId = AccountId::from_bytes([1; 16]);
    const GU: AccountId = AccountId::from_bytes([2; 16]);

    fn taken(buckets: &mut Buckets, account: AccountId, now: i64) -> u32 {
        let mut count = 0;
        while buckets.take(account, Timestamp(now)) {
            count += 1;
        }
        count
    }

    #[test]
    fn a_burst_goes_through_and_then_so_many_a_second() {
        let mut buckets = Buckets::default();
        assert_eq!(taken(&mut buckets, LIN, 0), limit::CHANGES_BURST);
        assert_eq!(taken(&mut buckets, LIN, 1_000), limit::CHANGES_PER_SECOND);
    }

    #[test]
    fn nobody_empties_the_bucket_of_another() {
        let mut buckets = Buckets::default();
        assert_eq!(taken(&mut buckets, LIN, 0), limit::CHANGES_BURST);
        assert_eq!(taken(&mut buckets, LIN, 0), 0);
        assert_eq!(taken(&mut buckets, GU, 0), limit::CHANGES_BURST);
    }

    #[test]
    fn only_who_has_pushed_lately_is_remembered() {
        let mut buckets = Buckets::default();
        for number in 0..100 {
            buckets.take(AccountId::from_bytes([number; 16]), Timestamp(0));
        }
        assert_eq!(buckets.0.len(), 100);
        buckets.forget_full(Timestamp(1_000));
        assert!(buckets.0.is_empty());
    }
}
