//! One ledger being written: acts performed by officers, and the entries they leave in its log.

use std::rc::Rc;

use shared::id::{AccountId, ActId, DeviceId, LedgerId, PersonId, RowId};
use shared::ledger::act::{Act, Deed, Entry, NewRow};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::document::{Document, Made};
use shared::ledger::key::LedgerKey;
use shared::ledger::order;
use shared::ledger::skeleton;
use shared::ledger::snapshot::Snapshot;
use shared::sync::relay::{NewEntry, seal};
use shared::time::Timestamp;

use super::seed::Seed;

mod decide;

pub(super) use decide::{Finding, Sitting};

/// The device of the relay's own entries.
const RELAY_DEVICE: DeviceId = DeviceId::from_bytes([0; 16]);
/// How long what was written took to reach the relay, in milliseconds.
const UPLOAD: i64 = 1_500;

/// A ledger and its log so far.
pub(super) struct Book<'a> {
    seed: Seed,
    seal_key: &'a [u8; 32],
    key: LedgerKey,
    ledger: LedgerId,
    document: Document,
    entries: Vec<NewEntry>,
    acts: u32,
}

/// A row before it has its place: table, id, cells.
pub(super) struct Line {
    table: &'static str,
    pub(super) id: RowId,
    cells: Vec<(String, Value)>,
}

impl Line {
    /// A row of this table with these cells, the empty ones left out.
    pub(super) fn new<const N: usize>(table: &'static str, id: RowId, cells: [(&str, Value); N]) -> Self {
        let cells = cells
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(column, value)| (column.to_owned(), value))
            .collect();
        Self { table, id, cells }
    }

    /// With these people in the set of this column.
    pub(super) fn with_people(mut self, column: &str, people: impl IntoIterator<Item = PersonId>) -> Self {
        let people = people.into_iter();
        self.cells
            .extend(people.map(|person| (format!("{column}/{person}"), Value::Flag(true))));
        self
    }
}

/// A cell's text.
pub(super) fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

impl<'a> Book<'a> {
    /// A ledger as the relay opens it.
    pub(super) fn open(seed: Seed, key: LedgerKey, seal_key: &'a [u8; 32], at: Timestamp) -> Self {
        let ledger = key.id(seed.enterprise());
        let schema = key.kind.schema();
        let document = Document::new(
            ledger,
            schema,
            AccountId::RELAY,
            seed.actor(&format!("{ledger} relay")),
        );
        let mut book = Self {
            seed,
            seal_key,
            key,
            ledger,
            document,
            entries: Vec::new(),
            acts: 0,
        };
        for made in skeleton::changes(ledger, schema) {
            book.append(made, AccountId::RELAY, RELAY_DEVICE, at);
        }
        book
    }

    /// An officer sits down to write, in a fresh tab.
    pub(super) fn written_by(&mut self, login: &str) -> Tab<'_, 'a> {
        let account = self.seed.account(login);
        self.document.write_as(
            account,
            self.seed.actor(&format!("{} {login} {}", self.ledger, self.acts)),
        );
        Tab {
            account,
            device: self.seed.device(login),
            book: self,
        }
    }

    fn append(&mut self, made: Made, account: AccountId, device: DeviceId, at: Timestamp) {
        let seal = seal(self.seal_key, self.ledger, &made.hash, account, device, None);
        self.entries.push(NewEntry {
            ledger: self.ledger,
            hash: made.hash,
            account,
            device,
            carried_by: None,
            received_at: at,
            bytes: made.bytes,
            seal,
        });
    }

    /// What it holds by now.
    pub(super) fn snapshot(&self) -> Rc<Snapshot> {
        self.document.snapshot()
    }

    /// Its whole log.
    pub(super) fn close(self) -> Vec<NewEntry> {
        self.entries
    }
}

/// An officer at a ledger.
pub(super) struct Tab<'b, 'a> {
    book: &'b mut Book<'a>,
    account: AccountId,
    device: DeviceId,
}

impl Tab<'_, '_> {
    /// Makes rows, each in its place.
    pub(super) fn enters(&mut self, at: Timestamp, by: Entry, rows: Vec<NewRow>) {
        let cells = Vec::new();
        self.does(at, Deed::Enter { by, rows, cells });
    }

    /// Adds rows of one table after those that are there; does nothing where there are none.
    pub(super) fn adds(&mut self, at: Timestamp, lines: Vec<Line>) {
        let Some(first) = lines.first() else { return };
        let before = self.book.snapshot().table(first.table).rows.last().cloned();
        let before = before.as_ref().map(|row| row.order.as_str());
        let places = order::several(before, None, lines.len());
        let rows = lines.into_iter().zip(places).map(|(line, order)| NewRow {
            table: line.table.to_owned(),
            id: line.id,
            order,
            cells: line.cells,
        });
        self.enters(at, Entry::Typed, rows.collect());
    }

    /// Writes cells; does nothing where there are none.
    pub(super) fn writes(&mut self, at: Timestamp, by: Entry, cells: Vec<(CellRef, Value)>) {
        if !cells.is_empty() {
            let rows = Vec::new();
            self.does(at, Deed::Enter { by, rows, cells });
        }
    }

    /// Performs an act at this moment.
    pub(super) fn does(&mut self, at: Timestamp, deed: Deed) {
        self.book.acts += 1;
        let name = format!("{} act {}", self.book.ledger, self.book.acts);
        let act = Act {
            id: ActId(self.book.seed.made_at(at, &name)),
            at,
            deed,
        };
        let performed = self
            .book
            .document
            .perform(&act)
            .expect("the demonstration keeps to the rules");
        for made in performed.changes {
            self.book
                .append(made, self.account, self.device, Timestamp(at.0 + UPLOAD));
        }
    }
}
