//! What is added and taken off beside the scores: deductions, bonuses and vetoes.

use serde::{Deserialize, Serialize};

use super::{Grade, Hundredths};

/// Whether an event costs marks or brings them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// 扣分.
    Deduction,
    /// 加分.
    Bonus,
}

/// What each event of one sort costs or brings.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// By which events name it; formed like an indicator's.
    pub id: String,
    /// Whether it costs or brings marks.
    pub kind: AdjustmentKind,
    /// How it reads.
    pub text: String,
    /// The marks for one event, without a sign.
    pub each: Hundredths,
    /// The most that all events of this sort make together, if there is such a bound.
    #[serde(default)]
    pub cap: Option<Hundredths>,
}

impl Adjustment {
    /// The marks for so many events, without a sign.
    pub(super) fn amount(&self, count: u64) -> Hundredths {
        let factor = i64::try_from(count).unwrap_or(i64::MAX);
        let all = Hundredths(self.each.0.max(0).saturating_mul(factor));
        self.cap.map_or(all, |cap| all.min(cap.max(Hundredths::ZERO)))
    }
}

/// Something that shuts out the better grades, whatever the total (一票否决). The total stays.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Veto {
    /// By which it is named; formed like an indicator's.
    pub id: String,
    /// How it reads.
    pub text: String,
    /// The best grade that is still suggested.
    pub best: Grade,
}
