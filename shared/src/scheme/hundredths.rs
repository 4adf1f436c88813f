//! Marks as they are kept: whole hundredths, so that no device adds them up differently.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A score, or an amount of marks, in hundredths of a mark: 9,550 is 95.5 marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hundredths(pub i64);

impl Hundredths {
    /// No marks.
    pub const ZERO: Self = Self(0);

    /// One hundred marks.
    pub const HUNDRED: Self = Self(10_000);

    /// The most a sound scheme says anywhere: 1,000 marks.
    pub const MOST: Self = Self(100_000);

    /// This many whole marks.
    #[must_use]
    pub const fn marks(whole: u16) -> Self {
        Self(whole as i64 * 100)
    }

    /// Whether it is neither below nothing nor above [`Hundredths::MOST`].
    #[must_use]
    pub fn is_in_range(self) -> bool {
        (Self::ZERO..=Self::MOST).contains(&self)
    }
}

impl fmt::Display for Hundredths {
    /// Writes marks with as many decimals as are needed, two at the most: `9`, `95.5`, `8.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            tenths if tenths % 10 == 0 => write!(f, "{sign}{whole}.{}", tenths / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_shown_with_as_many_decimals_as_they_need() {
        for (hundredths, shown) in [
            (0, "0"),
            (900, "9"),
            (9550, "95.5"),
            (825, "8.25"),
            (805, "8.05"),
            (5, "0.05"),
            (-50, "-0.5"),
            (-1200, "-12"),
            (i64::MIN, "-92233720368547758.08"),
        ] {
            assert_eq!(Hundredths(hundredths).to_string(), shown);
        }
    }

    #[test]
    fn what_is_kept_is_the_number_alone() {
        let mut bytes = Vec::new();
        ciborium::into_writer(&Hundredths(9550), &mut bytes).unwrap();
        assert_eq!(hex::encode(bytes), "19254e");
    }
}
