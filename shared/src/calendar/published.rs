//! The years whose arrangement the State Council has published.

use std::collections::BTreeSet;

use super::{Calendar, Calendars};
use crate::time::Date;

/// A month and a day of it.
type Day = (u8, u8);

/// One year of a notice: the first and last day of every span off, and the make-up workdays.
struct Notice {
    year: u16,
    off: &'static [(Day, Day)],
    worked: &'static [Day],
}

const NOTICES: [Notice; 2] = [
    // 国办发明电〔2024〕12号, 2024-11-12.
    Notice {
        year: 2025,
        off: &[
            ((1, 1), (1, 1)),
            ((1, 28), (2, 4)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((5, 31), (6, 2)),
            ((10, 1), (10, 8)),
        ],
        worked: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    // 国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04.
    Notice {
        year: 2026,
        off: &[
            ((1, 1), (1, 3)),
            ((2, 15), (2, 23)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((6, 19), (6, 21)),
            ((9, 25), (9, 27)),
            ((10, 1), (10, 7)),
        ],
        worked: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
];

impl Calendars {
    /// The published years, by the notices of the General Office of the State Council: 2025 (国办发明电〔2024〕12号,
    /// 2024-11-12) and 2026 (国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04).
    #[must_use]
    pub fn published() -> Self {
        Self::new(NOTICES.iter().map(Notice::calendar)).expect("a test reads every notice")
    }
}

impl Notice {
    fn calendar(&self) -> Calendar {
        let date = |&(month, day): &Day| {
            Date::new(i32::from(self.year), month, day).expect("a notice names days of the calendar")
        };
        let mut holidays = BTreeSet::new();
        for (first, last) in self.off {
            let last = date(last);
            let mut day = Some(date(first));
            while let Some(off) = day.filter(|&day| day <= last) {
                holidays.insert(off);
                day = off.next();
            }
        }
        Calendar {
            year: self.year,
            holidays,
            workdays: self.worked.iter().map(date).collect(),
        }
    }
}
