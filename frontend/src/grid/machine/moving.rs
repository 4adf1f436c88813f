//! Keys while the cursor goes from cell to cell.

use super::{Access, Answer, Effect, Key, Machine, Motion, Press, Setting, Way, go};
use crate::grid::place::{Area, Place};

impl Machine {
    pub(super) fn key_while_moving(&mut self, press: Press, setting: &Setting<'_>) -> Answer {
        let Press {
            key,
            ctrl,
            shift,
            alt,
        } = press;
        match key {
            Key::Arrow(Way::Down) if alt => self.open(setting),
            Key::Arrow(way) if ctrl => self.go(Motion::Jump(way), shift, setting),
            Key::Arrow(way) => self.go(Motion::Step(way), shift, setting),
            Key::Tab => self.go(
                if shift { Motion::Previous } else { Motion::Next },
                false,
                setting,
            ),
            Key::Enter if ctrl => Answer::taken([Effect::AddRow(self.at)]),
            Key::Enter => self.go(
                Motion::Step(if shift { Way::Up } else { Way::Down }),
                false,
                setting,
            ),
            Key::Home => self.go(
                if ctrl { Motion::First } else { Motion::RowStart },
                shift,
                setting,
            ),
            Key::End => self.go(if ctrl { Motion::Last } else { Motion::RowEnd }, shift, setting),
            Key::PageUp => self.go(Motion::Page(Way::Up), shift, setting),
            Key::PageDown => self.go(Motion::Page(Way::Down), shift, setting),
            Key::Escape => {
                self.copied = None;
                self.anchor = self.at;
                Answer::taken([])
            }
            Key::Delete => Answer::taken([Effect::Clear(self.selection())]),
            Key::Function(1) => Answer::taken([Effect::Keys]),
            Key::Function(2) => self.open(setting),
            Key::Function(6) => Answer::taken([if shift { Effect::LeaveBack } else { Effect::Leave }]),
            Key::Character(character) if ctrl => self.control(character, shift, setting),
            Key::Character(' ') if shift => self.select_rows(setting),
            Key::Character(' ') => Answer::taken([Effect::Card(self.at)]),
            Key::Character(_) if !alt => self.refuse_typing(setting),
            Key::Character(_) | Key::Function(_) | Key::Other => Answer::default(),
        }
    }

    fn go(&mut self, motion: Motion, extend: bool, setting: &Setting<'_>) -> Answer {
        self.at = go(self.at, motion, setting.extent, setting.page, setting.filled);
        if !extend {
            self.anchor = self.at;
        }
        Answer::taken([])
    }

    fn control(&mut self, character: char, shift: bool, setting: &Setting<'_>) -> Answer {
        match character {
            'a' => {
                if let Some(Area { bottom, right, .. }) = setting.extent.area() {
                    // The cursor stays in view: the far corner is the anchor.
                    self.at = Place::default();
                    self.anchor = Place::new(bottom, right);
                }
                Answer::taken([])
            }
            'd' => Answer::taken([Effect::Fill(self.selection())]),
            'z' if shift => Answer::taken([Effect::Redo]),
            'z' => Answer::taken([Effect::Undo]),
            'y' => Answer::taken([Effect::Redo]),
            'f' => Answer::taken([Effect::Find]),
            ';' => match (setting.access)(self.at) {
                Access::Open => Answer::taken([Effect::Today(self.at)]),
                Access::Locked => Answer::taken([Effect::Locked(self.at)]),
                Access::Clash => Answer::taken([Effect::Settle(self.at)]),
            },
            // Copy, cut and paste arrive as events of the clipboard.
            _ => Answer::default(),
        }
    }

    fn select_rows(&mut self, setting: &Setting<'_>) -> Answer {
        self.anchor = Place::new(self.anchor.row, setting.extent.columns.saturating_sub(1));
        self.at = Place::new(self.at.row, 0);
        Answer::taken([])
    }

    /// Typing goes to the editor, whose input begins the editing; only what may not be written is stopped here.
    fn refuse_typing(&mut self, setting: &Setting<'_>) -> Answer {
        if setting.extent.is_empty() {
            return Answer::taken([]);
        }
        match (setting.access)(self.at) {
            Access::Open => Answer::default(),
            Access::Locked => Answer::taken([Effect::Locked(self.at)]),
            Access::Clash => Answer::taken([Effect::Settle(self.at)]),
        }
    }
}
