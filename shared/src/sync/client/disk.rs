//! The device's disk: one transaction at a time, so that what is on it is always a state that once was here.

use std::collections::VecDeque;
use std::time::Duration;

use super::machine::{Client, empty_save};
use super::{Announcement, Effect, KeptAct, Save, SaveId};
use crate::id::{ActId, LedgerId};
use crate::time::Timestamp;

/// How long to wait before a transaction that failed is tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(10);

/// What is to be written, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    /// The transactions; the first may be under way.
    queue: VecDeque<(Save, Gone)>,
    state: State,
    saves: u64,
}

/// Why a transaction deletes acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    /// They are in the log.
    Logged,
    /// They are in no log, and no view should show them.
    Dropped,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Idle,
    UnderWay(After),
    /// The first failed and is tried again then.
    Failed(Timestamp),
}

/// What went before a transaction that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    Success,
    Failure,
}

impl Disk {
    /// Whether a transaction has failed and not been made good.
    pub(super) fn has_failed(&self) -> bool {
        matches!(self.state, State::Failed(_) | State::UnderWay(After::Failure))
    }

    fn put(&mut self, save: Save, gone: Gone) -> Option<Effect> {
        // The first may be under way: what comes after it waits, and acts wait as one transaction.
        let last = if self.queue.len() > 1 {
            self.queue.back_mut()
        } else {
            None
        };
        match last {
            Some((last, _)) if last.ledger == save.ledger && is_of_acts(last) && is_of_acts(&save) => {
                last.acts.extend(save.acts);
            }
            _ => {
                self.saves += 1;
                self.queue.push_back((
                    Save {
                        id: SaveId(self.saves),
                        ..save
                    },
                    gone,
                ));
            }
        }
        (self.state == State::Idle)
            .then(|| self.begin(After::Success))
            .flatten()
    }

    fn begin(&mut self, after: After) -> Option<Effect> {
        let first = self.queue.front().map(|(save, _)| save.clone());
        self.state = if first.is_some() {
            State::UnderWay(after)
        } else {
            State::Idle
        };
        first.map(Effect::Save)
    }

    fn is_under_way(&self, id: SaveId) -> bool {
        matches!(self.state, State::UnderWay(_))
            && self.queue.front().is_some_and(|(first, _)| first.id == id)
    }
}

/// Whether a transaction only puts acts.
fn is_of_acts(save: &Save) -> bool {
    *save
        == Save {
            id: save.id,
            acts: save.acts.clone(),
            ..empty_save(save.ledger)
        }
}

impl Client {
    /// Writes acts, and deletes others, in one transaction; tabs are told once it is complete.
    pub(super) fn save_acts(
        &mut self,
        ledger: LedgerId,
        acts: Vec<KeptAct>,
        drop: &[ActId],
    ) -> Option<Effect> {
        if acts.is_empty() && drop.is_empty() {
            return None;
        }
        self.save(
            Save {
                acts,
                drop_acts: drop.to_vec(),
                ..empty_save(ledger)
            },
            Gone::Dropped,
        )
    }

    /// Writes in its turn. `gone` says why acts are deleted.
    pub(super) fn save(&mut self, save: Save, gone: Gone) -> Option<Effect> {
        self.disk.put(save, gone)
    }

    /// What was under way is complete: now it may be told, and what waited begins.
    pub(super) fn saved(&mut self, id: SaveId) -> Vec<Effect> {
        if !self.disk.is_under_way(id) {
            return Vec::new();
        }
        let Some((save, gone)) = self.disk.queue.pop_front() else {
            return Vec::new();
        };
        let ledger = save.ledger;
        if let Some(replica) = self.ledgers.get_mut(&ledger) {
            replica.saved(&save.acts);
        }
        let told_gone = match gone {
            Gone::Logged => Announcement::Logged,
            Gone::Dropped => Announcement::Dropped,
        };
        let acts = save.acts.into_iter().map(|act| Announcement::Act(ledger, act));
        let told = acts.chain(save.drop_acts.into_iter().map(|act| told_gone(ledger, act)));
        let mut effects: Vec<Effect> = told.map(Effect::Announce).collect();
        effects.extend(self.disk.begin(After::Success));
        effects.push(Effect::Changed(ledger));
        effects
    }

    /// What was under way failed: it is tried again before anything else is written.
    pub(super) fn save_failed(&mut self, at: Timestamp, id: SaveId) {
        if self.disk.is_under_way(id) {
            self.disk.state = State::Failed(at.after(AGAIN_AFTER));
        }
    }

    /// Tries again what failed, once it is time.
    pub(super) fn save_again(&mut self, at: Timestamp) -> Option<Effect> {
        match self.disk.state {
            State::Failed(due) if at >= due => self.disk.begin(After::Failure),
            _ => None,
        }
    }
}
