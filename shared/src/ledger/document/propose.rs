//! Reading what changes would do that are kept for a person.

use std::collections::{HashMap, HashSet};

use automerge::legacy::OpType;
use automerge::{Change, ObjId};

use super::{Document, Place, read};
use crate::guard::{self, Checked, Rule};
use crate::id::RowId;
use crate::ledger::act::OpRef;
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::proposal::{Proposal, Step};
use crate::ledger::schema::{ORDER, REMOVED, Shape};

/// The key under which a decision says of which kind it is.
const KIND: &str = "kind";

/// What an object is that a change writes to.
#[derive(Clone, Copy)]
enum Target {
    Table(&'static str, Shape),
    Row(&'static str, RowId),
    Decisions,
    Decision,
}

/// One change, decoded, with the values its operations put.
struct Decoded {
    change: Checked,
    values: Vec<Value>,
}

/// What the changes make and replace, before any is read: later ones write to what earlier ones make.
#[derive(Default)]
struct Ground {
    made: HashMap<OpRef, Target>,
    replaced: HashMap<OpRef, Vec<OpRef>>,
}

impl Document {
    /// What each of these changes would do to the ledger as it is now. Nothing is applied.
    ///
    /// # Errors
    ///
    /// For a change that breaks a rule of the guard, that rule.
    pub fn proposals<'a>(&self, held: impl IntoIterator<Item = &'a [u8]>) -> Vec<Result<Proposal, Rule>> {
        let decoded: Vec<Result<Decoded, Rule>> = held.into_iter().map(decode).collect();
        let mut ground = Ground::default();
        for Decoded { change, .. } in decoded.iter().flatten() {
            self.prepare(change, &mut ground);
        }
        let read = |decoded: Result<Decoded, Rule>| decoded.map(|decoded| self.read(decoded, &ground));
        decoded.into_iter().map(read).collect()
    }

    fn prepare(&self, change: &Checked, ground: &mut Ground) {
        for (at, operation) in operations(change) {
            let made = match operation.object.and_then(|object| self.target(object, ground)) {
                Some(Target::Table(table, Shape::Entry)) => {
                    operation.key.parse().ok().map(|row| Target::Row(table, row))
                }
                Some(Target::Decisions) => Some(Target::Decision),
                _ => None,
            };
            match made {
                Some(made) => drop(ground.made.insert(at, made)),
                None => drop(ground.replaced.insert(at, operation.predecessors.clone())),
            }
        }
    }

    fn target(&self, object: OpRef, ground: &Ground) -> Option<Target> {
        let id = ObjId::Id(
            object.counter,
            automerge::ActorId::from(object.actor.0.as_slice()),
            0,
        );
        match self.places.get(&id) {
            Some(&Place::Table(table, shape)) => Some(Target::Table(table, shape)),
            Some(&Place::Row(table, row)) => Some(Target::Row(table, row)),
            Some(&Place::Decisions) => Some(Target::Decisions),
            None => ground.made.get(&object).copied(),
        }
    }

    fn read(&self, Decoded { change, values }: Decoded, ground: &Ground) -> Proposal {
        let mut steps = Steps::default();
        for ((at, operation), value) in operations(&change).zip(values) {
            let target = operation.object.and_then(|object| self.target(object, ground));
            let seen = || ground.seen_by(&operation.predecessors);
            let key = operation.key.as_str();
            match (target, ground.made.get(&at)) {
                (_, Some(&Target::Row(table, row))) => steps.make(table, row),
                (_, Some(_)) => steps.list.push(Step::Decide { kind: String::new() }),
                (Some(Target::Table(table, Shape::Matrix)), _) => {
                    steps.write(self.writing(CellRef::of_matrix(table, key), value, &seen()));
                }
                (Some(Target::Row(table, row)), _) => match (steps.born(row), key) {
                    (Some(_), ORDER) => {}
                    (Some(cells), _) => cells.push((key.to_owned(), value)),
                    (None, ORDER) => steps.list.push(Step::Move { table, row }),
                    (None, REMOVED) if value.is_empty() => steps.list.push(Step::Restore { table, row }),
                    (None, REMOVED) => steps.list.push(Step::Remove {
                        table,
                        row,
                        why: read::reason(&value).to_owned(),
                    }),
                    (None, _) => steps.write(self.writing(CellRef::new(table, row, key), value, &seen())),
                },
                (Some(Target::Decision), _) => {
                    if let (Some(Step::Decide { kind }), KIND) = (steps.list.last_mut(), key) {
                        value.as_text().unwrap_or_default().clone_into(kind);
                    }
                }
                _ if steps.list.last() == Some(&Step::Elsewhere) => {}
                _ => steps.list.push(Step::Elsewhere),
            }
        }
        Proposal {
            hash: change.hash,
            at: change.time,
            dependencies: change.dependencies,
            steps: steps.list,
        }
    }

    fn writing(&self, cell: CellRef, proposed: Value, seen: &HashSet<OpRef>) -> (CellRef, Step) {
        let standing = self.said(&cell);
        let unseen = standing
            .iter()
            .filter(|said| said.op.is_some_and(|op| !seen.contains(&op)));
        let step = Step::Write {
            clashes: unseen.into_iter().any(|said| said.value != proposed),
            now: standing.last().map(|said| said.value.clone()).unwrap_or_default(),
            cell: cell.clone(),
            proposed,
        };
        (cell, step)
    }
}

/// What one change does, as it is put together.
#[derive(Default)]
struct Steps {
    list: Vec<Step>,
    /// Where in the list a row is made, and where a cell is written.
    rows: HashMap<RowId, usize>,
    cells: HashMap<CellRef, usize>,
}

impl Steps {
    fn make(&mut self, table: &'static str, row: RowId) {
        self.rows.insert(row, self.list.len());
        self.list.push(Step::Make {
            table,
            row,
            cells: Vec::new(),
        });
    }

