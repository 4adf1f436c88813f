//! Decisions in a ledger being written: on what stands there, with all that was decided before in sight.

use std::rc::Rc;

use shared::calendar::Posting;
use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::decision::bound::{digest_now, of_parts};
use shared::ledger::decision::{DecisionKind, NewDecision, Subject, Word};
use shared::ledger::life::{self, Binds};
use shared::ledger::snapshot::Snapshot;
use shared::time::Timestamp;

use super::{Book, Tab};

/// What is decided on many rows at one time.
#[derive(Clone, Debug)]
pub(in crate::demo) struct Sitting<'p> {
    decision: DecisionKind,
    table: &'static str,
    days: Option<Posting>,
    /// The parts of an appraisal, for what binds a member in all of them.
    parts: &'p [Rc<Snapshot>],
}

impl<'p> Sitting<'p> {
    /// Rows of this table are decided on.
    pub(in crate::demo) fn on(table: &'static str, decision: DecisionKind) -> Self {
        Self {
            decision,
            table,
            days: None,
            parts: &[],
        }
    }

    /// It holds from a day to a day.
    pub(in crate::demo) fn during(self, days: Posting) -> Self {
        Self {
            days: Some(days),
            ..self
        }
    }

    /// It is decided with all parts of an appraisal in sight, given in their order.
    pub(in crate::demo) fn seeing(self, parts: &'p [Rc<Snapshot>]) -> Self {
        Self { parts, ..self }
    }
}

/// What is decided on one row.
#[derive(Clone, Debug)]
pub(in crate::demo) struct Finding {
    row: RowId,
    value: String,
    note: String,
}

impl Finding {
    /// Nothing is chosen and nothing said.
    pub(in crate::demo) fn plain(row: RowId) -> Self {
        Self {
            row,
            value: String::new(),
            note: String::new(),
        }
    }

    /// This is chosen.
    pub(in crate::demo) fn choice(row: RowId, value: &str) -> Self {
        Self {
            value: value.to_owned(),
            ..Self::plain(row)
        }
    }

    /// This is the reason.
    pub(in crate::demo) fn noted(row: RowId, note: &str) -> Self {
        Self {
            note: note.to_owned(),
            ..Self::plain(row)
        }
    }
}

impl Tab<'_, '_> {
    /// Decides on these rows in one act; does nothing where there are none.
    pub(in crate::demo) fn decides(&mut self, at: Timestamp, sitting: &Sitting<'_>, findings: Vec<Finding>) {
        if findings.is_empty() {
            return;
        }
        let decisions = findings
            .into_iter()
            .map(|finding| self.book.decision(at, sitting, finding))
            .collect();
        self.does(at, Deed::Decide { decisions });
    }
}

impl Book<'_> {
    fn decision(&self, at: Timestamp, sitting: &Sitting<'_>, finding: Finding) -> NewDecision {
        let Sitting {
            decision,
            table,
            days,
            parts,
        } = sitting;
        let snapshot = self.document.snapshot();
        let subject = Subject::new(table, finding.row);
        let way = life::way(self.key.kind, table, *decision).expect("only what the table of ways knows");
        let digest = match way.binds {
            Binds::Member => Some(of_parts(parts.iter().map(Rc::as_ref), &subject)),
            Binds::Nothing | Binds::Columns(_) => digest_now(&snapshot, &subject, way),
        };
        let mut after: Vec<RowId> = snapshot
            .decisions_on(&subject)
            .iter()
            .map(|known| known.made.id)
            .collect();
        after.sort_unstable();
        NewDecision {
            id: self.seed.row(
                at,
                &format!("{} {} {}", self.ledger, finding.row, decision.code()),
            ),
            word: Word::Decide(*decision),
            of: None,
            digest: digest.expect("the row was entered before"),
            subject,
            value: finding.value,
            note: finding.note,
            from: days.map(|days| days.from),
            until: days.map(|days| days.until),
            after,
        }
    }
}
