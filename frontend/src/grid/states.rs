//! What rows have come to, in words. It is no column of the grid: a block pasted from a sheet has none of it.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::decision::{Subject, Word};
use shared::ledger::kind::Kind;
use shared::ledger::life::{self, Standing};
use shared::ledger::schema::{Shape, Table};
use shared::ledger::snapshot::{RowView, Snapshot};

use crate::i18n::{Language, LifeNote, Message};

/// Whether anything is decided about the rows of a table.
#[must_use]
pub fn has_any(table: &Table) -> bool {
    table.shape == Shape::Entry && life::all().any(|way| way.table == table.id)
}

/// Whether what was decided on last is no longer what the row says (批准后已改).
#[must_use]
pub fn has_moved_on(kind: Kind, standing: &Standing, row: &RowView) -> bool {
    let bound = standing.path.iter().rev().find_map(|decision| {
        let Word::Decide(decided) = decision.made.word else {
            return None;
        };
        let way = life::way(kind, &decision.made.subject.table, decided)?;
        matches!(way.binds, life::Binds::Columns(_)).then_some((decision, way))
    });
    bound.is_some_and(|(decision, way)| decision.has_moved_on(row, way))
}

/// The states of the rows of one table, worked out anew only for rows that have changed.
#[derive(Debug, Default)]
pub struct States {
    known: HashMap<RowId, Known>,
    shown: Rc<BTreeMap<RowId, String>>,
}

#[derive(Debug)]
struct Known {
    row: Rc<RowView>,
    decisions: usize,
    language: Language,
    words: String,
}

impl States {
    /// The states now; the same value as long as none has changed.
    pub fn of(
        &mut self,
        kind: Kind,
        table: &Table,
        snapshot: &Snapshot,
        language: Language,
    ) -> Rc<BTreeMap<RowId, String>> {
        if !has_any(table) {
            return Rc::clone(&self.shown);
        }
        let view = snapshot.table(table.id);
        let mut shown = BTreeMap::new();
        for row in &view.rows {
            let subject = Subject::new(table.id, row.id);
            let decisions = snapshot.decisions_on(&subject).len();
            let is_known = |known: &Known| {
                Rc::ptr_eq(&known.row, row) && known.decisions == decisions && known.language == language
            };
            if !self.known.get(&row.id).is_some_and(is_known) {
                let standing = snapshot.standing(kind, &subject);
                let known = Known {
                    row: Rc::clone(row),
                    decisions,
                    language,
                    words: words(kind, &standing, row, language),
                };
                self.known.insert(row.id, known);
            }
            shown.insert(row.id, self.known[&row.id].words.clone());
        }
        if *self.shown != shown {
            self.shown = Rc::new(shown);
        }
        Rc::clone(&self.shown)
    }
}

fn words(kind: Kind, standing: &Standing, row: &RowView, language: Language) -> String {
    let mut words = language.term(standing.state.name()).to_owned();
    if !standing.contradicting.is_empty() {
        words = format!(
            "{words} · {}",
            language.say(&Message::Life(LifeNote::TwoDecisions))
        );
    } else if has_moved_on(kind, standing, row) {
        words = format!("{words} · {}", language.say(&Message::Life(LifeNote::MovedOn)));
    }
    words
}
