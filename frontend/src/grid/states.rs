//! What rows have come to, as a column that nobody types into.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::column::{CellKind, Column};
use shared::ledger::decision::{Subject, Word};
use shared::ledger::kind::Kind;
use shared::ledger::life::{self, Standing};
use shared::ledger::schema::{Shape, Table};
use shared::ledger::snapshot::{RowView, Snapshot};

use super::lens::Lens;
use crate::i18n::{Language, LifeNote, Message};

/// The column of what rows have come to.
pub const COLUMN: Column = Column::new("standing:state", "状态", "State", 8, CellKind::Text { max: 40 });
static STATE: Column = COLUMN;

/// Whether anything is decided about the rows of a table.
#[must_use]
pub fn has_any(table: &Table) -> bool {
    table.shape == Shape::Entry && life::all().any(|way| way.table == table.id)
}

/// The columns of a table, with that of states where there is one: after the first, which says whose a row is.
pub fn columns(table: &'static Table) -> impl Iterator<Item = &'static Column> {
    let state = has_any(table).then_some(&STATE);
    let (first, rest) = table.columns.split_at(table.columns.len().min(1));
    first.iter().chain(state).chain(rest)
}

/// The columns shown through this lens.
#[must_use]
pub fn with_state(table: &'static Table, lens: &Lens) -> Vec<&'static Column> {
    columns(table)
        .filter(|column| !lens.hidden.contains(column.id))
        .collect()
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
