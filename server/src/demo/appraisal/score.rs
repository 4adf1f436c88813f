//! What a member is worth to his raters, as scores in hundredths of a mark.

use shared::scheme::Scheme;

use crate::demo::people::Member;
use crate::demo::seed::Choices;

/// One class of raters, and how it scores.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rating {
    /// The first day of November on which it is entered.
    pub(super) day: u32,
    /// Of how many members of a hundred it is there where an appraisal has only begun.
    pub(super) begun_percent: usize,
    /// How much kinder it is than the branch, in hundredths of full marks.
    kinder: i64,
    /// It scores in steps of so many hundredths of a mark.
    step: i64,
    /// The sheets for each member; with none there is one without a name.
    sheets: usize,
}

impl Rating {
    pub(super) const OWN: Self = Self {
        day: 2,
        begun_percent: 92,
        kinder: 5,
        step: 50,
        sheets: 0,
    };
    pub(super) const BRANCH: Self = Self {
        day: 12,
        begun_percent: 40,
        kinder: 0,
        step: 50,
        sheets: 0,
    };

    /// What members say of each other.
    pub(super) fn peers(sheets: usize) -> Self {
        Self {
            day: 5,
            begun_percent: 68,
            kinder: 2,
            // A mean of several has odd hundredths.
            step: if sheets == 0 { 5 } else { 50 },
            sheets,
        }
    }
}

/// A member, with the scheme he is appraised by and how good he is.
pub(super) struct Marks<'a> {
    pub(super) member: &'a Member,
    scheme: &'a Scheme,
    /// In hundredths of full marks.
    pub(super) worth: i64,
}

impl<'a> Marks<'a> {
    pub(super) fn of(member: &'a Member, scheme: &'a Scheme, choices: &mut Choices) -> Self {
        // Most lie in the middle.
        let worth = 80 + i64::from(choices.below(9)) + i64::from(choices.below(9));
        Self {
            member,
            scheme,
            worth,
        }
    }

    /// The cells of a rating: keys of the matrix, and scores.
    pub(super) fn cells(&self, rating: Rating, choices: &mut Choices) -> Vec<(String, i64)> {
        let mut cells = Vec::new();
        for indicator in &self.scheme.indicators {
            let key = format!("{}/{}", self.member.id, indicator.id);
            let full = indicator.full_marks.0;
            let mut scored = || {
                let percent = self.worth + rating.kinder + i64::from(choices.below(11)) - 5;
                let steps = (full * percent / 100 + rating.step / 2) / rating.step;
                (steps * rating.step).clamp(0, full)
            };
            match rating.sheets {
                0 => cells.push((key, scored())),
                sheets => {
                    cells.extend((1..=sheets).map(|sheet| (format!("{key}/sheet-{sheet}"), scored())));
                }
            }
        }
        cells
    }
}
