//! One step of a world in which anything may go wrong.

use rand::Rng;
use rand::seq::IndexedRandom;
use shared::protocol::ClientMessage;
use shared::sync::relay::{Event, NewEntry};

use super::line::LineState;
use super::{At, Network};

/// What may go wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each fault is there or not, in every combination"
)]
pub struct Faults {
    /// Lines are cut, lead nowhere, double and reorder what clients push; devices go offline.
    pub lines: bool,
    /// Devices' transactions fail.
    pub disks: bool,
    /// Tabs are killed and opened.
    pub tabs: bool,
    /// The relay is killed and started.
    pub relay: bool,
    /// The relay is set back to an earlier copy of its log.
    pub restores: bool,
    /// Officers write where they may not.
    pub refusals: bool,
    /// Somebody else delivers an officer's changes.
    pub carrying: bool,
    /// Clocks jump.
    pub clocks: bool,
    /// The shadow finds that a change ruins the ledger.
    pub voiding: bool,
}

/// Everything that can happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Edit,
    SocketOpens,
    Up,
    Down,
    DiskWrites,
    Hears,
    FetchAnswered,
    RelayReads,
    RelayCommits,
    TimePasses,
    LooksForDeadTabs,
    Cut,
    HalfOpen,
    Loses,
    Doubles,
    Reorders,
    GoesOffline,
    GoesOnline,
    DiskFails,
    FetchFails,
    KillsTab,
    OpensTab,
    RelayDies,
    RelayStarts,
    BacksUp,
    SetsBack,
    Carries,
    TakesIn,
    ClockJumps,
    Voids,
}

impl Network {
    /// Lets this many things happen.
    pub fn suffers(&mut self, steps: usize) {
        for _ in 0..steps {
            let step = self.next_step();
            if let Some(at) = self.all_tabs().choose(&mut self.dice).copied() {
                self.takes(step, at);
            } else {
                self.opens_tab(0);
            }
        }
    }

    fn next_step(&mut self) -> Step {
        let usual = [
            (22, Step::Edit),
            (8, Step::SocketOpens),
            (16, Step::Up),
            (16, Step::Down),
            (16, Step::DiskWrites),
            (4, Step::Hears),
            (4, Step::FetchAnswered),
            (8, Step::RelayReads),
            (14, Step::RelayCommits),
            (7, Step::TimePasses),
            (2, Step::LooksForDeadTabs),
            (2, Step::BacksUp),
        ];
        let Faults {
            lines,
            disks,
            tabs,
            relay,
            restores,
            carrying,
            clocks,
            voiding,
            ..
        } = self.faults;
        let faults = [
            (lines, 2, Step::Cut),
            (lines, 1, Step::HalfOpen),
            (lines, 1, Step::Loses),
            (lines, 2, Step::Doubles),
            (lines, 2, Step::Reorders),
            (lines, 2, Step::GoesOffline),
            (lines, 2, Step::GoesOnline),
            (disks, 2, Step::DiskFails),
            (lines, 1, Step::FetchFails),
            (tabs, 2, Step::KillsTab),
            (tabs, 3, Step::OpensTab),
            (relay, 1, Step::RelayDies),
            (true, 6, Step::RelayStarts),
            (restores, 1, Step::SetsBack),
            (carrying, 2, Step::Carries),
            (carrying, 1, Step::TakesIn),
            (clocks, 1, Step::ClockJumps),
            (voiding, 2, Step::Voids),
        ];
        let faults = faults
            .iter()
            .filter(|(on, ..)| *on)
            .map(|(_, weight, step)| (*weight, *step));
        let all: Vec<(u32, Step)> = usual.into_iter().chain(faults).collect();
        all.choose_weighted(&mut self.dice, |(weight, _)| *weight)
            .map_or(Step::Edit, |(_, step)| *step)
    }

