//! A member who goes to another branch.

use std::sync::Arc;

use shared::id::{ActId, EnterpriseId, LedgerId, RowId, UnitId};
use shared::ledger::act::{Act, Deed, Entry, NewRow};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::document::{Document, Made};
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::ledger::kind::roster::{CREW, GROUP, MEMBERS};
use shared::ledger::order::between;
use shared::ledger::snapshot::RowView;
use shared::protocol::http::audit;
use shared::protocol::http::year::MoveMember;
use shared::time::Timestamp;
use uuid::Uuid;

use super::{ActError, Acts};
use crate::account::blocking;
use crate::ledger::document;
use crate::storage::{Amendment, By, Storage};

/// What belongs to a branch, and does not go with a member.
const STAYS: [&str; 2] = [GROUP, CREW];

/// What is to be written to the two rosters.
struct Move {
    into: Vec<Made>,
    out_of: Vec<Made>,
}

impl Acts {
    /// Writes a member into the roster of the branch he goes to, and takes him out of the one he leaves. Done again it does
    /// what is left to do, which may be nothing.
    ///
    /// # Errors
    ///
    /// Fails when there is no such member or branch, a roster does not take it, or the store fails.
    pub async fn move_member(
        &self,
        by: By,
        enterprise: EnterpriseId,
        asked: MoveMember,
    ) -> Result<(), ActError> {
        let _turn = self.turn.lock().await;
        let MoveMember { person, from, to, .. } = asked;
        let [old, new] = [from, to].map(|unit| roster(unit).id(enterprise));
        let (storage, at) = (Arc::clone(&self.storage), by.at);
        let planned = blocking(move || Ok(plan(storage.as_ref(), [old, new], &asked, at)));
        let Move { into, out_of } = planned.await??;
        if into.is_empty() && out_of.is_empty() {
            return Ok(());
        }
        // First there, then gone here: cut off in between he stands in both, never in none.
        self.write(new, into).await?;
        self.write(old, out_of).await?;
        let storage = Arc::clone(&self.storage);
        let deed = audit::Deed::MemberMoved { person, from, to };
        Ok(blocking(move || storage.amend(&by, &Amendment::Note(deed))).await?)
    }
}

fn roster(unit: UnitId) -> LedgerKey {
    LedgerKey {
        unit,
        year: None,
        kind: Kind::Roster,
        part: Part::Main,
    }
}

fn plan(
    storage: &dyn Storage,
    [old, new]: [LedgerId; 2],
    asked: &MoveMember,
    at: Timestamp,
) -> Result<Move, ActError> {
    let id = RowId(asked.person.0);
    let mut before = document(storage, old, Kind::Roster)?;
    let mut after = document(storage, new, Kind::Roster)?;
    let row = before
        .snapshot()
        .table(MEMBERS)
        .row(id)
        .cloned()
        .ok_or(ActError::Gone)?;
    let there = after.snapshot().table(MEMBERS).row(id).cloned();
    if row.removal.is_some() {
        // He has left already: where to, his new roster says.
        return match there {
            Some(there) if there.removal.is_none() => Ok(Move {
                into: Vec::new(),
                out_of: Vec::new(),
            }),
            _ => Err(ActError::Gone),
        };
    }
    let into = match there {
        None => {
            let arrives = arrives(&last_place(&after), &row);
            perform(&mut after, at, arrives)?
        }
        Some(there) if there.removal.is_some() => {
            let mut made = perform(&mut after, at, returns(id))?;
            made.extend(perform(&mut after, at, as_he_is(&row))?);
            made
        }
        // Somebody has entered him by hand: what was written there stays.
        Some(_) => Vec::new(),
    };
    let units = storage.units()?;
    let name = units.iter().find(|unit| unit.id == asked.to);
    let name = name.map_or("", |unit| unit.name.as_str());
    let why = match asked.note.trim() {
        "" => format!("调往 {name}"),
        note => format!("调往 {name}：{note}"),
    };
    let leaves = Deed::Remove {
        table: MEMBERS.to_owned(),
        rows: vec![id],
        why,
    };
    Ok(Move {
        into,
        out_of: perform(&mut before, at, leaves)?,
    })
}

fn perform(document: &mut Document, at: Timestamp, deed: Deed) -> Result<Vec<Made>, ActError> {
    let id = ActId(Uuid::new_v4());
    let performed = document.perform(&Act { id, at, deed });
    Ok(performed.map_err(|_| ActError::NotWritten)?.changes)
}

/// The place of the last row of a roster.
fn last_place(document: &Document) -> String {
    let members = document.snapshot().table(MEMBERS);
    members
        .rows
        .last()
        .map_or_else(String::new, |row| row.order.clone())
}

/// What a member's row says, without what belongs to the branch.
fn cells(row: &RowView) -> impl Iterator<Item = (String, Value)> {
    let cells = row.cells.iter();
    cells
        .filter(|(key, cell)| !STAYS.contains(&key.as_str()) && !cell.value.is_empty())
        .map(|(key, cell)| (key.clone(), cell.value.clone()))
}

fn arrives(last: &str, row: &RowView) -> Deed {
    Deed::Enter {
        by: Entry::Imported,
        rows: vec![NewRow {
            table: MEMBERS.to_owned(),
            id: row.id,
            order: between(Some(last), None),
            cells: cells(row).collect(),
        }],
        cells: Vec::new(),
    }
}

fn returns(id: RowId) -> Deed {
    Deed::Restore {
        table: MEMBERS.to_owned(),
        rows: vec![id],
    }
}

fn as_he_is(row: &RowView) -> Deed {
    let stays = STAYS.map(|key| (key.to_owned(), Value::Empty));
    Deed::Enter {
        by: Entry::Imported,
        rows: Vec::new(),
        cells: cells(row)
            .chain(stays)
            .map(|(key, value)| (CellRef::new(MEMBERS, row.id, &key), value))
            .collect(),
    }
}
