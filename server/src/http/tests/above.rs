//! A small enterprise as those above see it: 党委 over 党总支 over two branches, and a branch beside them.

use shared::access::{Grant, Role, UnitKind};
use shared::id::{AccountId, ActId, ActorId, DeviceId, LedgerId, RowId, Seal, UnitId};
use shared::ledger::act::{Act, Deed, Entry, NewRow};
use shared::ledger::cell::Value;
use shared::ledger::document::Document;
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::{Kind, roster};
use shared::ledger::order::several;
use shared::sync::relay::{Batch, BatchId, NewEntry};
use shared::time::Timestamp;

use super::{ENTERPRISE, PASSWORD, World, cookie_of, own, request, sign_in_body};
use crate::account::hash_password;
use crate::clock;
use crate::http::tests::world::Setting;
use crate::register::of_branch;
use crate::storage::memory::MemoryStorage;
use crate::storage::{Account, Amendment, By, Enterprise, Storage as _, Unit};

pub(super) const TOP: UnitId = UnitId::from_bytes([20; 16]);
pub(super) const GENERAL: UnitId = UnitId::from_bytes([21; 16]);
pub(super) const FIRST: UnitId = UnitId::from_bytes([22; 16]);
pub(super) const SECOND: UnitId = UnitId::from_bytes([23; 16]);
pub(super) const BESIDE: UnitId = UnitId::from_bytes([24; 16]);

const PEOPLE: [(&str, UnitId, Role); 5] = [
    ("qin", TOP, Role::OfficeOfficer),
    ("he", GENERAL, Role::Secretary),
    ("lin", FIRST, Role::Secretary),
    ("ye", FIRST, Role::GroupLeader),
    ("su", SECOND, Role::Secretary),
];

pub(super) fn account(login: &str) -> AccountId {
    let place = PEOPLE.iter().position(|(known, ..)| *known == login).unwrap();
    AccountId::from_bytes([30 + u8::try_from(place).unwrap(); 16])
}

pub(super) fn enterprise() -> World {
    World::of(Setting {
        store: filled,
        ..Setting::default()
    })
}

fn filled() -> MemoryStorage {
    let storage = MemoryStorage::new();
    let unit = |id, name: &str, kind, parent| Unit {
        id,
        name: name.to_owned(),
        kind,
        parent,
    };
    let units = [
        unit(TOP, "党委", UnitKind::PartyCommittee, None),
        unit(GENERAL, "机加党总支", UnitKind::GeneralBranch, Some(TOP)),
        unit(FIRST, "一支部", UnitKind::Branch, Some(GENERAL)),
        unit(SECOND, "二支部", UnitKind::Branch, Some(GENERAL)),
        unit(BESIDE, "直属支部", UnitKind::Branch, Some(TOP)),
    ];
    let enterprise = Enterprise {
        id: ENTERPRISE,
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    storage.found(&enterprise, &units).unwrap();
    let accounts = PEOPLE.map(|(login, unit, role)| Account {
        id: account(login),
        login: login.to_owned(),
        name: login.to_uppercase(),
        password: hash_password(PASSWORD, [9; 16]),
        first_password: false,
        grants: vec![Grant::new(unit, role)],
    });
    let adding = Amendment::AddAccounts(accounts.to_vec());
    storage.amend(&By::relay(clock::now()), &adding).unwrap();
    for unit in [FIRST, SECOND, BESIDE] {
        let ledgers: Vec<_> = of_branch(ENTERPRISE, unit, 2026).collect();
        storage.add_ledgers(&ledgers).unwrap();
    }
    for (unit, members) in [(FIRST, 3), (SECOND, 2)] {
        fill(&storage, unit, members);
    }
    storage
}

pub(super) fn ledger(unit: UnitId, kind: Kind, year: u16) -> LedgerId {
    key(unit, kind, year).id(ENTERPRISE)
}

pub(super) fn key(unit: UnitId, kind: Kind, year: u16) -> LedgerKey {
    LedgerKey {
        unit,
        year: kind.is_yearly().then_some(year),
        kind,
        part: Part::Main,
    }
}

/// The id of a branch's member.
pub(super) fn member(unit: UnitId, number: u8) -> RowId {
    let mut bytes = *unit.as_bytes();
    bytes[15] = 100 + number;
    RowId::from_bytes(bytes)
}

/// Puts members into a roster.
fn fill(storage: &MemoryStorage, unit: UnitId, members: u8) {
    let places = several(None, None, members.into());
    let rows = (0..members).zip(places).map(|(number, order)| NewRow {
        table: roster::MEMBERS.to_owned(),
        id: member(unit, number),
        order,
        cells: vec![
            (roster::NAME.to_owned(), Value::Text(format!("党员{number}"))),
            (roster::CREW.to_owned(), Value::Text("立车组".to_owned())),
        ],
    });
    let deed = Deed::Enter {
        by: Entry::Imported,
        rows: rows.collect(),
        cells: Vec::new(),
    };
    perform(storage, unit, Kind::Roster, vec![deed]);
}

/// A ledger as its log says.
pub(super) fn view(storage: &MemoryStorage, unit: UnitId, kind: Kind, year: u16) -> Document {
    let ledger = ledger(unit, kind, year);
    let actor = ActorId(rand::random());
    let mut document = Document::new(ledger, kind.schema(), account("lin"), actor);
    let known = storage.load(ledger).unwrap().unwrap().entries;
    document
        .receive(known.iter().map(|entry| (&entry.hash, entry.bytes.as_slice())))
        .unwrap();
    document
}

/// Performs these on a ledger of 2026 as the first branch's secretary, and stores what that makes.
pub(super) fn perform(storage: &MemoryStorage, unit: UnitId, kind: Kind, deeds: Vec<Deed>) {
    let ledger = ledger(unit, kind, 2026);
    let author = account("lin");
    let mut document = view(storage, unit, kind, 2026);
    let skeletons = shared::ledger::skeleton::changes(ledger, kind.schema());
    let mut made: Vec<_> = skeletons
        .into_iter()
        .map(|made| (AccountId::RELAY, made))
        .collect();
    for (deed, number) in deeds.into_iter().zip(0..) {
        let act = Act {
            id: ActId::from_bytes([number; 16]),
            at: Timestamp(1_767_225_600_000 + i64::from(number)),
            deed,
        };
        let changes = document.perform(&act).unwrap().changes;
        made.extend(changes.into_iter().map(|made| (author, made)));
    }
    let entries = made.into_iter().map(|(account, made)| NewEntry {
        ledger,
        hash: made.hash,
        account,
        device: DeviceId::from_bytes([9; 16]),
        carried_by: None,
        received_at: Timestamp(0),
        bytes: made.bytes,
        seal: Seal([0; 32]),
    });
    let entries = entries.collect();
    storage
        .commit(&Batch {
            id: BatchId(1),
            entries,
            held: Vec::new(),
        })
        .unwrap();
}

/// The cookie of somebody who signs in.
pub(super) async fn cookie(world: &World, login: &str) -> String {
    let asking = own(request(
        axum::http::Method::POST,
        "/api/session",
        &sign_in_body(login, PASSWORD),
    ));
    cookie_of(&world.ask(asking).await)
}