    fn takes(&mut self, step: Step, at: At) {
        match step {
            Step::Edit => self.edits(at),
            Step::SocketOpens => self.socket_opens(at),
            Step::Up => self.carries_up(at),
            Step::Down => self.carries_down(at),
            Step::DiskWrites => self.disk_writes(at),
            Step::Hears => self.hears(at),
            Step::FetchAnswered => self.fetch_answered(at),
            Step::RelayReads => self.relay_reads(),
            Step::RelayCommits => self.relay_commits(),
            Step::TimePasses => {
                let millis = self.dice.random_range(50..3_000);
                self.passes(millis);
            }
            Step::LooksForDeadTabs => self.looks_for_dead_tabs(at),
            Step::Cut => self.cuts(at),
            Step::HalfOpen => self.leads_nowhere(at),
            Step::Loses => {
                // A stream loses nothing but with its connection.
                let lost = self
                    .tab_mut(at)
                    .line
                    .as_mut()
                    .and_then(|line| line.up.pop_front());
                if lost.is_some() {
                    self.cuts(at);
                }
            }
            Step::Doubles => self.doubles(at),
            Step::Reorders => self.reorders(at),
            Step::GoesOffline => {
                self.devices[at.device].offline = true;
                self.cuts_device(at.device);
            }
            Step::GoesOnline => self.devices[at.device].offline = false,
            Step::DiskFails => self.disk_fails(at),
            Step::FetchFails => self.fetch_fails(at),
            Step::KillsTab => self.kills_tab(at),
            Step::OpensTab => {
                let device = self.dice.random_range(0..self.devices.len());
                if self.devices[device].tabs.len() < 2 {
                    self.opens_tab(device);
                }
            }
            Step::RelayDies => self.relay_dies(),
            Step::RelayStarts => self.relay_starts(),
            Step::BacksUp => self.station.backups.push(self.station.store.clone()),
            Step::SetsBack => {
                if let Some(earlier) = self.station.backups.choose(&mut self.dice).cloned() {
                    self.relay_is_set_back(earlier);
                }
            }
            Step::Carries => self.carries_for_another(at),
            Step::TakesIn => {
                if let Some(held) = self.station.store.held.first().cloned() {
                    self.takes_in(held);
                }
            }
            Step::Voids => self.shadow_finds_something(),
            Step::ClockJumps => {
                let year = 365 * 24 * 3_600_000;
                self.devices[at.device].skew = self.dice.random_range(-year..=year);
            }
        }
    }

    /// Time goes by for everybody.
    pub(super) fn passes(&mut self, millis: i64) {
        self.now.0 += millis;
        for at in self.all_tabs() {
            self.handle(at, shared::sync::client::Event::Tick);
        }
        self.relay_handles(Event::Tick);
    }

    pub(super) fn leads_nowhere(&mut self, at: At) {
        if let Some(line) = self
            .tab_mut(at)
            .line
            .as_mut()
            .filter(|line| line.state == LineState::Open)
        {
            line.state = LineState::HalfOpen;
            line.up.clear();
            line.down.clear();
        }
    }

    pub(super) fn cuts_device(&mut self, device: usize) {
        for tab in 0..self.devices[device].tabs.len() {
            self.cuts(At { device, tab });
        }
    }

    fn doubles(&mut self, at: At) {
        let Some(line) = self.tab_mut(at).line.as_mut() else {
            return;
        };
        let mut pushes = line.up.iter().filter(|message| is_push(message));
        if let Some(push) = pushes.next_back().cloned() {
            line.up.push_back(push);
        }
    }

    fn reorders(&mut self, at: At) {
        let Some(line) = self.tab_mut(at).line.as_mut() else {
            return;
        };
        let pushes: Vec<usize> = (0..line.up.len())
            .filter(|place| is_push(&line.up[*place]))
            .collect();
        if let [first, .., last] = pushes[..] {
            line.up.swap(first, last);
        }
    }

    /// This tab delivers what is pending on another officer's device, as from a stick.
    fn carries_for_another(&mut self, at: At) {
        let other = self.dice.random_range(0..self.devices.len());
        if other == at.device {
            return;
        }
        let acts = self.devices[other].disk.acts.values();
        let mut pending: Vec<_> = acts.filter(|kept| !kept.changes.is_empty()).collect();
        pending.sort_by_key(|kept| kept.number);
        let made: Vec<_> = pending.iter().flat_map(|kept| &kept.changes).collect();
        let hashes: Vec<_> = made.iter().map(|made| made.hash).collect();
        let changes: Vec<_> = made.iter().map(|made| made.bytes.clone().into()).collect();
        let ledger = self.ledger;
        let Some(line) = self
            .tab_mut(at)
            .line
            .as_mut()
            .filter(|line| line.state == LineState::Open)
        else {
            return;
        };
        if changes.is_empty() {
            return;
        }
        let message = ClientMessage::Push { ledger, changes };
        line.up.push_back(message.clone());
        self.tell(|| format!("{at:?} carries {} changes of {other}", hashes.len()));
        self.witness.carried.extend(hashes);
        self.witness.pushed(&message);
    }

    /// A person takes in what was held.
    pub(super) fn takes_in(&mut self, held: NewEntry) {
        self.tell(|| format!("{} is taken in", held.hash));
        self.witness.taken_in.insert(held.hash);
        self.station.store.taken_in.insert(held.hash);
        self.relay_handles(Event::TakenIn(Box::new(held)));
    }
}

fn is_push(message: &ClientMessage) -> bool {
    matches!(message, ClientMessage::Push { .. })
}
