//! Taking acts out of the document: after a refusal, or when the relay holds one back for a person.
//!
//! Every change depends on the one before, so what came after a refused change cannot go to the relay as it is. The
//! document is built anew from the log; whatever does not depend on what was taken out stays as it is, and every other
//! pending act is performed again, in order, with its own id and time, under a fresh actor.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::disk::Gone;
use super::fates::is_silent;
use super::machine::{Client, empty_save};
use super::past::{Known, Past, dependencies};
use super::replica::{Following, Place, Replica, Stage};
use super::{ClientConfig, Effect, Kept, KeptAct, Save, Status};
use crate::guard;
use crate::id::{ActId, ActorId, Chain, ChangeHash, LedgerId, RowId};
use crate::ledger::act::{Act, ActProblem, Deed};
use crate::ledger::cell::CellRef;
use crate::ledger::document::{Document, Performed};
use crate::ledger::key::LedgerKey;
use crate::ledger::undo::Undo;
use crate::protocol::Entry;
use crate::sync::dice::Dice;

impl Client {
    /// Takes the acts of these changes out, with what the relay said of them.
    pub(super) fn take_out(&mut self, ledger: LedgerId, out: &[(ChangeHash, Status)]) -> Vec<Effect> {
        let Self {
            ledgers,
            config,
            dice,
            ..
        } = self;
        let Some(replica) = ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let (mut acts, mut drop_acts, mut releases) = (Vec::new(), Vec::new(), false);
        let lost = |hash: &ChangeHash| out.iter().any(|(other, _)| other == hash);
        let drop_orphans: Vec<ChangeHash> = replica
            .orphans
            .iter()
            .map(|entry| entry.hash)
            .filter(|hash| lost(hash))
            .collect();
        replica.orphans.retain(|entry| !lost(&entry.hash));
        for (hash, status) in out {
            let Some(place) = replica.act_of(hash) else {
                continue;
            };
            let Some(kept) = replica.acts.get_mut(&place) else {
                continue;
            };
            for made in &kept.changes {
                replica.changes.remove(&made.hash);
            }
            if kept.status == *status {
                // Asked after, and still so.
                continue;
            }
            releases |= kept.status == Status::Held;
            kept.status = status.clone();
            if !matches!(status, Status::Held) {
                kept.changes.clear();
            }
            if is_silent(status) {
                drop_acts.push(kept.act.id);
                replica.ended.insert(kept.act.id);
                replica.acts.remove(&place);
            } else {
                acts.push(kept.clone());
            }
        }
        if acts.is_empty() && drop_acts.is_empty() && drop_orphans.is_empty() {
            return Vec::new();
        }
        let again = replica.rebuild(config, dice);
        acts.extend(again.changed);
        drop_acts.extend(again.done);
        let save = Save {
            acts,
            drop_acts,
            drop_orphans,
            ..empty_save(ledger)
        };
        let mut effects = vec![Effect::Changed(ledger)];
        effects.extend(self.save(save, Gone::Dropped));
        if releases {
            effects.extend(self.resume_waiting(ledger));
        }
        effects
    }

    /// Performs what waited for a held act once that is in the log, or gone.
    pub(super) fn resume_waiting(&mut self, ledger: LedgerId) -> Vec<Effect> {
        let tab = self.config.tab;
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let mut waiting: Vec<&mut KeptAct> = replica
            .acts
            .values_mut()
            .filter(|kept| kept.status == Status::WaitsForHeld && kept.tab == tab)
            .collect();
        if waiting.is_empty() {
            return Vec::new();
        }
        for kept in &mut waiting {
            kept.status = Status::Pending;
            let saved = kept.changes.iter().map(|made| (made.hash, Stage::Saving));
            replica.changes.extend(saved);
        }
        let resumed: Vec<Place> = waiting.iter().map(|kept| (kept.number, kept.act.id)).collect();
        self.rebuild(ledger, &resumed)
    }

    /// Builds the document of a ledger anew, and writes the acts that changed thereby, and these.
    pub(super) fn rebuild(&mut self, ledger: LedgerId, written: &[Place]) -> Vec<Effect> {
        let Self {
            ledgers,
            config,
            dice,
            ..
        } = self;
        let Some(replica) = ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let mut again = replica.rebuild(config, dice);
        for place in written {
            let is_known = again.changed.iter().any(|kept| kept.act.id == place.1);
            again
                .changed
                .extend(replica.acts.get(place).filter(|_| !is_known).cloned());
        }
        let save = self.save_acts(ledger, again.changed, &again.done);
        save.into_iter().chain([Effect::Changed(ledger)]).collect()
    }
}

