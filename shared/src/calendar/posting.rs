//! 公示期: from when until when something hangs on the board.

use serde::{Deserialize, Serialize};

use super::{Calendars, NoCalendar};
use crate::time::Date;

/// The days of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Posting {
    /// The day it goes up.
    pub from: Date,
    /// The last day it hangs.
    pub until: Date,
}

impl Posting {
    /// Whether it hangs on this day.
    #[must_use]
    pub fn hangs_on(self, date: Date) -> bool {
        self.from <= date && date <= self.until
    }
}

impl Calendars {
    /// The last day of a posting of so many working days that goes up on `from`. That day itself is not counted: it
    /// has only part of a day. How many days a posting takes is the enterprise's to say; five are customary.
    ///
    /// # Errors
    ///
    /// Fails when the posting runs into a year that has no calendar.
    pub fn posting_until(&self, from: Date, working_days: u32) -> Result<Date, NoCalendar> {
        self.add_working_days(from, working_days)
    }

    /// The posting of so many working days that goes up on `from`, counted as in [`Self::posting_until`].
    ///
    /// # Errors
    ///
    /// Fails when the posting runs into a year that has no calendar.
    pub fn posting(&self, from: Date, working_days: u32) -> Result<Posting, NoCalendar> {
        let until = self.posting_until(from, working_days)?;
        Ok(Posting { from, until })
    }
}
