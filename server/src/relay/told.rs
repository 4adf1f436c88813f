//! What the state machine wants written down: in the log, and in the audit log.

use shared::id::{ChangeHash, LedgerId};
use shared::protocol::http::audit::Deed;
use shared::sync::relay::{LimitHit, Refusals};

use crate::clock;
use crate::storage::By;

/// Says in the log that a limit was hit.
pub(super) fn limit(hit: &LimitHit) {
    let LimitHit {
        limit,
        account,
        ledger,
        count,
    } = hit;
    tracing::warn!(?limit, %account, %ledger, count, "a limit was hit");
}

/// What the audit log says of what was refused or held.
pub(super) fn refused(refusals: &[Refusals]) -> Vec<(By, Deed)> {
    let said = refusals.iter().map(|refusals| (by(refusals), deed(refusals)));
    said.collect()
}

/// What the audit log says of what one record voids; the log is told at once.
pub(super) fn voided(ledger: LedgerId, changes: &[ChangeHash]) -> Vec<(By, Deed)> {
    let Some(change) = changes.first().copied() else {
        return Vec::new();
    };
    let count = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    tracing::error!(%ledger, count, "changes that ruin a ledger are voided");
    let deed = Deed::Voided {
        ledger,
        change,
        count,
    };
    vec![(By::relay(clock::now()), deed)]
}

fn by(refusals: &Refusals) -> By {
    By {
        at: clock::now(),
        account: Some(refusals.account),
        device: Some(refusals.device),
        grants: refusals.grants.clone(),
    }
}

fn deed(refusals: &Refusals) -> Deed {
    let (ledger, count) = (refusals.ledger, refusals.count);
    match refusals.refusal {
        Some(why) => Deed::Refused { ledger, why, count },
        None => Deed::Held { ledger, count },
    }
}
