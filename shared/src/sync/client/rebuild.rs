//! Building a document anew, and performing acts again on what their author had seen.

use std::borrow::Cow;
use std::collections::HashSet;

use super::past::{Known, Past, dependencies};
use super::replica::{Replica, Stage};
use super::{ClientConfig, KeptAct, Status};
use crate::guard;
use crate::id::{ActId, ActorId, ChangeHash, RowId};
use crate::ledger::act::{Act, ActProblem, Deed};
use crate::ledger::cell::CellRef;
use crate::ledger::document::{Document, Performed};
use crate::sync::dice::Dice;

/// What building a document anew did to the acts of this tab.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// Acts performed again, or set aside.
    pub(super) changed: Vec<KeptAct>,
    /// Acts that have nothing left to do.
    pub(super) done: Vec<ActId>,
}

/// What becomes of an act when the document is built anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// It is not in the document.
    NotPending,
    /// Its changes are in.
    AsItIs,
    /// It waits: another tab has to perform it again first, or the log is not here yet.
    LeftOut,
    /// It is performed again.
    Again,
}

/// What there was before a document is built anew.
struct Ground {
    before: Document,
    /// Whether all the relay has told of is here.
    is_whole: bool,
}

impl Replica {
    /// Builds the document anew from the log, then brings every pending act in: as it is where all it depends on is
    /// there, performed again if it is this tab's, left out if it is another's (which performs it again itself) or
    /// comes after such. Gives the acts of this tab that changed.
    pub(super) fn rebuild(&mut self, config: &ClientConfig, dice: &mut Dice) -> Again {
        let (id, schema) = (self.id, self.key.kind.schema());
        let fresh = |actor| Document::new(id, schema, config.account, ActorId(actor));
        let ground = Ground {
            is_whole: self.has_caught_up(),
            before: std::mem::replace(&mut self.document, fresh(dice.bytes())),
        };
        let (actor, mut past) = (dice.bytes(), None);
        let (entries, orphans) = (
            std::mem::take(&mut self.entries),
            std::mem::take(&mut self.orphans),
        );
        let log = || entries.iter().chain(&orphans).filter(|entry| entry.is_change());
        // What was applied once applies again; a log that is damaged nevertheless is fetched anew after divergence.
        self.document
            .receive(log().map(|entry| (&entry.hash, entry.bytes.as_slice())))
            .ok();
        let mut known = Known::default();
        known.add_log(log());
        let mut again = Again::default();
        let mut waiting = self.rows_of_held();
        self.left_out = false;
        for (place, mut kept) in std::mem::take(&mut self.acts) {
            let turn = match self.turn_of(&kept, config, &ground) {
                Turn::Again if self.left_out => Turn::LeftOut,
                turn => turn,
            };
            match turn {
                Turn::NotPending => {}
                Turn::AsItIs => {
                    for made in &kept.changes {
                        known.add(made.hash, config.account, Cow::Owned(made.bytes.clone()));
                    }
                }
                Turn::LeftOut => self.left_out = true,
                Turn::Again => {
                    let past = past.get_or_insert_with(|| Past {
                        document: fresh(actor),
                    });
                    past.sees_what(&kept, &known, &ground.before);
                    let mut performed = past.document.perform(&kept.act);
                    if performed.is_err() {
                        // What it builds on may have reached the log in another way: carried, or taken in.
                        past.sees_own(config.account, &known, &ground.before);
                        performed = past.document.perform(&kept.act);
                    }
                    if let Some(deed) = self.performed_again(&mut kept, performed, &mut waiting) {
                        let aside = aside(&kept, ActId(dice.uuid(kept.act.at)), deed);
                        again.changed.push(aside.clone());
                        self.acts.insert((aside.number, aside.act.id), aside);
                    }
                    if kept.status == Status::Pending && kept.changes.is_empty() {
                        // Everything stands as the act wanted it.
                        again.done.push(kept.act.id);
                        self.ended.insert(kept.act.id);
                        continue;
                    }
                    again.changed.push(kept.clone());
                }
            }
            self.acts.insert(place, kept);
        }
        (self.entries, self.orphans) = (entries, orphans);
        for kept in self.acts.values().filter(|kept| kept.status != Status::Pending) {
            self.undo.forget(kept.act.id);
        }
        again
    }

    /// What is to become of an act, once those before it have had their turn. What can be brought in is.
    fn turn_of(&mut self, kept: &KeptAct, config: &ClientConfig, ground: &Ground) -> Turn {
        if kept.status != Status::Pending {
            return Turn::NotPending;
        }
        if self.bring_in(kept) {
            return Turn::AsItIs;
        }
        // A tab that took over what a dead one left may have less of the log than that one had.
        let known = |hash: &ChangeHash| self.document.has(hash) || ground.before.has(hash);
        let mut builds_on = kept.changes.iter().flat_map(|made| dependencies(&made.bytes));
        let may_come = !ground.is_whole && !builds_on.all(|hash| known(&hash));
        if kept.tab != config.tab || may_come {
            Turn::LeftOut
        } else {
            Turn::Again
        }
    }

