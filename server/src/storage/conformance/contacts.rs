//! Which devices hold which ledgers.

use shared::id::DeviceId;
use shared::sync::relay::Contact;
use shared::time::Timestamp;

use super::{GU, LIN, World, ledger};
use crate::storage::Storage;

pub(super) fn what_a_device_said_last_is_remembered_by_ledger<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let [ours, theirs] = [ledger(2026), ledger(2025)];
    let contact = |ledger, device: u8, at, pending| Contact {
        ledger,
        device: DeviceId::from_bytes([device; 16]),
        account: if device == 1 { LIN } else { GU },
        at: Timestamp(at),
        seq: 7,
        pending,
    };
    let missing = ledger(1999);
    let said = [
        contact(ours, 1, 10, 3),
        contact(theirs, 1, 10, 0),
        contact(missing, 1, 10, 0),
    ];
    world.storage.note_contacts(&said).unwrap();
    world
        .storage
        .note_contacts(&[contact(ours, 2, 20, 1), contact(ours, 1, 30, 2)])
        .unwrap();
    let world = world.restarted();
    assert_eq!(
        world.storage.contacts(ours).unwrap(),
        [contact(ours, 1, 30, 2), contact(ours, 2, 20, 1)]
    );
    assert_eq!(
        world.storage.contacts(theirs).unwrap(),
        [contact(theirs, 1, 10, 0)]
    );
    assert_eq!(world.storage.contacts(missing).unwrap(), []);
}
