//! What keeps a scheme from being used.

use serde::{Deserialize, Serialize};

use super::{Amount, Dimension, Hundredths, RaterClass};

/// What is wrong with a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SchemeProblem {
    /// It has no name.
    #[error("the scheme has no name")]
    NoName,
    /// Nobody starts from anything, and nothing is scored.
    #[error("there is neither a base nor an indicator")]
    NothingToScore,
    /// An id that is not 1 to 32 of `a`–`z`, `0`–`9`, `_` and `-`.
    #[error("an id is 1 to 32 of a-z, 0-9, _ and -: {id}")]
    MalformedId {
        /// What stands there.
        id: String,
    },
    /// Two of the indicators, deductions, bonuses and vetoes have the same id.
    #[error("{id} is there twice")]
    IdTwice {
        /// The id.
        id: String,
    },
    /// An indicator, deduction, bonus or veto says nothing.
    #[error("{id} has no text")]
    NoText {
        /// Which.
        id: String,
    },
    /// Full marks are nothing, or less, or more than [`Hundredths::MOST`].
    #[error(
        "{id}: full marks are above 0 and at most {}, not {full_marks}",
        Hundredths::MOST
    )]
    FullMarks {
        /// Which indicator.
        id: String,
        /// Its full marks.
        full_marks: Hundredths,
    },
    /// An indicator allows only certain scores, and there are none.
    #[error("{id} allows no score at all")]
    NoAnchors {
        /// Which indicator.
        id: String,
    },
    /// A score that is allowed is below nothing or above full marks.
    #[error("{id}: {anchor} is not between 0 and full marks")]
    AnchorOutside {
        /// Which indicator.
        id: String,
        /// The score.
        anchor: Hundredths,
    },
    /// An event costs or brings nothing, or less, or more than [`Hundredths::MOST`].
    #[error("{id}: each is above 0 and at most {}, not {each}", Hundredths::MOST)]
    Each {
        /// Which deduction or bonus.
        id: String,
        /// The marks for one event.
        each: Hundredths,
    },
    /// The bound of a sort of event is less than one event.
    #[error("{id}: the most is {cap}, less than one event")]
    CapBelowEach {
        /// Which deduction or bonus.
        id: String,
        /// The bound.
        cap: Hundredths,
    },
    /// There is something to score and the weights of the classes that count do not make the whole.
    #[error("the weights of those who count make {sum_bp} basis points, not 10000")]
    WeightSum {
        /// What they make, in basis points.
        sum_bp: u64,
    },
    /// There is somebody to score, and nothing to be scored.
    #[error("there are raters and no indicator")]
    NothingForRaters,
    /// A class of raters is there twice.
    #[error("{} is there twice", class.code())]
    RaterTwice {
        /// Which.
        class: RaterClass,
    },
    /// A class counts and weighs nothing.
    #[error("{} counts, but weighs nothing", class.code())]
    NoWeight {
        /// Which.
        class: RaterClass,
    },
    /// Sheets are to be left out of a class that has one only.
    #[error("{} has one sheet, of which none can be left out", class.code())]
    TrimWithoutEffect {
        /// Which.
        class: RaterClass,
    },
    /// An amount is less than nothing or more than [`Hundredths::MOST`].
    #[error("not between 0 and {}: {value}", Hundredths::MOST)]
    OutOfRange {
        /// Which amount.
        amount: Amount,
        /// What it is.
        value: Hundredths,
    },
    /// No total lies between floor and ceiling.
    #[error("the ceiling, {ceiling}, is not above the floor, {floor}")]
    CeilingNotAboveFloor {
        /// The least total.
        floor: Hundredths,
        /// The greatest total.
        ceiling: Hundredths,
    },
    /// A better grade does not need more than a worse one.
    #[error("the totals for the grades do not go down from one to the next")]
    CutoffsNotDescending,
    /// Nobody can ever get the best grade.
    #[error("excellent begins at {cutoff}, and the most there is is {most}")]
    ExcellentOutOfReach {
        /// Where the best grade begins.
        cutoff: Hundredths,
        /// The greatest total that can be reached.
        most: Hundredths,
    },
    /// A veto leaves every grade open.
    #[error("{id} shuts out no grade")]
    VetoWithoutEffect {
        /// Which veto.
        id: String,
    },
    /// The quota is a share of nothing.
    #[error("the quota is a share of nothing")]
    QuotaOfNothing,
    /// The quota is more than everybody.
    #[error("the quota, {part}/{whole}, is more than everybody")]
    QuotaAboveAll {
        /// So many …
        part: u32,
        /// … of so many.
        whole: u32,
    },
    /// A dimension is to decide twice between equal totals.
    #[error("{} decides twice between equal totals", dimension.code())]
    TieTwice {
        /// Which.
        dimension: Dimension,
    },
}
