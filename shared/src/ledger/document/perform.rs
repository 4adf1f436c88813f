//! Performing an act: checked as a whole first, then written as one change, or as several where a limit would be broken.

use std::collections::HashSet;

use automerge::transaction::CommitOptions;
use automerge::{PatchLog, ReadDoc};

use super::{Document, Made, WRITER, decide, read, trace};
use crate::id::{ChangeHash, RowId};
use crate::ledger::act::{Act, ActProblem, Deed, NewRow, OpRef};
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::decision::NewDecision;
use crate::ledger::schema::{ORDER, REMOVED, Shape, Table};
use crate::limit;
use crate::time::Timestamp;

mod parts;
mod write;

use parts::parts;
use write::{write_cell, write_row};

/// What performing an act gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Performed {
    /// The changes made, oldest first; none when everything was already as the act wanted it.
    pub changes: Vec<Made>,
    /// Cells left alone because they are in conflict: only settling writes to those.
    pub skipped: Vec<CellRef>,
}

/// One thing to write.
pub(super) enum Step {
    Row(NewRow),
    Cell(CellRef, Value),
    Decision(NewDecision),
}

impl Document {
    /// Performs an act. Nothing happens unless all of it can.
    ///
    /// # Errors
    ///
    /// Says why the act does not apply to the ledger as it is.
    pub fn perform(&mut self, act: &Act) -> Result<Performed, ActProblem> {
        let needed = self.min_writer();
        if needed > WRITER {
            return Err(ActProblem::NeedsNewerApp { needed });
        }
        let (steps, skipped) = self.plan(act.at, &act.deed)?;
        let mut changes = Vec::new();
        for part in parts(steps) {
            changes.extend(self.write(act, part));
        }
        Ok(Performed { changes, skipped })
    }

    /// Checks the deed against the ledger and lists what is to be written.
    fn plan(&self, at: Timestamp, deed: &Deed) -> Result<(Vec<Step>, Vec<CellRef>), ActProblem> {
        match deed {
            Deed::Enter { rows, cells, .. } => self.plan_entry(rows, cells),
            Deed::Remove { table, rows, why } => {
                let reason = if why.trim().is_empty() {
                    read::NO_REASON.to_owned()
                } else {
                    why.trim().to_owned()
                };
                Ok((self.plan_rows(table, rows, &Value::Text(reason))?, Vec::new()))
            }
            Deed::Restore { table, rows } => Ok((self.plan_rows(table, rows, &Value::Empty)?, Vec::new())),
            Deed::Settle { cell, value, seen } => {
                self.check_cell(cell, value, &HashSet::new())?;
                let mut now = self.operations(cell);
                now.sort_unstable();
                let mut seen = seen.clone();
                seen.sort_unstable();
                if now != seen || now.is_empty() {
                    return Err(ActProblem::SeenOtherwise(cell.clone()));
                }
                Ok((vec![Step::Cell(cell.clone(), value.clone())], Vec::new()))
            }
            Deed::Decide { decisions } => Ok((self.plan_decisions(at, decisions)?, Vec::new())),
        }
    }

    fn plan_entry(
        &self,
        rows: &[NewRow],
        cells: &[(CellRef, Value)],
    ) -> Result<(Vec<Step>, Vec<CellRef>), ActProblem> {
        if cells.len() + rows.iter().map(|row| row.cells.len() + 2).sum::<usize>() > limit::ACT_CELLS {
            return Err(ActProblem::TooMany);
        }
        let mut fresh = HashSet::new();
        let mut steps = Vec::new();
        for row in rows {
            let table = self.entry_table(&row.table)?;
            if self.view.row(&row.table, row.id).is_some() || !fresh.insert((row.table.clone(), row.id)) {
                return Err(ActProblem::RowExists(row.id));
            }
            for (key, value) in &row.cells {
                check_text(&CellRef::new(&row.table, row.id, key), value)?;
                if table.column(key).is_none() {
                    return Err(ActProblem::NoTable(format!("{}/{key}", row.table)));
                }
            }
            steps.push(Step::Row(row.clone()));
        }
        let mut skipped = Vec::new();
        for (cell, value) in cells {
            self.check_cell(cell, value, &fresh)?;
            if self.is_in_conflict(cell) {
                skipped.push(cell.clone());
            } else {
                steps.push(Step::Cell(cell.clone(), value.clone()));
            }
        }
        match (steps.is_empty(), skipped.first()) {
            (false, _) => Ok((steps, skipped)),
            (true, Some(cell)) => Err(ActProblem::InConflict(cell.clone())),
            (true, None) => Err(ActProblem::Nothing),
        }
    }

