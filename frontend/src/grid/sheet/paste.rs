//! A pasted block as one deed.

use shared::id::RowId;
use shared::ledger::act::{Deed, Entry, NewRow};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::column::Column;
use shared::ledger::order;

use super::Sheet;
use crate::grid::block::Block;
use crate::grid::lookup::Unreadable;
use crate::grid::machine::Access;
use crate::grid::place::{Area, Place};

#[cfg(test)]
mod tests;

/// What pasting a block amounts to.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// What to do; none when nothing of the block can be written, or all of it stands there already.
    pub deed: Option<Deed>,
    /// Cells of the block that are not written, and why.
    pub left_out: Vec<Unpasted>,
    /// The cells pasted over, as far as they were shown before.
    pub area: Area,
}

/// One cell of a block that is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpasted {
    /// Its row in the block.
    pub row: usize,
    /// Its column in the grid.
    pub column: &'static Column,
    /// What it says.
    pub text: String,
    /// Why it is not written.
    pub why: Unreadable,
}

impl Sheet {
    /// A block pasted at the upper left corner of the selection; a single cell fills the selection. Rows beyond the
    /// end are added, with ids from `new_row`.
    pub fn pasted(&self, block: &Block, selection: Area, mut new_row: impl FnMut() -> RowId) -> Pasted {
        let block = &spread(block, selection);
        let mut out = Pasted {
            deed: None,
            left_out: Vec::new(),
            area: selection,
        };
        let mut rows: Vec<NewRow> = Vec::new();
        let mut cells: Vec<(CellRef, Value)> = Vec::new();
        let beyond = (selection.top + block.height()).saturating_sub(self.rows.len());
        let last = self.whole.rows.last().map(|row| row.order.as_str());
        let mut places = order::several(last, None, beyond).into_iter();
        for (offset, texts) in block.rows.iter().enumerate() {
            let at = selection.top + offset;
            let texts = self.columns.iter().enumerate().skip(selection.left).zip(texts);
            let texts = texts.filter_map(|((column, _), text)| Some((column, text.as_deref()?)));
            if at < self.rows.len() {
                for (column, text) in texts {
                    match self.pasted_cell(Place::new(at, column), text) {
                        Ok(written) => cells.extend(written),
                        Err(why) => out.left_out.push(self.unpasted(offset, column, text, why)),
                    }
                }
            } else if let Some(place) = places.next() {
                let texts: Vec<_> = texts.collect();
                // The empty lines below a block are not rows.
                if texts.iter().any(|(_, text)| !text.trim().is_empty()) {
                    rows.extend(self.pasted_row(new_row(), place, offset, &texts, &mut out.left_out));
                }
            }
        }
        out.area.bottom = (selection.top + block.height()).clamp(1, self.rows.len().max(1)) - 1;
        out.area.bottom = out.area.bottom.max(selection.top);
        out.area.right = (selection.left + block.width()).clamp(1, self.columns.len().max(1)) - 1;
        let nothing = rows.is_empty() && cells.is_empty();
        out.deed = (!nothing).then_some(Deed::Enter {
            by: Entry::Pasted,
            rows,
            cells,
        });
        out
    }

    fn pasted_cell(&self, place: Place, text: &str) -> Result<Vec<(CellRef, Value)>, Unreadable> {
        let (row, column) = (&self.rows[place.row], self.columns[place.column]);
        if self.access(place) != Access::Open {
            // What stands there already may be pasted over itself: only a difference is worth a word.
            let same = self.text(place) == text.trim();
            return if same {
                Ok(Vec::new())
            } else {
                Err(Unreadable::Locked)
            };
        }
        let meaning = self.lookup.read(column, text)?;
        Ok(meaning.writes(self.table.id, row.id, Some(row), column))
    }

    /// A row added by pasting; none when nothing of it can be written, or a cell that can be written at birth alone is
    /// missing.
    fn pasted_row(
        &self,
        id: RowId,
        order: String,
        offset: usize,
        texts: &[(usize, &str)],
        left_out: &mut Vec<Unpasted>,
    ) -> Option<NewRow> {
        let mut cells = Vec::new();
        let mut born = 0;
        for (column, text) in texts {
            let definition = self.columns[*column];
            if !self.writable.contains(definition.id) {
                left_out.push(self.unpasted(offset, *column, text, Unreadable::Locked));
                continue;
            }
            match self.lookup.read(definition, text) {
                Ok(meaning) => {
                    let written = meaning.cells(None, definition);
                    born += usize::from(definition.birth && !written.is_empty());
                    cells.extend(written);
                }
                Err(why) => left_out.push(self.unpasted(offset, *column, text, why)),
            }
        }
        let births = self.table.columns.iter().filter(|column| column.birth);
        if born < births.clone().count() {
            for column in births {
                let known = left_out
                    .iter()
                    .any(|cell| cell.row == offset && cell.column == column);
                if !known && !cells.iter().any(|(key, _)| key == column.id) {
                    let (text, why) = (String::new(), Unreadable::NoMember(String::new()));
                    left_out.push(Unpasted {
                        row: offset,
                        column,
                        text,
                        why,
                    });
                }
            }
            return None;
        }
        if cells.is_empty() {
            return None;
        }
        Some(NewRow {
            table: self.table.id.to_owned(),
            id,
            order,
            cells,
        })
    }

    fn unpasted(&self, row: usize, column: usize, text: &str, why: Unreadable) -> Unpasted {
        Unpasted {
            row,
            column: self.columns[column],
            text: text.to_owned(),
            why,
        }
    }
}

/// A single cell fills the selection; a block that fits into it a whole number of times is repeated.
fn spread(block: &Block, selection: Area) -> Block {
    let (height, width) = (block.height(), block.width());
    let fits = height > 0
        && width > 0
        && selection.height().is_multiple_of(height)
        && selection.width().is_multiple_of(width);
    if !fits || (selection.height() == height && selection.width() == width) {
        return block.clone();
    }
    let row = |at: usize| {
        block.rows[at % height]
            .iter()
            .cycle()
            .take(selection.width())
            .cloned()
            .collect()
    };
    Block {
        rows: (0..selection.height()).map(row).collect(),
    }
}
