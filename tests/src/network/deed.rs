//! What officers do: few rows, few columns and few values, so that they meet.

use rand::Rng;
use rand::seq::IndexedRandom;
use shared::id::{PersonId, RowId};
use shared::ledger::act::{Deed, Entry, NewRow};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::order;
use shared::ledger::snapshot::TableView;
use shared::sync::client::Over;

use super::{At, Network};

/// The column closed to group leaders.
pub const CLOSED: &str = "peer_good";
/// The member every row is about.
pub const MEMBER: PersonId = PersonId::from_bytes([9; 16]);

const ITEMS: &str = "items";
const TEXTS: [&str; 4] = ["甲", "乙", "丙", "丁"];
const COLUMNS: [&str; 3] = ["text", "measure", "note"];

/// The row of this number, of those [`Network::calms`] makes.
#[must_use]
pub fn row(number: u8) -> RowId {
    RowId::from_bytes([number; 16])
}

/// A deed that writes cells of the table of pledges.
pub(super) fn enters(by: Entry, cells: Vec<(RowId, String, Value)>) -> Deed {
    let cells = cells
        .into_iter()
        .map(|(row, key, value)| (CellRef::new(ITEMS, row, &key), value))
        .collect();
    Deed::Enter {
        by,
        rows: Vec::new(),
        cells,
    }
}

/// A deed that makes rows with these ids, after each other.
pub(super) fn adds(ids: &[RowId], table: &TableView) -> Deed {
    let last = table.rows.last().map(|row| row.order.clone());
    let places = order::several(last.as_deref(), None, ids.len());
    let new = |(id, order): (&RowId, String)| NewRow {
        table: ITEMS.to_owned(),
        id: *id,
        order,
        cells: vec![("member".to_owned(), Value::Text(MEMBER.to_string()))],
    };
    let rows = ids.iter().zip(places).map(new).collect();
    Deed::Enter {
        by: Entry::Typed,
        rows,
        cells: Vec::new(),
    }
}

impl Network {
    /// An officer does something.
    pub(super) fn edits(&mut self, at: At) {
        let now = self.clock(at.device);
        let table = self.items(at);
        let tab = &mut self.devices[at.device].tabs[at.tab];
        let Some(replica) = tab.client.ledger(self.ledger) else {
            return;
        };
        let snapshot = replica.snapshot();
        let rows: Vec<RowId> = table.rows.iter().map(|row| row.id).collect();
        // Half of all that is done is done to one row: there people meet.
        let busy = rows.first().filter(|_| self.dice.random());
        let Some(one) = busy.or_else(|| rows.choose(&mut self.dice)).copied() else {
            return;
        };
        let value = Value::Text((*TEXTS.choose(&mut self.dice).expect("four texts")).to_owned());
        let column = (*COLUMNS.choose(&mut self.dice).expect("three columns")).to_owned();
        let deed = match self.dice.random_range(0..100) {
            0..36 => enters(Entry::Typed, vec![(one, column, value)]),
            36..43 => {
                let helper = PersonId::from_bytes([self.dice.random_range(1..4); 16]);
                let is_one = Value::Flag(self.dice.random());
                enters(Entry::Typed, vec![(one, format!("helpers/{helper}"), is_one)])
            }
            43..50 => {
                let some = rows.choose_multiple(&mut self.dice, 3).copied();
                let block =
                    some.flat_map(|row| COLUMNS.map(|column| (row, column.to_owned(), value.clone())));
                enters(Entry::Pasted, block.collect())
            }
            50..58 => adds(&[RowId(tab.client.new_id(now))], &table),
            58..62 => enters(Entry::Typed, vec![(one, column, Value::Empty)]),
            62..66 => Deed::Remove {
                table: ITEMS.to_owned(),
                rows: vec![one],
                why: "重复".to_owned(),
            },
            66..70 => Deed::Restore {
                table: ITEMS.to_owned(),
                rows: vec![one],
            },
            70..76 if self.faults.refusals => {
                let votes = Value::Number(self.dice.random_range(0..5));
                enters(Entry::Typed, vec![(one, CLOSED.to_owned(), votes)])
            }
            76..88 => {
                // A dialog opened some time ago: what was seen in it may be old.
                let Some(conflict) = tab.dialog.take() else {
                    let open = snapshot.conflicts().choose(&mut self.dice).cloned();
                    tab.dialog = open.and_then(|cell| replica.conflict(&cell));
                    return;
                };
                let seen = conflict.seen();
                let said = conflict.values.choose(&mut self.dice);
                let value = said.map(|said| said.value.clone()).unwrap_or_default();
                Deed::Settle {
                    cell: conflict.cell,
                    value,
                    seen,
                }
            }
            88..94 => return self.undoes(at),
            94..96 => {
                // A row and what is in it, in one act.
                let id = RowId(tab.client.new_id(now));
                let Deed::Enter { rows, .. } = adds(&[id], &table) else {
                    return;
                };
                Deed::Enter {
                    by: Entry::Pasted,
                    rows,
                    cells: vec![(CellRef::new(ITEMS, id, &column), value)],
                }
            }
            _ => return,
        };
        self.does(at, deed);
    }

    fn undoes(&mut self, at: At) {
        self.begins_act(at);
        let (now, ledger) = (self.clock(at.device), self.ledger);
        let over = if self.dice.random() {
            Over::Own
        } else {
            Over::Others
        };
        let again: bool = self.dice.random();
        let client = &mut self.tab_mut(at).client;
        let done = if again {
            client.redo(now, ledger, over)
        } else {
            client.undo(now, ledger, over)
        };
        if let Ok(performed) = done {
            self.carry_out(at, performed.effects);
        }
    }

    /// An officer does this. Whether it could be done.
    pub(super) fn does(&mut self, at: At, deed: Deed) -> bool {
        self.begins_act(at);
        let (now, ledger) = (self.clock(at.device), self.ledger);
        self.tell(|| format!("{at:?} does {deed:?}"));
        match self.tab_mut(at).client.perform(now, ledger, deed) {
            Ok(performed) => {
                self.carry_out(at, performed.effects);
                true
            }
            Err(_) => false,
        }
    }

    /// Notes what the officer of this tab may know of when doing something now. No two acts of a device happen at once.
    fn begins_act(&mut self, at: At) {
        self.now.0 += 1;
        let now = self.clock(at.device);
        let seen = self.tab(at).seen.clone();
        self.witness.seen.insert((at.device, now), seen);
    }

    /// The table of pledges as a tab shows it.
    pub(super) fn items(&self, at: At) -> std::rc::Rc<TableView> {
        let replica = self.tab(at).client.ledger(self.ledger);
        replica
            .map(|replica| replica.snapshot().table(ITEMS))
            .unwrap_or_default()
    }
}
