//! Taking acts out of the document: after a refusal, or when the relay holds one back for a person.
//!
//! Every change depends on the one before, so what came after a refused change cannot go to the relay as it is. The
//! document is built anew from the log; whatever does not depend on what was taken out stays as it is, and every other
//! pending act is performed again, in order, with its own id and time, under a fresh actor.

use super::fates::is_silent;
use super::machine::{Client, empty_save};
use super::replica::{Following, Replica, Stage};
use super::{ClientConfig, Effect, Kept, KeptAct, Save, Status};
use crate::id::{ActId, ActorId, Chain, ChangeHash, LedgerId};
use crate::ledger::act::ActProblem;
use crate::ledger::document::Document;
use crate::ledger::key::LedgerKey;
use crate::ledger::undo::Undo;
use std::collections::{BTreeMap, HashMap, HashSet};

impl Client {
    /// Takes the acts of these changes out, with what the relay said of them.
    pub(super) fn take_out(&mut self, ledger: LedgerId, out: &[(ChangeHash, Status)]) -> Vec<Effect> {
        let actor = self.fresh_actor();
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let (mut acts, mut drop_acts) = (Vec::new(), Vec::new());
        let lost = |hash: &ChangeHash| out.iter().any(|(other, _)| other == hash);
        let drop_orphans: Vec<ChangeHash> = replica
            .orphans
            .iter()
            .map(|entry| entry.hash)
            .filter(|hash| lost(hash))
            .collect();
        replica.orphans.retain(|entry| !lost(&entry.hash));
        for (hash, status) in out {
            let Some(number) = replica.act_of(hash) else {
                continue;
            };
            let Some(kept) = replica.acts.get_mut(&number) else {
                continue;
            };
            for made in &kept.changes {
                replica.changes.remove(&made.hash);
            }
            kept.status = status.clone();
            if !matches!(status, Status::Held) {
                kept.changes.clear();
            }
            if is_silent(status) {
                drop_acts.push(kept.act.id);
                replica.acts.remove(&number);
            } else {
                acts.push(kept.clone());
            }
        }
        if acts.is_empty() && drop_acts.is_empty() && drop_orphans.is_empty() {
            return Vec::new();
        }
        let again = replica.rebuild(&self.config, actor);
        acts.extend(again.changed);
        drop_acts.extend(again.done);
        let save = self.save(Save {
            acts,
            drop_acts,
            drop_orphans,
            ..empty_save(ledger)
        });
        vec![save, Effect::Changed(ledger)]
    }

    /// Performs what waited for a held act once that is in the log, or gone.
    pub(super) fn resume_waiting(&mut self, ledger: LedgerId) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let holds = replica.acts.values().any(|kept| kept.status == Status::Held);
        let waits = replica
            .acts
            .values()
            .any(|kept| kept.status == Status::WaitsForHeld);
        if holds || !waits {
            return Vec::new();
        }
        for kept in replica
            .acts
            .values_mut()
            .filter(|kept| kept.status == Status::WaitsForHeld)
        {
            kept.status = Status::Pending;
        }
        let actor = self.fresh_actor();
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let again = replica.rebuild(&self.config, actor);
        self.save_acts(ledger, again.changed, &again.done)
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
    /// Opens a ledger from what the device holds. Also gives the acts of this tab that had to be performed again.
    pub(super) fn open(
        id: LedgerId,
        key: LedgerKey,
        kept: Kept,
        config: &ClientConfig,
        actor: ActorId,
    ) -> (Self, Again) {
        let mut replica = Self {
            id,
            key,
            document: Document::new(id, key.kind.schema(), config.account, actor),
            chain: kept
                .entries
                .iter()
                .fold(Chain::START, |chain, entry| chain.then(&entry.hash)),
            in_log: kept.entries.iter().map(|entry| entry.hash).collect(),
            entries: kept.entries,
            orphans: kept.orphans,
            offered: None,
            acts: BTreeMap::new(),
            changes: HashMap::new(),
            following: Following::Not,
            relay_last: 0,
            undo: Undo::default(),
            forgotten: false,
        };
        for mut act in kept.acts {
            // Two tabs may have given one number: both keep their place, one after the other.
            while replica.acts.contains_key(&act.number) {
                act.number += 1;
            }
            if act.tab == config.tab {
                let saved = act.changes.iter().map(|made| (made.hash, Stage::Saved));
                replica.changes.extend(saved);
            }
            replica.acts.insert(act.number, act);
        }
        let again = replica.rebuild(config, actor);
        (replica, again)
    }

    /// Builds the document anew from the log, then brings every pending act in: as it is where all it depends on is
    /// there, performed again if it is this tab's, left out if it is another's (which performs it again itself). Gives
    /// the acts of this tab that changed.
    pub(super) fn rebuild(&mut self, config: &ClientConfig, actor: ActorId) -> Again {
        self.document = Document::new(self.id, self.key.kind.schema(), config.account, actor);
        let log = self
            .entries
            .iter()
            .chain(&self.orphans)
            .map(|entry| (&entry.hash, entry.bytes.as_slice()));
        // What was applied once applies again; a log that is damaged nevertheless is fetched anew after divergence.
        self.document.receive(log).ok();
        let mut again = Again::default();
        let held: HashSet<_> = self
            .acts
            .values()
            .filter(|kept| kept.status == Status::Held)
            .flat_map(|kept| kept.act.deed.touches())
            .map(|cell| (cell.table, cell.row))
            .collect();
        let numbers: Vec<u64> = self.acts.keys().copied().collect();
        for number in numbers {
            let Some(mut kept) = self.acts.remove(&number) else {
                continue;
            };
            if kept.status == Status::Pending && !self.bring_in(&kept) && kept.tab == config.tab {
                let waits = kept
                    .act
                    .deed
                    .touches()
                    .into_iter()
                    .any(|cell| held.contains(&(cell.table, cell.row)));
                self.perform_again(&mut kept, waits);
                if kept.status == Status::Pending && kept.changes.is_empty() {
                    // Everything stands as the act wanted it.
                    again.done.push(kept.act.id);
                    continue;
                }
                again.changed.push(kept.clone());
            }
            self.acts.insert(number, kept);
        }
        again
    }

    /// Takes an act's changes in as they are, if all they depend on is there.
    pub(super) fn bring_in(&mut self, kept: &KeptAct) -> bool {
        for made in &kept.changes {
            if self.document.has(&made.hash) {
                continue;
            }
            let Ok(change) = crate::guard::decode(&made.bytes) else {
                return false;
            };
            if change.hash != made.hash || !change.dependencies.iter().all(|hash| self.document.has(hash)) {
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
        true
    }

    fn perform_again(&mut self, kept: &mut KeptAct, waits: bool) {
        for made in std::mem::take(&mut kept.changes) {
            self.changes.remove(&made.hash);
        }
        match self.document.perform(&kept.act) {
            Ok(performed) => {
                self.changes
                    .extend(performed.changes.iter().map(|made| (made.hash, Stage::Saving)));
                kept.changes = performed.changes;
            }
            Err(ActProblem::Nothing) => {}
            Err(_) => {
                kept.status = if waits {
                    Status::WaitsForHeld
                } else {
                    Status::NoLongerApplies
                }
            }
        }
    }

    /// The place of an act of this id among the acts.
    pub(super) fn drop_act(&mut self, id: ActId) -> Option<KeptAct> {
        let number = self.act_by_id(id)?;
        let kept = self.acts.remove(&number)?;
        for made in &kept.changes {
            self.changes.remove(&made.hash);
        }
        Some(kept)
    }
}
