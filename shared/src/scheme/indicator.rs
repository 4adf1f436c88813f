//! What is scored, and which scores it takes.

use serde::{Deserialize, Serialize};

use super::{Dimension, Hundredths};

/// One thing that raters score (指标).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// By which scores name it: 1 to 32 of `a`–`z`, `0`–`9`, `_` and `-`. It stays when the text is changed.
    pub id: String,
    /// What it belongs to.
    pub dimension: Dimension,
    /// How it reads.
    pub text: String,
    /// The most it can be given (分值); it is also how much it weighs.
    pub full_marks: Hundredths,
    /// The only scores it can be given; none when every score up to full marks will do.
    #[serde(default)]
    pub anchors: Option<Vec<Hundredths>>,
}

/// What is wrong with a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ScoreProblem {
    /// Less than nothing; it counts as nothing.
    #[error("a score is not below 0")]
    Negative,
    /// More than the indicator gives; it counts as full marks.
    #[error("at most {full_marks} marks")]
    AboveFullMarks {
        /// The most it gives.
        full_marks: Hundredths,
    },
    /// Between the scores that are allowed; it counts as it stands.
    #[error("not one of the scores that are allowed here")]
    NotAnAnchor,
    /// The scheme has no such indicator; it does not count.
    #[error("the scheme has no such indicator")]
    NoSuchIndicator,
}

impl Indicator {
    /// What is wrong with this score here, if anything is.
    #[must_use]
    pub fn problem_of(&self, score: Hundredths) -> Option<ScoreProblem> {
        let is_allowed = |anchors: &Vec<Hundredths>| anchors.contains(&score);
        if score < Hundredths::ZERO {
            Some(ScoreProblem::Negative)
        } else if score > self.full_marks {
            Some(ScoreProblem::AboveFullMarks {
                full_marks: self.full_marks,
            })
        } else if self.anchors.as_ref().is_none_or(is_allowed) {
            None
        } else {
            Some(ScoreProblem::NotAnAnchor)
        }
    }

    /// As how much this score counts: nothing at the least, full marks at the most.
    pub(super) fn counted(&self, score: Hundredths) -> Hundredths {
        score.max(Hundredths::ZERO).min(self.most())
    }

    /// Full marks; brought into range where a scheme is not sound, so that no sum of them overflows.
    pub(super) fn most(&self) -> Hundredths {
        self.full_marks.max(Hundredths::ZERO).min(Hundredths::MOST)
    }
}