    fn plan_rows(&self, table: &str, rows: &[RowId], removed: &Value) -> Result<Vec<Step>, ActProblem> {
        self.entry_table(table)?;
        if rows.is_empty() {
            return Err(ActProblem::Nothing);
        }
        let missing = rows.iter().find(|row| self.view.row(table, **row).is_none());
        if let Some(row) = missing {
            return Err(ActProblem::NoRow(*row));
        }
        let step = |row: &RowId| Step::Cell(CellRef::new(table, *row, REMOVED), removed.clone());
        for row in rows {
            check_text(&CellRef::new(table, *row, REMOVED), removed)?;
        }
        Ok(rows.iter().map(step).collect())
    }

    fn check_cell(
        &self,
        cell: &CellRef,
        value: &Value,
        fresh: &HashSet<(String, RowId)>,
    ) -> Result<(), ActProblem> {
        check_text(cell, value)?;
        let table = self
            .schema
            .table(&cell.table)
            .ok_or_else(|| ActProblem::NoTable(cell.table.clone()))?;
        match (table.shape, cell.row) {
            (Shape::Matrix, None) => {
                let good = crate::guard::is_matrix_key(&cell.key);
                if good {
                    Ok(())
                } else {
                    Err(ActProblem::TooLong(cell.clone()))
                }
            }
            (Shape::Entry, Some(row)) => {
                if self.view.row(&cell.table, row).is_none() && !fresh.contains(&(cell.table.clone(), row)) {
                    return Err(ActProblem::NoRow(row));
                }
                match table.column(&cell.key) {
                    Some(column) if column.birth => Err(ActProblem::BirthCell(cell.clone())),
                    Some(_) => Ok(()),
                    None if cell.key == ORDER => Ok(()),
                    None => Err(ActProblem::NoTable(format!("{}/{}", cell.table, cell.key))),
                }
            }
            _ => Err(ActProblem::NoTable(cell.table.clone())),
        }
    }

    fn entry_table(&self, id: &str) -> Result<&'static Table, ActProblem> {
        self.schema
            .table(id)
            .filter(|table| table.shape == Shape::Entry)
            .ok_or_else(|| ActProblem::NoTable(id.to_owned()))
    }

    fn is_in_conflict(&self, cell: &CellRef) -> bool {
        match cell.row {
            Some(row) => self
                .view
                .row(&cell.table, row)
                .and_then(|row| row.cells.get(&cell.key))
                .is_some_and(|cell| cell.in_conflict),
            None => self
                .view
                .cell(&cell.table, &cell.key)
                .is_some_and(|cell| cell.in_conflict),
        }
    }

    /// The operations that stand in a cell.
    fn operations(&self, cell: &CellRef) -> Vec<OpRef> {
        let Some(object) = self.object_of(cell) else {
            return Vec::new();
        };
        let all = self.doc.get_all(&object, cell.key.as_str()).unwrap_or_default();
        all.iter().filter_map(|(_, op)| trace::op_ref(op)).collect()
    }

    /// Writes one change's worth of steps; none when nothing differs from what is there.
    pub(super) fn write(&mut self, act: &Act, steps: Vec<Step>) -> Option<Made> {
        let mut writing = self
            .doc
            .transaction_log_patches(PatchLog::active())
            .expect("a new patch log belongs to every document");
        let mut cells = Vec::new();
        for step in steps {
            let written = match step {
                Step::Row(row) => write_row(&mut writing, &self.tables, row),
                Step::Cell(cell, value) => {
                    let written = write_cell(&mut writing, &self.tables, &cell, &value);
                    cells.push(cell);
                    written
                }
                Step::Decision(made) => {
                    let decisions = self
                        .decisions
                        .as_ref()
                        .expect("skeletons make the map of decisions");
                    decide::write(&mut writing, decisions, &made, act.at)
                }
            };
            written.expect("the plan has checked table, row and key, and scalars fit every map");
        }
        let options = CommitOptions::default()
            .with_message(act.id.to_string())
            .with_time(act.at.0);
        let (hash, log) = writing.commit_with(options);
        self.take_in(log, &cells);
        let hash = hash?;
        let change = self
            .doc
            .get_change_by_hash(&hash)
            .expect("it was committed above");
        Some(Made {
            hash: ChangeHash(hash.0),
            bytes: change.raw_bytes().to_vec(),
        })
    }
}

fn check_text(cell: &CellRef, value: &Value) -> Result<(), ActProblem> {
    let long = value.as_text().is_some_and(|text| text.len() > limit::TEXT_BYTES);
    if long || cell.key.len() > limit::KEY_BYTES {
        Err(ActProblem::TooLong(cell.clone()))
    } else {
        Ok(())
    }
}
