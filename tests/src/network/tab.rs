//! A tab: the pure core, and everything between it and the world that takes its time.

use std::collections::{HashSet, VecDeque};

use rand::Rng;
use shared::id::{ChangeHash, TabId};
use shared::ledger::conflict::Conflict;
use shared::sync::client::{Announcement, Client, ClientConfig, Event, Save};
use uuid::Uuid;

use super::line::Line;
use super::{At, Network};

/// One open tab.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) id: TabId,
    pub(super) client: Client,
    /// Transactions under way, in order.
    pub(super) saves: VecDeque<Save>,
    /// What other tabs have announced and this one has not heard yet.
    pub(super) heard: VecDeque<Announcement>,
    /// Logs asked for over HTTP and not answered yet.
    pub(super) fetches: usize,
    pub(super) line: Option<Line>,
    /// Every entry of a log that its officer may know of.
    pub(super) seen: HashSet<ChangeHash>,
    /// How much of the log is among them.
    pub(super) noted: u64,
    /// A conflict opened on the screen some time ago.
    pub(super) dialog: Option<Conflict>,
}

impl Network {
    /// Opens a tab over what the device's disk holds.
    pub(super) fn opens_tab(&mut self, device: usize) -> At {
        self.tabs += 1;
        let id = TabId(Uuid::from_u128(self.tabs.into()));
        let owner = &self.devices[device];
        let config = ClientConfig {
            account: owner.account,
            device: owner.id,
            tab: id,
            app: "simulated".to_owned(),
            seed: self.dice.random(),
        };
        let kept = owner.disk.read();
        let seen = kept
            .entries
            .iter()
            .chain(&kept.orphans)
            .map(|entry| entry.hash)
            .collect();
        self.devices[device].tabs.push(Tab {
            id,
            client: Client::new(config),
            saves: VecDeque::new(),
            heard: VecDeque::new(),
            fetches: 0,
            line: None,
            seen,
            noted: 0,
            dialog: None,
        });
        let at = At {
            device,
            tab: self.devices[device].tabs.len() - 1,
        };
        self.tell(|| format!("{at:?} opens"));
        self.handle(at, Event::Opened(self.ledger, self.key, Box::new(kept)));
        self.handle(at, Event::TryNow);
        at
    }

    /// Ends a tab without a word. Of its transactions under way some are complete, in order; nobody hears of them.
    pub(super) fn kills_tab(&mut self, at: At) {
        self.tell(|| format!("{at:?} is killed"));
        self.cuts(at);
        let tab = self.devices[at.device].tabs.remove(at.tab);
        let complete = self.dice.random_range(0..=tab.saves.len());
        for save in tab.saves.iter().take(complete) {
            self.writes(at.device, save);
        }
        // Its locks are free again.
        self.devices[at.device]
            .locks
            .retain(|_, holder| *holder != tab.id);
    }

    /// Carries a transaction out.
    pub(super) fn writes(&mut self, device: usize, save: &Save) {
        self.witness.saved(device, save);
        self.devices[device].disk.write(save);
    }

    /// A tab looks for dead ones whose work it can take over.
    pub(super) fn looks_for_dead_tabs(&mut self, at: At) {
        let device = &self.devices[at.device];
        let tab = &device.tabs[at.tab];
        let mine = tab.id;
        let others = tab.client.other_tabs();
        let free: Vec<TabId> = others
            .into_iter()
            .filter(|other| device.tabs.iter().all(|tab| tab.id != *other))
            .filter(|other| device.locks.get(other).is_none_or(|holder| *holder == mine))
            .collect();
        for other in free {
            self.tell(|| format!("{at:?} takes {other} over"));
            self.devices[at.device].locks.insert(other, mine);
            self.handle(at, Event::TookOver(other));
        }
    }

    pub(super) fn all_tabs(&self) -> Vec<At> {
        let tabs =
            |(device, at): (usize, &super::Device)| (0..at.tabs.len()).map(move |tab| At { device, tab });
        self.devices.iter().enumerate().flat_map(tabs).collect()
    }

    pub(super) fn tab(&self, at: At) -> &Tab {
        &self.devices[at.device].tabs[at.tab]
    }

    pub(super) fn tab_mut(&mut self, at: At) -> &mut Tab {
        &mut self.devices[at.device].tabs[at.tab]
    }
}
