//! 结转: what goes on in the next year, as changes to that year's ledgers.
//!
//! What is made follows from the old ledger and the new one's id alone: fixed actor, fixed ids, the first moment of the
//! year, depending on the skeletons alone. Made twice it is the same, and of two that differ, since somebody wrote to the
//! old ledger in between, the relay takes the first: both have one actor.

use std::collections::BTreeSet;
use std::rc::Rc;

use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use crate::id::{AccountId, ActId, ActorId, EnterpriseId, LedgerId, RowId};
use crate::ledger::act::{Act, Deed, Entry, NewRow};
use crate::ledger::cell::Value;
use crate::ledger::decision::{Decision, DecisionKind, NewDecision, Subject, Word};
use crate::ledger::document::{Document, Made};
use crate::ledger::key::LedgerKey;
use crate::ledger::kind::Kind;
use crate::ledger::kind::{post, zone};
use crate::ledger::life::{Standing, State};
use crate::ledger::snapshot::{RowView, Snapshot};
use crate::time::Date;

#[cfg(test)]
mod tests;

/// The changes that take what goes on over into the ledger of the new year: of zones those in force, with the terms of
/// owners that have no end before that year, and goals; of posts those whose plaque hangs, with the decisions that led
/// there as far as what was decided on still stands. None for other kinds, and where nothing goes on.
#[must_use]
pub fn changes(enterprise: EnterpriseId, new: &LedgerKey, before: &Snapshot) -> Vec<Made> {
    let Some(start) = new.year.and_then(|year| Date::new(year.into(), 1, 1)) else {
        return Vec::new();
    };
    let ledger = new.id(enterprise);
    let mut over = Over {
        ledger,
        start,
        document: Document::new(ledger, new.kind.schema(), AccountId::RELAY, actor(ledger)),
        acts: 0,
        made: Vec::new(),
    };
    match new.kind {
        Kind::Zone => over.zones(before),
        Kind::Post => over.posts(before),
        Kind::Roster | Kind::Pledge | Kind::Appraisal => {}
    }
    over.made
}

/// As whom the relay writes what goes on into a ledger: whether that was done shows by it.
#[must_use]
pub fn actor(ledger: LedgerId) -> ActorId {
    ActorId(derived(ledger, "actor", &[]))
}

/// A year being taken over.
struct Over {
    ledger: LedgerId,
    start: Date,
    document: Document,
    acts: u64,
    made: Vec<Made>,
}

impl Over {
    fn zones(&mut self, before: &Snapshot) {
        let in_force: BTreeSet<RowId> = rows(before, zone::ZONES)
            .filter(|row| standing(before, Kind::Zone, zone::ZONES, row.id).state == State::Effective)
            .map(|row| row.id)
            .collect();
        let of_zone = |row: &&RowView| zone_of(row).is_some_and(|zone| in_force.contains(&zone));
        let mut new = Vec::new();
        for row in rows(before, zone::ZONES).filter(|row| in_force.contains(&row.id)) {
            new.push(self.copy(zone::ZONES, row));
        }
        for row in rows(before, zone::OWNERS)
            .filter(of_zone)
            .filter(|row| self.goes_on(row))
        {
            new.push(self.copy(zone::OWNERS, row));
        }
        for row in rows(before, zone::GOALS).filter(of_zone) {
            new.push(self.copy(zone::GOALS, row));
        }
        self.enter(new);
    }

    fn posts(&mut self, before: &Snapshot) {
        let hung: Vec<(&RowView, Standing)> = rows(before, post::POSTS)
            .map(|row| (row, standing(before, Kind::Post, post::POSTS, row.id)))
            .filter(|(_, standing)| matches!(standing.state, State::Hung | State::Warned))
            .collect();
        let new = hung.iter().map(|(row, _)| self.copy(post::POSTS, row)).collect();
        self.enter(new);
        for (row, standing) in hung {
            self.decide_again(row.id, &standing);
        }
    }

    /// Whether an owner's term has no end before the new year.
    fn goes_on(&self, row: &RowView) -> bool {
        let until = row.value(zone::UNTIL).as_text().unwrap_or_default();
        until.is_empty() || until.parse().is_ok_and(|until: Date| self.start <= until)
    }

