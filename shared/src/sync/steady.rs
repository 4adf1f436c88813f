//! A clock that never goes back: waits must end also when somebody sets a clock back by a year.

use crate::time::Timestamp;

/// Reads a clock that may jump. What it gives stands still when the clock goes back, and follows it otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steady {
    last: Option<Timestamp>,
    /// By how much the clock has gone back, in milliseconds, all in all.
    lost: i64,
}

impl Steady {
    pub(super) fn read(&mut self, now: Timestamp) -> Timestamp {
        if let Some(last) = self.last.replace(now) {
            self.lost = self.lost.saturating_add(last.0.saturating_sub(now.0).max(0));
        }
        Timestamp(now.0.saturating_add(self.lost))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_stands_still_and_goes_on() {
        let mut steady = Steady::default();
        let read = [1_000, 1_500, 200, 700, 9_000, 8_999].map(|now| steady.read(Timestamp(now)).0);
        assert_eq!(read, [1_000, 1_500, 1_500, 2_000, 10_300, 10_300]);
    }
}
