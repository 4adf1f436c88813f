//! Ledgers closed, opened again and forgotten.

use shared::access::Status;
use shared::protocol::http::audit::Record;
use shared::time::Timestamp;

use super::{World, change, ledger};
use crate::storage::{Amendment, By, Storage, StorageError};

fn amends<S: Storage>(world: &World<S>, amendment: &Amendment) -> Result<(), StorageError> {
    world.storage.amend(&By::relay(Timestamp(7)), amendment)
}

fn status<S: Storage>(world: &World<S>) -> Status {
    let listed = world.storage.ledgers().unwrap();
    let ours = listed.into_iter().find(|listed| listed.id == ledger(2026));
    ours.unwrap().status
}

pub(super) fn a_year_is_closed_where_its_log_ends_until_it_is_opened_again<S: Storage>(world: World<S>) {
    use shared::protocol::http::audit::Deed::LedgerClosed;
    let world = world.with_ledgers();
    let ours = ledger(2026);
    let end = *world
        .commits(vec![change(ours, 1), change(ours, 2)])
        .last()
        .unwrap();
    amends(&world, &Amendment::CloseYear(ours)).unwrap();
    let world = world.restarted();
    assert_eq!(world.storage.closing(ours).unwrap(), Some(end));
    assert_eq!(status(&world), Status::Closed);
    let audited = world.storage.audited().unwrap();
    let line = world.storage.audit(audited, 1).unwrap().remove(0);
    let record: Record = serde_json::from_str(&line.text).unwrap();
    let wanted = LedgerClosed {
        ledger: ours,
        seq: end.seq,
        chain: end.chain,
    };
    assert_eq!(record.deed, wanted);
    amends(&world, &Amendment::SetStatus(ours, Status::Open)).unwrap();
    assert_eq!(world.storage.closing(ours).unwrap(), None);
}

pub(super) fn what_is_forgotten_is_gone_for_good<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let ours = ledger(2026);
    world.commits(vec![change(ours, 1)]);
    world.holds(vec![change(ours, 2)]);
    let forget = Amendment::ForgetLedger(ours);
    assert!(
        matches!(amends(&world, &forget), Err(StorageError::Gone)),
        "it is open"
    );
    amends(&world, &Amendment::CloseYear(ours)).unwrap();
    amends(&world, &forget).unwrap();
    let world = world.restarted();
    let loaded = world.storage.load(ours).unwrap().unwrap();
    assert_eq!(loaded.status, Status::Forgotten);
    assert!(loaded.entries.is_empty() && loaded.held.is_empty());
    for more in [
        Amendment::SetStatus(ours, Status::Open),
        Amendment::CloseYear(ours),
        forget,
    ] {
        assert!(
            matches!(amends(&world, &more), Err(StorageError::Gone)),
            "{more:?}"
        );
    }
    let keys = [(ours, super::key(2026))];
    world.storage.add_ledgers(&keys).unwrap();
    assert_eq!(status(&world), Status::Forgotten, "nor made anew");
}
