//! What is kept for a person.

use std::collections::BTreeSet;

use shared::id::{AccountId, ChangeHash};
use shared::limit;
use shared::sync::relay::{NewEntry, Standing};

use super::people::amend;
use super::{GU, LIN, World, change, ledger};
use crate::storage::{Amendment, Storage, StorageError, Wanted};

pub(super) fn held_changes_are_kept_apart_until_they_are_taken_in<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let ours = ledger(2026);
    world.holds(vec![change(ours, 1), change(ours, 2), change(ours, 1)]);
    let held = |world: &World<S>| -> BTreeSet<ChangeHash> {
        world
            .storage
            .load(ours)
            .unwrap()
            .unwrap()
            .held
            .into_iter()
            .map(|held| held.hash)
            .collect()
    };
    assert_eq!(
        held(&world),
        BTreeSet::from([change(ours, 1).hash, change(ours, 2).hash])
    );
    assert!(world.read(ours, 0).is_empty());
    world.commits(vec![change(ours, 2)]);
    assert_eq!(held(&world), BTreeSet::from([change(ours, 1).hash]));
    world.holds(vec![change(ours, 2)]);
    assert_eq!(
        held(&world),
        BTreeSet::from([change(ours, 1).hash]),
        "what is in the log is not held"
    );
}

pub(super) fn held_changes_are_listed_for_whom_they_concern<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let [ours, theirs] = [ledger(2026), ledger(2025)];
    let by = |account: AccountId, change: NewEntry| NewEntry { account, ..change };
    let [one, two, three] = [
        by(LIN, change(ours, 1)),
        by(GU, change(theirs, 2)),
        by(LIN, change(theirs, 3)),
    ];
    world.holds(vec![one.clone(), two.clone(), three.clone()]);
    let listed = |wanted: Wanted<'_>| -> Vec<ChangeHash> {
        let rows = world.storage.held(wanted).unwrap();
        rows.into_iter().map(|row| row.entry.hash).collect()
    };
    assert_eq!(listed(Wanted::By(LIN, &[])), [one.hash, three.hash]);
    assert_eq!(listed(Wanted::By(GU, &[ours])), [one.hash, two.hash]);
    assert_eq!(
        listed(Wanted::By(LIN, &[ours, theirs])),
        [one.hash, two.hash, three.hash],
        "each once"
    );
    assert_eq!(listed(Wanted::These(theirs, &[one.hash, two.hash])), [two.hash]);
    assert!(listed(Wanted::TakenIn).is_empty());
    decide(&world, &one, Standing::TakenIn).unwrap();
    assert_eq!(listed(Wanted::TakenIn), [one.hash]);
    assert_eq!(
        listed(Wanted::By(LIN, &[])),
        [three.hash, one.hash],
        "what waits comes first"
    );
    let long = |number| NewEntry {
        bytes: vec![7; limit::HELD_LISTED_BYTES - 9],
        ..change(ours, number)
    };
    world.holds(vec![long(4), long(5), long(6)]);
    assert_eq!(
        listed(Wanted::By(GU, &[ours])),
        [two.hash, long(4).hash, long(5).hash],
        "a list has an end"
    );
}

pub(super) fn what_was_taken_in_is_not_turned_down_any_more<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let [one, two] = [change(ledger(2026), 1), change(ledger(2026), 2)];
    world.holds(vec![one.clone(), two.clone()]);
    let standing = |change: &NewEntry| {
        let these = [change.hash];
        let wanted = Wanted::These(change.ledger, &these);
        world.storage.held(wanted).unwrap()[0].standing()
    };
    decide(&world, &one, Standing::TurnedDown).unwrap();
    decide(&world, &one, Standing::TakenIn).unwrap();
    assert_eq!(standing(&one), Standing::TakenIn, "after all");
    let late = decide(&world, &one, Standing::TurnedDown);
    assert!(matches!(late, Err(StorageError::Gone)));
    decide(&world, &one, Standing::TakenIn).unwrap();
    assert_eq!(
        (standing(&one), standing(&two)),
        (Standing::TakenIn, Standing::Waiting)
    );
    let unknown = decide(&world, &change(ledger(2026), 3), Standing::TakenIn);
    assert!(matches!(unknown, Err(StorageError::Gone)));
}

fn decide<S: Storage>(world: &World<S>, change: &NewEntry, standing: Standing) -> Result<(), StorageError> {
    let decide = Amendment::Decide {
        ledger: change.ledger,
        changes: vec![change.hash],
        standing,
        reason: "看过原件".to_owned(),
    };
    amend(&world.storage, decide)
}
