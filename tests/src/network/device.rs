//! A device: one officer's disk, and the tabs open over it.

use std::collections::{BTreeMap, HashMap};

use shared::access::Grant;
use shared::id::{AccountId, ActId, ChangeHash, DeviceId, TabId};
use shared::protocol::Entry;
use shared::sync::client::{Kept, KeptAct, Save};

use super::tab::Tab;

/// One officer's device.
#[derive(Debug)]
pub struct Device {
    /// Whose it is.
    pub account: AccountId,
    /// Its id.
    pub id: DeviceId,
    /// The officer's roles.
    pub grants: Vec<Grant>,
    /// How wrong its clock is, in milliseconds.
    pub skew: i64,
    /// Whether nothing reaches the relay from here.
    pub offline: bool,
    /// Whether it does not read what the relay sends.
    pub stalled: bool,
    /// What outlives its tabs.
    pub disk: Disk,
    /// The tabs that are open.
    pub(super) tabs: Vec<Tab>,
    /// Who holds the locks of dead tabs.
    pub(super) locks: HashMap<TabId, TabId>,
}

/// One tab of one device, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The device.
    pub device: usize,
    /// The tab.
    pub tab: usize,
}

/// What is on a device's disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    /// The log, by number.
    pub entries: BTreeMap<u64, Entry>,
    /// Entries of an earlier log.
    pub orphans: BTreeMap<ChangeHash, Entry>,
    /// Acts without a receipt, and those set aside.
    pub acts: BTreeMap<ActId, KeptAct>,
}

impl Disk {
    pub(super) fn write(&mut self, save: &Save) {
        if save.clear_entries {
            self.entries.clear();
        }
        self.entries
            .extend(save.entries.iter().map(|entry| (entry.seq, entry.clone())));
        self.orphans
            .extend(save.orphans.iter().map(|entry| (entry.hash, entry.clone())));
        self.acts
            .extend(save.acts.iter().map(|kept| (kept.act.id, kept.clone())));
        for hash in &save.drop_orphans {
            self.orphans.remove(hash);
        }
        for act in &save.drop_acts {
            self.acts.remove(act);
        }
    }

    pub(super) fn read(&self) -> Kept {
        let mut orphans: Vec<Entry> = self.orphans.values().cloned().collect();
        orphans.sort_by_key(|entry| entry.seq);
        Kept {
            entries: self.entries.values().cloned().collect(),
            orphans,
            acts: self.acts.values().cloned().collect(),
        }
    }
}