    /// A row as it is made anew. It keeps its place and its words; what it names in its own ledger is the new row.
    fn copy(&self, table: &str, row: &RowView) -> NewRow {
        let columns = self.document.schema().table(table);
        let known = row
            .cells
            .iter()
            .filter(|(key, _)| columns.is_some_and(|table| table.column(key).is_some()));
        let cells = known.filter(|(_, cell)| !cell.value.is_empty() && cell.value != Value::Flag(false));
        let cells = cells.map(|(key, cell)| match zone_of(row) {
            Some(of) if key == zone::ZONE => (key.clone(), Value::Text(self.row(of).to_string())),
            _ => (key.clone(), cell.value.clone()),
        });
        NewRow {
            table: table.to_owned(),
            id: self.row(row.id),
            order: row.order.clone(),
            cells: cells.collect(),
        }
    }

    /// The id of the new row for an old one.
    fn row(&self, old: RowId) -> RowId {
        RowId(id(self.ledger, "row", old.as_bytes()))
    }

    /// Makes the decisions that led a post from its last nomination to where it is on its new row, all of them, or none where what was decided on no
    /// longer stands: then it has to be decided anew.
    fn decide_again(&mut self, old: RowId, standing: &Standing) {
        let (document, made, acts) = (self.document.clone(), self.made.len(), self.acts);
        let subject = Subject::new(post::POSTS, self.row(old));
        let year = self.start.year() - 1;
        let mut after: Vec<RowId> = Vec::new();
        let is_nomination =
            |decision: &Rc<Decision>| decision.made.word == Word::Decide(DecisionKind::Nominated);
        let from = standing.path.iter().rposition(is_nomination).unwrap_or_default();
        for decision in &standing.path[from..] {
            let of = &decision.made;
            let id = RowId(id(self.ledger, "decision", of.id.as_bytes()));
            let note = match of.note.as_str() {
                "" => format!("由{year}年结转"),
                note => format!("由{year}年结转：{note}"),
            };
            let deed = Deed::Decide {
                decisions: vec![NewDecision {
                    id,
                    subject: subject.clone(),
                    note,
                    after: after.clone(),
                    ..of.clone()
                }],
            };
            if !self.perform(deed) {
                self.document = document;
                self.made.truncate(made);
                self.acts = acts;
                return;
            }
            after.push(id);
            after.sort_unstable();
        }
    }

    /// Makes these rows, as many in one act as an act may make.
    fn enter(&mut self, rows: Vec<NewRow>) {
        for some in rows.chunks(ROWS_PER_ACT) {
            // Every row is new here, and within the limits where it comes from.
            self.perform(Deed::Enter {
                by: Entry::Imported,
                rows: some.to_vec(),
                cells: Vec::new(),
            });
        }
    }

    fn perform(&mut self, deed: Deed) -> bool {
        self.acts += 1;
        let act = Act {
            id: ActId(id(self.ledger, "act", &self.acts.to_be_bytes())),
            at: self.start.begins(),
            deed,
        };
        match self.document.perform(&act) {
            Ok(performed) => {
                self.made.extend(performed.changes);
                true
            }
            Err(_) => false,
        }
    }
}

/// The rows made in one act: far fewer cells than an act may write.
const ROWS_PER_ACT: usize = 200;

/// The rows of a table that were not removed.
fn rows<'a>(snapshot: &'a Snapshot, table: &str) -> impl Iterator<Item = &'a RowView> {
    let table = snapshot.tables.get(table);
    let rows = table.into_iter().flat_map(|table| &table.rows);
    rows.map(AsRef::as_ref).filter(|row| row.removal.is_none())
}

fn standing(snapshot: &Snapshot, kind: Kind, table: &str, row: RowId) -> Standing {
    snapshot.standing(kind, &Subject::new(table, row))
}

/// The zone that a row of a ledger of zones is about.
fn zone_of(row: &RowView) -> Option<RowId> {
    row.value(zone::ZONE).as_text()?.parse().ok()
}

/// An id that follows from the new ledger and what it is for.
fn id(ledger: LedgerId, what: &str, of: &[u8]) -> Uuid {
    Builder::from_custom_bytes(derived(ledger, what, of)).into_uuid()
}

fn derived(ledger: LedgerId, what: &str, of: &[u8]) -> [u8; 16] {
    let digest = Sha256::new()
        .chain_update(b"taizhang roll-over 1\0")
        .chain_update(ledger.0)
        .chain_update(what)
        .chain_update([0])
        .chain_update(of)
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes
}
