//! Taking back one's own acts: per person and session, never what somebody else did.

use std::collections::BTreeMap;

use super::act::{Deed, Entry};
use super::cell::{CellRef, Value};
use super::snapshot::Snapshot;
use crate::id::{ActId, RowId};

/// What this session did and took back, newest last.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// One act in a form that can be taken back and done again.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    act: ActId,
    /// Cells with the values before and after.
    cells: Vec<(CellRef, Value, Value)>,
    /// Rows that the act made or restored.
    appeared: Vec<Appeared>,
    /// Rows that the act removed, with the reason.
    vanished: Vec<(String, RowId, String)>,
}

/// A row that an act made or restored, and how it stood then.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Appeared {
    table: String,
    row: RowId,
    cells: BTreeMap<String, Value>,
    /// Why it had been removed before it was restored.
    why: String,
}

/// What has to be performed to take an act back, or to do it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// The deeds, in order; all of them belong to one act of the person.
    pub deeds: Vec<Deed>,
    /// Cells in which something else stands than this session left there: performing would overwrite it.
    pub changed_since: Vec<CellRef>,
}

impl Undo {
    /// Remembers a deed that is performed as this act, given the ledger before it. What could be redone is forgotten.
    pub fn remember(&mut self, act: ActId, before: &Snapshot, deed: &Deed, skipped: &[CellRef]) {
        let step = step(act, before, deed, skipped);
        if step.cells.is_empty() && step.appeared.is_empty() && step.vanished.is_empty() {
            return;
        }
        self.done.push(step);
        self.undone.clear();
    }

    /// Forgets an act that has not come into the ledger: there is nothing of it to take back.
    pub fn forget(&mut self, act: ActId) {
        self.done.retain(|step| step.act != act);
        self.undone.retain(|step| step.act != act);
    }

    /// What taking back the last act would take; none when there is nothing to take back.
    #[must_use]
    pub fn undo(&self, now: &Snapshot) -> Option<Reversal> {
        let step = self.done.last()?;
        let cells = step
            .cells
            .iter()
            .map(|(cell, before, after)| (cell, after, before));
        let vanish = step
            .appeared
            .iter()
            .map(|row| (row.table.as_str(), row.row, row.why.as_str()))
            .collect();
        let appear = step
            .vanished
            .iter()
            .map(|(table, row, _)| (table.as_str(), *row))
            .collect();
        let mut reversal = reversal(now, Entry::Undone, cells, appear, vanish);
        let others = step.appeared.iter().flat_map(|row| row.changed_since(now));
        reversal.changed_since.extend(others);
        Some(reversal)
    }

    /// What doing the last undone act again would take.
    #[must_use]
    pub fn redo(&self, now: &Snapshot) -> Option<Reversal> {
        let step = self.undone.last()?;
        let cells = step
            .cells
            .iter()
            .map(|(cell, before, after)| (cell, before, after));
        let vanish = step
            .vanished
            .iter()
            .map(|(table, row, why)| (table.as_str(), *row, why.as_str()))
            .collect();
        let appear = step
            .appeared
            .iter()
            .map(|row| (row.table.as_str(), row.row))
            .collect();
        Some(reversal(now, Entry::Redone, cells, appear, vanish))
    }

    /// Says that [`Self::undo`] was performed.
    pub fn undid(&mut self) {
        self.undone.extend(self.done.pop());
    }

    /// Says that [`Self::redo`] was performed.
    pub fn redid(&mut self) {
        self.done.extend(self.undone.pop());
    }
}

impl Appeared {
    /// Cells of the row in which something else stands than when it appeared: taking it away would hide them.
    fn changed_since(&self, now: &Snapshot) -> Vec<CellRef> {
        let table = now.table(&self.table);
        let Some(row) = table.row(self.row) else {
            return Vec::new();
        };
        let stands = |key: &String| row.cells.get(key).map(|cell| (&cell.value, cell.in_conflict));
        let is_nothing = |value: &Value| matches!(value, Value::Empty | Value::Flag(false));
        let keys = row
            .cells
            .keys()
            .chain(self.cells.keys().filter(|key| stands(key).is_none()));
        let changed = keys.filter(|key| match (stands(key), self.cells.get(*key)) {
            (Some((_, true)), _) => true,
            (Some((now, false)), Some(then)) => now != then,
            (Some((only, false)), None) | (None, Some(only)) => !is_nothing(only),
            (None, None) => false,
        });
        changed
            .map(|key| CellRef::new(&self.table, self.row, key))
            .collect()
    }
}

