//! How a table is looked at: sorted, filtered, searched, with some columns hidden. The ledger is not changed by it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use shared::ledger::act::NewRow;
use shared::ledger::cell::{Cell, Value};
use shared::ledger::column::{CellKind, Column};
use shared::ledger::schema::Table;
use shared::ledger::snapshot::RowView;

use super::lookup::Lookup;

/// How a table is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lens {
    /// By which column it is sorted, if not by the rows' own order.
    pub sort: Option<Sort>,
    /// What is asked of columns.
    pub filters: BTreeMap<&'static str, Filter>,
    /// What is searched for in all columns.
    pub search: String,
    /// Columns that are not shown.
    pub hidden: BTreeSet<&'static str>,
    /// Whether removed rows are shown.
    pub removed: Removed,
}

/// A column and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub column: &'static str,
    /// The direction.
    pub direction: Direction,
}

/// A direction of sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The least first.
    Ascending,
    /// The greatest first.
    Descending,
}

/// What is asked of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// That its text holds this.
    Contains(String),
    /// That its text is one of these; the empty text stands for empty cells.
    Among(BTreeSet<String>),
}

/// Whether removed rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Removed {
    /// They are not.
    #[default]
    Hidden,
    /// They are, struck through.
    Shown,
}

impl Lens {
    /// Whether it hides any row but removed ones.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !self.filters.is_empty() || !self.search.trim().is_empty()
    }

    /// The columns shown, in order.
    #[must_use]
    pub fn columns(&self, table: &'static Table) -> Vec<&'static Column> {
        table
            .columns
            .iter()
            .filter(|column| !self.hidden.contains(column.id))
            .collect()
    }

    /// The next way of sorting by a column: up, down, not at all.
    pub fn turn_sort(&mut self, column: &'static str) {
        self.sort = match self.sort {
            Some(Sort {
                column: sorted,
                direction: Direction::Ascending,
            }) if sorted == column => Some(Sort {
                column,
                direction: Direction::Descending,
            }),
            Some(Sort { column: sorted, .. }) if sorted == column => None,
            _ => Some(Sort {
                column,
                direction: Direction::Ascending,
            }),
        };
    }

    /// The rows shown, in the order shown.
    #[must_use]
    pub fn rows(&self, table: &'static Table, rows: &[Rc<RowView>], lookup: &Lookup) -> Vec<Rc<RowView>> {
        let search = Search::new(self.search.trim(), lookup);
        let mut shown: Vec<Rc<RowView>> = rows
            .iter()
            .filter(|row| self.removed == Removed::Shown || row.removal.is_none())
            .filter(|row| self.passes(table, row, lookup))
            .filter(|row| search.finds(table, row, lookup))
            .cloned()
            .collect();
        if let Some(Sort { column, direction }) = self.sort
            && let Some(column) = table.columns.iter().find(|candidate| candidate.id == column)
        {
            shown.sort_by_cached_key(|row| Key::of(row, column, lookup, direction));
        }
        shown
    }

    /// How many of these new rows it does not show.
    #[must_use]
    pub fn hidden(&self, table: &'static Table, new: &[NewRow], lookup: &Lookup) -> usize {
        let rows: Vec<Rc<RowView>> = new.iter().map(|row| Rc::new(born(row))).collect();
        rows.len() - self.rows(table, &rows, lookup).len()
    }

    fn passes(&self, table: &'static Table, row: &RowView, lookup: &Lookup) -> bool {
        self.filters.iter().all(|(id, filter)| {
            let Some(column) = table.columns.iter().find(|column| column.id == *id) else {
                return true;
            };
            let text = lookup.cell(row, column);
            match filter {
                Filter::Contains(part) => text.to_lowercase().contains(&part.to_lowercase()),
                Filter::Among(words) => words.contains(&text),
            }
        })
    }
}

/// A row as it is when it has just been made.
fn born(row: &NewRow) -> RowView {
    let cell = |value: &Value| Cell {
        value: value.clone(),
        in_conflict: false,
    };
    RowView {
        id: row.id,
        order: row.order.clone(),
        cells: row
            .cells
            .iter()
            .map(|(key, value)| (key.clone(), cell(value)))
            .collect(),
        removal: None,
    }
}

/// The different texts of a column, for choosing among them; none when there are too many to choose from.
#[must_use]
pub fn words(rows: &[Rc<RowView>], column: &Column, lookup: &Lookup) -> Option<BTreeMap<String, usize>> {
    const MOST: usize = 60;
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.removal.is_none()) {
        *words.entry(lookup.cell(row, column)).or_default() += 1;
        if words.len() > MOST {
            return None;
        }
    }
    Some(words)
}

struct Search {
    text: String,
    members: BTreeSet<String>,
}

impl Search {
    fn new(typed: &str, lookup: &Lookup) -> Self {
        let members = if typed.is_empty() {
            Vec::new()
        } else {
            lookup.directory.search(typed)
        };
        Self {
            text: typed.to_lowercase(),
            members: members.into_iter().map(|person| person.id.to_string()).collect(),
        }
    }

    fn finds(&self, table: &'static Table, row: &RowView, lookup: &Lookup) -> bool {
        self.text.is_empty()
            || self.members.contains(&row.id.to_string())
            || table.columns.iter().any(|column| {
                lookup.cell(row, column).to_lowercase().contains(&self.text)
                    || match (column.kind, row.value(column.id)) {
                        (CellKind::Person, Value::Text(id)) => self.members.contains(id),
                        (CellKind::People { .. }, _) => row
                            .people(column.id)
                            .any(|id| self.members.contains(&id.to_string())),
                        _ => false,
                    }
            })
    }
}

/// What rows are sorted by. Empty cells come last in either direction.
#[derive(PartialEq, Eq)]
enum Key {
    Number(i64, Direction),
    Text(String, Direction),
    Empty,
}

impl Key {
    fn of(row: &RowView, column: &Column, lookup: &Lookup, direction: Direction) -> Self {
        let place = |code: &str| match column.kind {
            CellKind::Choice(choices) => choices.iter().position(|choice| choice.code == code),
            _ => None,
        };
        match row.value(column.id) {
            Value::Number(number) => Self::Number(*number, direction),
            Value::Flag(flag) => Self::Number(i64::from(*flag), direction),
            Value::Text(code) if place(code).is_some() => Self::Number(
                place(code)
                    .and_then(|place| i64::try_from(place).ok())
                    .unwrap_or(i64::MAX),
                direction,
            ),
            _ => match lookup.cell(row, column) {
                text if text.is_empty() => Self::Empty,
                text => Self::Text(shared::ledger::person::by_sound(&text), direction),
            },
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let turn = |ordering: Ordering, direction| match direction {
            Direction::Ascending => ordering,
            Direction::Descending => ordering.reverse(),
        };
        match (self, other) {
            (Self::Number(one, direction), Self::Number(two, _)) => turn(one.cmp(two), *direction),
            (Self::Text(one, direction), Self::Text(two, _)) => turn(one.cmp(two), *direction),
            (Self::Empty, Self::Empty) => Ordering::Equal,
            (Self::Empty, _) | (Self::Text(..), Self::Number(..)) => Ordering::Greater,
            (_, Self::Empty) | (Self::Number(..), Self::Text(..)) => Ordering::Less,
        }
    }
}
