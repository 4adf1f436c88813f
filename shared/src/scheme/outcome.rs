//! What comes out for one member, with everything a person needs to check it.

use serde::{Deserialize, Serialize};

use super::{AdjustmentKind, Dimension, Grade, Hundredths, RaterClass, Ratio, ScoreProblem};

/// One member's total, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What each class gives, in the scheme's order; nothing under a scheme without indicators.
    pub classes: Vec<ClassTotal>,
    /// The five dimensions over the classes in the total, weighted like it, before events; empty when no class is.
    pub by_dimension: Vec<DimensionShare>,
    /// What each sort of event costs or brings, in the scheme's order; sorts that did not happen are left out.
    pub applied: Vec<Applied>,
    /// What deductions take off together, without a sign.
    pub deductions: Hundredths,
    /// What bonuses bring together.
    pub bonuses: Hundredths,
    /// The total, rounded half-up at its very end; none when no class that counts scored every indicator.
    pub total: Option<Hundredths>,
    /// The grade that the total, as shown, suggests; none without a total and for a member on probation.
    pub suggested: Option<Grade>,
    /// The vetoes that hold, in the scheme's order.
    pub vetoed: Vec<String>,
    /// What was not scored, in the scheme's order.
    pub missing: Vec<Missing>,
    /// What the scheme does not know: kept, listed, not counted. In order, each once.
    pub unknown: Vec<Unknown>,
    /// Scores that cannot be as they stand, one for each cell, in order of class and indicator.
    pub odd: Vec<OddScore>,
}

/// What one class of raters gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassTotal {
    /// Which class.
    pub class: RaterClass,
    /// Its weight by the scheme, in basis points.
    pub weight_bp: u32,
    /// Whether the scheme takes it into the total.
    pub counts: bool,
    /// How many sheets its sum is made of: those with a score on them, less those trimmed.
    pub sheets: usize,
    /// How many sheets were left out as the highest and lowest.
    pub trimmed: usize,
    /// The sum of its indicators' means, in hundredths of a mark, exact; none while an indicator has no score: what is
    /// not scored is not nothing.
    pub sum: Option<Ratio>,
    /// How it sees each dimension that has indicators; a dimension with an indicator that has no score is left out.
    pub by_dimension: Vec<DimensionShare>,
}

impl ClassTotal {
    /// The sum as it is shown, rounded half-up.
    #[must_use]
    pub fn shown(&self) -> Option<Hundredths> {
        self.sum.map(Ratio::rounded)
    }

    /// Whether it is part of the total.
    #[must_use]
    pub fn is_in_total(&self) -> bool {
        self.counts && self.weight_bp > 0 && self.sum.is_some()
    }
}

/// How much of a dimension's full marks was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DimensionShare {
    /// Which dimension.
    pub dimension: Dimension,
    /// Its full marks.
    pub full_marks: Hundredths,
    /// What was reached of them, in hundredths of a percent, exact.
    pub reached: Ratio,
}

impl DimensionShare {
    /// What was reached as it is shown, in percent with two decimals, rounded half-up.
    #[must_use]
    pub fn shown(&self) -> Hundredths {
        self.reached.rounded()
    }
}

/// What one sort of event costs or brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The id of the deduction or bonus.
    pub adjustment: String,
    /// Whether it costs or brings marks.
    pub kind: AdjustmentKind,
    /// How many times it happened.
    pub count: u64,
    /// The marks, without a sign, within its own bound.
    pub amount: Hundredths,
}

/// Something that was not scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// No sheet of this class has a score on it.
    Class(RaterClass),
    /// Sheets of this class have scores, but none on this indicator: the class is not counted.
    Indicator {
        /// The class.
        class: RaterClass,
        /// The id of the indicator.
        indicator: String,
    },
}

/// Something that the scheme does not know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// Sheets of a class that the scheme does not ask.
    Class(RaterClass),
    /// Scores on an indicator that it does not have.
    Indicator(String),
    /// Events of a sort that it does not have.
    Adjustment(String),
    /// A veto that it does not have.
    Veto(String),
}

/// A score that cannot be as it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OddScore {
    /// Who gave it.
    pub class: RaterClass,
    /// On what.
    pub indicator: String,
    /// What stands there.
    pub score: Hundredths,
    /// What is wrong with it, and as what it counts.
    pub problem: ScoreProblem,
}
