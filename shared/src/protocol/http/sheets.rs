//! 汇总: sheets worked out by the relay, and requests for details of an appraisal, at `/api/sheets`.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, UnitId};
use crate::time::Timestamp;

pub use crate::sheet::Sheet;

/// The body of `POST /api/sheets/request`: somebody above a branch wants to see details of its appraisal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskDetails {
    /// The branch.
    pub branch: UnitId,
    /// Why; never empty, at most [`crate::limit::REASON_CHARS`].
    pub reason: String,
}

/// One such request, as the branch's secretary sees it, and whoever made it. What is shown is up to the branch: the relay
/// shows nothing by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedDetails {
    /// Its number in the audit log.
    pub number: u64,
    /// The branch.
    pub branch: UnitId,
    /// The branch's name.
    pub unit: String,
    /// Who asked.
    pub account: AccountId,
    /// That person's name, if the relay knows the account.
    pub name: Option<String>,
    /// When, by the relay's clock.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}
