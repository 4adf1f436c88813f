//! Fractions, so that nothing is rounded before it is shown.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Hundredths;

/// A fraction in lowest terms, in whatever unit its field names; kept and shown as `266/3`.
///
/// Sums and products are exact as long as 127 bits hold them, which marks and weights of a sound scheme do unless
/// dozens of indicators were each scored on a different, large number of sheets. Beyond that, each term is cut to a
/// billionth: no device fails, and all of them still say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    /// Never below one.
    denominator: i128,
}

/// Text that is not a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fraction")]
pub struct RatioError;

/// The parts of one to which a term is cut that is too fine to be added exactly.
const COARSE: i128 = 1_000_000_000;

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };

    /// `numerator` parts of which `denominator` make one; nothing when no part can be made.
    #[must_use]
    pub fn new(numerator: i128, denominator: u64) -> Self {
        if denominator == 0 {
            return Self::ZERO;
        }
        Self::reduced(numerator, i128::from(denominator))
    }

    /// The nearest whole number; of two that are equally near, the higher one.
    #[must_use]
    pub fn rounded(self) -> Hundredths {
        let whole = self.numerator.div_euclid(self.denominator);
        let rest = self.numerator.rem_euclid(self.denominator);
        let nearest = if rest >= self.denominator - rest {
            whole.saturating_add(1)
        } else {
            whole
        };
        let bounded = nearest.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
        Hundredths(i64::try_from(bounded).expect("it was brought between the ends of its type"))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let shared = common_divisor(self.denominator, other.denominator);
        let (here, there) = (self.denominator / shared, other.denominator / shared);
        let exact = || {
            let left = self.numerator.checked_mul(there)?;
            let right = other.numerator.checked_mul(here)?;
            Some(Self::reduced(
                left.checked_add(right)?,
                self.denominator.checked_mul(there)?,
            ))
        };
        exact().unwrap_or_else(|| {
            let sum = self.billionths().saturating_add(other.billionths());
            Self::reduced(sum, COARSE)
        })
    }

    pub(super) fn times(self, factor: u64) -> Self {
        let factor = i128::from(factor);
        let shared = common_divisor(factor, self.denominator);
        self.numerator.checked_mul(factor / shared).map_or_else(
            || Self::reduced(self.billionths().saturating_mul(factor), COARSE),
            |numerator| Self::reduced(numerator, self.denominator / shared),
        )
    }

    /// One part when it is cut in `parts`; nothing when it cannot be cut in so many.
    pub(super) fn over(self, parts: u64) -> Self {
        if parts == 0 {
            return Self::ZERO;
        }
        let parts = i128::from(parts);
        let shared = common_divisor(self.numerator, parts);
        self.denominator.checked_mul(parts / shared).map_or_else(
            || Self::reduced(self.billionths().div_euclid(parts), COARSE),
            |denominator| Self::reduced(self.numerator / shared, denominator),
        )
    }

    fn reduced(numerator: i128, denominator: i128) -> Self {
        let shared = common_divisor(numerator, denominator);
        Self {
            numerator: numerator / shared,
            denominator: denominator / shared,
        }
    }

    /// How many whole billionths it has.
    fn billionths(self) -> i128 {
        let whole = self.numerator.div_euclid(self.denominator);
        let rest = self.numerator.rem_euclid(self.denominator);
        let part = rest.checked_mul(COARSE).map_or_else(
            || rest / (self.denominator / COARSE),
            |fine| fine / self.denominator,
        );
        whole.saturating_mul(COARSE).saturating_add(part)
    }
}

impl From<Hundredths> for Ratio {
    fn from(marks: Hundredths) -> Self {
        Self {
            numerator: i128::from(marks.0),
            denominator: 1,
        }
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let whole = |ratio: &Self| ratio.numerator.div_euclid(ratio.denominator);
        let rest = |ratio: &Self| ratio.numerator.rem_euclid(ratio.denominator);
        whole(self)
            .cmp(&whole(other))
            .then_with(|| match (rest(self), rest(other)) {
                (0, right) => 0.cmp(&right),
                (_, 0) => Ordering::Greater,
                // Of two proper fractions the greater one is that whose reciprocal is less. Products would not fit.
                (left, right) => {
                    let turned = |ratio: &Self, rest| Self {
                        numerator: ratio.denominator,
                        denominator: rest,
                    };
                    turned(other, right).cmp(&turned(self, left))
                }
            })
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl FromStr for Ratio {
    type Err = RatioError;

    /// Reads the form in which a fraction is shown, and no other.
    fn from_str(text: &str) -> Result<Self, RatioError> {
        let (numerator, denominator) = text.split_once('/').ok_or(RatioError)?;
        let numerator: i128 = numerator.parse().map_err(|_| RatioError)?;
        let denominator: i128 = denominator.parse().map_err(|_| RatioError)?;
        if denominator < 1 {
            return Err(RatioError);
        }
        let ratio = Self::reduced(numerator, denominator);
        if ratio.to_string() == text {
            Ok(ratio)
        } else {
            Err(RatioError)
        }
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// The greatest number that divides both; at least one.
fn common_divisor(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.unsigned_abs(), right.unsigned_abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    i128::try_from(left.max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests;
