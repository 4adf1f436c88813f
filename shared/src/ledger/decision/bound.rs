//! What a decision binds, as it stands in a snapshot or stood in a row.

use super::{Decision, Subject, digest};
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::decision::DecisionKind;
use crate::ledger::kind::appraisal::{EVENTS, MEMBER, SCORES, TEXTS};
use crate::ledger::life::{Binds, Transition};
use crate::ledger::snapshot::{RowView, Snapshot};

/// The bound cells that hold anything, in the order of the columns; elements of a set by their ids.
pub type Bound = Vec<(String, Value)>;

/// The cells of a row that these columns hold.
#[must_use]
pub fn of_row(row: &RowView, columns: &[&str]) -> Bound {
    let mut bound = Vec::new();
    for column in columns {
        bound.push(((*column).to_owned(), row.value(column).clone()));
        let mut people: Vec<String> = row.people(column).map(|person| person.to_string()).collect();
        people.sort_unstable();
        bound.extend(
            people
                .into_iter()
                .map(|person| (format!("{column}/{person}"), Value::Flag(true))),
        );
    }
    bound.retain(|(_, value)| !value.is_empty());
    bound
}

/// All that one part of an appraisal holds of a member: scores, texts, and what happened.
#[must_use]
pub fn of_member(snapshot: &Snapshot, member: &str) -> Bound {
    let mut bound = Vec::new();
    for table in [SCORES, TEXTS] {
        let view = snapshot.table(table);
        let cells = view.cells.range(format!("{member}/")..);
        let cells =
            cells.take_while(|(key, _)| key.strip_prefix(member).is_some_and(|rest| rest.starts_with('/')));
        bound.extend(cells.map(|(key, cell)| (format!("{table}/{key}"), cell.value.clone())));
    }
    let events = snapshot.table(EVENTS);
    let mut theirs: Vec<&RowView> = events
        .rows
        .iter()
        .map(AsRef::as_ref)
        .filter(|row| row.removal.is_none() && row.value(MEMBER).as_text() == Some(member))
        .collect();
    theirs.sort_by_key(|row| row.id);
    for row in theirs {
        let cells = row.cells.iter();
        bound.extend(cells.map(|(key, cell)| (format!("{EVENTS}/{}/{key}", row.id), cell.value.clone())));
    }
    bound.retain(|(_, value)| !value.is_empty());
    bound
}

/// A bound cell that is in conflict, if one is.
#[must_use]
pub fn conflict(snapshot: &Snapshot, subject: &Subject, binds: Binds) -> Option<CellRef> {
    match binds {
        Binds::Nothing => None,
        Binds::Columns(columns) => {
            let table = snapshot.table(&subject.table);
            let row = table.row(subject.row)?;
            let column = columns.iter().find(|column| row.in_conflict(column))?;
            Some(CellRef::new(&subject.table, subject.row, column))
        }
        Binds::Member => {
            let member = subject.row.to_string();
            let events = snapshot.table(EVENTS);
            snapshot.conflicts().into_iter().find(|cell| match cell.row {
                None => cell.key.split('/').next() == Some(member.as_str()),
                Some(row) => events
                    .row(row)
                    .is_some_and(|row| row.value(MEMBER).as_text() == Some(member.as_str())),
            })
        }
    }
}

/// The digest of what a decision of this kind would bind in one ledger; none when the row is not there. What binds a member
/// across parts is put together by whoever reads all of them ([`of_parts`]).
#[must_use]
pub fn digest_now(snapshot: &Snapshot, subject: &Subject, way: &Transition) -> Option<String> {
    let bound = match way.binds {
        Binds::Nothing => Vec::new(),
        Binds::Columns(columns) => of_row(snapshot.table(&subject.table).row(subject.row)?, columns),
        Binds::Member => return Some(of_parts([snapshot], subject)),
    };
    Some(digest_of(way.decision, way.binds, &bound))
}

/// The digest of a member's grade over these parts of an appraisal, given in the order of the parts.
#[must_use]
pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a Snapshot>, subject: &Subject) -> String {
    let member = subject.row.to_string();
    let mut bound = Vec::new();
    for (number, part) in parts.into_iter().enumerate() {
        let theirs = of_member(part, &member);
        bound.extend(
            theirs
                .into_iter()
                .map(|(key, value)| (format!("{number}/{key}"), value)),
        );
    }
    digest_of(DecisionKind::Graded, Binds::Member, &bound)
}

/// The digest of bound cells.
#[must_use]
pub fn digest_of(kind: DecisionKind, binds: Binds, bound: &Bound) -> String {
    let cells = bound.iter().map(|(key, value)| (key.as_str(), value));
    digest(kind, &binds.code(), cells)
}

impl Decision {
    /// Whether the row holds something else in the columns this decision binds than what was decided on (批准后已改).
    #[must_use]
    pub fn has_moved_on(&self, row: &RowView, way: &Transition) -> bool {
        match way.binds {
            Binds::Columns(columns) => {
                digest_of(way.decision, way.binds, &of_row(row, columns)) != self.made.digest
            }
            Binds::Nothing | Binds::Member => false,
        }
    }
}
