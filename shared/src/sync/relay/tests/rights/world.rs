//! A relay with one ledger, and a write to every cell of it.

use super::super::super::*;
use super::super::scene::{LIN, UNIT, fate};
use super::{ABOVE, Book, ELSEWHERE, LEDGER, NOW, ROW};
use crate::access::{Role, Status, Units};
use crate::id::{ActId, ActorId, PersonId, RowId};
use crate::ledger::act::{Act, Deed, Entry as How, NewRow};
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::document::{Document, Made};
use crate::ledger::key::Part;
use crate::ledger::schema::{ORDER, REMOVED, Shape, Table};
use crate::protocol::{Fate, Hello, VERSION};

fn key((kind, part): Book) -> LedgerKey {
    LedgerKey {
        unit: UNIT,
        year: kind.is_yearly().then_some(2026),
        kind,
        part,
    }
}

/// A relay with one ledger, in which Lin, secretary, has made a row in every table and filled its cells.
pub(super) struct World {
    relay: Relay,
    book: Book,
    log: Vec<(ChangeHash, Vec<u8>)>,
    /// How much of the log a newcomer who has been offline since knows: the rows, not what was typed into them later.
    old: usize,
}

impl World {
    pub(super) fn new(book: Book, status: Status) -> Self {
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
            book,
            log: Vec::new(),
            old: 0,
        };
        world.joins(1, LIN, &[Grant::new(UNIT, Role::Secretary)]);
        let mut lin = Document::new(LEDGER, book.0.schema(), LIN, ActorId([1; 16]));
        for table in filled(book) {
            world.stored(made(&mut lin, add(table, ROW)));
        }
        let mut matrices = book
            .0
            .schema()
            .tables()
            .filter(|table| table.shape == Shape::Matrix);
        if let Some(scores) = matrices.next() {
            world.stored(made(&mut lin, put_in_matrix(scores, "一")));
        }
        world.old = world.log.len();
        for table in filled(book) {
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

    pub(super) fn joins(&mut self, id: u64, account: AccountId, grants: &[Grant]) {
        let device = DeviceId::from_bytes([id.to_be_bytes()[7]; 16]);
        let officer = Officer {
            account,
            device,
            grants: grants.to_vec(),
        };
        self.handle(Event::Connected(ConnectionId(id), officer));
        let hello = Hello {
            protocol: VERSION,
            app: "test".to_owned(),
            device,
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
                    key: key(self.book),
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

    pub(super) fn pushes(&mut self, id: u64, made: &Made) -> Fate {
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
    pub(super) fn change(&self, by: AccountId, number: u128, deed: Deed) -> Made {
        let actor = ActorId(number.to_be_bytes());
        let mut document = Document::new(LEDGER, self.book.0.schema(), by, actor);
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

pub(super) fn add(table: &Table, id: RowId) -> Deed {
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

pub(super) fn put(table: &Table, key: &str, text: &str) -> Deed {
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

/// The tables in which Lin makes a row: nobody makes any beside the main part.
fn filled((kind, part): Book) -> impl Iterator<Item = &'static Table> {
    kind.schema()
        .tables()
        .filter(move |table| table.shape == Shape::Entry && part == Part::Main)
}

pub(super) fn put_in_matrix(table: &Table, text: &str) -> Deed {
    Deed::Enter {
        by: How::Typed,
        rows: Vec::new(),
        cells: vec![(CellRef::of_matrix(table.id, "a/b"), Value::Text(text.to_owned()))],
    }
}

/// Every cell of the page, with a deed that writes it, and the columns it writes.
pub(super) fn cells((kind, part): Book) -> Vec<(&'static str, Vec<&'static str>, Deed)> {
    let mut cells = Vec::new();
    for table in kind.schema().tables() {
        if table.shape == Shape::Matrix {
            cells.push((table.id, vec!["cell"], put_in_matrix(table, "三")));
            continue;
        }
        let births = table
            .columns
            .iter()
            .filter(|column| column.birth)
            .map(|column| column.id);
        let written = births.chain([ORDER]).collect();
        cells.push((table.id, written, add(table, RowId::from_bytes([5; 16]))));
        if part != Part::Main {
            continue;
        }
        for column in table.columns.iter().filter(|column| !column.birth) {
            let key = if column.is_set() {
                format!("{}/{}", column.id, PersonId::from_bytes([2; 16]))
            } else {
                column.id.to_owned()
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
