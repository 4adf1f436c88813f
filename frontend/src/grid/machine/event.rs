//! What the machine is told, and what it answers.

use crate::grid::key::Press;
use crate::grid::motion::Way;
use crate::grid::place::{Area, Extent, Place};

/// How a cell is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Editing {
    /// How it began.
    pub begun: Begun,
    /// Whether an input method is composing: then its keys are its own.
    pub composing: bool,
    /// What is offered to choose from.
    pub offer: Option<Offer>,
}

/// How editing began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// By typing, which replaces what stood there: arrows commit and move.
    Typing,
    /// By F2 or a double click, with what stood there: arrows move the caret.
    Opening,
}

/// A list to choose from below the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// How many there are.
    pub count: usize,
    /// The one that Enter takes, if any.
    pub at: Option<usize>,
    /// Whether Enter takes several, one after the other.
    pub many: bool,
}

/// What may be done to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It may be written.
    Open,
    /// It may not.
    Locked,
    /// It is in conflict: it is settled, not written.
    Clash,
}

/// The grid around the cursor as it is now.
pub struct Setting<'a> {
    /// What is shown.
    pub extent: Extent,
    /// How many rows a screenful has.
    pub page: usize,
    /// Whether something stands in a cell.
    pub filled: &'a dyn Fn(Place) -> bool,
    /// What may be done to a cell.
    pub access: &'a dyn Fn(Place) -> Access,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key went down, outside of composition.
    Key(Press),
    /// The editor's text changed.
    Input,
    /// An input method began to compose.
    CompositionStart,
    /// It has put its text into the editor, or given up.
    CompositionEnd,
    /// The pointer went down on a cell.
    Point(Place),
    /// The pointer went down on a cell with Shift, or was dragged over it.
    Extend(Place),
    /// A cell was double-clicked.
    Open(Place),
    /// The editor lost the focus.
    Blur,
    /// What was typed at this place cannot stand there: the editor still holds it.
    Rejected(Place),
    /// This is offered to choose from.
    Offered(Option<Offer>),
    /// One of what is offered was clicked.
    Picked(usize),
    /// The selection was copied.
    Copied,
    /// Rows or columns moved: the cursor's cell and its anchor now stand here.
    Rearranged {
        /// The cursor's cell.
        at: Place,
        /// The other corner of the selection.
        anchor: Place,
    },
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Put what stands in this cell into the editor and select it.
    Open(Place),
    /// Editing began by typing: find out what to offer.
    Began(Place),
    /// The editor's text changed while editing: offer anew.
    Changed(Place),
    /// Write the editor's text, or what was picked, into this cell, and empty the editor.
    Commit {
        /// The cell.
        at: Place,
        /// Which of what is offered.
        pick: Option<usize>,
    },
    /// Take this one of what is offered into the set, or out of it.
    Toggle(usize),
    /// Empty the editor: nothing is written.
    Discard,
    /// Say that this cell cannot be written.
    Locked(Place),
    /// Show the conflict in this cell.
    Settle(Place),
    /// Put a line break at the caret.
    Break,
    /// Write today's date: into the editor while editing, else into the cell.
    Today(Place),
    /// Empty these cells.
    Clear(Area),
    /// Fill the first row of this area down.
    Fill(Area),
    /// Take back one's own last act.
    Undo,
    /// Do it again.
    Redo,
    /// Go to the search field.
    Find,
    /// Add a row below this one.
    AddRow(Place),
    /// Show this row as a card.
    Card(Place),
    /// Show the list of keys.
    Keys,
    /// Leave the grid for what comes after it.
    Leave,
    /// Leave the grid for what comes before it.
    LeaveBack,
}

/// What to do, and whether the browser is to do nothing of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What to do, in order.
    pub effects: Vec<Effect>,
    /// Whether the event is used up.
    pub taken: bool,
}

impl Answer {
    pub(super) fn taken(effects: impl Into<Vec<Effect>>) -> Self {
        Self {
            effects: effects.into(),
            taken: true,
        }
    }

    pub(super) fn left(effects: impl Into<Vec<Effect>>) -> Self {
        Self {
            effects: effects.into(),
            taken: false,
        }
    }
}

impl Offer {
    pub(super) fn moved(self, way: Way) -> Self {
        let at = match (self.at, way) {
            _ if self.count == 0 => None,
            (None | Some(0), Way::Up) => Some(self.count - 1),
            (Some(at), Way::Up) => Some(at - 1),
            (None, _) => Some(0),
            (Some(at), _) => Some((at + 1) % self.count),
        };
        Self { at, ..self }
    }
}
