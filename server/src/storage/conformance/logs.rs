//! Appending, paging, holding, listing.

use shared::id::{AccountId, Chain, LedgerId};
use shared::limit;
use shared::protocol::{Entry, void};
use shared::sync::relay::{Batch, BatchId, NewEntry, Place};
use shared::time::Timestamp;

use super::{World, change, key, ledger};
use crate::storage::{Storage, StorageError};

pub(super) fn entries_get_numbers_without_gaps_and_the_chain_of_their_hashes<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let [ours, theirs] = [ledger(2026), ledger(2025)];
    let places = world.commits(vec![change(ours, 1), change(theirs, 1), change(ours, 2)]);
    let first = Chain::START.then(&change(ours, 1).hash);
    let second = first.then(&change(ours, 2).hash);
    let wanted = [(1, first), (1, first), (2, second)].map(|(seq, chain)| Place { seq, chain });
    assert_eq!(places, wanted);
    let third = second.then(&change(ours, 3).hash);
    assert_eq!(
        world.commits(vec![change(ours, 3)]),
        [Place { seq: 3, chain: third }]
    );

    let loaded = world.storage.load(ours).unwrap().unwrap();
    assert_eq!(
        (loaded.key, loaded.chain, loaded.entries.len()),
        (key(2026), third, 3)
    );
    let entry = &loaded.entries[1];
    let new = change(ours, 2);
    assert_eq!(
        (entry.seq, entry.hash, entry.account, entry.device),
        (2, new.hash, new.account, new.device)
    );
    assert_eq!(
        (entry.carried_by, entry.received_at, entry.seal),
        (new.carried_by, new.received_at, new.seal)
    );
    assert_eq!(entry.bytes, new.bytes);
    assert_eq!(loaded.entries[0].carried_by, None);
}

pub(super) fn a_change_is_stored_once_however_often_it_comes<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let ours = ledger(2026);
    let first = world.commits(vec![change(ours, 1), change(ours, 2)]);
    let again = world.commits(vec![
        change(ours, 2),
        change(ours, 3),
        change(ours, 1),
        change(ours, 3),
    ]);
    assert_eq!(again[0], first[1]);
    assert_eq!(again[2], first[0]);
    assert_eq!((again[1].seq, again[3].seq), (3, 3));
    assert_eq!(world.read(ours, 0).len(), 3);
    // The same change may stand in two ledgers.
    assert_eq!(world.commits(vec![change(ledger(2025), 1)])[0].seq, 1);
}

pub(super) fn what_is_voided_keeps_its_place_and_is_given_out_without_its_bytes<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let [ours, theirs] = [ledger(2026), ledger(2025)];
    world.commits((1..=3).map(|number| change(ours, number)).collect());
    world.commits(vec![change(theirs, 2)]);
    let record = void::records(&[change(ours, 2).hash]).remove(0);
    let by = |account| NewEntry {
        account,
        hash: record.hash,
        bytes: record.bytes.clone(),
        ..change(ours, 9)
    };
    let places = world.commits(vec![by(AccountId::RELAY)]);
    assert_eq!(places[0].seq, 4);
    let bytes = |entries: &[Entry]| entries.iter().map(|entry| entry.bytes.len()).collect::<Vec<_>>();
    let whole = change(ours, 1).bytes.len();
    let loaded = world.storage.load(ours).unwrap().unwrap();
    assert_eq!(bytes(&loaded.entries), [whole, 0, whole, record.bytes.len()]);
    assert_eq!(loaded.entries[1].hash, change(ours, 2).hash);
    assert_eq!(loaded.chain, places[0].chain);
    let page = world.storage.page(ours, 0).unwrap().unwrap();
    assert_eq!(bytes(&page.entries), bytes(&loaded.entries));
    // The same change in another ledger is another matter.
    let page = world.storage.page(theirs, 0).unwrap().unwrap();
    assert_eq!(bytes(&page.entries), [whole]);
}

pub(super) fn a_page_says_where_it_begins_and_ends<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let ours = ledger(2026);
    let places = world.commits((1..=5).map(|number| change(ours, number)).collect());
    let page = world.storage.page(ours, 2).unwrap().unwrap();
    assert_eq!((page.ledger, page.after, page.last), (ours, 2, 5));
    assert_eq!(
        (page.chain_before, page.chain),
        (Some(places[1].chain), places[4].chain)
    );
    assert_eq!(
        page.entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
        [3, 4, 5]
    );

    let end = world.storage.page(ours, 5).unwrap().unwrap();
    assert_eq!(
        (end.chain_before, end.chain, end.entries.len()),
        (Some(places[4].chain), places[4].chain, 0)
    );
    let beyond = world.storage.page(ours, 6).unwrap().unwrap();
    assert_eq!(
        (beyond.chain_before, beyond.entries.len(), beyond.last),
        (None, 0, 5)
    );
    let empty = world.storage.page(ledger(2025), 0).unwrap().unwrap();
    assert_eq!(
        (empty.chain_before, empty.chain, empty.last),
        (Some(Chain::START), Chain::START, 0)
    );
    assert_eq!(
        world.storage.page(ours, u64::MAX).unwrap().unwrap().chain_before,
        None
    );
}

pub(super) fn a_page_is_bounded_by_number_and_by_bytes_but_never_empty<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let ours = ledger(2026);
    let many = u32::try_from(limit::ENTRIES_PER_FRAME).unwrap() + 5;
    world.commits((1..=many).map(|number| change(ours, number)).collect());
    assert_eq!(
        world.storage.page(ours, 0).unwrap().unwrap().entries.len(),
        limit::ENTRIES_PER_FRAME
    );
    assert_eq!(world.read(ours, 0).len(), many as usize);

    let big = |number| NewEntry {
        bytes: vec![7; limit::ENTRIES_BYTES / 2 + 1],
        ..change(ledger(2025), number)
    };
    let bigger = NewEntry {
        bytes: vec![7; limit::ENTRIES_BYTES + 1],
        ..change(ledger(2025), 3)
    };
    world.commits(vec![big(1), big(2), bigger]);
    for after in 0..3 {
        assert_eq!(
            world
                .storage
                .page(ledger(2025), after)
                .unwrap()
                .unwrap()
                .entries
                .len(),
            1,
            "after {after}"
        );
    }
}

pub(super) fn a_batch_is_stored_whole_or_not_at_all<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let ours = ledger(2026);
    let unknown = LedgerId([9; 16]);
    let batch = Batch {
        id: BatchId(1),
        entries: vec![change(ours, 1), change(unknown, 1)],
        held: vec![],
    };
    assert!(matches!(world.storage.commit(&batch), Err(StorageError::NoLedger(id)) if id == unknown));
    assert!(world.read(ours, 0).is_empty());
    assert!(world.storage.load(unknown).unwrap().is_none());
    assert!(world.storage.page(unknown, 0).unwrap().is_none());
}

pub(super) fn ledgers_are_made_once_and_listed_with_their_ends<S: Storage>(world: World<S>) {
    let world = world.with_ledgers().with_ledgers();
    let ours = ledger(2026);
    world.commits(vec![change(ours, 1), change(ours, 2)]);
    let list = world.storage.ledgers().unwrap();
    assert_eq!(list.len(), 2);
    let found = list.iter().find(|listed| listed.id == ours).unwrap();
    assert_eq!(
        (found.key, found.last, found.last_at),
        (key(2026), 2, Some(Timestamp(1_002)))
    );
    let empty = list.iter().find(|listed| listed.id == ledger(2025)).unwrap();
    assert_eq!((empty.last, empty.last_at), (0, None));
}
