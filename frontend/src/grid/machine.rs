//! What the grid does about keys, input, composition and the pointer: events in, effects out.
//!
//! Knows nothing of values: whoever carries out [`Effect::Commit`] reads the editor, and answers
//! [`Event::Rejected`] when what was typed cannot stand in the cell.

use super::key::{Key, Press};
use super::motion::{Motion, Way, go};
use super::place::{Area, Extent, Place};

mod moving;
#[cfg(test)]
mod tests;

/// Where the grid's one cursor is and what it is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    at: Place,
    anchor: Place,
    mode: Mode,
    copied: Option<Area>,
}

/// What the cursor is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// It goes from cell to cell.
    #[default]
    Moving,
    /// It writes in one cell.
    Editing(Editing),
}

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
    fn taken(effects: impl Into<Vec<Effect>>) -> Self {
        Self { effects: effects.into(), taken: true }
    }

    fn left(effects: impl Into<Vec<Effect>>) -> Self {
        Self { effects: effects.into(), taken: false }
    }
}

impl Machine {
    /// The cursor's cell.
    #[must_use]
    pub const fn at(&self) -> Place {
        self.at
    }

    /// The corner of the selection the cursor is not in.
    #[must_use]
    pub const fn anchor(&self) -> Place {
        self.anchor
    }

    /// The selected cells.
    #[must_use]
    pub fn selection(&self) -> Area {
        Area::between(self.anchor, self.at)
    }

    /// What the cursor is doing.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// How the cell is being written, if it is.
    #[must_use]
    pub const fn editing(&self) -> Option<Editing> {
        match self.mode {
            Mode::Editing(editing) => Some(editing),
            Mode::Moving => None,
        }
    }

    /// The cells marked as copied.
    #[must_use]
    pub const fn copied(&self) -> Option<Area> {
        self.copied
    }

    /// Takes in what happened and says what to do about it.
    pub fn handle(&mut self, event: Event, setting: &Setting<'_>) -> Answer {
        match (event, self.mode) {
            (Event::Key(_), Mode::Editing(Editing { composing: true, .. })) => Answer::default(),
            (Event::Key(press), Mode::Editing(editing)) => self.key_while_editing(press, editing, setting),
            (Event::Key(press), Mode::Moving) => self.key_while_moving(press, setting),
            (Event::Input, Mode::Editing(_)) => Answer::left([Effect::Changed(self.at)]),
            (Event::Input, Mode::Moving) => self.begin(false, setting),
            (Event::CompositionStart, Mode::Moving) => self.begin(true, setting),
            (Event::CompositionStart, Mode::Editing(editing)) => self.compose(editing, true),
            (Event::CompositionEnd, Mode::Editing(editing)) => self.compose(editing, false),
            (Event::Point(place), _) => self.point(place, place, setting),
            (Event::Extend(place), _) => self.point(place, self.anchor, setting),
            (Event::Open(place), mode) => {
                if mode != Mode::Moving && place == self.at {
                    return Answer::default();
                }
                let mut answer = self.point(place, place, setting);
                answer.effects.extend(self.open(setting).effects);
                answer
            }
            (Event::Blur, Mode::Editing(_)) => Answer::left([self.commit(None)]),
            (Event::Rejected(place), _) => {
                self.put(place);
                self.mode = Mode::Editing(Editing { begun: Begun::Opening, composing: false, offer: None });
                Answer::default()
            }
            (Event::Offered(offer), Mode::Editing(editing)) => {
                self.mode = Mode::Editing(Editing { offer, ..editing });
                Answer::default()
            }
            (Event::Picked(pick), Mode::Editing(editing)) => self.pick(pick, editing),
            (Event::Copied, _) => {
                self.copied = Some(self.selection());
                Answer::taken([])
            }
            (Event::Rearranged { at, anchor }, _) => {
                self.at = at.within(setting.extent);
                self.anchor = anchor.within(setting.extent);
                self.copied = None;
                Answer::default()
            }
            (Event::CompositionEnd | Event::Blur | Event::Offered(_) | Event::Picked(_), Mode::Moving) => {
                Answer::default()
            }
        }
    }

