//! What the list of keys says.

/// What a key of the grid does.
#[expect(missing_docs, reason = "the two languages say what each note says")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyNote {
    Move,
    Edge,
    Next,
    Down,
    Edit,
    Type,
    Escape,
    Ends,
    Extend,
    Copy,
    Fill,
    Undo,
    Clear,
    Today,
    Find,
    Add,
    Card,
    Break,
    Leave,
    Help,
}