fn step(act: ActId, before: &Snapshot, deed: &Deed, skipped: &[CellRef]) -> Step {
    let value = |cell: &CellRef| {
        let there = before.cell(cell).map(|cell| cell.value.clone());
        // Whoever is not in a set is out of it: the cell of an element knows no emptiness.
        let is_element = cell.row.is_some() && cell.key.contains('/');
        let unwritten = if is_element {
            Value::Flag(false)
        } else {
            Value::Empty
        };
        there.unwrap_or(unwritten)
    };
    let mut step = Step {
        act,
        cells: Vec::new(),
        appeared: Vec::new(),
        vanished: Vec::new(),
    };
    match deed {
        Deed::Enter { rows, cells, .. } => {
            let made = rows.iter().map(|row| Appeared {
                table: row.table.clone(),
                row: row.id,
                cells: row.cells.iter().cloned().collect(),
                why: String::new(),
            });
            step.appeared = made.collect();
            let written = cells.iter().filter(|(cell, _)| !skipped.contains(cell));
            step.cells = written
                .map(|(cell, after)| (cell.clone(), value(cell), after.clone()))
                .filter(|(_, before, after)| before != after)
                .collect();
        }
        Deed::Remove { table, rows, why } => {
            step.vanished = rows
                .iter()
                .map(|row| (table.clone(), *row, why.clone()))
                .collect();
        }
        Deed::Restore { table, rows } => {
            let view = before.table(table);
            let restored = rows.iter().map(|row| {
                let there = view.row(*row);
                let cells = there.into_iter().flat_map(|there| &there.cells);
                Appeared {
                    table: table.clone(),
                    row: *row,
                    cells: cells
                        .map(|(key, cell)| (key.clone(), cell.value.clone()))
                        .collect(),
                    why: there
                        .and_then(|there| there.removal.as_ref())
                        .map_or_else(String::new, |removal| removal.why.clone()),
                }
            });
            step.appeared = restored.collect();
        }
        // A decision is withdrawn by another decision, not by undoing.
        Deed::Decide { .. } => {}
        // Two values cannot stand side by side again: taking a settling back brings the one that was shown.
        Deed::Settle {
            cell, value: after, ..
        } => step.cells = vec![(cell.clone(), value(cell), after.clone())],
    }
    step
}

/// `cells` are (place, what this session left there, what is to stand there).
fn reversal<'a>(
    now: &Snapshot,
    by: Entry,
    cells: impl Iterator<Item = (&'a CellRef, &'a Value, &'a Value)>,
    appear: Vec<(&str, RowId)>,
    vanish: Vec<(&str, RowId, &str)>,
) -> Reversal {
    let mut deeds = Vec::new();
    let mut changed_since = Vec::new();
    for (table, row) in appear {
        deeds.push(Deed::Restore {
            table: table.to_owned(),
            rows: vec![row],
        });
    }
    let mut written = Vec::new();
    for (cell, left, wanted) in cells {
        let stands = now.cell(cell).cloned().unwrap_or_default();
        if stands.in_conflict || stands.value != *left {
            changed_since.push(cell.clone());
        }
        written.push((cell.clone(), wanted.clone()));
    }
    if !written.is_empty() {
        deeds.push(Deed::Enter {
            by,
            rows: Vec::new(),
            cells: written,
        });
    }
    for (table, row, why) in vanish {
        deeds.push(Deed::Remove {
            table: table.to_owned(),
            rows: vec![row],
            why: why.to_owned(),
        });
    }
    Reversal {
        deeds: joined(deeds),
        changed_since,
    }
}

/// Joins neighbouring removals and restorings of one table.
fn joined(deeds: Vec<Deed>) -> Vec<Deed> {
    let mut joined: Vec<Deed> = Vec::new();
    for deed in deeds {
        match (joined.last_mut(), deed) {
            (
                Some(Deed::Restore { table, rows }),
                Deed::Restore {
                    table: other,
                    rows: more,
                },
            ) if *table == other => {
                rows.extend(more);
            }
            (
                Some(Deed::Remove { table, rows, why }),
                Deed::Remove {
                    table: other,
                    rows: more,
                    why: reason,
                },
            ) if *table == other && *why == reason => {
                rows.extend(more);
            }
            (_, deed) => joined.push(deed),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
