//! What is known about one member: the sheets handed in, and what happened in the year.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Hundredths, RaterClass};

/// One sheet as a rater handed it in: scores by the id of their indicator. What he left open is not in it.
pub type Sheet = BTreeMap<String, Hundredths>;

/// What one member's total is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The sheets of each class, in any order.
    #[serde(default)]
    pub sheets: BTreeMap<RaterClass, Vec<Sheet>>,
    /// What happened that costs or brings marks, in any order; several of one sort are added up.
    #[serde(default)]
    pub events: Vec<Occurrence>,
    /// The ids of the vetoes that hold.
    #[serde(default)]
    pub vetoes: Vec<String>,
    /// Whether the member is on probation (预备党员), and gets a total and no grade.
    #[serde(default)]
    pub probationary: bool,
}

/// That something happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Occurrence {
    /// The id of the deduction or bonus.
    pub adjustment: String,
    /// How many times.
    pub count: u32,
}
