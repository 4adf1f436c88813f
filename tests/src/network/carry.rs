//! Carrying out what a tab's core decides: the shell of the browser, in memory.

use shared::sync::client::{Effect, Event};
use shared::sync::relay::ConnectionId;

use super::line::{Line, LineState};
use super::{At, Network};

impl Network {
    /// Tells a tab what happened, and carries out what it says.
    pub(super) fn handle(&mut self, at: At, event: Event) {
        let now = self.clock(at.device);
        let effects = self.tab_mut(at).client.handle(now, event);
        self.notes(at);
        self.carry_out(at, effects);
    }

    /// Notes which entries a tab has by now.
    fn notes(&mut self, at: At) {
        let ledger = self.ledger;
        let tab = self.tab_mut(at);
        let Some(replica) = tab.client.ledger(ledger) else {
            return;
        };
        let last = replica.cursor().0;
        if last != tab.noted {
            tab.noted = last;
            tab.seen.extend(replica.log().iter().map(|entry| entry.hash));
        }
    }

    pub(super) fn carry_out(&mut self, at: At, effects: Vec<Effect>) {
        let mut hangs_up = false;
        for effect in effects {
            match effect {
                Effect::Save(save) => self.tab_mut(at).saves.push_back(save),
                Effect::Connect => {
                    self.connections += 1;
                    let line = Line::new(ConnectionId(self.connections));
                    self.tab_mut(at).line = Some(line);
                }
                Effect::Disconnect => hangs_up = true,
                Effect::Send(message) => {
                    self.witness.pushed(&message);
                    match &mut self.tab_mut(at).line {
                        Some(line) if line.state == LineState::Open => line.up.push_back(message),
                        // A socket that is not open, or leads nowhere, takes everything.
                        _ => {}
                    }
                }
                Effect::Fetch(_) => self.tab_mut(at).fetches += 1,
                Effect::Announce(announcement) => {
                    self.witness.announced(&announcement);
                    let others = self.devices[at.device].tabs.iter_mut().enumerate();
                    for (_, other) in others.filter(|(other, _)| *other != at.tab) {
                        other.heard.push_back(announcement.clone());
                    }
                }
                Effect::Changed(_) => {}
                Effect::Forget(_) => self.devices[at.device].disk = super::Disk::default(),
            }
        }
        if hangs_up {
            self.cuts(at);
        }
    }

    /// The oldest transaction of a tab is complete.
    pub(super) fn disk_writes(&mut self, at: At) {
        if let Some(save) = self.tab_mut(at).saves.pop_front() {
            self.writes(at.device, &save);
            self.handle(at, Event::Saved(save.id));
        }
    }

    /// The oldest transaction of a tab fails; nothing of it is written.
    pub(super) fn disk_fails(&mut self, at: At) {
        if let Some(save) = self.tab_mut(at).saves.pop_front() {
            self.tell(|| format!("{at:?} cannot write {:?}", save.id));
            self.handle(at, Event::SaveFailed(save.id));
        }
    }

    /// What another tab announced is heard.
    pub(super) fn hears(&mut self, at: At) {
        if let Some(announcement) = self.tab_mut(at).heard.pop_front() {
            self.handle(at, Event::Heard(announcement));
        }
    }

    /// The log a tab asked for arrives over HTTP; nothing does when the relay cannot be reached.
    pub(super) fn fetch_answered(&mut self, at: At) {
        if self.tab(at).fetches > 0 {
            self.tab_mut(at).fetches -= 1;
            let reachable = self.station.is_up() && !self.devices[at.device].offline;
            let entries = reachable.then(|| self.station.store.log.clone());
            self.handle(at, Event::Fetched(self.ledger, entries));
        }
    }

    /// A fetch comes to nothing.
    pub(super) fn fetch_fails(&mut self, at: At) {
        if self.tab(at).fetches > 0 {
            self.tab_mut(at).fetches -= 1;
            self.handle(at, Event::Fetched(self.ledger, None));
        }
    }
}
