//! Verbs for stories: what officers do when a test says so, and what they see.

use shared::id::{ActId, RowId};
use shared::ledger::act::{Deed, Entry};
use shared::ledger::cell::{CellRef, Value};
use shared::sync::client::{Client, Event, Replica};

use super::deed::{adds, enters, row};
use super::{At, Device, Network, Store};

impl Network {
    /// The first officer makes rows 1 to 4, and everybody has them.
    pub(super) fn calms(&mut self) {
        let first = At { device: 0, tab: 0 };
        let table = self.items(first);
        self.does(first, adds(&[row(1), row(2), row(3), row(4)], &table));
        self.comes_to_rest().expect("nothing can go wrong yet");
    }

    /// An officer types into a cell of the pledges, in the first open tab.
    pub fn types(&mut self, device: usize, row: RowId, column: &str, text: &str) {
        self.types_in(At { device, tab: 0 }, row, column, text);
    }

    /// An officer types into a cell of the pledges.
    pub fn types_in(&mut self, at: At, row: RowId, column: &str, text: &str) {
        let cells = vec![(row, column.to_owned(), Value::Text(text.to_owned()))];
        assert!(self.does(at, enters(Entry::Typed, cells)), "the act applies");
    }

    /// An officer does this, in the first open tab.
    pub fn acts(&mut self, device: usize, deed: Deed) {
        assert!(self.does(At { device, tab: 0 }, deed), "the act applies");
    }

    /// Whether an officer can do this, in the first open tab.
    pub fn tries(&mut self, device: usize, deed: Deed) -> bool {
        self.does(At { device, tab: 0 }, deed)
    }

    /// An officer adds a row, in the first open tab.
    pub fn adds_row(&mut self, device: usize, id: RowId) {
        let at = At { device, tab: 0 };
        let table = self.items(at);
        assert!(self.does(at, adds(&[id], &table)), "the act applies");
    }

    /// What a tab of a device knows of the ledger.
    #[must_use]
    pub fn replica(&self, device: usize) -> &Replica {
        self.replica_in(At { device, tab: 0 })
    }

    /// What a tab knows of the ledger.
    #[must_use]
    pub fn replica_in(&self, at: At) -> &Replica {
        self.tab(at)
            .client
            .ledger(self.ledger)
            .expect("opened with the tab")
    }

    /// What a device shows in a cell of the pledges.
    #[must_use]
    pub fn shows(&self, device: usize, row: RowId, column: &str) -> Option<String> {
        let snapshot = self.replica(device).snapshot();
        let cell = snapshot.cell(&CellRef::new("items", row, column))?;
        cell.value.as_text().map(str::to_owned)
    }

    /// What is on the relay's disk.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.station.store
    }

    /// A device.
    #[must_use]
    pub fn device(&self, device: usize) -> &Device {
        &self.devices[device]
    }

    /// Opens one more tab on a device.
    pub fn opens(&mut self, device: usize) -> At {
        self.opens_tab(device)
    }

    /// Kills a tab.
    pub fn kills(&mut self, at: At) {
        self.kills_tab(at);
    }

    /// Something happens to a tab.
    pub fn happens(&mut self, at: At, event: Event) {
        self.handle(at, event);
    }

    /// The core of a tab.
    #[must_use]
    pub fn client(&self, at: At) -> &Client {
        &self.tab(at).client
    }

    /// How often the relay's log was another than that of the tabs of a device.
    #[must_use]
    pub fn divergences(&self, device: usize) -> u64 {
        self.devices[device]
            .tabs
            .iter()
            .map(|tab| tab.client.divergences())
            .sum()
    }

    /// An officer dismisses an act that was set aside.
    pub fn dismisses(&mut self, device: usize, act: ActId) {
        let (at, ledger) = (At { device, tab: 0 }, self.ledger);
        self.witness.acts.entry(act).or_default().dismissed = true;
        let effects = self.tab_mut(at).client.dismiss(ledger, act);
        self.carry_out(at, effects);
    }
}
