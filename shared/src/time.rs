//! Moments and civil dates. Which moment it is now, the caller says.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::{Month, OffsetDateTime, UtcOffset};

mod date;

pub use date::{Date, DateError};

/// A moment: milliseconds since 1970-01-01 00:00 UTC, by the clock of whoever took it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// The offset of Asia/Shanghai, the default time zone of an enterprise; it has had no summer time since 1991.
pub const SHANGHAI: UtcOffset = match UtcOffset::from_hms(8, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// The ends of the calendar.
const FIRST: OffsetDateTime = time::macros::datetime!(0001-01-01 0:00 UTC);
const LAST: OffsetDateTime = time::macros::datetime!(9999-12-31 23:59 UTC);

impl Timestamp {
    /// The moment `wait` later.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// How long ago `earlier` was; zero if it has yet to come.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The civil date of the moment in the enterprise's time zone.
    #[must_use]
    pub fn date(self) -> Date {
        Date(self.civil().date())
    }

    /// `yyyy-mm-dd hh:mm` in the enterprise's time zone.
    #[must_use]
    pub fn minute(self) -> String {
        let at = self.civil();
        format!("{} {:02}:{:02}", Date(at.date()), at.hour(), at.minute())
    }

    /// `hh:mm` in the enterprise's time zone.
    #[must_use]
    pub fn clock(self) -> String {
        let at = self.civil();
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    fn civil(self) -> OffsetDateTime {
        // Beyond the years of the calendar the nearest end is shown: a device's clock can say anything.
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|at| at.checked_to_offset(SHANGHAI))
            .unwrap_or(if self.0 < 0 { FIRST } else { LAST })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.minute())
    }
}

/// The month of this number, one to twelve.
fn month(number: u8) -> Option<Month> {
    Month::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_in_the_enterprises_time_zone() {
        // 2026-11-23 06:08 UTC
        let at = Timestamp(1_795_414_080_000);
        assert_eq!(at.minute(), "2026-11-23 14:08");
        assert_eq!(at.date().to_string(), "2026-11-23");
    }

    #[test]
    fn an_absurd_clock_is_shown_and_does_no_harm() {
        assert_eq!(Timestamp(i64::MAX).clock().len(), 5);
        assert_eq!(Timestamp(i64::MIN).clock().len(), 5);
        assert_eq!(Timestamp(5).since(Timestamp(9)), Duration::ZERO);
    }
}
