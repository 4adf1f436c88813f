//! Civil dates as officers type them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::Weekday;
use unicode_normalization::UnicodeNormalization as _;

use super::{SHANGHAI, Timestamp, month};

/// A civil date in the enterprise's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(pub(super) time::Date);

/// Text that is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct DateError;

impl Date {
    /// The date of this year, month and day, if the calendar has it.
    #[must_use]
    pub fn new(year: i32, month_number: u8, day: u8) -> Option<Self> {
        time::Date::from_calendar_date(year, month(month_number)?, day)
            .ok()
            .map(Self)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, one to twelve.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// The day of the month, from one.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// The moment it begins in the enterprise's time zone.
    #[must_use]
    pub fn begins(self) -> Timestamp {
        let midnight = self.0.midnight().assume_offset(SHANGHAI);
        Timestamp(midnight.unix_timestamp().saturating_mul(1_000))
    }

    /// Whether it is a Saturday or a Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// The day after; none after the last day of the calendar.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.0.next_day().map(Self)
    }

    /// The same day so many months later, or the last day of that month if it is shorter; none beyond the calendar.
    #[must_use]
    pub fn months_later(self, months: u16) -> Option<Self> {
        let ahead = i32::from(self.month() - 1) + i32::from(months);
        let month_number = u8::try_from(ahead % 12).ok()? + 1;
        let year = self.year() + ahead / 12;
        (1..=self.day())
            .rev()
            .find_map(|day| Self::new(year, month_number, day))
    }

    /// Reads what a person typed: `20261123`, `2026.11.23`, `2026-11-23`, `2026/11/23`, `2026年11月23日`, or `11-23` and
    /// `11月23日` in the year of `today`; full-width forms as well.
    ///
    /// # Errors
    ///
    /// Fails when the text is none of these, or a day that the calendar does not have, or a year before 1900 or
    /// after 2199.
    pub fn parse(typed: &str, today: Self) -> Result<Self, DateError> {
        let text: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
        let parts: Vec<&str> = text
            .split(['-', '.', '/', '年', '月', '日'])
            .filter(|part| !part.is_empty())
            .collect();
        let number = |part: &str| part.parse::<u32>().map_err(|_| DateError);
        if parts
            .iter()
            .any(|part| !part.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return Err(DateError);
        }
        let (year, month, day) = match parts.as_slice() {
            [one] if one.len() == 8 => (number(&one[..4])?, number(&one[4..6])?, number(&one[6..])?),
            [year, month, day] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
            [month, day] if month.len() <= 2 => (
                u32::try_from(today.year()).map_err(|_| DateError)?,
                number(month)?,
                number(day)?,
            ),
            _ => return Err(DateError),
        };
        if !(1900..=2199).contains(&year) {
            return Err(DateError);
        }
        let small = |n: u32| u8::try_from(n).map_err(|_| DateError);
        Self::new(
            i32::try_from(year).map_err(|_| DateError)?,
            small(month)?,
            small(day)?,
        )
        .ok_or(DateError)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            u8::from(self.0.month()),
            self.0.day()
        )
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `yyyy-mm-dd`, the form in which dates are kept.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let date = Date::parse(text, Self(time::Date::MIN))?;
        if date.to_string() == text {
            Ok(date)
        } else {
            Err(DateError)
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, wanted: Option<&str>) {
        let today = Date::new(2026, 11, 23).unwrap();
        let read = Date::parse(typed, today).ok().map(|date| date.to_string());
        assert_eq!(read.as_deref(), wanted, "{typed}");
    }

    #[test]
    fn dates_are_read_in_every_form_officers_type() {
        for typed in [
            "20261123",
            "2026.11.23",
            "2026-11-23",
            "2026/11/23",
            "2026年11月23日",
            "11-23",
            "11月23日",
            "２０２６．１１．２３",
            " 2026-11-23 ",
        ] {
            check(typed, Some("2026-11-23"));
        }
        check("2026.1.5", Some("2026-01-05"));
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_refused() {
        for typed in [
            "",
            "2026-02-30",
            "20261323",
            "1899-01-01",
            "26-11-23",
            "即时",
            "2026-11",
            "-1-2",
        ] {
            if typed == "-1-2" {
                check(typed, Some("2026-01-02"));
            } else {
                check(typed, None);
            }
        }
    }

    #[test]
    fn the_day_after_crosses_months_and_leap_days() {
        let next = |text: &str| text.parse::<Date>().unwrap().next().unwrap().to_string();
        assert_eq!(next("2026-12-31"), "2027-01-01");
        assert_eq!(next("2026-02-28"), "2026-03-01");
        assert_eq!(next("2028-02-28"), "2028-02-29");
        assert_eq!(Date(time::Date::MAX).next(), None);
    }

    #[test]
    fn months_later_ends_with_a_shorter_month() {
        let later = |text: &str, months| {
            let date: Date = text.parse().unwrap();
            date.months_later(months).unwrap().to_string()
        };
        assert_eq!(later("2026-01-31", 1), "2026-02-28");
        assert_eq!(later("2026-11-30", 3), "2027-02-28");
        assert_eq!(later("2026-03-01", 12), "2027-03-01");
        assert_eq!(later("2026-12-15", 0), "2026-12-15");
        assert_eq!(Date(time::Date::MAX).months_later(1), None);
    }

    #[test]
    fn saturdays_and_sundays_are_the_weekend() {
        let weekend = |text: &str| text.parse::<Date>().unwrap().is_weekend();
        assert!(weekend("2026-11-21") && weekend("2026-11-22"));
        assert!(!weekend("2026-11-20") && !weekend("2026-11-23"));
    }
}
