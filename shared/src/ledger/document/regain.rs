//! Reading changes back into the acts they came from: of a change that does not count any more, so that nothing that
//! somebody typed is lost with it.

use automerge::Change;

use super::Document;
use crate::id::ActId;
use crate::ledger::act::{Act, Deed, Entry, NewRow};
use crate::ledger::proposal::Step;

impl Document {
    /// What these changes did, as acts: what several changes did as one act is one act again. Orders of rows, decisions
    /// and what cannot be read are left out; nothing is applied.
    #[must_use]
    pub fn acts_of(&self, changes: &[&[u8]]) -> Vec<Act> {
        let mut acts: Vec<Act> = Vec::new();
        let read = self.proposals(changes.iter().copied());
        for (bytes, proposal) in changes.iter().zip(read) {
            let Ok(proposal) = proposal else { continue };
            let Some(deed) = deed(proposal.steps) else {
                continue;
            };
            let id = id_of(bytes).unwrap_or_else(|| {
                let mut of_hash = [0; 16];
                of_hash.copy_from_slice(&proposal.hash.0[..16]);
                ActId(uuid::Uuid::from_bytes(of_hash))
            });
            match acts.iter_mut().find(|act| act.id == id) {
                Some(act) => join(&mut act.deed, deed),
                None => acts.push(Act {
                    id,
                    at: proposal.at,
                    deed,
                }),
            }
        }
        acts
    }
}

/// The act a change says it came from.
fn id_of(bytes: &[u8]) -> Option<ActId> {
    let change = Change::from_bytes(bytes.to_vec()).ok()?;
    change.message()?.parse().ok()
}

/// A change does one kind of thing; none when that is nothing that an act would do.
fn deed(steps: Vec<Step>) -> Option<Deed> {
    let (mut rows, mut cells) = (Vec::new(), Vec::new());
    let mut moved: Option<Deed> = None;
    for step in steps {
        match step {
            Step::Make { table, row, cells } => rows.push(NewRow {
                table: table.to_owned(),
                id: row,
                order: String::new(),
                cells,
            }),
            Step::Write { cell, proposed, .. } => cells.push((cell, proposed)),
            Step::Remove { table, row, why } => {
                let one = Deed::Remove {
                    table: table.to_owned(),
                    rows: vec![row],
                    why,
                };
                add(&mut moved, one);
            }
            Step::Restore { table, row } => {
                let one = Deed::Restore {
                    table: table.to_owned(),
                    rows: vec![row],
                };
                add(&mut moved, one);
            }
            Step::Move { .. } | Step::Decide { .. } | Step::Elsewhere => {}
        }
    }
    if rows.is_empty() && cells.is_empty() {
        return moved;
    }
    let by = Entry::Typed;
    Some(Deed::Enter { by, rows, cells })
}

fn add(to: &mut Option<Deed>, one: Deed) {
    match to {
        Some(deed) => join(deed, one),
        None => *to = Some(one),
    }
}

/// Adds what a later change of the same act did.
fn join(deed: &mut Deed, more: Deed) {
    match (deed, more) {
        (
            Deed::Enter { rows, cells, .. },
            Deed::Enter {
                rows: more_rows,
                cells: more_cells,
                ..
            },
        ) => {
            rows.extend(more_rows);
            cells.extend(more_cells);
        }
        (Deed::Remove { rows, .. }, Deed::Remove { rows: more, .. })
        | (Deed::Restore { rows, .. }, Deed::Restore { rows: more, .. }) => rows.extend(more),
        // An act is one deed.
        _ => {}
    }
}
