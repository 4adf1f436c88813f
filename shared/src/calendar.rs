//! Working days: what the State Council's yearly notice makes of the weeks of a year.
//!
//! A day is a working day by its own year's [`Calendar`] alone. Where none is known, the answer is [`NoCalendar`] with
//! the year's number, never a guess: the notice for a year appears in the November before.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::time::Date;

mod posting;
mod published;
#[cfg(test)]
mod tests;

pub use posting::Posting;

/// The days of one year on which the week is not as usual.
///
/// A day off at the end of December that the notice for the next year grants stands in the calendar of its own year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The year.
    pub year: u16,
    /// 放假: the days off by the notice, those on a weekend included.
    pub holidays: BTreeSet<Date>,
    /// 调休上班: the days of a weekend that are worked to make up for a day off.
    pub workdays: BTreeSet<Date>,
}

/// What is wrong with a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    /// A date that is not in the calendar's year.
    #[error("{date} is in another year")]
    AnotherYear {
        /// The date.
        date: Date,
    },
    /// A make-up workday that is worked anyway.
    #[error("{date} makes up for nothing: it is not on a weekend")]
    MakeUpOnWeekday {
        /// The date.
        date: Date,
    },
    /// A date that is a holiday and a make-up workday.
    #[error("{date} is both off and worked")]
    OffAndWorked {
        /// The date.
        date: Date,
    },
}

impl Calendar {
    /// What is wrong with it, in the order of the dates; nothing for a calendar that may be used.
    #[must_use]
    pub fn problems(&self) -> Vec<CalendarProblem> {
        let mut problems = Vec::new();
        for &date in self.holidays.union(&self.workdays) {
            let made_up = self.workdays.contains(&date);
            if date.year() != i32::from(self.year) {
                problems.push(CalendarProblem::AnotherYear { date });
            }
            if made_up && !date.is_weekend() {
                problems.push(CalendarProblem::MakeUpOnWeekday { date });
            }
            if made_up && self.holidays.contains(&date) {
                problems.push(CalendarProblem::OffAndWorked { date });
            }
        }
        problems
    }

    /// Whether `date`, a day of this year, is worked.
    fn is_worked(&self, date: Date) -> bool {
        self.workdays.contains(&date) || (!date.is_weekend() && !self.holidays.contains(&date))
    }
}

/// The calendars of several years, each without a problem and none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Calendar>", into = "Vec<Calendar>")]
pub struct Calendars(BTreeMap<i32, Calendar>);

/// Why some calendars cannot be used together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarsError {
    /// Two calendars of the same year.
    #[error("two calendars for {year}")]
    Twice {
        /// The year.
        year: u16,
    },
    /// A calendar with a problem.
    #[error("calendar of {year}: {problem}")]
    Unsound {
        /// The calendar's year.
        year: u16,
        /// The first of its problems.
        problem: CalendarProblem,
    },
}

/// A day that no known calendar is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("no calendar for {year}")]
pub struct NoCalendar {
    /// The year whose calendar is missing.
    pub year: i32,
}

impl Calendars {
    /// The calendars of these years.
    ///
    /// # Errors
    ///
    /// Fails when one has a problem or two are of the same year.
    pub fn new(calendars: impl IntoIterator<Item = Calendar>) -> Result<Self, CalendarsError> {
        let mut years = BTreeMap::new();
        for calendar in calendars {
            let year = calendar.year;
            if let Some(&problem) = calendar.problems().first() {
                return Err(CalendarsError::Unsound { year, problem });
            }
            if years.insert(i32::from(year), calendar).is_some() {
                return Err(CalendarsError::Twice { year });
            }
        }
        Ok(Self(years))
    }

    /// The calendar of each known year, the earliest first.
    pub fn iter(&self) -> impl Iterator<Item = &Calendar> {
        self.0.values()
    }

    /// Whether `date` is a working day.
    ///
    /// # Errors
    ///
    /// Fails when the year of `date` has no calendar.
    pub fn is_working_day(&self, date: Date) -> Result<bool, NoCalendar> {
        let year = date.year();
        let calendar = self.0.get(&year).ok_or(NoCalendar { year })?;
        Ok(calendar.is_worked(date))
    }

    /// The `count`-th working day after `from`, which is not counted itself; `from` when `count` is nought.
    ///
    /// # Errors
    ///
    /// Fails when the days run into a year that has no calendar.
    pub fn add_working_days(&self, from: Date, count: u32) -> Result<Date, NoCalendar> {
        let mut date = from;
        let mut left = count;
        while left > 0 {
            date = day_after(date)?;
            left -= u32::from(self.is_working_day(date)?);
        }
        Ok(date)
    }

    /// How many working days there are after `from` up to and including `until`; none when `until` is not after `from`.
    /// For every count, it undoes [`Self::add_working_days`].
    ///
    /// # Errors
    ///
    /// Fails when one of these days is in a year that has no calendar.
    pub fn working_days_between(&self, from: Date, until: Date) -> Result<u32, NoCalendar> {
        let mut date = from;
        let mut count = 0;
        while date < until {
            date = day_after(date)?;
            count += u32::from(self.is_working_day(date)?);
        }
        Ok(count)
    }
}

impl TryFrom<Vec<Calendar>> for Calendars {
    type Error = CalendarsError;

    fn try_from(calendars: Vec<Calendar>) -> Result<Self, CalendarsError> {
        Self::new(calendars)
    }
}

impl From<Calendars> for Vec<Calendar> {
    fn from(calendars: Calendars) -> Self {
        calendars.0.into_values().collect()
    }
}

fn day_after(date: Date) -> Result<Date, NoCalendar> {
    date.next().ok_or(NoCalendar {
        year: date.year() + 1,
    })
}
