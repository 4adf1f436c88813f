//! A conflict: several different values in one cell, and everything a person needs to settle it.

use super::act::OpRef;
use super::cell::{CellRef, Value};
use crate::id::{AccountId, ChangeHash};
use crate::time::Timestamp;

/// A cell in which people said different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The cell.
    pub cell: CellRef,
    /// What stood there before, as each side had last seen it; one entry when all had seen the same.
    pub before: Vec<Said>,
    /// What was said, oldest by the devices' clocks first; equal values of several people stand side by side.
    pub values: Vec<Said>,
}

/// One value in one cell and who put it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The value.
    pub value: Value,
    /// By whom; none for what a document held before anybody wrote.
    pub by: Option<AccountId>,
    /// When, by that person's device; none as above.
    pub at: Option<Timestamp>,
    /// Who brought it in that person's stead (代传): the log knows, the document does not.
    pub carried_by: Option<AccountId>,
    /// The operation.
    pub op: Option<OpRef>,
    /// The change it came in.
    pub change: Option<ChangeHash>,
}

impl Conflict {
    /// The operations a person has seen who is shown this.
    #[must_use]
    pub fn seen(&self) -> Vec<OpRef> {
        let mut seen: Vec<OpRef> = self.values.iter().filter_map(|said| said.op).collect();
        seen.sort_unstable();
        seen
    }
}