    /// Takes an act's changes in as they are, if all they depend on is there.
    pub(super) fn bring_in(&mut self, kept: &KeptAct) -> bool {
        for made in &kept.changes {
            if self.document.has(&made.hash) {
                continue;
            }
            let is_grounded = dependencies(&made.bytes)
                .iter()
                .all(|hash| self.document.has(hash));
            if !is_grounded || guard::scan(&made.bytes) != Ok(made.hash) {
                return false;
            }
            if self
                .document
                .receive([(&made.hash, made.bytes.as_slice())])
                .is_err()
            {
                return false;
            }
        }
        !kept.changes.is_empty()
    }

    /// Brings in what could not be brought in before. Whether an act of this tab has to be performed again for that.
    pub(super) fn bring_in_late(&mut self, tab: crate::id::TabId) -> bool {
        if !self.left_out {
            return false;
        }
        let acts = std::mem::take(&mut self.acts);
        let mut missing = acts
            .values()
            .filter(|kept| kept.status == Status::Pending && !self.bring_in(kept));
        let first = missing.next().map(|kept| kept.tab);
        // The others are tried as well: `filter` has to reach them.
        missing.for_each(drop);
        self.acts = acts;
        self.left_out = first.is_some();
        first == Some(tab)
    }

    /// Takes in what performing an act again gave. Also gives what of it could not be done, because the cells are in
    /// conflict, which they were not when it was done first.
    fn performed_again(
        &mut self,
        kept: &mut KeptAct,
        performed: Result<Performed, ActProblem>,
        waiting: &mut HashSet<(String, Option<RowId>)>,
    ) -> Option<Deed> {
        for made in &kept.changes {
            self.changes.remove(&made.hash);
        }
        match performed {
            Ok(Performed { changes, skipped }) => {
                // It applied to what was seen of the ledger, so it applies to the ledger.
                self.document
                    .receive(changes.iter().map(|made| (&made.hash, made.bytes.as_slice())))
                    .ok();
                self.changes
                    .extend(changes.iter().map(|made| (made.hash, Stage::Saving)));
                kept.changes = changes;
                take_cells(&mut kept.act.deed, &skipped)
            }
            Err(ActProblem::Nothing) => {
                kept.changes.clear();
                None
            }
            Err(_) => {
                let touched = rows_of(&kept.act.deed);
                if touched.iter().any(|row| waiting.contains(row)) {
                    // Its changes are kept: once what they build on is in the log they may go as they are.
                    kept.status = Status::WaitsForHeld;
                    waiting.extend(touched);
                } else {
                    kept.status = Status::NoLongerApplies;
                    kept.changes.clear();
                }
                None
            }
        }
    }

    /// The rows that held acts touch, and those that wait with them.
    fn rows_of_held(&self) -> HashSet<(String, Option<RowId>)> {
        let held = self
            .acts
            .values()
            .filter(|kept| matches!(kept.status, Status::Held | Status::WaitsForHeld));
        held.flat_map(|kept| rows_of(&kept.act.deed)).collect()
    }

    /// Takes an act away.
    pub(super) fn drop_act(&mut self, id: ActId) -> Option<KeptAct> {
        let place = self.act_by_id(id)?;
        let kept = self.acts.remove(&place)?;
        for made in &kept.changes {
            self.changes.remove(&made.hash);
        }
        Some(kept)
    }
}

fn rows_of(deed: &Deed) -> Vec<(String, Option<RowId>)> {
    deed.touches()
        .into_iter()
        .map(|cell| (cell.table, cell.row))
        .collect()
}

/// Takes these cells out of a deed; what was taken out as a deed of its own.
pub(super) fn take_cells(deed: &mut Deed, out: &[CellRef]) -> Option<Deed> {
    let Deed::Enter { by, cells, .. } = deed else {
        return None;
    };
    let (gone, left) = std::mem::take(cells)
        .into_iter()
        .partition(|(cell, _)| out.contains(cell));
    *cells = left;
    let gone: Vec<_> = gone;
    (!gone.is_empty()).then(|| Deed::Enter {
        by: *by,
        rows: Vec::new(),
        cells: gone,
    })
}

/// A part of an act, set aside under an id of its own.
fn aside(kept: &KeptAct, id: ActId, deed: Deed) -> KeptAct {
    let act = Act {
        id,
        at: kept.act.at,
        deed,
    };
    KeptAct {
        act,
        number: kept.number,
        tab: kept.tab,
        changes: Vec::new(),
        status: Status::NoLongerApplies,
    }
}
