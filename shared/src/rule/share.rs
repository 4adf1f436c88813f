//! A part of a whole, as a fraction: a third is a third.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

/// At most so many of so many: 1 of 3, 30 of 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Share {
    /// The part.
    pub numerator: u32,
    /// The whole.
    pub denominator: NonZeroU32,
}

impl Share {
    /// One of three.
    pub const THIRD: Self = Self::of(1, NonZeroU32::new(3).expect("three is not nought"));

    /// So many of so many.
    #[must_use]
    pub const fn of(numerator: u32, denominator: NonZeroU32) -> Self {
        Self {
            numerator,
            denominator,
        }
    }

    /// So many per cent.
    #[must_use]
    pub const fn percent(percent: u32) -> Self {
        Self::of(percent, NonZeroU32::new(100).expect("a hundred is not nought"))
    }

    /// The most that are within the share of `whole`: rounded down, so that no rounding goes beyond it.
    #[must_use]
    pub fn most_of(self, whole: u32) -> u32 {
        let most = u64::from(whole) * u64::from(self.numerator) / u64::from(self.denominator.get());
        u32::try_from(most).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_exact_and_rounds_down() {
        assert_eq!(Share::THIRD.most_of(25), 8);
        assert_eq!(Share::THIRD.most_of(30), 10);
        // 33.33 % of 3,000,000 would be 999,900.
        assert_eq!(Share::THIRD.most_of(3_000_000), 1_000_000);
        assert_eq!(Share::percent(30).most_of(10), 3);
        assert_eq!(Share::percent(30).most_of(3), 0);
        assert_eq!(Share::percent(u32::MAX).most_of(u32::MAX), u32::MAX);
    }
}
