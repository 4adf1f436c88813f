//! Decisions: checked against the row and its standing, written once, and read back with what they were made on.

use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, AutomergeError, ObjId, ObjType, ReadDoc};

use super::perform::Step;
use super::{Document, read, trace};
use crate::id::{AccountId, RowId};
use crate::ledger::act::{ActProblem, Undecidable};
use crate::ledger::cell::Value;
use crate::ledger::decision::{Decision, NewDecision, Subject, Word, bound};
use crate::ledger::kind::Kind;
use crate::ledger::life::{self, Binds, Guard, Standing, Transition};
use crate::ledger::schema::Shape;
use crate::ledger::snapshot::RowView;
use crate::limit;
use crate::time::{Date, Timestamp};

impl Document {
    /// What a row has come to.
    #[must_use]
    pub fn standing(&self, subject: &Subject) -> Standing {
        match self.kind {
            Some(kind) => self.snapshot().standing(kind, subject),
            None => Standing::default(),
        }
    }

    /// The row as it was when this decision was made on it: at the dependencies of the change that carries it. None when the
    /// row was not there, or the subject is a member in a matrix.
    #[must_use]
    pub fn decided_on(&self, decision: &Decision) -> Option<RowView> {
        let subject = &decision.made.subject;
        let table = self.tables.get(subject.table.as_str())?;
        let object = self.row_object(table, subject.row)?;
        let change = self
            .doc
            .get_change_by_hash(&automerge::ChangeHash(decision.change.0))?;
        read::row_at(&self.doc, &object, subject.row, change.deps())
    }

    /// Whether a decision names the digest of the very row it was made on; none where that cannot be told from this ledger
    /// alone.
    #[must_use]
    pub fn digest_fits(&self, decision: &Decision) -> Option<bool> {
        let Word::Decide(kind) = decision.made.word else {
            return None;
        };
        let way = life::way(self.kind?, &decision.made.subject.table, kind)?;
        let bound = match way.binds {
            Binds::Nothing => bound::Bound::new(),
            Binds::Columns(columns) => bound::of_row(&self.decided_on(decision)?, columns),
            Binds::Member => return None,
        };
        Some(bound::digest_of(kind, way.binds, &bound) == decision.made.digest)
    }

    pub(super) fn plan_decisions(
        &self,
        at: Timestamp,
        decisions: &[NewDecision],
    ) -> Result<Vec<Step>, ActProblem> {
        if decisions.is_empty() {
            return Err(ActProblem::Nothing);
        }
        if decisions.len() > limit::ACT_DECISIONS {
            return Err(ActProblem::TooMany);
        }
        for made in decisions {
            self.check_decision(at, made)?;
        }
        Ok(decisions.iter().cloned().map(Step::Decision).collect())
    }

    fn check_decision(&self, at: Timestamp, made: &NewDecision) -> Result<(), ActProblem> {
        let subject = &made.subject;
        let problem = |why| ActProblem::Undecidable {
            row: subject.row,
            why,
        };
        let table = self
            .schema
            .table(&subject.table)
            .ok_or_else(|| ActProblem::NoTable(subject.table.clone()))?;
        let row = match table.shape {
            Shape::Entry => {
                let row = self.view.row(&subject.table, subject.row);
                Some(row.ok_or(ActProblem::NoRow(subject.row))?)
            }
            Shape::Matrix => None,
        };
        if row.is_some_and(|row| row.removal.is_some()) {
            return Err(problem(Undecidable::Removed));
        }
        let too_long = [&made.note, &made.value, &made.digest]
            .into_iter()
            .any(|text| text.len() > limit::DECISION_TEXT_BYTES);
        if too_long || made.after.len() > limit::DECISIONS_OF_ROW {
            return Err(ActProblem::TooMany);
        }
        let kind = self.kind.ok_or_else(|| problem(Undecidable::NoSuchDecision))?;
        let standing = self.snapshot().standing(kind, subject);
        match made.word {
            Word::Withdraw(_) => may_withdraw(made, self.snapshot().decisions_on(subject)).map_err(problem),
            Word::Decide(decision) => {
                let way = life::way(kind, &subject.table, decision)
                    .ok_or_else(|| problem(Undecidable::NoSuchDecision))?;
                self.may_decide(at.date(), made, way, &standing, row.map(AsRef::as_ref))
                    .map_err(problem)
            }
        }
    }

    fn may_decide(
        &self,
        today: Date,
        made: &NewDecision,
        way: &Transition,
        standing: &Standing,
        row: Option<&RowView>,
    ) -> Result<(), Undecidable> {
        way.follows(standing)?;
        let snapshot = self.snapshot();
        if let Some(cell) = bound::conflict(&snapshot, &made.subject, way.binds) {
            return Err(Undecidable::InConflict(cell));
        }
        let now = bound::digest_now(&snapshot, &made.subject, way);
        // What other parts hold of a member this ledger does not know.
        if way.binds != Binds::Member && now.as_ref() != Some(&made.digest) {
            return Err(Undecidable::SeenOtherwise);
        }
        way.guards
            .iter()
            .try_for_each(|guard| guard.holds(today, made, standing, row))
    }
}

impl Transition {
    /// Whether it leads on from where a row stands.
    ///
    /// # Errors
    ///
    /// Says why not.
    pub fn follows(&self, standing: &Standing) -> Result<(), Undecidable> {
        if !standing.contradicting.is_empty() {
            return Err(Undecidable::Contradicted);
        }
        if !self.from.contains(&standing.state) {
            return Err(Undecidable::NotFrom(standing.state));
        }
        Ok(())
    }
}

