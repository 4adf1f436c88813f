//! One cell: where it is, what it holds, what state it is in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::RowId;

/// What a cell holds: a scalar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Value {
    /// Nothing. Clearing a cell writes this, so that the clearing itself leaves a trace.
    #[default]
    Empty,
    /// Text, a date, the code of a choice, or the id of a member or row.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

impl Value {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty) || matches!(self, Self::Text(text) if text.is_empty())
    }

    /// Its text, if it is text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Where one cell is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellRef {
    /// The table.
    pub table: String,
    /// The row of an entry table; none in a matrix.
    pub row: Option<RowId>,
    /// The key within the row (a column, or `column/element` of a set) or within the matrix.
    pub key: String,
}

impl CellRef {
    /// The cell of an entry table.
    #[must_use]
    pub fn new(table: &str, row: RowId, key: &str) -> Self {
        Self {
            table: table.to_owned(),
            row: Some(row),
            key: key.to_owned(),
        }
    }

    /// The cell of a matrix table.
    #[must_use]
    pub fn of_matrix(table: &str, key: &str) -> Self {
        Self {
            table: table.to_owned(),
            row: None,
            key: key.to_owned(),
        }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "{}/{row}/{}", self.table, self.key),
            None => write!(f, "{}/{}", self.table, self.key),
        }
    }
}

/// A cell as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The value shown: of several, the one Automerge picks, by operation count and not by time.
    pub value: Value,
    /// Whether several people said different things here and nobody has settled it.
    pub in_conflict: bool,
}
