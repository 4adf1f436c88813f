//! What the state machine wants written down: in the log, and in the audit log.

use shared::id::{ChangeHash, LedgerId};
use shared::protocol::http::audit::Deed;
use shared::sync::relay::{LimitHit, Refusals};

use crate::clock;
use crate::storage::By;

/// Says in the log that a limit was hit.
pub(super) fn tell(hit: &LimitHit) {
    let LimitHit {
        limit,
        account,
        ledger,
        count,
    } = hit;
    tracing::warn!(?limit, %account, %ledger, count, "a limit was hit");
}

pub(super) fn by(refusals: &Refusals) -> By {
    By {
        at: clock::now(),
        account: Some(refusals.account),
        device: Some(refusals.device),
        grants: refusals.grants.clone(),
    }
}

pub(super) fn deed(refusals: &Refusals) -> Deed {
    let (ledger, count) = (refusals.ledger, refusals.count);
    match refusals.refusal {
        Some(why) => Deed::Refused { ledger, why, count },
        None => Deed::Held { ledger, count },
    }
}

/// What is written down of a record; nothing of one that voids nothing.
pub(super) fn voided(ledger: LedgerId, changes: &[ChangeHash]) -> Option<Deed> {
    Some(Deed::Voided {
        ledger,
        change: *changes.first()?,
        count: u32::try_from(changes.len()).unwrap_or(u32::MAX),
    })
}
