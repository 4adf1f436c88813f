//! How many may be graded excellent.

use serde::{Deserialize, Serialize};

use super::Grade;

/// The share of people who may be graded excellent: generally a third at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// So many …
    pub part: u32,
    /// … of so many. A fraction and no percentage: 33.33 % of 24 is not 8.
    pub whole: u32,
    /// Of whom it is taken.
    pub base: QuotaBase,
    /// What becomes of a part of a person.
    pub rounding: Rounding,
}

/// Of whom a quota is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaBase {
    /// Of all members.
    AllMembers,
    /// Of those who get a grade.
    RatedMembers,
}

/// Which whole number stands for what lies between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// The lower one.
    Down,
    /// The nearer one, the higher one of two that are equally near.
    HalfUp,
    /// The higher one.
    Up,
}

/// How a quota stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuotaState {
    /// How many may be excellent; none when there is nobody of whom a share could be taken.
    pub allowed: Option<usize>,
    /// How many are.
    pub given: usize,
    /// How many too many; none too many where there is nobody to take a share of.
    pub over: usize,
}

impl Quota {
    /// How many may be excellent among `all` members of whom `rated` get a grade; none when the base is nobody, or the
    /// quota is a share of nothing.
    #[must_use]
    pub fn allowed(&self, all: usize, rated: usize) -> Option<usize> {
        let base = match self.base {
            QuotaBase::AllMembers => all,
            QuotaBase::RatedMembers => rated,
        };
        if base == 0 || self.whole == 0 {
            return None;
        }
        let (parts, whole) = (base as u128 * u128::from(self.part), u128::from(self.whole));
        let (share, rest) = (parts / whole, parts % whole);
        let goes_up = match self.rounding {
            Rounding::Down => false,
            Rounding::HalfUp => rest * 2 >= whole,
            Rounding::Up => rest > 0,
        };
        Some(usize::try_from(share + u128::from(goes_up)).unwrap_or(usize::MAX))
    }

    /// How the quota stands when these grades are given among `all` members.
    #[must_use]
    pub fn check(&self, all: usize, grades: &[Grade]) -> QuotaState {
        let allowed = self.allowed(all, grades.len());
        let given = grades.iter().filter(|grade| **grade == Grade::Excellent).count();
        QuotaState {
            allowed,
            given,
            over: allowed.map_or(0, |allowed| given.saturating_sub(allowed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn third(base: QuotaBase, rounding: Rounding) -> Quota {
        Quota {
            part: 1,
            whole: 3,
            base,
            rounding,
        }
    }

    #[test]
    fn a_third_of_25_is_8_unless_it_is_rounded_up() {
        for (rounding, of_25, of_26) in [
            (Rounding::Down, 8, 8),
            (Rounding::HalfUp, 8, 9),
            (Rounding::Up, 9, 9),
        ] {
            let quota = third(QuotaBase::AllMembers, rounding);
            assert_eq!(quota.allowed(25, 0), Some(of_25));
            assert_eq!(quota.allowed(26, 0), Some(of_26));
        }
    }

    #[test]
    fn a_third_of_24_is_8_however_it_is_rounded() {
        for rounding in [Rounding::Down, Rounding::HalfUp, Rounding::Up] {
            assert_eq!(third(QuotaBase::AllMembers, rounding).allowed(24, 0), Some(8));
        }
    }

    #[test]
    fn the_base_says_of_whom_the_share_is_taken() {
        assert_eq!(
            third(QuotaBase::AllMembers, Rounding::Down).allowed(30, 24),
            Some(10)
        );
        assert_eq!(
            third(QuotaBase::RatedMembers, Rounding::Down).allowed(30, 24),
            Some(8)
        );
    }

    #[test]
    fn of_nobody_no_share_can_be_taken() {
        assert_eq!(third(QuotaBase::AllMembers, Rounding::Up).allowed(0, 5), None);
        assert_eq!(third(QuotaBase::RatedMembers, Rounding::Up).allowed(5, 0), None);
        let of_nothing = Quota {
            whole: 0,
            ..third(QuotaBase::AllMembers, Rounding::Up)
        };
        assert_eq!(of_nothing.allowed(5, 5), None);
        assert_eq!(
            third(QuotaBase::RatedMembers, Rounding::Down).check(5, &[]),
            QuotaState {
                allowed: None,
                given: 0,
                over: 0
            }
        );
        let enormous = Quota {
            part: u32::MAX,
            whole: 1,
            ..third(QuotaBase::AllMembers, Rounding::Up)
        };
        assert_eq!(enormous.allowed(usize::MAX, 0), Some(usize::MAX));
    }

    #[test]
    fn who_is_excellent_beyond_the_quota_is_counted() {
        let quota = third(QuotaBase::RatedMembers, Rounding::Down);
        let grades = [
            Grade::Excellent,
            Grade::Excellent,
            Grade::Qualified,
            Grade::BasicallyQualified,
        ];
        let state = |allowed, given, over| QuotaState {
            allowed: Some(allowed),
            given,
            over,
        };
        assert_eq!(quota.check(9, &grades), state(1, 2, 1));
        assert_eq!(quota.check(9, &grades[1..]), state(1, 1, 0));
    }
}
