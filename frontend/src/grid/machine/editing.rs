//! Keys while a cell is written, and how the writing begins.

use super::{Access, Answer, Begun, Editing, Effect, Key, Machine, Mode, Motion, Offer, Press, Setting, Way};

impl Machine {
    pub(super) fn key_while_editing(
        &mut self,
        press: Press,
        editing: Editing,
        setting: &Setting<'_>,
    ) -> Answer {
        let Press {
            key,
            ctrl,
            shift,
            alt,
        } = press;
        let picked = editing.offer.and_then(|offer| offer.at);
        match key {
            Key::Enter if alt => Answer::taken([Effect::Break]),
            Key::Enter => match (picked, editing.offer) {
                (Some(pick), Some(Offer { many: true, .. })) => Answer::taken([Effect::Toggle(pick)]),
                _ if ctrl => Answer::taken([self.commit(picked)]),
                _ => self.commit_and(
                    picked,
                    Motion::Step(if shift { Way::Up } else { Way::Down }),
                    setting,
                ),
            },
            Key::Tab => {
                let picked = picked.filter(|_| !editing.offer.is_some_and(|offer| offer.many));
                self.commit_and(
                    picked,
                    if shift { Motion::Previous } else { Motion::Next },
                    setting,
                )
            }
            Key::Escape => {
                self.mode = Mode::Moving;
                Answer::taken([Effect::Discard])
            }
            Key::Arrow(way @ (Way::Up | Way::Down)) if let Some(offer) = editing.offer => {
                self.mode = Mode::Editing(Editing {
                    offer: Some(offer.moved(way)),
                    ..editing
                });
                Answer::taken([])
            }
            Key::Arrow(way) if editing.begun == Begun::Typing && !shift => {
                self.commit_and(picked, Motion::Step(way), setting)
            }
            Key::Function(1) => Answer::taken([Effect::Keys]),
            Key::Function(2) => {
                let begun = if editing.begun == Begun::Typing {
                    Begun::Opening
                } else {
                    Begun::Typing
                };
                self.mode = Mode::Editing(Editing { begun, ..editing });
                Answer::taken([])
            }
            Key::Function(6) => Answer::taken([
                self.commit(None),
                if shift { Effect::LeaveBack } else { Effect::Leave },
            ]),
            Key::Character(';') if ctrl => Answer::taken([Effect::Today(self.at)]),
            _ => Answer::default(),
        }
    }

    pub(super) fn begin(&mut self, composing: bool, setting: &Setting<'_>) -> Answer {
        if setting.extent.is_empty() {
            return Answer::left([Effect::Discard]);
        }
        match (setting.access)(self.at) {
            Access::Open => {
                self.anchor = self.at;
                self.copied = None;
                self.mode = Mode::Editing(Editing {
                    begun: Begun::Typing,
                    composing,
                    offer: None,
                });
                Answer::left([Effect::Began(self.at)])
            }
            Access::Locked => Answer::left([Effect::Discard, Effect::Locked(self.at)]),
            Access::Clash => Answer::left([Effect::Discard, Effect::Settle(self.at)]),
        }
    }

    pub(super) fn open(&mut self, setting: &Setting<'_>) -> Answer {
        if setting.extent.is_empty() {
            return Answer::taken([]);
        }
        match (setting.access)(self.at) {
            Access::Open => {
                self.anchor = self.at;
                self.copied = None;
                self.mode = Mode::Editing(Editing {
                    begun: Begun::Opening,
                    composing: false,
                    offer: None,
                });
                Answer::taken([Effect::Open(self.at)])
            }
            Access::Locked => Answer::taken([Effect::Locked(self.at)]),
            Access::Clash => Answer::taken([Effect::Settle(self.at)]),
        }
    }

    pub(super) fn compose(&mut self, editing: Editing, composing: bool) -> Answer {
        self.mode = Mode::Editing(Editing { composing, ..editing });
        Answer::left([Effect::Changed(self.at)])
    }

    pub(super) fn pick(&mut self, pick: usize, editing: Editing) -> Answer {
        match editing.offer {
            Some(Offer { many: true, .. }) => Answer::taken([Effect::Toggle(pick)]),
            _ => Answer::taken([self.commit(Some(pick))]),
        }
    }
}
