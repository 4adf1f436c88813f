//! What the grid asks of the page it is on.

use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::NewRow;
use shared::ledger::cell::CellRef;
use shared::ledger::column::Term;
use yew::AttrValue;

use crate::grid::sheet::Unpasted;

/// What the grid asks of the page it is on.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Show the conflict in this cell beside the element of this id.
    Settle {
        /// The cell.
        cell: CellRef,
        /// The element.
        beside: AttrValue,
        /// What somebody was typing there.
        typed: String,
    },
    /// Add a row.
    AddRow {
        /// Below this one, or at the end.
        below: Option<RowId>,
    },
    /// Show a row as a card.
    Card(RowId),
    /// Show the list of keys.
    Keys,
    /// Go to the search field.
    Find,
    /// Take back one's own last act.
    Undo,
    /// Do it again.
    Redo,
    /// Sort by this column, the other way round, or not.
    Sort(&'static str),
    /// Ask what is to be shown of this column, beside the element of this id.
    Filter(&'static str, AttrValue),
    /// Leave the grid for what follows.
    Leave,
    /// Leave the grid for what comes before.
    LeaveBack,
    /// Say something.
    Tell(Notice),
    /// This is selected now.
    Selected(Selection),
    /// A cell is being written, or no longer.
    Editing(bool),
}

/// What the grid has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// So much was copied.
    Copied {
        /// Rows.
        rows: usize,
        /// Columns.
        columns: usize,
    },
    /// So much was pasted.
    Pasted {
        /// The first row pasted over.
        top: usize,
        /// Rows.
        rows: usize,
        /// Columns.
        columns: usize,
        /// What was not written.
        left_out: Rc<Vec<Unpasted>>,
        /// The rows that were added.
        added: Rc<Vec<NewRow>>,
    },
    /// This column cannot be written here.
    Locked(Term),
}

/// What is selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Rows that are not removed.
    pub rows: Vec<RowId>,
    /// Removed rows.
    pub removed: Vec<RowId>,
    /// The column of the cursor.
    pub column: Option<&'static str>,
    /// How many cells.
    pub cells: usize,
    /// The sum of the numbers among them, if there are several.
    pub sum: Option<i64>,
}