    fn key_while_editing(&mut self, press: Press, editing: Editing, setting: &Setting<'_>) -> Answer {
        let Press { key, ctrl, shift, alt } = press;
        let picked = editing.offer.and_then(|offer| offer.at);
        match key {
            Key::Enter if alt => Answer::taken([Effect::Break]),
            Key::Enter => match (picked, editing.offer) {
                (Some(pick), Some(Offer { many: true, .. })) => Answer::taken([Effect::Toggle(pick)]),
                _ if ctrl => Answer::taken([self.commit(picked)]),
                _ => self.commit_and(picked, Motion::Step(if shift { Way::Up } else { Way::Down }), setting),
            },
            Key::Tab => {
                let picked = picked.filter(|_| !editing.offer.is_some_and(|offer| offer.many));
                self.commit_and(picked, if shift { Motion::Previous } else { Motion::Next }, setting)
            }
            Key::Escape => {
                self.mode = Mode::Moving;
                Answer::taken([Effect::Discard])
            }
            Key::Arrow(way @ (Way::Up | Way::Down)) if let Some(offer) = editing.offer => {
                self.mode = Mode::Editing(Editing { offer: Some(offer.moved(way)), ..editing });
                Answer::taken([])
            }
            Key::Arrow(way) if editing.begun == Begun::Typing && !shift => {
                self.commit_and(picked, Motion::Step(way), setting)
            }
            Key::Function(1) => Answer::taken([Effect::Keys]),
            Key::Function(2) => {
                let begun = if editing.begun == Begun::Typing { Begun::Opening } else { Begun::Typing };
                self.mode = Mode::Editing(Editing { begun, ..editing });
                Answer::taken([])
            }
            Key::Function(6) => {
                Answer::taken([self.commit(None), if shift { Effect::LeaveBack } else { Effect::Leave }])
            }
            Key::Character(';') if ctrl => Answer::taken([Effect::Today(self.at)]),
            _ => Answer::default(),
        }
    }

    fn begin(&mut self, composing: bool, setting: &Setting<'_>) -> Answer {
        if setting.extent.is_empty() {
            return Answer::left([Effect::Discard]);
        }
        match (setting.access)(self.at) {
            Access::Open => {
                self.anchor = self.at;
                self.copied = None;
                self.mode = Mode::Editing(Editing { begun: Begun::Typing, composing, offer: None });
                Answer::left([Effect::Began(self.at)])
            }
            Access::Locked => Answer::left([Effect::Discard, Effect::Locked(self.at)]),
            Access::Clash => Answer::left([Effect::Discard, Effect::Settle(self.at)]),
        }
    }

    fn open(&mut self, setting: &Setting<'_>) -> Answer {
        if setting.extent.is_empty() {
            return Answer::taken([]);
        }
        match (setting.access)(self.at) {
            Access::Open => {
                self.anchor = self.at;
                self.copied = None;
                self.mode = Mode::Editing(Editing { begun: Begun::Opening, composing: false, offer: None });
                Answer::taken([Effect::Open(self.at)])
            }
            Access::Locked => Answer::taken([Effect::Locked(self.at)]),
            Access::Clash => Answer::taken([Effect::Settle(self.at)]),
        }
    }

    fn compose(&mut self, editing: Editing, composing: bool) -> Answer {
        self.mode = Mode::Editing(Editing { composing, ..editing });
        Answer::left([Effect::Changed(self.at)])
    }

    fn pick(&mut self, pick: usize, editing: Editing) -> Answer {
        match editing.offer {
            Some(Offer { many: true, .. }) => Answer::taken([Effect::Toggle(pick)]),
            _ => Answer::taken([self.commit(Some(pick))]),
        }
    }

    /// The one place where editing ends with something to write, so that nothing is written twice.
    fn commit(&mut self, pick: Option<usize>) -> Effect {
        self.mode = Mode::Moving;
        Effect::Commit { at: self.at, pick }
    }

    fn commit_and(&mut self, pick: Option<usize>, motion: Motion, setting: &Setting<'_>) -> Answer {
        let commit = self.commit(pick);
        self.put(go(self.at, motion, setting.extent, setting.page, setting.filled));
        Answer::taken([commit])
    }

    fn point(&mut self, at: Place, anchor: Place, setting: &Setting<'_>) -> Answer {
        if self.mode != Mode::Moving && at == self.at {
            return Answer::default();
        }
        let effects = if self.mode == Mode::Moving { Vec::new() } else { vec![self.commit(None)] };
        self.at = at.within(setting.extent);
        self.anchor = anchor.within(setting.extent);
        Answer::taken(effects)
    }

    fn put(&mut self, place: Place) {
        self.at = place;
        self.anchor = place;
    }
}

impl Offer {
    fn moved(self, way: Way) -> Self {
        let at = match (self.at, way) {
            _ if self.count == 0 => None,
            (None, Way::Up) | (Some(0), Way::Up) => Some(self.count - 1),
            (Some(at), Way::Up) => Some(at - 1),
            (None, _) => Some(0),
            (Some(at), _) => Some((at + 1) % self.count),
        };
        Self { at, ..self }
    }
}
