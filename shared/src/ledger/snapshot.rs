//! What a page shows of a ledger: immutable values that share whatever did not change.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::cell::{Cell, CellRef, Value};
use super::decision::{Decision, Subject};
use crate::id::{AccountId, PersonId, RowId};
use crate::time::Timestamp;

/// A ledger at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Its tables by id; unknown ones of a newer version are not shown.
    pub tables: BTreeMap<&'static str, Rc<TableView>>,
    /// The decisions on every row that has any.
    pub decisions: Rc<Decisions>,
}

/// Decisions by what they are about.
pub type Decisions = BTreeMap<Subject, Vec<Rc<Decision>>>;

/// A table at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableView {
    /// The rows of an entry table in their order, removed ones among them.
    pub rows: Vec<Rc<RowView>>,
    /// The cells of a matrix table by key.
    pub cells: BTreeMap<String, Cell>,
    /// Its cells in conflict, kept up to date cell by cell: no page has to look for them.
    pub conflicts: BTreeSet<(Option<RowId>, String)>,
}

/// A row at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    /// Its id.
    pub id: RowId,
    /// Its place: a fractional index; equal ones are ordered by id.
    pub order: String,
    /// Its cells by key, a set's elements each under a key of its own.
    pub cells: BTreeMap<String, Cell>,
    /// Who took it out and why, if somebody did.
    pub removal: Option<Removal>,
}

/// That a row was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// By whom.
    pub by: AccountId,
    /// When, by that device's clock.
    pub at: Timestamp,
    /// The reason given.
    pub why: String,
    /// Whether somebody edited the row without knowing of the removal, or the other way round.
    pub met_edits: bool,
}

impl Snapshot {
    /// The table of this id; empty if nothing was ever written to it.
    #[must_use]
    pub fn table(&self, id: &str) -> Rc<TableView> {
        self.tables.get(id).cloned().unwrap_or_default()
    }

    /// The cell at this place, if there is one.
    #[must_use]
    pub fn cell(&self, place: &CellRef) -> Option<&Cell> {
        let table = self.tables.get(place.table.as_str())?;
        match place.row {
            Some(row) => table.row(row)?.cells.get(&place.key),
            None => table.cells.get(&place.key),
        }
    }

    /// The decisions on a row, in no particular order.
    #[must_use]
    pub fn decisions_on(&self, subject: &Subject) -> &[Rc<Decision>] {
        self.decisions.get(subject).map_or(&[], Vec::as_slice)
    }

    /// Every cell in conflict, by table, row and key.
    #[must_use]
    pub fn conflicts(&self) -> Vec<CellRef> {
        let places = self.tables.iter().flat_map(|(id, table)| {
            let place = |(row, key): &(Option<RowId>, String)| CellRef {
                table: (*id).to_owned(),
                row: *row,
                key: key.clone(),
            };
            table.conflicts.iter().map(place)
        });
        places.collect()
    }
}

impl TableView {
    /// The row of this id.
    #[must_use]
    pub fn row(&self, id: RowId) -> Option<&Rc<RowView>> {
        self.rows.iter().find(|row| row.id == id)
    }
}

impl RowView {
    /// The value of the cell with this key; empty if it was never written.
    #[must_use]
    pub fn value(&self, key: &str) -> &Value {
        const EMPTY: &Value = &Value::Empty;
        self.cells.get(key).map_or(EMPTY, |cell| &cell.value)
    }

    /// The members in the set of this column, by id.
    pub fn people<'a>(&'a self, column: &'a str) -> impl Iterator<Item = PersonId> + 'a {
        self.elements(column)
            .filter(|(_, cell)| cell.value == Value::Flag(true))
            .filter_map(|(id, _)| id.parse().ok())
    }

    /// Whether this cell, or any element of this set, is in conflict.
    #[must_use]
    pub fn in_conflict(&self, column: &str) -> bool {
        self.cells.get(column).is_some_and(|cell| cell.in_conflict)
            || self.elements(column).any(|(_, cell)| cell.in_conflict)
    }

    fn elements<'a>(&'a self, column: &'a str) -> impl Iterator<Item = (&'a str, &'a Cell)> + 'a {
        self.cells
            .range(format!("{column}/")..)
            .map_while(move |(key, cell)| {
                let element = key.strip_prefix(column)?.strip_prefix('/')?;
                Some((element, cell))
            })
    }
}
