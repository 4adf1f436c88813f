//! What an officer does to a ledger: the one way in which a ledger changes.

use serde::{Deserialize, Serialize};

use super::cell::{CellRef, Value};
use super::decision::NewDecision;
use super::life::State;
use crate::id::{ActId, ActorId, RowId};
use crate::time::Timestamp;

/// One act: what undo takes back and history shows as one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Its id; the same when it is performed again after a refusal.
    pub id: ActId,
    /// When it was done, by the clock of the device.
    pub at: Timestamp,
    /// What was done.
    pub deed: Deed,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// Rows made and cells written: typing, pasting, filling, clearing, importing, undoing.
    Enter {
        /// How it came about.
        by: Entry,
        /// The rows made, before any cell is written.
        rows: Vec<NewRow>,
        /// The cells written.
        cells: Vec<(CellRef, Value)>,
    },
    /// Rows taken out, with the reason; they stay in the document and can be brought back.
    Remove {
        /// The table.
        table: String,
        /// The rows.
        rows: Vec<RowId>,
        /// The reason, shown beside the row.
        why: String,
    },
    /// Removed rows brought back.
    Restore {
        /// The table.
        table: String,
        /// The rows.
        rows: Vec<RowId>,
    },
    /// A conflict settled by a person (采信).
    Settle {
        /// The cell.
        cell: CellRef,
        /// What is to stand there.
        value: Value,
        /// The operations whose values the person saw. When others stand there the act no longer applies.
        seen: Vec<OpRef>,
    },
    /// Decisions made, or withdrawn, on exactly what the person saw.
    Decide {
        /// The decisions, each on another row.
        decisions: Vec<NewDecision>,
    },
}

/// How an entry came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Typed into a cell, or a row added.
    Typed,
    /// Pasted as a block.
    Pasted,
    /// Filled down.
    Filled,
    /// Cleared or cut.
    Cleared,
    /// Taken from a sheet.
    Imported,
    /// One's own earlier act taken back.
    Undone,
    /// One's own undoing taken back.
    Redone,
}

/// A row to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRow {
    /// The table.
    pub table: String,
    /// Its id: for a roster's members the person's.
    pub id: RowId,
    /// Its place, from [`super::order::between`].
    pub order: String,
    /// The cells it is born with; birth cells can be written nowhere else.
    pub cells: Vec<(String, Value)>,
}

/// One operation of a document: a counter and the actor who made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpRef {
    /// The operation's number.
    pub counter: u64,
    /// Who made it.
    pub actor: ActorId,
}

/// Why an act cannot be performed on a ledger as it is now. Nothing of the act was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActProblem {
    /// The ledger has no such table.
    #[error("no table {0}")]
    NoTable(String),
    /// The table has no such row.
    #[error("no such row")]
    NoRow(RowId),
    /// The row is there already.
    #[error("the row is there already")]
    RowExists(RowId),
    /// Every cell the act would write is in conflict, and only settling writes to those.
    #[error("in conflict")]
    InConflict(CellRef),
    /// The cell was written when its row was made and is never written again.
    #[error("a birth cell")]
    BirthCell(CellRef),
    /// What stands in the cell is not what the person saw.
    #[error("no longer what was seen")]
    SeenOtherwise(CellRef),
    /// A text or a key over its limit.
    #[error("too long")]
    TooLong(CellRef),
    /// Nothing to do: the act writes nothing.
    #[error("nothing to do")]
    Nothing,
    /// A decision that cannot be made.
    #[error("cannot be decided: {why}")]
    Undecidable {
        /// On which row.
        row: RowId,
        /// Why not.
        why: Undecidable,
    },
    /// The act writes more than [`crate::limit::ACT_CELLS`] cells.
    #[error("too many cells at once")]
    TooMany,
    /// The ledger may only be written by a newer version of the app.
    #[error("needs version {needed} of the app")]
    NeedsNewerApp {
        /// The oldest version that may write.
        needed: u32,
    },
}

/// Why a decision cannot be made on a row as it is now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecidable {
    /// Nothing of this kind is decided there.
    #[error("nothing of the kind is decided here")]
    NoSuchDecision,
    /// The row was removed.
    #[error("the row was removed")]
    Removed,
    /// What is decided on is in conflict: that is settled first.
    #[error("what is decided on is in conflict")]
    InConflict(CellRef),
    /// What is decided on is not what the person saw.
    #[error("no longer what was seen")]
    SeenOtherwise,
    /// It does not follow from where the row is.
    #[error("does not follow from {0:?}")]
    NotFrom(State),
    /// Two decisions contradict each other: one of them is withdrawn first.
    #[error("two decisions contradict each other")]
    Contradicted,
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// No choice was made, or one there is not.
    #[error("nothing was chosen")]
    NoChoice,
    /// A column that has to hold something is empty.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// The first and last day are missing or the wrong way round.
    #[error("no first and last day")]
    NoPeriod,
    /// The posting goes on.
    #[error("the posting is not over")]
    PostingNotOver,
    /// There is nothing to withdraw, or it is withdrawn already.
    #[error("nothing to withdraw")]
    NothingToWithdraw,
}

impl Deed {
    /// The cells it writes, rows it makes, removes or restores counted as the cells of that row's state.
    #[must_use]
    pub fn touches(&self) -> Vec<CellRef> {
        use super::schema::{ORDER, REMOVED};
        match self {
            Self::Enter { rows, cells, .. } => rows
                .iter()
                .flat_map(|row| {
                    let keys = row.cells.iter().map(|(key, _)| key.as_str()).chain([ORDER]);
                    keys.map(|key| CellRef::new(&row.table, row.id, key))
                        .collect::<Vec<_>>()
                })
                .chain(cells.iter().map(|(cell, _)| cell.clone()))
                .collect(),
            Self::Remove { table, rows, .. } | Self::Restore { table, rows } => rows
                .iter()
                .map(|row| CellRef::new(table, *row, REMOVED))
                .collect(),
            Self::Settle { cell, .. } => vec![cell.clone()],
            // A decision says something about a row, and waits with it.
            Self::Decide { decisions } => decisions
                .iter()
                .map(|made| CellRef::new(&made.subject.table, made.subject.row, super::schema::DECISIONS))
                .collect(),
        }
    }
}
