//! The snapshot in the making: rows by place, rebuilt only where something was touched.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use automerge::ObjId;

use crate::id::RowId;
use crate::ledger::cell::Cell;
use crate::ledger::decision::Decision;
use crate::ledger::schema::Schema;
use crate::ledger::snapshot::{Decisions, RowView, Snapshot, TableView};

/// All tables, kept up to date row by row.
#[derive(Clone, Debug)]
pub(super) struct View {
    tables: BTreeMap<&'static str, TableState>,
    decisions: Rc<Decisions>,
    /// The snapshot last handed out, until something changes.
    last: RefCell<Option<Rc<Snapshot>>>,
}

#[derive(Clone, Debug, Default)]
struct TableState {
    rows: HashMap<RowId, Rc<RowView>>,
    places: BTreeSet<(String, RowId)>,
    cells: BTreeMap<String, Cell>,
    conflicts: BTreeSet<(Option<RowId>, String)>,
    shown: RefCell<Option<Rc<TableView>>>,
}

impl View {
    pub(super) fn new(schema: &'static Schema) -> Self {
        let tables = schema
            .tables()
            .map(|table| (table.id, TableState::default()))
            .collect();
        Self {
            tables,
            decisions: Rc::default(),
            last: RefCell::default(),
        }
    }

    pub(super) fn set_row(&mut self, table: &str, id: RowId, row: RowView) {
        let Some(state) = self.tables.get_mut(table) else {
            return;
        };
        if let Some(old) = state.rows.get(&id) {
            if **old == row {
                return;
            }
            state.places.remove(&(old.order.clone(), id));
        }
        state.places.insert((row.order.clone(), id));
        let old = state.rows.get(&id);
        for (key, _) in old
            .iter()
            .flat_map(|old| &old.cells)
            .filter(|(_, cell)| cell.in_conflict)
        {
            state.conflicts.remove(&(Some(id), key.clone()));
        }
        let clashing = row.cells.iter().filter(|(_, cell)| cell.in_conflict);
        state
            .conflicts
            .extend(clashing.map(|(key, _)| (Some(id), key.clone())));
        state.rows.insert(id, Rc::new(row));
        state.shown.take();
        self.last.take();
    }

    pub(super) fn set_cell(&mut self, table: &str, key: String, cell: Cell) {
        let Some(state) = self.tables.get_mut(table) else {
            return;
        };
        if state.cells.get(&key) != Some(&cell) {
            if cell.in_conflict {
                state.conflicts.insert((None, key.clone()));
            } else {
                state.conflicts.remove(&(None, key.clone()));
            }
            state.cells.insert(key, cell);
            state.shown.take();
            self.last.take();
        }
    }

    /// Takes in a decision. It is never altered: one that is there stays as it is.
    pub(super) fn add_decision(&mut self, decision: Decision) {
        let decisions = Rc::make_mut(&mut self.decisions);
        let of_row = decisions.entry(decision.made.subject.clone()).or_default();
        if of_row.iter().all(|known| known.made.id != decision.made.id) {
            of_row.push(Rc::new(decision));
            // Whatever the order in which they arrive.
            of_row.sort_by_key(|known| known.made.id);
            self.last.take();
        }
    }

    pub(super) fn row(&self, table: &str, id: RowId) -> Option<&Rc<RowView>> {
        self.tables.get(table)?.rows.get(&id)
    }

    pub(super) fn cell(&self, table: &str, key: &str) -> Option<&Cell> {
        self.tables.get(table)?.cells.get(key)
    }

    pub(super) fn snapshot(&self) -> Rc<Snapshot> {
        self.last
            .borrow_mut()
            .get_or_insert_with(|| {
                Rc::new(Snapshot {
                    tables: self
                        .tables
                        .iter()
                        .map(|(id, state)| (*id, state.view()))
                        .collect(),
                    decisions: Rc::clone(&self.decisions),
                })
            })
            .clone()
    }
}

impl TableState {
    fn view(&self) -> Rc<TableView> {
        self.shown
            .borrow_mut()
            .get_or_insert_with(|| {
                let rows = self
                    .places
                    .iter()
                    .filter_map(|(_, id)| self.rows.get(id).cloned())
                    .collect();
                Rc::new(TableView {
                    rows,
                    cells: self.cells.clone(),
                    conflicts: self.conflicts.clone(),
                })
            })
            .clone()
    }
}

/// What patches have touched.
#[derive(Debug, Default)]
pub(super) struct Touched {
    rows: BTreeMap<(&'static str, RowId), ObjId>,
    matrix: HashMap<&'static str, BTreeSet<String>>,
    decisions: BTreeMap<RowId, ObjId>,
}

impl Touched {
    pub(super) fn row(&mut self, table: &'static str, row: RowId, object: ObjId) {
        self.rows.insert((table, row), object);
    }

    pub(super) fn matrix(&mut self, table: &'static str, key: String) {
        self.matrix.entry(table).or_default().insert(key);
    }

    pub(super) fn decision(&mut self, id: RowId, object: ObjId) {
        self.decisions.insert(id, object);
    }

    pub(super) fn take_decisions(&mut self) -> BTreeMap<RowId, ObjId> {
        std::mem::take(&mut self.decisions)
    }

    pub(super) fn take_matrix(&mut self, table: &str) -> BTreeSet<String> {
        self.matrix.remove(table).unwrap_or_default()
    }

    pub(super) fn rows(self) -> BTreeMap<(&'static str, RowId), ObjId> {
        self.rows
    }
}
