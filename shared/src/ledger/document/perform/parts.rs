//! Cutting what an act writes into changes within the limits.

use super::Step;
use crate::ledger::cell::Value;
use crate::limit;

/// What a decision says, at the most: one cell each.
const FIELDS: usize = 14;
/// An id and a space, in bytes.
const ID_BYTES: usize = 37;

/// Cuts what an act writes into changes that stay within the limits. A row stays with the cells it is born with.
pub(super) fn parts(steps: Vec<Step>) -> Vec<Vec<Step>> {
    let mut parts: Vec<Vec<Step>> = Vec::new();
    let (mut cells, mut bytes) = (usize::MAX, 0);
    for step in steps {
        let (more_cells, more_bytes) = match &step {
            Step::Row(row) => (
                row.cells.len() + 2,
                row.cells
                    .iter()
                    .map(|(key, value)| weight(key, value))
                    .sum::<usize>()
                    + 64,
            ),
            Step::Cell(cell, value) => (1, weight(&cell.key, value)),
            Step::Decision(made) => (
                FIELDS,
                made.note.len() + made.value.len() + made.after.len() * ID_BYTES + 512,
            ),
        };
        if cells.saturating_add(more_cells) > limit::ACT_CELLS_PER_CHANGE
            || bytes + more_bytes > limit::ACT_BYTES_PER_CHANGE
        {
            parts.push(Vec::new());
            (cells, bytes) = (0, 0);
        }
        cells += more_cells;
        bytes += more_bytes;
        parts
            .last_mut()
            .expect("the first step always opens a part")
            .push(step);
    }
    parts
}

fn weight(key: &str, value: &Value) -> usize {
    key.len() + value.as_text().map_or(8, str::len)
}