/// What building a document anew did to the acts of this tab.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// Acts performed again, or set aside.
    pub(super) changed: Vec<KeptAct>,
    /// Acts that have nothing left to do.
    pub(super) done: Vec<ActId>,
}

impl Replica {
    /// Opens a ledger from what the device holds. All acts are those of other tabs, alive or dead.
    pub(super) fn open(
        id: LedgerId,
        key: LedgerKey,
        kept: Kept,
        config: &ClientConfig,
        dice: &mut Dice,
    ) -> Self {
        let (entries, beyond) = readable(kept.entries);
        let in_log: HashSet<ChangeHash> = entries.iter().map(|entry| entry.hash).collect();
        let mut orphans = kept.orphans;
        orphans.extend(beyond);
        orphans.retain(|entry| !in_log.contains(&entry.hash) && guard::scan(&entry.bytes) == Ok(entry.hash));
        let mut replica = Self {
            id,
            key,
            document: Document::new(id, key.kind.schema(), config.account, ActorId(dice.bytes())),
            chain: entries
                .iter()
                .fold(Chain::START, |chain, entry| chain.then(&entry.hash)),
            in_log,
            entries,
            orphans,
            offered: None,
            acts: kept
                .acts
                .into_iter()
                .map(|kept| ((kept.number, kept.act.id), kept))
                .collect(),
            changes: HashMap::new(),
            following: Following::Not,
            relay_last: 0,
            undo: Undo::default(),
            forgotten: false,
            ended: HashSet::new(),
            left_out: false,
        };
        replica.rebuild(config, dice);
        replica
    }

    /// Builds the document anew from the log, then brings every pending act in: as it is where all it depends on is
    /// there, performed again if it is this tab's, left out if it is another's (which performs it again itself) or
    /// builds on such. Gives the acts of this tab that changed.
    pub(super) fn rebuild(&mut self, config: &ClientConfig, dice: &mut Dice) -> Again {
        let (id, schema) = (self.id, self.key.kind.schema());
        let mut fresh = || Document::new(id, schema, config.account, ActorId(dice.bytes()));
        let before = std::mem::replace(&mut self.document, fresh());
        let mut past = Past { document: fresh() };
        let (entries, orphans) = (
            std::mem::take(&mut self.entries),
            std::mem::take(&mut self.orphans),
        );
        let log = || entries.iter().chain(&orphans);
        // What was applied once applies again; a log that is damaged nevertheless is fetched anew after divergence.
        self.document
            .receive(log().map(|entry| (&entry.hash, entry.bytes.as_slice())))
            .ok();
        let mut known = Known::default();
        known.add_log(log());
        let mut again = Again::default();
        let mut waiting = self.rows_of_held();
        self.left_out = false;
        let mut others_are_missing = false;
        for (place, mut kept) in std::mem::take(&mut self.acts) {
            if kept.status != Status::Pending {
            } else if self.bring_in(&kept) {
                for made in &kept.changes {
                    known.add(made.hash, config.account, Cow::Owned(made.bytes.clone()));
                }
            } else if kept.tab != config.tab || others_are_missing {
                others_are_missing = true;
                self.left_out = true;
            } else {
                for made in &kept.changes {
                    self.changes.remove(&made.hash);
                    past.sees(dependencies(&made.bytes), &known, &before);
                }
                let mut performed = past.document.perform(&kept.act);
                if performed.is_err() {
                    // What it builds on may have reached the log in another way: carried, or taken in.
                    past.sees_own(config.account, &known, &before);
                    performed = past.document.perform(&kept.act);
                }
                let left = self.performed_again(&mut kept, performed, &mut waiting);
                if let Some(deed) = left {
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
            self.acts.insert(place, kept);
        }
        (self.entries, self.orphans) = (entries, orphans);
        again
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

/// Divides what was kept of a log into what can be read, from entry 1 without gaps, and what stands beyond.
fn readable(mut entries: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    entries.sort_by_key(|entry| entry.seq);
    let is_good =
        |(entry, seq): (&Entry, u64)| entry.seq == seq && guard::scan(&entry.bytes) == Ok(entry.hash);
    let good = entries
        .iter()
        .zip(1..)
        .take_while(|(entry, seq)| is_good((entry, *seq)))
        .count();
    let beyond = entries.split_off(good);
    (entries, beyond)
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
