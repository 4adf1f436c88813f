//! An appraisal's scoring scheme (考核方案), as data, and the sums that come of it.
//!
//! No regulation gives the weights: an enterprise writes them down, and every device adds up by them alike. Nothing is
//! rounded until it is shown, and neither the order of sheets nor that of events makes a difference. What comes out is
//! a suggestion; a grade is a decision that people make.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

mod adjustment;
mod check;
mod difference;
mod dimension;
mod grade;
mod hundredths;
mod indicator;
mod marks;
mod outcome;
mod place;
mod problem;
mod quota;
mod rater;
mod ratio;
pub mod ready;
mod sheet;
mod total;

pub use adjustment::{Adjustment, AdjustmentKind, Veto};
pub use difference::{Difference, Part, differences};
pub use dimension::Dimension;
pub use grade::{Cutoffs, Grade};
pub use hundredths::Hundredths;
pub use indicator::{Indicator, ScoreProblem};
pub use marks::{Marks, Occurrence, Sheet};
pub use outcome::{Applied, ClassTotal, DimensionShare, Missing, OddScore, Outcome, Unknown};
pub use problem::SchemeProblem;
pub use quota::{Quota, QuotaBase, QuotaState, Rounding};
pub use rater::{Rater, RaterClass};
pub use ratio::{Ratio, RatioError};

/// By what an appraisal adds up: one version of one scheme.
///
/// The total is the base, and what the rater classes give (each the sum of its indicators' means, times its weight),
/// less deductions, plus bonuses, held between floor and ceiling. A scheme that only deducts has a base and no
/// indicators.
///
/// A part that this version of the program does not know is refused in reading: a rule left out would make another
/// total.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// What it is called.
    pub name: String,
    /// The marks everybody starts from.
    #[serde(default)]
    pub base: Hundredths,
    /// What raters score.
    pub indicators: Vec<Indicator>,
    /// Whether what a class gives is scaled so that full marks on all indicators make 100.
    #[serde(default)]
    pub normalise: bool,
    /// Who scores.
    pub raters: Vec<Rater>,
    /// What events cost or bring.
    pub adjustments: Vec<Adjustment>,
    /// The most that all deductions take off together, if there is such a bound.
    #[serde(default)]
    pub deduction_cap: Option<Hundredths>,
    /// The most that all bonuses bring together, if there is such a bound.
    #[serde(default)]
    pub bonus_cap: Option<Hundredths>,
    /// The least total there is.
    pub floor: Hundredths,
    /// The greatest total there is.
    pub ceiling: Hundredths,
    /// Which total suggests which grade.
    pub cutoffs: Cutoffs,
    /// What shuts out the better grades.
    pub vetoes: Vec<Veto>,
    /// How many may be excellent.
    pub quota: Quota,
    /// Which dimensions decide between equal totals, one after the other; those still equal share a place.
    #[serde(default)]
    pub ties: Vec<Dimension>,
}

/// One of the amounts of marks that a scheme has once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// What everybody starts from.
    Base,
    /// The least total.
    Floor,
    /// The greatest total.
    Ceiling,
    /// The most that deductions take off.
    DeductionCap,
    /// The most that bonuses bring.
    BonusCap,
    /// The least total for this grade.
    Cutoff(Grade),
}

impl Scheme {
    /// The indicator of this id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// Full marks on all indicators of a dimension: how much it weighs.
    #[must_use]
    pub fn full_marks_of(&self, dimension: Dimension) -> Hundredths {
        let of_it = self
            .indicators
            .iter()
            .filter(|indicator| indicator.dimension == dimension);
        sum(of_it.map(Indicator::most))
    }

    /// Full marks on all indicators.
    #[must_use]
    pub fn full_marks(&self) -> Hundredths {
        sum(self.indicators.iter().map(Indicator::most))
    }

    /// What is wrong with this score of this indicator, if anything is.
    #[must_use]
    pub fn problem_of_score(&self, indicator: &str, score: Hundredths) -> Option<ScoreProblem> {
        self.indicator(indicator)
            .map_or(Some(ScoreProblem::NoSuchIndicator), |found| {
                found.problem_of(score)
            })
    }

    /// By which this version is named for ever: SHA-256 over it in CBOR, its parts in the order in which they are
    /// declared, as 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut bytes = Vec::new();
        ciborium::into_writer(self, &mut bytes)
            .expect("memory takes every byte, and every part of a scheme has a form");
        let digest = Sha256::new()
            .chain_update(b"taizhang scheme 1\0")
            .chain_update(bytes)
            .finalize();
        hex::encode(digest)
    }

    /// Every amount that it has once; none for a bound that it does not set.
    fn amounts(&self) -> [(Amount, Option<Hundredths>); 8] {
        [
            (Amount::Base, Some(self.base)),
            (Amount::Floor, Some(self.floor)),
            (Amount::Ceiling, Some(self.ceiling)),
            (Amount::DeductionCap, self.deduction_cap),
            (Amount::BonusCap, self.bonus_cap),
            (Amount::Cutoff(Grade::Excellent), Some(self.cutoffs.excellent)),
            (Amount::Cutoff(Grade::Qualified), Some(self.cutoffs.qualified)),
            (
                Amount::Cutoff(Grade::BasicallyQualified),
                Some(self.cutoffs.basically_qualified),
            ),
        ]
    }
}

/// All of them together.
fn sum(amounts: impl Iterator<Item = Hundredths>) -> Hundredths {
    Hundredths(amounts.fold(0, |sum: i64, amount| sum.saturating_add(amount.0)))
}

#[cfg(test)]
mod tests;
