//! Every cell of the table of rights, pushed at a relay.
//!
//! What is expected is read from `docs/rights.md`, the page that people have looked at, not from the table itself.

use std::collections::BTreeMap;

use super::super::*;
use super::scene::{LIN, UNIT, fate};
use crate::access::{Role, Status, Units};
use crate::id::{ActId, ActorId, PersonId, RowId, UnitId};
use crate::ledger::act::{Act, Deed, Entry as How, NewRow};
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::document::{Document, Made};
use crate::ledger::key::Part;
use crate::ledger::kind::Kind;
use crate::ledger::schema::{DECISIONS, ORDER, REMOVED, Table};
use crate::protocol::{Fate, Hello, Refusal, VERSION};

const LEDGER: LedgerId = LedgerId([7; 16]);
const ABOVE: UnitId = UnitId::from_bytes([6; 16]);
const ELSEWHERE: UnitId = UnitId::from_bytes([4; 16]);
const SOMEBODY: AccountId = AccountId::from_bytes([9; 16]);
const ROW: RowId = RowId::from_bytes([9; 16]);
const NOW: Timestamp = Timestamp(1_795_414_080_000);

/// What the page says: for a kind's table and column what each role may do.
fn page() -> BTreeMap<(String, String, String), BTreeMap<String, char>> {
    let text = include_str!("../../../../../docs/rights.md");
    let (mut page, mut kind, mut roles) = (BTreeMap::new(), String::new(), Vec::new());
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("## ") {
            head.split(' ').next().unwrap().clone_into(&mut kind);
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        match cells[..] {
            ["table", "column", "row", ref heads @ ..] => {
                roles = heads.iter().map(|role| (*role).to_owned()).collect()
            }
            [table, column, "any", ref marks @ ..] => {
                let marks = marks.iter().map(|mark| mark.chars().next().unwrap());
                let key = (kind.clone(), table.to_owned(), column.to_owned());
                page.insert(key, roles.iter().cloned().zip(marks).collect());
            }
            _ => {}
        }
    }
    page
}

/// Who reads a kind from above, as the page says.
fn from_above(kind: Kind) -> Vec<String> {
    let text = include_str!("../../../../../docs/rights.md");
    let part = text
        .split("## ")
        .find(|part| part.starts_with(kind.code()))
        .unwrap();
    let line = part
        .lines()
        .find_map(|line| line.strip_prefix("From a unit above: read by "))
        .unwrap();
    line.trim_end_matches('.')
        .split(", ")
        .map(str::to_owned)
        .collect()
}

fn key(kind: Kind) -> LedgerKey {
    LedgerKey {
        unit: UNIT,
        year: kind.is_yearly().then_some(2026),
        kind,
        part: Part::Main,
    }
}

/// A relay with one ledger, in which Lin, secretary, has made a row in every table and filled its cells.
struct World {
    relay: Relay,
    kind: Kind,
    log: Vec<(ChangeHash, Vec<u8>)>,
    /// How much of the log a newcomer who has been offline since knows: the rows, not what was typed into them later.
    old: usize,
}

impl World {
    fn new(kind: Kind, status: Status) -> Self {
        let config = RelayConfig {
            enterprise: EnterpriseId::from_bytes([8; 16]),
            version: "test".to_owned(),
            rights: Rights {
                units: Units::from_iter([(UNIT, ABOVE), (ELSEWHERE, ABOVE)]),
                ..Rights::default()
            },
            seal_key: [3; 32],
            seed: [4; 32],
        };
        let mut world = Self {
            relay: Relay::new(config),
            kind,
            log: Vec::new(),
            old: 0,
        };
        world.joins(1, LIN, &[Grant::new(UNIT, Role::Secretary)]);
        let mut lin = Document::new(LEDGER, kind.schema(), LIN, ActorId([1; 16]));
        for table in kind.schema().tables() {
            world.stored(made(&mut lin, add(table, ROW)));
        }
        world.old = world.log.len();
        for table in kind.schema().tables() {
            for column in table
                .columns
                .iter()
                .filter(|column| !column.birth && !column.is_set())
            {
                // Typed twice: a write beside both loses, and is hidden from whoever looks at the document.
                for text in ["一", "二"] {
                    world.stored(made(&mut lin, put(table, column.id, text)));
                }
            }
        }
        world.handle(Event::StatusChanged(LEDGER, status));
        world
    }

    fn joins(&mut self, id: u64, account: AccountId, grants: &[Grant]) {
        let grants = grants.to_vec();
        self.handle(Event::Connected(ConnectionId(id), Officer { account, grants }));
        let hello = Hello {
            protocol: VERSION,
            app: "test".to_owned(),
            device: DeviceId::from_bytes([1; 16]),
            ledgers: Vec::new(),
        };
        self.handle(Event::Received(ConnectionId(id), ClientMessage::Hello(hello)));
    }

