//! Programs that are no app of ours, speaking to the relay in the name of an officer.

use shared::id::{ActId, ActorId};
use shared::ledger::act::Act;
use shared::ledger::document::{Document, Made};
use shared::ledger::snapshot::TableView;
use shared::protocol::{ClientMessage, Hello, RelayMessage, VERSION};
use shared::sync::relay::{ConnectionId, Event as RelayEvent, Officer};
use uuid::Uuid;

use super::deed::{adds, row};
use super::{Device, Network};

impl Network {
    /// A program that is no app of ours connects in the name of a device's officer.
    pub fn stranger(&mut self, device: usize) -> ConnectionId {
        self.connections += 1;
        let id = ConnectionId(self.connections);
        self.station.strangers.insert(id, Vec::new());
        let Device {
            account,
            id: device,
            ref grants,
            ..
        } = self.devices[device];
        let officer = Officer {
            account,
            device,
            grants: grants.clone(),
        };
        self.relay_handles(RelayEvent::Connected(id, officer));
        id
    }

    /// What a stranger says, and everything it was told by then.
    pub fn says(&mut self, stranger: ConnectionId, message: ClientMessage) -> Vec<RelayMessage> {
        self.witness.pushed_by_stranger(&message);
        self.relay_handles(RelayEvent::Received(stranger, message));
        self.relay_works();
        self.told(stranger)
    }

    /// Everything a stranger was told since it was asked last.
    pub fn told(&mut self, stranger: ConnectionId) -> Vec<RelayMessage> {
        self.station
            .strangers
            .get_mut(&stranger)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    /// A hello as an app would say it.
    #[must_use]
    pub fn hello(&self, device: usize) -> ClientMessage {
        let device = self.devices[device].id;
        ClientMessage::Hello(Hello {
            protocol: VERSION,
            app: "stranger".to_owned(),
            device,
            ledgers: Vec::new(),
        })
    }

    /// An act of this officer on a ledger as empty as on the first day, as a change.
    #[must_use]
    pub fn apart(&self, device: usize, number: u8) -> Made {
        let account = self.devices[device].account;
        let mut document = Document::new(
            self.ledger,
            self.key.kind.schema(),
            account,
            ActorId([number; 16]),
        );
        let deed = adds(&[row(number)], &TableView::default());
        let act = Act {
            id: ActId(Uuid::from_u128(number.into())),
            at: self.now,
            deed,
        };
        document
            .perform(&act)
            .expect("a row of its own")
            .changes
            .remove(0)
    }

    /// A stranger says something; nothing else happens.
    pub fn sends(&mut self, stranger: ConnectionId, message: ClientMessage) {
        self.witness.pushed_by_stranger(&message);
        self.relay_handles(RelayEvent::Received(stranger, message));
    }
}
