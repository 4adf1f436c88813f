//! What the state machine wants written down: in the log, and in the audit log.

use std::sync::Arc;

use shared::id::{ChangeHash, LedgerId};
use shared::protocol::http::audit::Deed;
use shared::sync::relay::{LimitHit, Refusals};

use crate::clock;
use crate::storage::{Amendment, By, Storage};

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

/// Writes down what was refused or held.
pub(super) fn refused(storage: &Arc<dyn Storage>, refusals: &[Refusals]) {
    let deeds = refusals.iter().map(|refusals| (by(refusals), deed(refusals)));
    write_down(storage, deeds.collect());
}

/// Writes down what one record voids, and says so in the log.
pub(super) fn voided(storage: &Arc<dyn Storage>, ledger: LedgerId, changes: &[ChangeHash]) {
    let Some(change) = changes.first().copied() else {
        return;
    };
    let count = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    tracing::error!(%ledger, count, "changes that ruin a ledger are voided");
    let deed = Deed::Voided {
        ledger,
        change,
        count,
    };
    write_down(storage, vec![(By::relay(clock::now()), deed)]);
}

fn write_down(storage: &Arc<dyn Storage>, deeds: Vec<(By, Deed)>) {
    let storage = Arc::clone(storage);
    tokio::task::spawn_blocking(move || {
        for (by, deed) in deeds {
            if let Err(problem) = storage.amend(&by, &Amendment::Note(deed)) {
                tracing::error!(%problem, "what was refused or voided was not written down");
            }
        }
    });
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