    fn handle(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.relay.handle(NOW, event);
        effects
            .into_iter()
            .flat_map(|effect| self.carry_out(effect))
            .collect()
    }

    fn carry_out(&mut self, effect: Effect) -> Vec<Effect> {
        match effect {
            Effect::Load(ledger) => {
                let loaded = Loaded {
                    key: key(self.kind),
                    entries: Vec::new(),
                    chain: Chain::START,
                    status: Status::Open,
                    held: Vec::new(),
                    taken_in: Vec::new(),
                };
                self.handle(Event::Loaded(ledger, Some(loaded)))
            }
            Effect::Commit(batch) => {
                let mut places = Vec::new();
                for entry in &batch.entries {
                    self.log.push((entry.hash, entry.bytes.clone()));
                    let seq = self.log.len() as u64;
                    places.push(Place {
                        seq,
                        chain: Chain::START,
                    });
                }
                self.handle(Event::Committed(batch.id, places))
            }
            effect => vec![effect],
        }
    }

    fn pushes(&mut self, id: u64, made: &Made) -> Fate {
        let changes = vec![made.bytes.clone().into()];
        fate(&self.handle(Event::Received(
            ConnectionId(id),
            ClientMessage::Push {
                ledger: LEDGER,
                changes,
            },
        )))
    }

    fn stored(&mut self, made: Made) {
        assert!(matches!(self.pushes(1, &made), Fate::Stored(_)));
    }

    /// A change by this account, on a device that was offline since the rows were made.
    fn change(&self, by: AccountId, number: u128, deed: Deed) -> Made {
        let actor = ActorId(number.to_be_bytes());
        let mut document = Document::new(LEDGER, self.kind.schema(), by, actor);
        let known = self.log[..self.old]
            .iter()
            .map(|(hash, bytes)| (hash, bytes.as_slice()));
        document.receive(known).unwrap();
        made(&mut document, deed)
    }
}

fn made(document: &mut Document, deed: Deed) -> Made {
    let act = Act {
        id: ActId(uuid::Uuid::from_u128(7)),
        at: NOW,
        deed,
    };
    document.perform(&act).unwrap().changes.remove(0)
}

fn add(table: &Table, id: RowId) -> Deed {
    let births = table.columns.iter().filter(|column| column.birth);
    let cells = births
        .map(|column| (column.id.to_owned(), Value::Text("x".to_owned())))
        .collect();
    let row = NewRow {
        table: table.id.to_owned(),
        id,
        order: "80".to_owned(),
        cells,
    };
    Deed::Enter {
        by: How::Typed,
        rows: vec![row],
        cells: Vec::new(),
    }
}

fn put(table: &Table, key: &str, text: &str) -> Deed {
    let value = if key.contains('/') {
        Value::Flag(true)
    } else {
        Value::Text(text.to_owned())
    };
    Deed::Enter {
        by: How::Typed,
        rows: Vec::new(),
        cells: vec![(CellRef::new(table.id, ROW, key), value)],
    }
}

/// Every cell of the page, with a deed that writes it, and the columns it writes.
fn cells(kind: Kind) -> Vec<(&'static str, Vec<&'static str>, Deed)> {
    let mut cells = Vec::new();
    for table in kind.schema().tables() {
        let births = table
            .columns
            .iter()
            .filter(|column| column.birth)
            .map(|column| column.id);
        let written = births.chain([ORDER]).collect();
        cells.push((table.id, written, add(table, RowId::from_bytes([5; 16]))));
        for column in table.columns.iter().filter(|column| !column.birth) {
            let key = match column.is_set() {
                true => format!("{}/{}", column.id, PersonId::from_bytes([2; 16])),
                false => column.id.to_owned(),
            };
            cells.push((table.id, vec![column.id], put(table, &key, "三")));
        }
        cells.push((table.id, vec![ORDER], put(table, ORDER, "90")));
        let remove = Deed::Remove {
            table: table.id.to_owned(),
            rows: vec![ROW],
            why: "调离".to_owned(),
        };
        cells.push((table.id, vec![REMOVED], remove));
    }
    cells
}

/// The roles, each held where.
fn positions() -> impl Iterator<Item = (Role, UnitId)> {
    Role::ALL
        .into_iter()
        .flat_map(|role| [UNIT, ABOVE, ELSEWHERE].map(|unit| (role, unit)))
}

fn mark(
    page: &BTreeMap<(String, String, String), BTreeMap<String, char>>,
    kind: Kind,
    table: &str,
    columns: &[&str],
    role: Role,
) -> char {
    let marks = columns.iter().map(|column| {
        let key = (kind.code().to_owned(), table.to_owned(), (*column).to_owned());
        *page
            .get(&key)
            .unwrap_or_else(|| panic!("{key:?} is not on the page"))
            .get(role.word())
            .unwrap()
    });
    // To write a change one must be able to write all of it.
    marks.min_by_key(|mark| "-RW".find(*mark)).unwrap()
}