    /// The cells of a row that the change itself makes.
    fn born(&mut self, row: RowId) -> Option<&mut Vec<(String, Value)>> {
        match self.list.get_mut(*self.rows.get(&row)?) {
            Some(Step::Make { cells, .. }) => Some(cells),
            _ => None,
        }
    }

    /// Of two writes to one cell the later counts.
    fn write(&mut self, (cell, step): (CellRef, Step)) {
        if let Some(at) = self.cells.get(&cell) {
            self.list[*at] = step;
        } else {
            self.cells.insert(cell, self.list.len());
            self.list.push(step);
        }
    }
}

impl Ground {
    /// What the author of an operation had seen in its cell: what it replaces, and what that replaced.
    fn seen_by(&self, predecessors: &[OpRef]) -> HashSet<OpRef> {
        let mut seen = HashSet::new();
        let mut next = predecessors.to_vec();
        while let Some(op) = next.pop() {
            if seen.insert(op) {
                next.extend(self.replaced.get(&op).into_iter().flatten());
            }
        }
        seen
    }
}

fn decode(bytes: &[u8]) -> Result<Decoded, Rule> {
    guard::scan(bytes)?;
    let change = guard::decode(bytes)?;
    let decoded = Change::from_bytes(bytes.to_vec()).map_err(|_| Rule::Decodes)?;
    let values = decoded
        .decode()
        .operations
        .into_iter()
        .map(|operation| match &operation.action {
            OpType::Put(scalar) => read::from_scalar(scalar),
            _ => Value::Empty,
        });
    Ok(Decoded {
        change,
        values: values.collect(),
    })
}

/// The operations of a change, each with its id.
fn operations(change: &Checked) -> impl Iterator<Item = (OpRef, &guard::Operation)> {
    let counters = change.start..;
    counters.zip(&change.operations).map(|(counter, operation)| {
        let actor = change.actor;
        (OpRef { counter, actor }, operation)
    })
}
