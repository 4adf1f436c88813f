//! A table as it is shown now, and the deeds that acts in the grid amount to.

use std::collections::BTreeSet;
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::{Deed, Entry, NewRow};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::column::Column;
use shared::ledger::order;
use shared::ledger::schema::Table;
use shared::ledger::snapshot::{RowView, TableView};

use super::block::Block;
use super::lookup::{Lookup, Meaning, Unreadable};
use super::machine::Access;
use super::place::{Area, Extent, Place};

mod paste;

pub use paste::{Pasted, Unpasted};

/// A table as it is shown now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What the table is.
    pub table: &'static Table,
    /// All of its rows, in their own order.
    pub whole: Rc<TableView>,
    /// The rows shown.
    pub rows: Rc<Vec<Rc<RowView>>>,
    /// The columns shown.
    pub columns: Rc<Vec<&'static Column>>,
    /// Names, language, today.
    pub lookup: Rc<Lookup>,
    /// The columns this account may write.
    pub writable: Rc<BTreeSet<&'static str>>,
}

impl Sheet {
    /// How many rows and columns are shown.
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent {
            rows: self.rows.len(),
            columns: self.columns.len(),
        }
    }

    /// What may be done to a cell.
    #[must_use]
    pub fn access(&self, place: Place) -> Access {
        let (Some(row), Some(column)) = (self.rows.get(place.row), self.columns.get(place.column)) else {
            return Access::Locked;
        };
        if row.in_conflict(column.id) {
            Access::Clash
        } else if self.locked(row, column) {
            Access::Locked
        } else {
            Access::Open
        }
    }

    /// Whether something stands in a cell.
    #[must_use]
    pub fn filled(&self, place: Place) -> bool {
        let (Some(row), Some(column)) = (self.rows.get(place.row), self.columns.get(place.column)) else {
            return false;
        };
        if column.is_set() {
            row.people(column.id).next().is_some()
        } else {
            !row.value(column.id).is_empty()
        }
    }

    /// What a cell shows.
    #[must_use]
    pub fn text(&self, place: Place) -> String {
        match (self.rows.get(place.row), self.columns.get(place.column)) {
            (Some(row), Some(column)) => self.lookup.cell(row, column),
            _ => String::new(),
        }
    }

    /// The cells of a place: one, or those of a set.
    #[must_use]
    pub fn cell(&self, place: Place) -> Option<CellRef> {
        let (row, column) = (self.rows.get(place.row)?, self.columns.get(place.column)?);
        let key = if column.is_set() {
            let mut elements = row
                .cells
                .iter()
                .filter(|(key, _)| self.table.column(key) == Some(column));
            elements.find(|(_, cell)| cell.in_conflict)?.0
        } else {
            column.id
        };
        Some(CellRef::new(self.table.id, row.id, key))
    }

    /// Where a row and a column are shown.
    #[must_use]
    pub fn place(&self, row: RowId, column: &str) -> Option<Place> {
        let at = self.rows.iter().position(|shown| shown.id == row)?;
        Some(Place::new(
            at,
            self.columns.iter().position(|shown| shown.id == column)?,
        ))
    }

    /// One cell typed; none when that stands there already.
    #[must_use]
    pub fn typed(&self, place: Place, meaning: &Meaning) -> Option<Deed> {
        self.written(Entry::Typed, [(place, meaning.clone())])
    }

    /// Cells emptied; those that may not be written are left alone.
    #[must_use]
    pub fn cleared(&self, area: Area) -> Option<Deed> {
        let nothing = |place: Place| Some((place, Meaning::nothing(self.columns.get(place.column)?)));
        self.written(Entry::Cleared, area.places().filter_map(nothing))
    }

    /// The first row of an area in all its rows; for a single row, the row above it.
    #[must_use]
    pub fn filled_down(&self, area: Area) -> Option<Deed> {
        let (source, first) = match area.height() {
            1 => (area.top.checked_sub(1)?, area.top),
            _ => (area.top, area.top + 1),
        };
        let from = self.rows.get(source)?;
        let target = Area { top: first, ..area };
        let same = |place: Place| Some((place, Meaning::of(from, self.columns.get(place.column)?)));
        self.written(Entry::Filled, target.places().filter_map(same))
    }

    /// The texts of an area, to be copied.
    #[must_use]
    pub fn copied(&self, area: Area) -> Block {
        let row = |row| {
            (area.left..=area.right)
                .map(|column| self.text(Place::new(row, column)))
                .collect()
        };
        Block::of((area.top..=area.bottom).map(row).collect())
    }

    /// A new row below another, or at the end, born with these cells.
    #[must_use]
    pub fn added(&self, id: RowId, below: Option<RowId>, cells: Vec<(String, Value)>) -> Deed {
        let rows = &self.whole.rows;
        let at = below
            .and_then(|below| rows.iter().position(|row| row.id == below))
            .or(rows.len().checked_sub(1));
        let before = at.map(|at| rows[at].order.as_str());
        let after = rows.get(at.map_or(0, |at| at + 1)).map(|row| row.order.as_str());
        let row = NewRow {
            table: self.table.id.to_owned(),
            id,
            order: order::between(before, after),
            cells,
        };
        Deed::Enter {
            by: Entry::Typed,
            rows: vec![row],
            cells: Vec::new(),
        }
    }

    /// The same with exactly these rows in this order, as they are now: while a cell is written nothing moves.
    #[must_use]
    pub fn kept(&self, rows: &[Rc<RowView>]) -> Self {
        let rows = rows
            .iter()
            .map(|row| self.whole.row(row.id).unwrap_or(row).clone())
            .collect();
        Self {
            rows: Rc::new(rows),
            ..self.clone()
        }
    }

    /// The sum of the numbers in an area, if there are two or more.
    #[must_use]
    pub fn sum(&self, area: Area) -> Option<i64> {
        let number = |place: Place| match self
            .rows
            .get(place.row)?
            .value(self.columns.get(place.column)?.id)
        {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        let numbers: Vec<i64> = area.places().filter_map(number).collect();
        (numbers.len() > 1).then(|| numbers.iter().sum())
    }

    /// The rows of an area, removed ones or the others.
    #[must_use]
    pub fn rows_in(&self, area: Area, removed: bool) -> Vec<RowId> {
        let rows = self.rows.iter().skip(area.top).take(area.height());
        rows.filter(|row| row.removal.is_some() == removed)
            .map(|row| row.id)
            .collect()
    }

    fn locked(&self, row: &RowView, column: &Column) -> bool {
        column.birth || row.removal.is_some() || !self.writable.contains(column.id)
    }

    fn written(&self, by: Entry, cells: impl IntoIterator<Item = (Place, Meaning)>) -> Option<Deed> {
        let cells: Vec<(CellRef, Value)> = cells
            .into_iter()
            .filter(|(place, _)| self.access(*place) == Access::Open)
            .flat_map(|(place, meaning)| {
                let row = &self.rows[place.row];
                meaning.writes(self.table.id, row.id, Some(row), self.columns[place.column])
            })
            .collect();
        (!cells.is_empty()).then(|| Deed::Enter {
            by,
            rows: Vec::new(),
            cells,
        })
    }

    /// Reads typed text for a column.
    ///
    /// # Errors
    ///
    /// Says why it cannot stand there.
    pub fn read(&self, column: usize, typed: &str) -> Result<Meaning, Unreadable> {
        self.columns
            .get(column)
            .map_or(Err(Unreadable::Locked), |column| self.lookup.read(column, typed))
    }
}

#[cfg(test)]
pub(crate) mod tests;