#[test]
fn exactly_what_the_page_says_is_stored_held_or_refused_also_when_the_write_loses() {
    let page = page();
    let mut walked = 0;
    for kind in Kind::ALL {
        for status in [Status::Open, Status::Closed] {
            for (role, unit) in positions() {
                let mut world = World::new(kind, status);
                world.joins(2, SOMEBODY, &[Grant::new(unit, role)]);
                for (number, (table, columns, deed)) in (100..).zip(cells(kind)) {
                    let change = world.change(SOMEBODY, number, deed);
                    let reads = match unit {
                        UNIT => mark(&page, kind, table, &columns, role) != '-',
                        ABOVE => from_above(kind).contains(&role.word().to_owned()),
                        _ => false,
                    };
                    let writes = unit == UNIT && mark(&page, kind, table, &columns, role) == 'W';
                    let fate = world.pushes(2, &change);
                    let asked = format!("{kind:?} {table} {columns:?}, {role:?} in {unit}, {status:?}");
                    match (writes, reads, status) {
                        (true, _, Status::Open) => {
                            assert!(matches!(fate, Fate::Stored(_)), "{asked}: {fate:?}")
                        }
                        (true, _, Status::Closed) => assert_eq!(fate, Fate::Held, "{asked}"),
                        (false, true, _) => assert_eq!(fate, Fate::Refused(Refusal::NotPermitted), "{asked}"),
                        (false, false, _) => {
                            assert_eq!(fate, Fate::Refused(Refusal::UnknownLedger), "{asked}")
                        }
                    }
                    assert_eq!(
                        world.pushes(2, &change),
                        fate,
                        "{asked}: replayed, it has the fate it has"
                    );
                    walked += 1;
                }
            }
        }
    }
    assert_eq!(
        walked,
        Kind::ALL.map(|kind| cells(kind).len()).iter().sum::<usize>() * 2 * 24
    );
}

#[test]
fn carried_from_another_device_what_the_carrier_may_write_is_stored_and_all_else_is_held() {
    let page = page();
    for kind in Kind::ALL {
        for (role, unit) in positions() {
            let mut world = World::new(kind, Status::Open);
            world.joins(2, SOMEBODY, &[Grant::new(unit, role)]);
            for (number, (table, columns, deed)) in (100..).zip(cells(kind)) {
                // Its author says he is Lin: true or forged, it is carried.
                let change = world.change(LIN, number, deed);
                let writes = unit == UNIT && mark(&page, kind, table, &columns, role) == 'W';
                let fate = world.pushes(2, &change);
                let asked = format!("{kind:?} {table} {columns:?}, carried by {role:?} in {unit}");
                if writes {
                    assert!(matches!(fate, Fate::Stored(_)), "{asked}: {fate:?}");
                } else {
                    assert_eq!(fate, Fate::Held, "{asked}");
                }
            }
        }
    }
}

#[test]
fn what_a_role_could_write_before_it_ended_is_held_and_nothing_else_is() {
    let page = page();
    for kind in Kind::ALL {
        for role in Role::ALL {
            let ended = Grant {
                revoked: true,
                ..Grant::new(UNIT, role)
            };
            let mut world = World::new(kind, Status::Open);
            world.joins(2, SOMEBODY, &[ended]);
            for (number, (table, columns, deed)) in (100..).zip(cells(kind)) {
                let change = world.change(SOMEBODY, number, deed);
                let wanted = match mark(&page, kind, table, &columns, role) {
                    'W' => Fate::Held,
                    'R' => Fate::Refused(Refusal::NotPermitted),
                    _ => Fate::Refused(Refusal::UnknownLedger),
                };
                assert_eq!(
                    world.pushes(2, &change),
                    wanted,
                    "{kind:?} {table} {columns:?} {role:?}"
                );
                if wanted == Fate::Held {
                    let carried = world.change(SOMEBODY, number + 10_000, put_again(kind, table, &columns));
                    assert_eq!(
                        world.pushes(1, &carried),
                        Fate::Held,
                        "by a secretary: whatever arrives is held"
                    );
                }
            }
        }
    }
}

/// Another write to the same column, or another row.
fn put_again(kind: Kind, table: &str, columns: &[&str]) -> Deed {
    let table = kind.schema().table(table).unwrap();
    match columns {
        [column]
            if ![ORDER, REMOVED].contains(column)
                && !table.column(column).is_none_or(|column| column.is_set()) =>
        {
            put(table, column, "四")
        }
        _ => add(table, RowId::from_bytes([6; 16])),
    }
}

#[test]
fn decisions_are_told_apart_by_their_kind_on_the_page() {
    let text = include_str!("../../../../../docs/rights.md");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with(&format!("| {DECISIONS} ")))
        .collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
}
