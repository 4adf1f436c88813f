//! Which devices hold a ledger, at `/api/ledgers/{id}/devices`.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, DeviceId};
use crate::time::Timestamp;

/// A device that holds a ledger, as it said when it was last in contact about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The device.
    pub device: DeviceId,
    /// Who was signed in there.
    pub account: AccountId,
    /// That person's name, if the relay knows the account.
    pub name: Option<String>,
    /// When it was last in contact, by the relay's clock.
    pub at: Timestamp,
    /// The last entry of the log that it had then.
    pub seq: u64,
    /// How many changes without a receipt it held then.
    pub pending: u32,
}

impl Holder {
    /// Whether it may hold something that a log which ends there lacks, or lack something of it.
    #[must_use]
    pub const fn is_behind(&self, seq: u64) -> bool {
        self.pending > 0 || self.seq < seq
    }
}
