//! The members of a branch, as far as sheets count them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Figure, Terms};
use crate::id::{PersonId, RowId};
use crate::ledger::cell::Value;
use crate::ledger::key::LedgerKey;
use crate::ledger::kind::roster::{CREW, CREWS, MEMBERS, NAME, PROBATIONARY, STANDING};
use crate::ledger::snapshot::{RowView, Snapshot};
use crate::rule::Standing;

/// How many members there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberFigures {
    /// All of them.
    pub all: Figure,
    /// Those of whom no zone is asked: retired, ill, seconded, floating.
    pub exempt: Figure,
    /// Those on probation, who are appraised and get no grade.
    pub probationary: Figure,
    /// Those who get a grade.
    pub rated: Figure,
}

/// A branch's roster, read once for all that is counted by it.
pub(super) struct Members {
    ledger: LedgerKey,
    pub(super) all: Vec<Member>,
    /// The crews that the roster lists, by name.
    pub(super) crews: Vec<(String, RowId)>,
}

/// One member.
pub(super) struct Member {
    pub(super) person: PersonId,
    pub(super) standing: Standing,
    pub(super) probationary: bool,
    pub(super) crew: Option<String>,
}

impl Members {
    pub(super) fn of(roster: &Snapshot, ledger: &LedgerKey) -> Self {
        let crews = present(roster, CREWS).filter_map(|row| Some((word(&row, NAME)?, row.id)));
        Self {
            ledger: *ledger,
            all: present(roster, MEMBERS).map(|row| member(&row)).collect(),
            crews: crews.collect(),
        }
    }

    pub(super) fn figures(&self, terms: &Terms) -> MemberFigures {
        MemberFigures {
            all: self.count(|_| true),
            exempt: self.count(|member| terms.no_zone.contains(&member.standing)),
            probationary: self.count(|member| member.probationary),
            rated: self.count(|member| !member.probationary),
        }
    }

    /// The number of members of whom this holds.
    pub(super) fn count(&self, which: impl Fn(&Member) -> bool) -> Figure {
        let rows = self.all.iter().filter(|member| which(member));
        self.rows(MEMBERS, rows.map(|member| RowId(member.person.0)).collect())
    }

    /// The number of these rows of a table of the roster.
    pub(super) fn rows(&self, table: &str, rows: Vec<RowId>) -> Figure {
        Figure::rows(&self.ledger, table, rows)
    }

    /// Every crew by name: those that the roster lists, and those of members at work.
    pub(super) fn crew_names(&self, terms: &Terms) -> BTreeSet<&str> {
        let at_work = self
            .all
            .iter()
            .filter(|member| !terms.no_zone.contains(&member.standing));
        let of_members = at_work.filter_map(|member| member.crew.as_deref());
        let listed = self.crews.iter().map(|(name, _)| name.as_str());
        listed.chain(of_members).collect()
    }
}

fn member(row: &RowView) -> Member {
    let standing = row.value(STANDING).as_text().and_then(Standing::from_code);
    Member {
        person: PersonId(row.id.0),
        standing: standing.unwrap_or_default(),
        probationary: *row.value(PROBATIONARY) == Value::Flag(true),
        crew: word(row, CREW),
    }
}

/// The rows of a table that were not removed.
pub(super) fn present(snapshot: &Snapshot, table: &str) -> impl Iterator<Item = std::rc::Rc<RowView>> {
    let table = snapshot.table(table);
    let rows: Vec<_> = table
        .rows
        .iter()
        .filter(|row| row.removal.is_none())
        .cloned()
        .collect();
    rows.into_iter()
}

/// The text of a cell without the space around it; none when nothing is left.
pub(super) fn word(row: &RowView, column: &str) -> Option<String> {
    let text = row.value(column).as_text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What a cell's text names: a member, a row, a day.
pub(super) fn named<T: std::str::FromStr>(row: &RowView, column: &str) -> Option<T> {
    row.value(column).as_text()?.parse().ok()
}