impl Guard {
    /// Whether it holds for a decision on this day.
    ///
    /// # Errors
    ///
    /// Says what is missing.
    pub fn holds(
        &self,
        today: Date,
        made: &NewDecision,
        standing: &Standing,
        row: Option<&RowView>,
    ) -> Result<(), Undecidable> {
        let has_note = !made.note.trim().is_empty();
        match self {
            Self::Note if !has_note => Err(Undecidable::NoReason),
            Self::NoteFor(value) if made.value == *value && !has_note => Err(Undecidable::NoReason),
            Self::Value(choices) if !choices.iter().any(|choice| choice.code == made.value) => {
                Err(Undecidable::NoChoice)
            }
            Self::Filled(columns) => {
                let is_empty = |column: &&&'static str| row.is_none_or(|row| row.value(column).is_empty());
                match columns.iter().find(is_empty) {
                    Some(column) => Err(Undecidable::Empty(column)),
                    None => Ok(()),
                }
            }
            Self::Period => match (made.from, made.until) {
                (Some(from), Some(until)) if from <= until => Ok(()),
                _ => Err(Undecidable::NoPeriod),
            },
            Self::PostingOver => {
                let posted = Word::Decide(crate::ledger::decision::DecisionKind::Posted);
                let until = standing.last_of(posted).and_then(|decision| decision.made.until);
                if until.is_some_and(|until| until < today) {
                    Ok(())
                } else {
                    Err(Undecidable::PostingNotOver)
                }
            }
            Self::Note | Self::NoteFor(_) | Self::Value(_) => Ok(()),
        }
    }
}

fn may_withdraw(made: &NewDecision, decisions: &[std::rc::Rc<Decision>]) -> Result<(), Undecidable> {
    let Word::Withdraw(kind) = made.word else {
        return Err(Undecidable::NothingToWithdraw);
    };
    let is_it = |known: &Decision| Some(known.made.id) == made.of && known.made.word == Word::Decide(kind);
    let is_withdrawn = |known: &Decision| known.made.of == made.of && known.made.word == Word::Withdraw(kind);
    let is_there = decisions.iter().any(|known| is_it(known));
    if !is_there || decisions.iter().any(|known| is_withdrawn(known)) {
        return Err(Undecidable::NothingToWithdraw);
    }
    if made.note.trim().is_empty() {
        return Err(Undecidable::NoReason);
    }
    Ok(())
}

/// Writes a decision; each word once.
pub(super) fn write(
    writing: &mut Transaction<'_>,
    decisions: &ObjId,
    made: &NewDecision,
    at: Timestamp,
) -> Result<(), AutomergeError> {
    let entry = writing.put_object(decisions, made.id.to_string(), ObjType::Map)?;
    writing.put(&entry, "kind", made.word.to_string())?;
    writing.put(&entry, "table", made.subject.table.as_str())?;
    writing.put(&entry, "row", made.subject.row.to_string())?;
    writing.put(&entry, "digest", made.digest.as_str())?;
    writing.put(&entry, "at", at.0)?;
    let after: Vec<String> = made.after.iter().map(ToString::to_string).collect();
    let optional = [
        ("of", made.of.map(|id| id.to_string())),
        ("value", Some(made.value.clone())),
        ("note", Some(made.note.clone())),
        ("from", made.from.map(|date| date.to_string())),
        ("until", made.until.map(|date| date.to_string())),
        ("after", Some(after.join(" "))),
    ];
    for (key, text) in optional {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            writing.put(&entry, key, text)?;
        }
    }
    Ok(())
}

/// Reads a decision; none for one of a newer version of the app, or one that was never made by an honest one.
pub(super) fn read(doc: &Automerge, id: RowId, entry: &ObjId) -> Option<Decision> {
    let value = |key: &str| match doc.get(entry, key) {
        Ok(Some((found, _))) => read::value(&found),
        _ => Value::Empty,
    };
    let text = |key: &str| value(key).as_text().unwrap_or_default().to_owned();
    let date = |key: &str| text(key).parse::<Date>().ok();
    let said = trace::said(doc, Value::Empty, entry);
    let after = text("after");
    let mut after: Vec<RowId> = after.split(' ').filter_map(|id| id.parse().ok()).collect();
    after.sort_unstable();
    Some(Decision {
        made: NewDecision {
            id,
            word: text("kind").parse().ok()?,
            of: text("of").parse().ok(),
            subject: Subject {
                table: text("table"),
                row: text("row").parse().ok()?,
            },
            digest: text("digest"),
            value: text("value"),
            note: text("note"),
            from: date("from"),
            until: date("until"),
            after,
        },
        by: said.by.unwrap_or(AccountId::RELAY),
        at: match value("at") {
            Value::Number(at) => Timestamp(at),
            _ => said.at.unwrap_or_default(),
        },
        change: said.change?,
    })
}

impl crate::ledger::snapshot::Snapshot {
    /// What a row of a ledger of this kind has come to.
    #[must_use]
    pub fn standing(&self, kind: Kind, subject: &Subject) -> Standing {
        let ways = |decision: &Decision| match decision.made.word {
            Word::Decide(decided) => life::way(kind, &subject.table, decided),
            Word::Withdraw(_) => None,
        };
        life::standing(ways, self.decisions_on(subject))
    }
}
