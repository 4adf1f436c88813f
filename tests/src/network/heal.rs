//! Healing: no more faults, and a bounded time in which everything must come right by itself.

use std::time::Duration;

use shared::guard;
use shared::sync::relay::NewEntry;
use shared::time::Timestamp;

use super::line::{Line, LineState};
use super::oracle::Disks;
use super::{At, Faults, Network};

/// What is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Wrong(pub String);

/// How long healing may take: a dead line is noticed after 45 s, and tried again within 20 s.
const HEALS_WITHIN: Duration = Duration::from_secs(70);
/// How often a browser looks for dead tabs.
const LOOKS_EVERY: i64 = 5_000;
const STEP: i64 = 250;

impl Network {
    /// Ends all faults, waits until nothing moves any more, and asks the oracle; then opens every device afresh, as the
    /// next morning, and asks once more. Gives how long the first healing took.
    ///
    /// # Errors
    ///
    /// Says what is not as it must be.
    pub fn heals(&mut self) -> Result<Duration, Wrong> {
        self.ends_faults();
        let began = self.now;
        self.comes_to_rest()?;
        let took = self.now.since(began);
        self.judges(Disks::MayHoldMore)?;
        for device in 0..self.devices.len() {
            while !self.devices[device].tabs.is_empty() {
                self.kills_tab(At { device, tab: 0 });
            }
            self.opens_tab(device);
        }
        self.comes_to_rest()?;
        self.judges(Disks::AreKnown)?;
        Ok(took)
    }

    /// A person takes in all that is held and has its ground in the log, until nothing such is left; then everything
    /// that waited for it must come as well.
    ///
    /// # Errors
    ///
    /// Says what is not as it must be.
    pub fn takes_in_everything(&mut self) -> Result<(), Wrong> {
        loop {
            let before = self.station.store.log.len();
            for held in self.station.store.held.clone() {
                self.takes_in(held);
            }
            self.comes_to_rest()?;
            if self.station.store.log.len() == before {
                break;
            }
        }
        if let Some(held) = self
            .station
            .store
            .held
            .iter()
            .find(|held| self.could_be_taken_in(held))
        {
            return Err(Wrong(format!(
                "{} is held for ever, though all it depends on is in the log",
                held.hash
            )));
        }
        self.judges(Disks::AreKnown)
    }

    fn could_be_taken_in(&self, held: &NewEntry) -> bool {
        let Ok(change) = guard::decode(&held.bytes) else {
            return false;
        };
        let mut ground = change.dependencies.iter();
        // A row that was made again in another way stays as it was made first.
        ground.all(|hash| self.station.store.counts(hash)) && !self.witness.already.contains(&held.hash)
    }

    fn ends_faults(&mut self) {
        self.faults = Faults::default();
        self.tell(|| "faults end".to_owned());
        self.relay_starts();
        for device in 0..self.devices.len() {
            self.devices[device].offline = false;
            if self.devices[device].tabs.is_empty() {
                self.opens_tab(device);
            }
        }
    }

    /// Lets everything happen that can, without faults, until nothing is left to do.
    ///
    /// # Errors
    ///
    /// Says what is still not done after [`HEALS_WITHIN`].
    pub fn comes_to_rest(&mut self) -> Result<(), Wrong> {
        let deadline = self.now.after(HEALS_WITHIN);
        loop {
            while self.moves() {}
            let Some(unrest) = self.unrest() else {
                return Ok(());
            };
            if self.now >= deadline {
                return Err(Wrong(format!("not at rest after {HEALS_WITHIN:?}: {unrest}")));
            }
            self.lets_a_moment_pass();
        }
    }

    /// Lets this much time pass, and everything happen meanwhile that can.
    pub fn lives(&mut self, time: Duration) {
        let until = self.now.after(time);
        while self.now < until {
            while self.moves() {}
            self.lets_a_moment_pass();
        }
    }

    fn lets_a_moment_pass(&mut self) {
        let before = self.now;
        self.passes(STEP);
        let turn = |at: Timestamp| at.0.div_euclid(LOOKS_EVERY);
        if turn(before) != turn(self.now) {
            for at in self.all_tabs() {
                self.looks_for_dead_tabs(at);
            }
        }
    }

    /// Whatever is on its way arrives. Whether anything was.
    fn moves(&mut self) -> bool {
        let mut moved = false;
        for at in self.all_tabs() {
            while !self.tab(at).saves.is_empty() {
                self.disk_writes(at);
                moved = true;
            }
            while !self.tab(at).heard.is_empty() {
                self.hears(at);
                moved = true;
            }
            while self.tab(at).fetches > 0 {
                self.fetch_answered(at);
                moved = true;
            }
            match self.tab(at).line.as_ref().map(|line| line.state) {
                Some(LineState::Opening) => {
                    self.socket_opens(at);
                    // A device that stays offline fails again and again: that is no movement.
                    moved |= !self.devices[at.device].offline;
                }
                Some(LineState::Open | LineState::Closing) => moved |= self.carries_all(at),
                Some(LineState::HalfOpen) | None => {}
            }
        }
        while !self.station.loads.is_empty() || !self.station.reads.is_empty() {
            self.relay_reads();
            moved = true;
        }
        while self.station.committing.is_some() {
            self.relay_commits();
            moved = true;
        }
        moved
    }

    fn carries_all(&mut self, at: At) -> bool {
        let mut moved = false;
        while self.tab(at).line.as_ref().is_some_and(|line| !line.up.is_empty()) {
            self.carries_up(at);
            moved = true;
        }
        let has_news = |line: &Line| !line.down.is_empty() || line.state == LineState::Closing;
        while !self.devices[at.device].stalled && self.tab(at).line.as_ref().is_some_and(has_news) {
            self.carries_down(at);
            moved = true;
        }
        moved
    }

    /// What is still not done.
    fn unrest(&self) -> Option<String> {
        for at in self.all_tabs() {
            if self.devices[at.device].offline || self.devices[at.device].stalled {
                continue;
            }
            let Some(replica) = self.tab(at).client.ledger(self.ledger) else {
                return Some(format!("{at:?} has not opened the ledger"));
            };
            if !replica.is_live() {
                return Some(format!(
                    "{at:?} is not connected: {:?}",
                    self.tab(at).client.link()
                ));
            }
            let counts = replica.counts();
            if counts.pending > 0 {
                return Some(format!("{at:?} has pending acts: {counts:?}"));
            }
            if !replica.is_complete()
                || replica.cursor() != (self.station.store.log.len() as u64, self.station.store.chain())
            {
                let (here, there) = (replica.cursor().0, self.station.store.log.len());
                return Some(format!("{at:?} has {here} of {there} entries"));
            }
            if self.tab(at).client.storage_failed() {
                return Some(format!("{at:?} could not write"));
            }
            if !self
                .tab(at)
                .client
                .other_tabs()
                .iter()
                .all(|other| self.lives_or_is_held(at, *other))
            {
                return Some(format!("{at:?} knows of acts of a dead tab"));
            }
        }
        None
    }

    fn lives_or_is_held(&self, at: At, other: shared::id::TabId) -> bool {
        let device = &self.devices[at.device];
        device.tabs.iter().any(|tab| tab.id == other) || device.locks.contains_key(&other)
    }
}
