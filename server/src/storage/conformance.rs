//! What every storage promises, as one suite.

use std::collections::BTreeSet;

use shared::access::{Grant, Role};
use shared::id::{AccountId, Chain, ChangeHash, DeviceId, EnterpriseId, LedgerId, Seal, UnitId};
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::limit;
use shared::protocol::http::DemoAccount;
use shared::sync::relay::{Batch, BatchId, NewEntry, Place};
use shared::time::Timestamp;

use super::memory::MemoryStorage;
use super::sqlite::SqliteStorage;
use super::{Account, Enterprise, Session, SessionHash, Storage, StorageError, Unit};

const ENTERPRISE: EnterpriseId = EnterpriseId::from_bytes([1; 16]);
const UNIT: UnitId = UnitId::from_bytes([2; 16]);
const LIN: AccountId = AccountId::from_bytes([3; 16]);
const GU: AccountId = AccountId::from_bytes([4; 16]);

/// A storage in a world of its own; `reopen` is what a restart of the relay does to it.
struct World<S> {
    storage: S,
    reopen: Box<dyn Fn(S) -> S>,
}

fn key(year: u16) -> LedgerKey {
    LedgerKey {
        unit: UNIT,
        year: Some(year),
        kind: Kind::Pledge,
        part: Part::Main,
    }
}

fn ledger(year: u16) -> LedgerId {
    key(year).id(ENTERPRISE)
}

fn change(ledger: LedgerId, number: u32) -> NewEntry {
    let mut hash = [0; 32];
    hash[..4].copy_from_slice(&number.to_be_bytes());
    NewEntry {
        ledger,
        hash: ChangeHash(hash),
        account: LIN,
        device: DeviceId::from_bytes([5; 16]),
        carried_by: number.is_multiple_of(2).then_some(GU),
        received_at: Timestamp(1_000 + i64::from(number)),
        bytes: number.to_be_bytes().to_vec(),
        seal: Seal([6; 32]),
    }
}

impl<S: Storage> World<S> {
    fn with_ledgers(self) -> Self {
        self.storage
            .add_ledgers(&[(ledger(2025), key(2025)), (ledger(2026), key(2026))])
            .unwrap();
        self
    }

    fn commits(&self, entries: Vec<NewEntry>) -> Vec<Place> {
        self.storage
            .commit(&Batch {
                id: BatchId(1),
                entries,
                held: Vec::new(),
            })
            .unwrap()
    }

    fn holds(&self, held: Vec<NewEntry>) {
        self.storage
            .commit(&Batch {
                id: BatchId(1),
                entries: Vec::new(),
                held,
            })
            .unwrap();
    }

    fn restarted(self) -> Self {
        Self {
            storage: (self.reopen)(self.storage),
            reopen: self.reopen,
        }
    }

    /// Every entry after `after`, by pages.
    fn read(&self, ledger: LedgerId, mut after: u64) -> Vec<ChangeHash> {
        let mut hashes = Vec::new();
        loop {
            let page = self.storage.page(ledger, after).unwrap().unwrap();
            if page.entries.is_empty() {
                assert_eq!(page.last, after);
                return hashes;
            }
            for entry in page.entries {
                after += 1;
                assert_eq!(entry.seq, after, "a gap");
                hashes.push(entry.hash);
            }
        }
    }
}

