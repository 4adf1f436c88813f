//! What the person does: performed at once on the document, then saved, then pushed.

use super::machine::Client;
use super::rebuild::take_cells;
use super::replica::{Replica, Stage};
use super::{Effect, KeptAct, Status};
use crate::id::{ActId, LedgerId, TabId};
use crate::ledger::act::{Act, ActProblem, Deed};
use crate::ledger::cell::CellRef;
use crate::ledger::undo::Reversal;
use crate::time::Timestamp;

/// What performing a deed did, and what the shell must do about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Performed {
    /// Cells left alone because they are in conflict.
    pub skipped: Vec<CellRef>,
    /// What the shell must do.
    pub effects: Vec<Effect>,
}

/// Why undoing stopped. Nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UndoProblem {
    /// There is nothing to take back.
    Nothing,
    /// Somebody has changed these cells since.
    ChangedSince(Vec<CellRef>),
    /// It cannot be performed.
    Act(ActProblem),
}

/// Whether undoing may go over what others wrote since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Only what nobody has changed since.
    Own,
    /// Whatever stands there now.
    Others,
}

impl Client {
    /// Performs a deed on an open ledger.
    ///
    /// # Errors
    ///
    /// Says why it does not apply; nothing was done.
    pub fn perform(&mut self, now: Timestamp, ledger: LedgerId, deed: Deed) -> Result<Performed, ActProblem> {
        let id = ActId(self.dice.uuid(now));
        let tab = self.config.tab;
        let replica = self
            .ledgers
            .get_mut(&ledger)
            .ok_or_else(|| ActProblem::NoTable(ledger.to_string()))?;
        let before = replica.snapshot();
        let (skipped, kept) = replica.perform(now, id, tab, deed.clone())?;
        if kept.is_some() {
            replica.undo.remember(id, &before, &deed, &skipped);
        }
        let effects = self.performed(now, ledger, kept.into_iter().collect());
        Ok(Performed { skipped, effects })
    }

    /// Takes back the last act of this session.
    ///
    /// # Errors
    ///
    /// Says why it does not.
    pub fn undo(&mut self, now: Timestamp, ledger: LedgerId, over: Over) -> Result<Performed, UndoProblem> {
        let reversal = self
            .ledgers
            .get(&ledger)
            .and_then(|replica| replica.undo.undo(&replica.snapshot()));
        let performed = self.reverse(now, ledger, over, reversal)?;
        self.ledgers
            .entry(ledger)
            .and_modify(|replica| replica.undo.undid());
        Ok(performed)
    }

    /// Does the act again that was taken back last.
    ///
    /// # Errors
    ///
    /// Says why it does not.
    pub fn redo(&mut self, now: Timestamp, ledger: LedgerId, over: Over) -> Result<Performed, UndoProblem> {
        let reversal = self
            .ledgers
            .get(&ledger)
            .and_then(|replica| replica.undo.redo(&replica.snapshot()));
        let performed = self.reverse(now, ledger, over, reversal)?;
        self.ledgers
            .entry(ledger)
            .and_modify(|replica| replica.undo.redid());
        Ok(performed)
    }

    fn reverse(
        &mut self,
        now: Timestamp,
        ledger: LedgerId,
        over: Over,
        reversal: Option<Reversal>,
    ) -> Result<Performed, UndoProblem> {
        let Reversal { deeds, changed_since } = reversal.ok_or(UndoProblem::Nothing)?;
        if over == Over::Own && !changed_since.is_empty() {
            return Err(UndoProblem::ChangedSince(changed_since));
        }
        let tab = self.config.tab;
        let mut all = Vec::new();
        let mut skipped = Vec::new();
        for deed in deeds {
            let id = ActId(self.dice.uuid(now));
            let replica = self.ledgers.get_mut(&ledger).ok_or(UndoProblem::Nothing)?;
            match replica.perform(now, id, tab, deed) {
                Ok((left, kept)) => {
                    skipped.extend(left);
                    all.extend(kept);
                }
                Err(problem) if all.is_empty() => return Err(UndoProblem::Act(problem)),
                // A part is done and stays done; what is in conflict waits for a person.
                Err(ActProblem::InConflict(cell)) => skipped.push(cell),
                Err(_) => {}
            }
        }
        let effects = self.performed(now, ledger, all);
        Ok(Performed { skipped, effects })
    }

    fn performed(&mut self, now: Timestamp, ledger: LedgerId, acts: Vec<KeptAct>) -> Vec<Effect> {
        let mut effects = vec![Effect::Changed(ledger)];
        effects.extend(self.save_acts(ledger, acts, &[]));
        let at = self.steady.read(now);
        effects.extend(self.push(at));
        effects
    }

    /// Drops an act that was set aside, once its author has seen it.
    pub fn dismiss(&mut self, ledger: LedgerId, act: ActId) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let aside = replica.set_aside().any(|kept| kept.act.id == act);
        if !aside {
            return Vec::new();
        }
        replica.acts.retain(|_, kept| kept.act.id != act);
        replica.ended.insert(act);
        let save = self.save_acts(ledger, Vec::new(), &[act]);
        let mut effects: Vec<Effect> = save.into_iter().chain([Effect::Changed(ledger)]).collect();
        effects.extend(self.leave_forgotten(ledger));
        effects
    }
}

impl Replica {
    /// Performs a deed as this act. No act to keep when everything was already as the deed wanted it.
    pub(super) fn perform(
        &mut self,
        now: Timestamp,
        id: ActId,
        tab: TabId,
        deed: Deed,
    ) -> Result<(Vec<CellRef>, Option<KeptAct>), ActProblem> {
        let mut act = Act { id, at: now, deed };
        let performed = self.document.perform(&act)?;
        // Were it performed again, it would do what it did and no more.
        take_cells(&mut act.deed, &performed.skipped);
        if performed.changes.is_empty() {
            return Ok((performed.skipped, None));
        }
        let number = self.next_number(now);
        let kept = KeptAct {
            act,
            number,
            tab,
            changes: performed.changes,
            status: Status::Pending,
        };
        self.changes
            .extend(kept.changes.iter().map(|made| (made.hash, Stage::Saving)));
        self.acts.insert((number, id), kept.clone());
        Ok((performed.skipped, Some(kept)))
    }
}
