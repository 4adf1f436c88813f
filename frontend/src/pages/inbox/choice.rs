//! What goes together when somebody decides: a change with what it builds on, or with what builds on it.

use shared::access::Status;
use shared::id::ChangeHash;
use shared::ledger::proposal::{Proposal, with_dependents, with_ground};
use shared::sync::relay::Standing;

use super::words;
use crate::grid::lookup::Lookup;
use crate::store::inbox::view::{InboxLedger, Kept};

/// How many changes are named one by one.
const NAMED: usize = 6;

/// Whether the change is still to be seen among those to decide about: undecided, or taken in and not in the log yet.
pub(super) fn is_open(kept: &Kept) -> bool {
    standing(kept) != Standing::TurnedDown
}

/// Whether nothing was decided about it yet.
pub(super) fn awaits(kept: &Kept) -> bool {
    standing(kept) == Standing::Waiting
}

/// Whether it builds on something that was turned down, or voided: then it can never go in.
pub(super) fn has_lost_its_ground(ledger: &InboxLedger, hash: &ChangeHash) -> bool {
    let down = ledger
        .review
        .iter()
        .filter(|kept| standing(kept) == Standing::TurnedDown);
    let down = down.map(|kept| kept.item.hash);
    let down: Vec<ChangeHash> = down.chain(ledger.withdrawn.iter().copied()).collect();
    let all: Vec<&Proposal> = ledger
        .review
        .iter()
        .filter_map(|kept| kept.proposal.as_ref())
        .collect();
    !down.contains(hash) && with_dependents(&all, &down).contains(hash)
}

/// Everything that is decided with these, in the order of arrival.
pub(super) fn whole(ledger: &InboxLedger, standing: Standing, chosen: &[ChangeHash]) -> Vec<ChangeHash> {
    let waiting = || ledger.review.iter().filter(|kept| awaits(kept));
    let all: Vec<&Proposal> = waiting().filter_map(|kept| kept.proposal.as_ref()).collect();
    let with = match standing {
        Standing::TurnedDown => with_dependents(&all, chosen),
        Standing::TakenIn | Standing::Waiting => with_ground(&all, chosen),
    };
    let hashes = waiting().map(|kept| kept.item.hash);
    // What cannot be read builds on nothing that is known.
    hashes
        .filter(|hash| with.contains(hash) || chosen.contains(hash))
        .collect()
}

/// Some changes by what they would do.
pub(super) fn names(ledger: &InboxLedger, lookup: &Lookup, these: &[ChangeHash]) -> String {
    let kept = ledger
        .review
        .iter()
        .filter(|kept| these.contains(&kept.item.hash));
    let names = kept.take(NAMED).map(|kept| {
        let steps = words::steps(lookup, kept.proposal.as_ref());
        steps
            .first()
            .map(|step| format!("{} {}", step.place, step.proposed))
            .unwrap_or_default()
    });
    let mut names: Vec<String> = names.collect();
    if these.len() > NAMED {
        names.push("…".to_owned());
    }
    names.join("；")
}

/// Whether the ledger is closed, as far as the relay has told.
pub(super) fn is_closed(ledger: &InboxLedger) -> bool {
    ledger
        .review
        .iter()
        .any(|kept| kept.item.status == Status::Closed)
}

fn standing(kept: &Kept) -> Standing {
    kept.item
        .decision
        .as_ref()
        .map_or(Standing::Waiting, |decision| decision.standing)
}

#[cfg(test)]
mod tests;