fn entries_get_numbers_without_gaps_and_the_chain_of_their_hashes<S: Storage>(world: World<S>) {
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

fn a_change_is_stored_once_however_often_it_comes<S: Storage>(world: World<S>) {
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

fn a_page_says_where_it_begins_and_ends<S: Storage>(world: World<S>) {
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

fn a_page_is_bounded_by_number_and_by_bytes_but_never_empty<S: Storage>(world: World<S>) {
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

fn held_changes_are_kept_apart_until_they_are_taken_in<S: Storage>(world: World<S>) {
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

fn a_batch_is_stored_whole_or_not_at_all<S: Storage>(world: World<S>) {
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

fn ledgers_are_made_once_and_listed_with_their_ends<S: Storage>(world: World<S>) {
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

fn enterprise() -> (Enterprise, Vec<Unit>) {
    let demo = DemoAccount {
        login: "gu".to_owned(),
        password: "p".to_owned(),
        name: "顾若川".to_owned(),
        role: Role::Secretary,
        unit: "一支部".to_owned(),
    };
    let unit = |byte, parent| Unit {
        id: UnitId::from_bytes([byte; 16]),
        name: format!("支部{byte}"),
        parent,
    };
    let enterprise = Enterprise {
        id: ENTERPRISE,
        name: "青梧".to_owned(),
        demo: vec![demo],
    };
    (
        enterprise,
        vec![unit(9, None), unit(2, Some(UnitId::from_bytes([9; 16])))],
    )
}

fn account(id: AccountId, login: &str) -> Account {
    let grant = |byte, role| Grant {
        unit: UnitId::from_bytes([byte; 16]),
        role,
    };
    Account {
        id,
        login: login.to_owned(),
        name: "林知远".to_owned(),
        password: "$argon2id$".to_owned(),
        grants: vec![grant(9, Role::Viewer), grant(2, Role::Secretary)],
    }
}

fn a_store_is_one_enterprises<S: Storage>(world: World<S>) {
    let (enterprise, units) = enterprise();
    assert_eq!(world.storage.enterprise().unwrap(), None);
    world.storage.found(&enterprise, &units).unwrap();
    assert!(matches!(
        world.storage.found(&enterprise, &units),
        Err(StorageError::NotEmpty)
    ));
    assert_eq!(world.storage.enterprise().unwrap(), Some(enterprise));
    assert_eq!(world.storage.units().unwrap(), units);
    let third = Unit {
        id: UnitId::from_bytes([1; 16]),
        name: "三支部".to_owned(),
        parent: None,
    };
    world.storage.add_unit(&third).unwrap();
    assert_eq!(world.storage.units().unwrap()[2], third);
}

fn a_login_belongs_to_one_account<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    storage.add_accounts(&[account(LIN, "lin")]).unwrap();
    let both = [account(GU, "gu"), account(AccountId::from_bytes([7; 16]), "lin")];
    assert!(matches!(
        storage.add_accounts(&both),
        Err(StorageError::LoginTaken)
    ));
    assert!(storage.account(GU).unwrap().is_none(), "all or none");
    assert!(storage.account_of("lin").unwrap() == Some(account(LIN, "lin")));
    assert!(storage.account(LIN).unwrap() == Some(account(LIN, "lin")));
    assert!(storage.account_of("gu").unwrap().is_none());

    let other = [Grant {
        unit: UNIT,
        role: Role::GroupLeader,
    }];
    storage.grant(LIN, &other).unwrap();
    assert_eq!(storage.account(LIN).unwrap().unwrap().grants, other);
    assert_eq!(storage.accounts().unwrap().len(), 1);
}

fn a_session_begins_is_used_and_ends<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    let session = |byte| Session {
        hash: SessionHash([byte; 32]),
        account: LIN,
        device: DeviceId::from_bytes([8; 16]),
        began_at: Timestamp(5),
        used_at: Timestamp(5),
    };
    let [first, second] = [session(1), session(2)];
    storage.begin_session(&first, None).unwrap();
    storage.touch_session(first.hash, Timestamp(9)).unwrap();
    assert_eq!(
        storage.session(first.hash).unwrap().unwrap().used_at,
        Timestamp(9)
    );
    storage.begin_session(&second, Some(first.hash)).unwrap();
    assert_eq!(storage.session(first.hash).unwrap(), None);
    assert_eq!(storage.session(second.hash).unwrap(), Some(second.clone()));
    storage.end_session(second.hash).unwrap();
    storage.end_session(second.hash).unwrap();
    assert_eq!(storage.session(second.hash).unwrap(), None);
}

fn a_restart_keeps_everything<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let (enterprise, units) = enterprise();
    world.storage.found(&enterprise, &units).unwrap();
    world.storage.add_accounts(&[account(LIN, "lin")]).unwrap();
    let ours = ledger(2026);
    let places = world.commits((1..=4).map(|number| change(ours, number)).collect());
    world.holds(vec![change(ours, 9)]);
    let before = world.storage.load(ours).unwrap().unwrap();

    let world = world.restarted();
    assert_eq!(world.storage.load(ours).unwrap().unwrap(), before);
    assert_eq!(world.storage.enterprise().unwrap(), Some(enterprise));
    assert!(world.storage.account_of("lin").unwrap() == Some(account(LIN, "lin")));
    let next = world.commits(vec![change(ours, 5)])[0];
    assert_eq!(
        next,
        Place {
            seq: 5,
            chain: places[3].chain.then(&change(ours, 5).hash)
        }
    );
}

macro_rules! conformance {
    ($storage:ident, $world:expr, [$($test:ident),* $(,)?]) => {
        mod $storage {
            use super::*;
            $(#[test] fn $test() { super::$test($world); })*
        }
    };
}

macro_rules! every_storage {
    ($tests:tt) => {
        conformance!(
            memory,
            World {
                storage: MemoryStorage::new(),
                reopen: Box::new(|storage| storage)
            },
            $tests
        );
        conformance!(sqlite, on_disk(), $tests);
    };
}

fn on_disk() -> World<SqliteStorage> {
    let folder = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(folder.path()).unwrap();
    let reopen = move |storage| {
        drop(storage);
        SqliteStorage::open(folder.path()).unwrap()
    };
    World {
        storage,
        reopen: Box::new(reopen),
    }
}

every_storage!([
    entries_get_numbers_without_gaps_and_the_chain_of_their_hashes,
    a_change_is_stored_once_however_often_it_comes,
    a_page_says_where_it_begins_and_ends,
    a_page_is_bounded_by_number_and_by_bytes_but_never_empty,
    held_changes_are_kept_apart_until_they_are_taken_in,
    a_batch_is_stored_whole_or_not_at_all,
    ledgers_are_made_once_and_listed_with_their_ends,
    a_store_is_one_enterprises,
    a_login_belongs_to_one_account,
    a_session_begins_is_used_and_ends,
    a_restart_keeps_everything,
]);

#[test]
fn what_was_altered_on_the_disk_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let world = World {
        storage: SqliteStorage::open(folder.path()).unwrap(),
        reopen: Box::new(|storage| storage),
    };
    let world = world.with_ledgers();
    let ours = ledger(2026);
    world.commits((1..=3).map(|number| change(ours, number)).collect());
    let file = rusqlite::Connection::open(folder.path().join(super::sqlite::FILE)).unwrap();
    file.execute("UPDATE log SET hash = zeroblob(32) WHERE seq = 2", [])
        .unwrap();
    assert!(matches!(world.storage.load(ours), Err(StorageError::Damaged(_))));
    assert!(matches!(
        world.storage.page(ours, 0),
        Err(StorageError::Damaged(_))
    ));
    file.execute("DELETE FROM log WHERE seq = 2", []).unwrap();
    assert!(matches!(world.storage.load(ours), Err(StorageError::Damaged(_))));
}

#[test]
fn a_store_that_is_closed_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(folder.path()).unwrap();
    storage.add_ledgers(&[(ledger(2026), key(2026))]).unwrap();
    storage.ledgers().unwrap();
    drop(storage);
    assert!(!folder.path().join("taizhang.db-wal").exists());
}
