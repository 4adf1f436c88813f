use std::collections::BTreeSet;

use shared::access::{Grant, Role, UnitKind};
use shared::id::{AccountId, ChangeHash, DeviceId, EnterpriseId, LedgerId, Seal, UnitId};
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::protocol::http::Listed;
use shared::setting::{Draft, SettingKind};
use shared::sync::relay::{Batch, BatchId, Loaded, NewEntry};
use shared::time::Timestamp;

use super::*;
use crate::audit::Line;
use crate::storage::sqlite::{FILE, SqliteStorage};
use crate::storage::{Account, Amendment, By, Enterprise, Storage as _, Unit};

const LIN: AccountId = AccountId::from_bytes([3; 16]);
const UNIT: UnitId = UnitId::from_bytes([2; 16]);
const LEDGER: LedgerId = LedgerId([7; 16]);

/// A store of version 3 with something in it.
fn old() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fill(&SqliteStorage::open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join(FILE)).unwrap();
    connection
        .execute_batch("DROP TABLE setting; DROP TABLE contact; DROP TABLE closing; PRAGMA user_version = 3;")
        .unwrap();
    drop(connection);
    let as_made_then = Connection::open_in_memory().unwrap();
    as_made_then.execute_batch(include_str!("../schema.sql")).unwrap();
    assert_eq!(tables(&folder.path().join(FILE)), schema(&as_made_then));
    folder
}

