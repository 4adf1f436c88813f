//! What every storage promises, as one suite.

use shared::access::Hold;
use shared::id::{AccountId, ChangeHash, DeviceId, EnterpriseId, LedgerId, Seal, UnitId};
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::sync::relay::{Batch, BatchId, HeldEntry, NewEntry, Place};
use shared::time::Timestamp;

mod contacts;
mod held;
mod logs;
mod people;
mod sessions;
mod settings;
mod years;

use super::memory::MemoryStorage;
use super::sqlite::SqliteStorage;
use super::{Amendment, Storage, StorageError};

const ENTERPRISE: EnterpriseId = EnterpriseId::from_bytes([1; 16]);
const UNIT: UnitId = UnitId::from_bytes([2; 16]);
const LIN: AccountId = AccountId::from_bytes([3; 16]);
const GU: AccountId = AccountId::from_bytes([4; 16]);

use contacts::what_a_device_said_last_is_remembered_by_ledger;
use held::{
    held_changes_are_kept_apart_until_they_are_taken_in, held_changes_are_listed_for_whom_they_concern,
    what_was_taken_in_is_not_turned_down_any_more,
};
use logs::{
    a_batch_is_stored_whole_or_not_at_all, a_change_is_stored_once_however_often_it_comes,
    a_page_is_bounded_by_number_and_by_bytes_but_never_empty, a_page_says_where_it_begins_and_ends,
    entries_get_numbers_without_gaps_and_the_chain_of_their_hashes,
    ledgers_are_made_once_and_listed_with_their_ends,
    what_is_voided_keeps_its_place_and_is_given_out_without_its_bytes,
};
use people::{
    a_login_belongs_to_one_account, a_store_is_one_enterprises,
    a_store_is_set_up_once_and_only_while_it_has_no_account, account, amend, enterprise,
    one_administrator_without_a_last_day_is_left_at_the_top,
    roles_are_changed_one_by_one_and_none_is_dropped,
};

use sessions::{
    a_proof_is_good_for_one_new_password, a_session_begins_is_used_and_ends,
    a_session_does_not_begin_after_all_were_ended,
};
use settings::{
    a_version_of_a_setting_follows_the_newest_or_is_not_kept, versions_of_settings_are_numbered_and_stay,
};

use years::{
    a_year_is_closed_where_its_log_ends_until_it_is_opened_again, what_is_forgotten_is_gone_for_good,
};

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
        let why = Hold::Carried;
        let held = held.into_iter().map(|entry| HeldEntry { entry, why }).collect();
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

fn a_restart_keeps_everything<S: Storage>(world: World<S>) {
    let world = world.with_ledgers();
    let (enterprise, units) = enterprise();
    world.storage.found(&enterprise, &units).unwrap();
    amend(&world.storage, Amendment::AddAccounts(vec![account(LIN, "lin")])).unwrap();
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
    what_is_voided_keeps_its_place_and_is_given_out_without_its_bytes,
    a_page_is_bounded_by_number_and_by_bytes_but_never_empty,
    held_changes_are_kept_apart_until_they_are_taken_in,
    held_changes_are_listed_for_whom_they_concern,
    what_was_taken_in_is_not_turned_down_any_more,
    a_batch_is_stored_whole_or_not_at_all,
    ledgers_are_made_once_and_listed_with_their_ends,
    a_store_is_one_enterprises,
    a_login_belongs_to_one_account,
    a_store_is_set_up_once_and_only_while_it_has_no_account,
    roles_are_changed_one_by_one_and_none_is_dropped,
    one_administrator_without_a_last_day_is_left_at_the_top,
    a_session_begins_is_used_and_ends,
    a_session_does_not_begin_after_all_were_ended,
    a_proof_is_good_for_one_new_password,
    versions_of_settings_are_numbered_and_stay,
    a_version_of_a_setting_follows_the_newest_or_is_not_kept,
    a_restart_keeps_everything,
    what_a_device_said_last_is_remembered_by_ledger,
    a_year_is_closed_where_its_log_ends_until_it_is_opened_again,
    what_is_forgotten_is_gone_for_good,
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
