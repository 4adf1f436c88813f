//! Verbs for stories: what happens to lines, disks and the relay when a test says so.

use shared::protocol::RelayMessage;

use super::line::LineState;
use super::{At, Network, Store};

impl Network {
    /// Takes a device off the network.
    pub fn separates(&mut self, device: usize) {
        self.devices[device].offline = true;
        self.cuts_device(device);
    }

    /// Puts a device back on the network.
    pub fn joins(&mut self, device: usize) {
        self.devices[device].offline = false;
    }

    /// Sets the relay back to what its disk was then.
    pub fn sets_back(&mut self, to: Store) {
        self.relay_is_set_back(to);
    }

    /// A browser is closed for good: its disk stays, nobody opens it.
    pub fn closes(&mut self, device: usize) {
        while !self.devices[device].tabs.is_empty() {
            self.kills_tab(At { device, tab: 0 });
        }
    }

    /// A device stops reading what it is sent.
    pub fn stalls(&mut self, device: usize) {
        self.devices[device].stalled = true;
    }

    /// A device reads on.
    pub fn reads_on(&mut self, device: usize) {
        self.devices[device].stalled = false;
    }

    /// Flips a bit in the first entry that is on its way to a tab. Whether there was one.
    pub fn damages_entry(&mut self, at: At) -> bool {
        let down = self.tab_mut(at).line.iter_mut().flat_map(|line| &mut line.down);
        let entries = down.filter_map(|message| match message {
            RelayMessage::Entries { entries, .. } => entries.first_mut(),
            _ => None,
        });
        let mut found = false;
        for entry in entries.take(1) {
            let middle = entry.bytes.len() / 2;
            entry.bytes[middle] ^= 1;
            found = true;
        }
        found
    }

    /// The relay handles what is on its way from the tabs, and its disk finishes, but nothing reaches the tabs.
    pub fn relay_works(&mut self) {
        for at in self.all_tabs() {
            while self.tab(at).line.as_ref().is_some_and(|line| !line.up.is_empty()) {
                self.carries_up(at);
            }
        }
        while self.station.committing.is_some()
            || !self.station.loads.is_empty()
            || !self.station.reads.is_empty()
        {
            self.relay_reads();
            self.relay_commits();
        }
    }

    /// The disks of a device's tabs finish what they were asked to write.
    pub fn disk_finishes(&mut self, device: usize) {
        for tab in 0..self.devices[device].tabs.len() {
            while !self.tab(At { device, tab }).saves.is_empty() {
                self.disk_writes(At { device, tab });
            }
        }
    }

    /// The relay's commit gets one step further: onto the disk, then to its ears.
    pub fn commit_steps(&mut self) {
        self.relay_commits();
    }

    /// The relay is killed at once.
    pub fn kills_relay(&mut self) {
        self.relay_dies();
    }

    /// The relay is started, unless it runs.
    pub fn starts_relay(&mut self) {
        self.relay_starts();
    }

    /// A person takes in what was held longest.
    pub fn takes_in_oldest(&mut self) {
        if let Some(held) = self.station.store.held.first().cloned() {
            self.takes_in(held);
        }
    }

    /// What is on its way to the relay reaches it; its disk does nothing yet.
    pub fn takes_pushes(&mut self) {
        for at in self.all_tabs() {
            while self.tab(at).line.as_ref().is_some_and(|line| !line.up.is_empty()) {
                self.carries_up(at);
            }
        }
    }

    /// The oldest message of the relay reaches a tab.
    pub fn receives_one(&mut self, at: At) {
        self.carries_down(at);
    }

    /// A tab's line leads nowhere from now on, and nobody notices.
    pub fn loses_silently(&mut self, at: At) {
        self.leads_nowhere(at);
    }

    /// Whether the relay has closed the connection of a device's first tab.
    #[must_use]
    pub fn is_closing(&self, device: usize) -> bool {
        let line = self.tab(At { device, tab: 0 }).line.as_ref();
        line.is_some_and(|line| line.state == LineState::Closing)
    }

    /// The bytes of entries that are on their way to a device's first tab.
    #[must_use]
    pub fn bytes_under_way(&self, device: usize) -> usize {
        let line = self.tab(At { device, tab: 0 }).line.iter();
        let entries = line
            .flat_map(|line| &line.down)
            .filter_map(|message| match message {
                RelayMessage::Entries { entries, .. } => Some(entries),
                _ => None,
            });
        entries.flatten().map(|entry| entry.bytes.len()).sum()
    }

    /// An officer's browser is closed for good.
    pub fn leaves(&mut self, device: usize) {
        self.separates(device);
        self.closes(device);
    }
}
