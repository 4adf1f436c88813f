//! 待办: what is held or was refused, as its author and the officer in charge see it, at `/api/held`.

use serde::{Deserialize, Serialize};

use crate::access::{Hold, Status};
use crate::id::{AccountId, ChangeHash, DeviceId, LedgerId};
use crate::ledger::key::LedgerKey;
use crate::sync::relay::Standing;
use crate::time::Timestamp;

/// One change that the relay keeps for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldItem {
    /// In which ledger.
    pub ledger: LedgerId,
    /// Which ledger that is.
    pub key: LedgerKey,
    /// The name of its unit.
    pub unit: String,
    /// Whether it takes new work at present; taking something in opens it again.
    pub status: Status,
    /// The change.
    pub hash: ChangeHash,
    /// Whose it is.
    pub account: AccountId,
    /// The person's name, if the relay knows the account.
    pub name: Option<String>,
    /// From which device it came.
    pub device: DeviceId,
    /// Who brought it, when that was another (代传).
    pub carried_by: Option<AccountId>,
    /// That person's name, if the relay knows the account.
    pub carrier: Option<String>,
    /// When the relay received it.
    pub received_at: Timestamp,
    /// Why it is held.
    pub why: Hold,
    /// What was decided.
    pub decision: Option<Decision>,
    /// The name of who decided, if the relay knows the account.
    pub decider: Option<String>,
    /// The change itself, for whoever decides and for its author: a plain change chunk, in hexadecimal digits.
    #[serde(with = "hex")]
    pub bytes: Vec<u8>,
    /// Whether whoever asks decides about it.
    pub yours: bool,
}

/// What an officer has decided about a held change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What.
    pub standing: Standing,
    /// Who.
    pub by: AccountId,
    /// When, by the relay's clock.
    pub at: Timestamp,
    /// Why, in his words.
    pub reason: String,
}

/// The body of `POST /api/held`: a decision about some changes of one ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decide {
    /// The ledger.
    pub ledger: LedgerId,
    /// The changes, oldest first.
    pub changes: Vec<ChangeHash>,
    /// [`Standing::TakenIn`] or [`Standing::TurnedDown`].
    pub standing: Standing,
    /// Why; when they are turned down it is not empty.
    pub reason: String,
}
