//! Putting together what waits of one ledger: the relay's items and the acts of this device.

use std::collections::BTreeMap;
use std::rc::Rc;

use shared::id::{AccountId, ActId, ActorId, ChangeHash, LedgerId, RowId};
use shared::ledger::cell::Cell;
use shared::ledger::document::Document;
use shared::ledger::proposal::{Proposal, Step};
use shared::ledger::snapshot::RowView;
use shared::protocol::http::inbox::HeldItem;
use shared::sync::client::{KeptAct, Replica, Status};
use shared::time::Timestamp;

use super::view::{InboxLedger, Kept, Mine, MyAct, MyState};
use crate::store::show::reason;
use crate::store::state::State;

impl State {
    /// What waits of this ledger; none if nothing does.
    pub(super) fn inbox_of(&mut self, id: LedgerId) -> Option<InboxLedger> {
        let me = self.me()?.account;
        let items = self.inbox.items.iter().filter(|item| item.ledger == id);
        let items: Vec<Rc<HeldItem>> = items.filter(|item| !self.has_entry(item)).cloned().collect();
        let replica = self.client.as_ref().and_then(|client| client.ledger(id));
        let acts: Vec<KeptAct> = replica
            .iter()
            .flat_map(|replica| waiting(replica))
            .cloned()
            .collect();
        let conflicts = replica.map_or(0, |replica| replica.snapshot().conflicts().len());
        let withdrawn: Vec<ChangeHash> = replica.iter().flat_map(|replica| replica.withheld()).collect();
        if items.is_empty() && acts.is_empty() && conflicts == 0 && withdrawn.is_empty() {
            return None;
        }
        let bytes = items.iter().map(|item| item.bytes.as_slice());
        let read = match (replica, items.first()) {
            (Some(replica), _) => replica.proposals(bytes),
            // Who may no longer read a ledger still sees what he wrote, without what stands there.
            (None, Some(item)) => {
                Document::new(id, item.key.kind.schema(), me, ActorId([0; 16])).proposals(bytes)
            }
            (None, None) => Vec::new(),
        };
        let mut kept: Vec<Kept> = items
            .into_iter()
            .zip(read)
            .map(|(item, read)| Kept {
                item,
                proposal: read.ok(),
            })
            .collect();
        kept.sort_by_key(made_at);
        let key = match (self.keys.get(&id), kept.first()) {
            (Some(key), _) => *key,
            (None, kept) => kept?.item.key,
        };
        let unit = match kept.first() {
            Some(kept) => kept.item.unit.as_str().into(),
            None => self.unit_name(&key),
        };
        Some(InboxLedger {
            id,
            key,
            unit,
            born: kept
                .iter()
                .filter_map(|kept| kept.proposal.as_ref())
                .flat_map(born)
                .collect(),
            conflicts,
            withdrawn,
            mine: mine(me, &kept, acts),
            review: kept.into_iter().filter(|kept| kept.item.yours).collect(),
            directory: self.roster_of(id),
            view: self.view(id),
        })
    }
}

/// The acts that are not in the ledger, oldest first.
fn waiting(replica: &Replica) -> impl Iterator<Item = &KeptAct> {
    let mut acts: Vec<&KeptAct> = replica.held().chain(replica.set_aside()).collect();
    acts.sort_by_key(|kept| kept.number);
    acts.into_iter()
}

/// When a change was made, by its device's clock; where it cannot be read, when it came.
fn made_at(kept: &Kept) -> Timestamp {
    let made = kept.proposal.as_ref().map(|proposal| proposal.at);
    made.unwrap_or(kept.item.received_at)
}

/// Joins one's own changes at the relay with the acts they came from, oldest first; acts of which the relay has not told
/// stand alone.
fn mine(me: AccountId, kept: &[Kept], acts: Vec<KeptAct>) -> Vec<Mine> {
    let mut told: Vec<ActId> = Vec::new();
    let mut mine = Vec::new();
    for kept in kept.iter().filter(|kept| kept.item.account == me) {
        let is_its = |act: &&KeptAct| act.changes.iter().any(|made| made.hash == kept.item.hash);
        let act = acts.iter().find(is_its);
        told.extend(act.map(|kept| kept.act.id));
        let at = act.map_or_else(|| made_at(kept), |kept| kept.act.at);
        let line = Mine {
            kept: Some(kept.clone()),
            act: act.cloned().map(my_act),
        };
        mine.push((at, line));
    }
    let untold = acts.into_iter().filter(|kept| !told.contains(&kept.act.id));
    mine.extend(untold.map(|kept| {
        let at = kept.act.at;
        let act = Some(my_act(kept));
        (at, Mine { kept: None, act })
    }));
    mine.sort_by_key(|(at, _)| *at);
    mine.into_iter().map(|(_, line)| line).collect()
}

fn my_act(kept: KeptAct) -> MyAct {
    let state = match &kept.status {
        Status::Held => MyState::Held,
        Status::WaitsForHeld => MyState::WaitsForHeld,
        Status::Pending | Status::Refused(_) | Status::NoLongerApplies => {
            MyState::SetAside(reason(&kept.status))
        }
    };
    MyAct { act: kept.act, state }
}

/// The rows a change would make.
fn born(proposal: &Proposal) -> impl Iterator<Item = (&'static str, Rc<RowView>)> {
    proposal.steps.iter().filter_map(|step| match step {
        Step::Make { table, row, cells } => Some((*table, Rc::new(row_of(*row, cells)))),
        _ => None,
    })
}

fn row_of(id: RowId, cells: &[(String, shared::ledger::cell::Value)]) -> RowView {
    let cell = |(key, value): &(String, shared::ledger::cell::Value)| {
        let value = value.clone();
        let in_conflict = false;
        (key.clone(), Cell { value, in_conflict })
    };
    RowView {
        id,
        order: String::new(),
        cells: cells.iter().map(cell).collect::<BTreeMap<_, _>>(),
        removal: None,
    }
}

#[cfg(test)]
mod tests;
