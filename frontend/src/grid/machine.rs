//! What the grid does about keys, input, composition and the pointer: events in, effects out.
//!
//! Knows nothing of values: whoever carries out [`Effect::Commit`] reads the editor, and answers
//! [`Event::Rejected`] when what was typed cannot stand in the cell.

use super::key::{Key, Press};
use super::motion::{Motion, Way, go};
use super::place::{Area, Extent, Place};

mod editing;
mod event;
mod moving;
#[cfg(test)]
mod tests;

pub use event::{Access, Answer, Begun, Editing, Effect, Event, Offer, Setting};

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

    /// Where a pasted block goes: to the selection, or to the beginning of a table that shows no row. Nowhere while a
    /// cell is written, or without a column.
    #[must_use]
    pub fn pasting(&self, extent: Extent) -> Option<Area> {
        if self.mode != Mode::Moving || extent.columns == 0 {
            return None;
        }
        let beginning = Area::between(Place::default(), Place::default());
        Some(if extent.rows == 0 {
            beginning
        } else {
            self.selection()
        })
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
                self.mode = Mode::Editing(Editing {
                    begun: Begun::Opening,
                    composing: false,
                    offer: None,
                });
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
        let effects = if self.mode == Mode::Moving {
            Vec::new()
        } else {
            vec![self.commit(None)]
        };
        self.at = at.within(setting.extent);
        self.anchor = anchor.within(setting.extent);
        Answer::taken(effects)
    }

    fn put(&mut self, place: Place) {
        self.at = place;
        self.anchor = place;
    }
}
