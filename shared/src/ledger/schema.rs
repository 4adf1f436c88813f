//! What a kind of ledger consists of: its tables, their shape and their columns.

use super::column::{Column, Term};

/// The tables of one kind of ledger.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// The word that stands for the kind in ids; it never changes.
    pub code: &'static str,
    /// Its skeletons, oldest first: skeleton *n* makes the tables of entry *n*.
    pub skeletons: &'static [Skeleton],
}

/// What one skeleton change adds to a ledger.
#[derive(Debug, PartialEq, Eq)]
pub struct Skeleton {
    /// The oldest version of the app that may write once this skeleton is there.
    pub min_writer: u32,
    /// The tables it makes.
    pub tables: &'static [Table],
}

/// One table.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its key in the document.
    pub id: &'static str,
    /// Its name.
    pub name: Term,
    /// How its cells are addressed.
    pub shape: Shape,
    /// Its columns, in the order in which they are first shown. Empty for a matrix.
    pub columns: &'static [Column],
}

/// How the cells of a table are addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One map per row, made once under a random id; a cell is (row, column).
    Entry,
    /// One map made by the skeleton; a cell is `member/indicator` or `member/indicator/sheet`.
    Matrix,
}

impl Schema {
    /// All tables, those of older skeletons first.
    pub fn tables(&'static self) -> impl Iterator<Item = &'static Table> {
        self.skeletons.iter().flat_map(|skeleton| skeleton.tables)
    }

    /// The table of this id.
    #[must_use]
    pub fn table(&'static self, id: &str) -> Option<&'static Table> {
        self.tables().find(|table| table.id == id)
    }
}

impl Table {
    /// The column a cell's key belongs to: the whole key, or what stands before the slash of a set's element.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<&'static Column> {
        let id = key.split_once('/').map_or(key, |(column, _)| column);
        self.columns
            .iter()
            .find(|column| column.id == id && column.is_set() == (id.len() < key.len()))
    }
}

/// The key of the map that holds decisions in every ledger.
pub const DECISIONS: &str = "decisions";
/// The key at the root under which skeletons write the oldest version that may write.
pub const MIN_WRITER: &str = "min_writer";
/// The column every entry table has for a row's place, a fractional index.
pub const ORDER: &str = "order";
/// The column every entry table has for why a row was removed; empty while it is not.
pub const REMOVED: &str = "removed";