fn fill(storage: &SqliteStorage) {
    let enterprise = Enterprise {
        id: EnterpriseId::from_bytes([1; 16]),
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    let unit = Unit {
        id: UNIT,
        name: "青梧党委".to_owned(),
        kind: UnitKind::PartyCommittee,
        parent: None,
    };
    storage.found(&enterprise, &[unit]).unwrap();
    let account = Account {
        id: LIN,
        login: "lin".to_owned(),
        name: "林知远".to_owned(),
        password: "$argon2id$".to_owned(),
        first_password: false,
        grants: vec![Grant::new(UNIT, Role::OfficeOfficer)],
    };
    let by = By::relay(Timestamp(5));
    storage
        .amend(&by, &Amendment::AddAccounts(vec![account]))
        .unwrap();
    let key = LedgerKey {
        unit: UNIT,
        year: Some(2026),
        kind: Kind::Pledge,
        part: Part::Main,
    };
    storage.add_ledgers(&[(LEDGER, key)]).unwrap();
    let entry = |number| NewEntry {
        ledger: LEDGER,
        hash: ChangeHash([number; 32]),
        account: LIN,
        device: DeviceId::from_bytes([9; 16]),
        carried_by: None,
        received_at: Timestamp(i64::from(number)),
        bytes: vec![number; 1_000],
        seal: Seal([0; 32]),
    };
    let batch = Batch {
        id: BatchId(1),
        entries: (1..=50).map(entry).collect(),
        held: Vec::new(),
    };
    storage.commit(&batch).unwrap();
}

fn schema(connection: &Connection) -> Vec<String> {
    let mut statement = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn tables(file: &Path) -> Vec<String> {
    schema(&Connection::open(file).unwrap())
}

fn version(file: &Path) -> i32 {
    let connection = Connection::open(file).unwrap();
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

/// What is in a store, as far as [`fill`] puts it there.
#[derive(Debug, PartialEq)]
struct Content {
    enterprise: Option<Enterprise>,
    units: Vec<Unit>,
    accounts: Vec<Account>,
    audit: Vec<Line>,
    ledgers: Vec<Listed>,
    log: Option<Loaded>,
}

fn content(storage: &SqliteStorage) -> Content {
    Content {
        enterprise: storage.enterprise().unwrap(),
        units: storage.units().unwrap(),
        accounts: storage.accounts().unwrap(),
        audit: storage.audit(1, 100).unwrap(),
        ledgers: storage.ledgers().unwrap(),
        log: storage.load(LEDGER).unwrap(),
    }
}

fn filled() -> Content {
    let folder = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(folder.path()).unwrap();
    fill(&storage);
    content(&storage)
}

#[test]
fn a_store_of_the_version_before_opens_and_keeps_everything() {
    let (folder, fresh) = (old(), tempfile::tempdir().unwrap());
    let storage = SqliteStorage::open(folder.path()).unwrap();
    assert_eq!(content(&storage), filled());
    let draft = Draft {
        kind: SettingKind::Calendar,
        name: "work".to_owned(),
        title: "工作日历".to_owned(),
        body: "{}".to_owned(),
        note: String::new(),
        after: 0,
    };
    let by = By::relay(Timestamp(6));
    storage.amend(&by, &Amendment::AddSetting(draft)).unwrap();
    drop(storage);
    drop(SqliteStorage::open(fresh.path()).unwrap());
    let [upgraded, new] = [&folder, &fresh].map(|folder| folder.path().join(FILE));
    assert_eq!((version(&upgraded), tables(&upgraded)), (4, tables(&new)));
}

#[test]
fn as_it_was_it_stays_in_a_file_beside_it_and_can_be_put_back() {
    let folder = old();
    let [file, copy, second] =
        [FILE, "taizhang.db.before-4", "taizhang.db.before-4.2"].map(|name| folder.path().join(name));
    fs::write(folder.path().join("taizhang.db.before-4.part"), "cut off").unwrap();
    let before = tables(&file);
    drop(SqliteStorage::open(folder.path()).unwrap());
    assert_eq!((version(&copy), tables(&copy)), (3, before));
    let names = || {
        let entries = fs::read_dir(folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect::<BTreeSet<String>>()
    };
    let wanted = |names: &[&str]| {
        names
            .iter()
            .map(ToString::to_string)
            .collect::<BTreeSet<String>>()
    };
    assert_eq!(names(), wanted(&[FILE, "taizhang.db.before-4"]));

    drop(SqliteStorage::open(folder.path()).unwrap());
    assert!(!second.exists(), "there is nothing more to upgrade");

    let bytes = fs::read(&copy).unwrap();
    fs::copy(&copy, &file).unwrap();
    assert_eq!(content(&SqliteStorage::open(folder.path()).unwrap()), filled());
    assert!(second.exists());
    assert!(
        fs::read(&copy).unwrap() == bytes,
        "the first copy is not written over"
    );
}

#[test]
fn without_a_copy_a_store_stays_as_it_is() {
    let folder = old();
    let file = folder.path().join(FILE);
    fs::write(folder.path().join("taizhang.db.before-4"), "").unwrap();
    for number in 2..=COPIES {
        fs::write(folder.path().join(format!("taizhang.db.before-4.{number}")), "").unwrap();
    }
    let refused = SqliteStorage::open(folder.path()).map(drop);
    assert!(matches!(refused, Err(OpenError::Copy { .. })), "{refused:?}");
    assert_eq!(version(&file), 3);
}

#[test]
fn of_two_who_open_it_at_once_one_upgrades_it() {
    let folder = old();
    let open = || SqliteStorage::open(folder.path()).map(drop);
    std::thread::scope(|scope| {
        let opening: Vec<_> = (0..2).map(|_| scope.spawn(open)).collect();
        for one in opening {
            one.join().unwrap().unwrap();
        }
    });
    assert!(!folder.path().join("taizhang.db.before-4.2").exists());
    assert_eq!(content(&SqliteStorage::open(folder.path()).unwrap()), filled());
}

#[cfg(unix)]
#[test]
fn whoever_may_not_read_the_store_may_not_read_its_copy() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = old();
    let [file, copy] = [FILE, "taizhang.db.before-4"].map(|name| folder.path().join(name));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    drop(SqliteStorage::open(folder.path()).unwrap());
    let mode = fs::metadata(copy).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
