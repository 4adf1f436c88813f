//! Makes changes as the app makes them.

use anyhow::{Context as _, Result};
use shared::id::{ActId, ActorId, RowId};
use shared::ledger::act::{Act, Deed, Entry as By};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::document::{Document, Made};
use shared::ledger::kind::Kind;
use shared::protocol::Entry;
use shared::time::Timestamp;
use uuid::Uuid;

use crate::hostile_load::scene::Known;

const TABLE: &str = "items";
const COLUMN: &str = "text";

/// A copy of the pledge ledger, and what is written next.
pub(in crate::hostile_load) struct Writer {
    document: Document,
    rows: Vec<RowId>,
    written: usize,
}

impl Writer {
    pub(in crate::hostile_load) fn new(who: &Known) -> Self {
        let actor = ActorId(Uuid::new_v4().into_bytes());
        Self {
            document: Document::new(who.ledger, Kind::Pledge.schema(), who.account, actor),
            rows: Vec::new(),
            written: 0,
        }
    }

    /// Takes a log in.
    pub(in crate::hostile_load) fn reads(&mut self, log: &[Entry]) -> Result<()> {
        let changes = log.iter().map(|entry| (&entry.hash, entry.bytes.as_slice()));
        self.document.receive(changes)?;
        let items = self.document.snapshot().table(TABLE);
        self.rows = items.rows.iter().map(|row| row.id).collect();
        Ok(())
    }

    /// One cell in one change.
    pub(in crate::hostile_load) fn writes_a_cell(&mut self) -> Result<Made> {
        let changes = self.writes(1, "每班点检一次并签字")?;
        changes.into_iter().next().context("a change")
    }

    /// So many cells in one act, each with this text and a number that makes it new.
    pub(in crate::hostile_load) fn writes(&mut self, cells: usize, text: &str) -> Result<Vec<Made>> {
        let cells = (0..cells).map(|_| {
            self.written += 1;
            let row = self.rows[self.written % self.rows.len()];
            let value = Value::Text(format!("{} {text}", self.written));
            (CellRef::new(TABLE, row, COLUMN), value)
        });
        let act = Act {
            id: ActId(Uuid::new_v4()),
            at: now(),
            deed: Deed::Enter {
                by: By::Typed,
                rows: Vec::new(),
                cells: cells.collect(),
            },
        };
        Ok(self.document.perform(&act)?.changes)
    }
}

fn now() -> Timestamp {
    server::clock::now()
}
