//! What waits for a person, in words.

use std::rc::Rc;

use shared::access::Hold;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::proposal::{Proposal, Step};
use shared::ledger::schema::Table;
use shared::ledger::snapshot::TableView;
use shared::protocol::http::inbox::{Decision, HeldItem};
use shared::sync::relay::Standing;
use shared::time::Date;

use crate::components::held_table::HeldStep;
use crate::grid::lookup::Lookup;
use crate::i18n::{InboxNote, Language, Message};
use crate::pages::ledger::words;
use crate::store::inbox::view::{InboxLedger, Kept, Mine, MyState};

/// Names for the cells of a ledger, rows that are only proposed among them.
pub(super) fn lookup(ledger: &InboxLedger, language: Language, today: Date) -> Lookup {
    let snapshot = ledger.view.as_ref().map(|view| &view.snapshot);
    let tables = ledger.key.kind.schema().tables().map(|table| {
        let shown = snapshot
            .map(|snapshot| snapshot.table(table.id))
            .unwrap_or_default();
        let mut born = ledger.born.iter().filter(|(id, _)| *id == table.id).peekable();
        if born.peek().is_none() {
            return (table.id, (table, shown));
        }
        let mut rows = shown.rows.clone();
        rows.extend(born.map(|(_, row)| row.clone()));
        let with_born = TableView {
            rows,
            ..TableView::default()
        };
        (table.id, (table, Rc::new(with_born)))
    });
    Lookup {
        directory: ledger.directory.clone(),
        tables: tables.collect(),
        states: Rc::default(),
        language,
        today,
    }
}

/// What a change would do, step by step; something is said in any case.
pub(super) fn steps(lookup: &Lookup, proposal: Option<&Proposal>) -> Vec<HeldStep> {
    let language = lookup.language;
    let only = |note: &InboxNote<'_>| HeldStep {
        place: language.inbox(note),
        ..HeldStep::default()
    };
    let Some(proposal) = proposal else {
        return vec![only(&InboxNote::Unreadable)];
    };
    let said: Vec<HeldStep> = proposal
        .steps
        .iter()
        .flat_map(|step| self::step(lookup, step))
        .collect();
    if said.is_empty() {
        vec![only(&InboxNote::Elsewhere)]
    } else {
        said
    }
}

fn step(lookup: &Lookup, step: &Step) -> Vec<HeldStep> {
    let language = lookup.language;
    let of_row = |table: &str, row, note: &InboxNote<'_>| HeldStep {
        place: format!("{} › {}", name(lookup, table), lookup.row(table, row)).into(),
        proposed: language.inbox(note),
        ..HeldStep::default()
    };
    match step {
        Step::Make { table, row, cells } => {
            let made = of_row(table, *row, &InboxNote::NewRow);
            let filled = cells.iter().filter(|(_, value)| !value.is_empty());
            let cells = filled.map(|(key, proposed)| {
                let cell = CellRef::new(table, *row, key);
                written(lookup, &cell, &Value::Empty, proposed, false)
            });
            std::iter::once(made).chain(cells).collect()
        }
        Step::Write {
            cell,
            now,
            proposed,
            clashes,
        } => vec![written(lookup, cell, now, proposed, *clashes)],
        Step::Remove { table, row, why } => vec![of_row(table, *row, &InboxNote::RemoveRow { why })],
        Step::Restore { table, row } => vec![of_row(table, *row, &InboxNote::RestoreRow)],
        Step::Move { table, row } => vec![of_row(table, *row, &InboxNote::MoveRow)],
        Step::Decide { kind } => vec![HeldStep {
            proposed: language.inbox(&InboxNote::DecideRow { kind }),
            ..HeldStep::default()
        }],
        Step::Elsewhere => vec![HeldStep {
            place: language.inbox(&InboxNote::Elsewhere),
            ..HeldStep::default()
        }],
    }
}

fn written(lookup: &Lookup, cell: &CellRef, now: &Value, proposed: &Value, clashes: bool) -> HeldStep {
    let table = lookup.tables.get(cell.table.as_str()).map(|(table, _)| *table);
    let heading = table.and_then(|table| table.column(&cell.key)).map_or_else(
        || cell.key.clone(),
        |column| words::column(lookup, column, &cell.key),
    );
    let row = cell.row.map(|row| lookup.row(&cell.table, row));
    let place = [Some(name(lookup, &cell.table)), row, Some(heading)];
    let said = |value: &Value| match table {
        Some(table) => said(lookup, table, cell, value),
        None => String::new(),
    };
    HeldStep {
        place: place.into_iter().flatten().collect::<Vec<_>>().join(" › ").into(),
        now: said(now).into(),
        proposed: said(proposed).into(),
        clashes,
    }
}

/// A value as its cell shows it; one of a cell without a column as it is.
fn said(lookup: &Lookup, table: &Table, cell: &CellRef, value: &Value) -> String {
    match (table.column(&cell.key), value) {
        (None, Value::Text(text)) => text.clone(),
        (None, Value::Number(number)) => number.to_string(),
        _ => words::value(lookup, table, cell, value),
    }
}

fn name(lookup: &Lookup, table: &str) -> String {
    let known = lookup.tables.get(table);
    known.map_or_else(
        || table.to_owned(),
        |(table, _)| lookup.term(table.name).to_owned(),
    )
}

/// What became of a change, in a word, and why.
pub(super) fn standing(item: &HeldItem) -> (InboxNote<'static>, InboxNote<'static>) {
    let standing = item.decision.as_ref().map(|decision| decision.standing);
    let chip = match (standing, item.why) {
        (Some(Standing::TakenIn), _) => InboxNote::TakenIn,
        (Some(Standing::TurnedDown), _) | (_, Hold::NotPermitted) => InboxNote::Refused,
        _ => InboxNote::Held,
    };
    (chip, InboxNote::Why(item.why))
}

/// Who wrote it, with who brought it.
pub(super) fn author(language: Language, item: &HeldItem) -> String {
    let unknown = || language.say(&Message::AuthorUnknown);
    let name = item.name.clone().unwrap_or_else(unknown);
    let carrier = item
        .carried_by
        .map(|_| item.carrier.clone().unwrap_or_else(unknown));
    let author = InboxNote::Author {
        name: &name,
        carrier: carrier.as_deref(),
    };
    language.inbox(&author).to_string()
}

/// What was decided about one's own change, or who has to decide.
pub(super) fn outcome(language: Language, item: &HeldItem) -> String {
    let note = match &item.decision {
        Some(Decision {
            standing: Standing::TurnedDown,
            at,
            reason,
            ..
        }) => {
            let by = item
                .decider
                .clone()
                .unwrap_or_else(|| language.say(&Message::AuthorUnknown));
            let note = InboxNote::TurnedDown {
                by: &by,
                at: *at,
                reason,
            };
            return language.inbox(&note).to_string();
        }
        Some(Decision {
            standing: Standing::TakenIn,
            ..
        }) => InboxNote::AwaitsGround,
        _ => InboxNote::AwaitsDecision,
    };
    language.inbox(&note).to_string()
}

/// What became of something of one's own: chip, reason, and what was decided.
pub(super) fn mine(language: Language, mine: &Mine) -> (String, String, String) {
    let say = |note: &InboxNote<'_>| language.inbox(note).to_string();
    if let Some(Kept { item, .. }) = &mine.kept {
        let (chip, why) = standing(item);
        return (say(&chip), say(&why), outcome(language, item));
    }
    match mine.act.as_ref().map(|act| &act.state) {
        Some(MyState::SetAside(why)) => (
            say(&InboxNote::Refused),
            language.say(&words::reason(why)),
            String::new(),
        ),
        Some(MyState::WaitsForHeld) => (say(&InboxNote::Held), say(&InboxNote::AwaitsOther), String::new()),
        _ => (
            say(&InboxNote::Held),
            String::new(),
            say(&InboxNote::AwaitsDecision),
        ),
    }
}

/// What something of one's own says, step by step.
pub(super) fn mine_steps(lookup: &Lookup, ledger: &InboxLedger, mine: &Mine) -> Vec<HeldStep> {
    match (&mine.kept, &mine.act, &ledger.view) {
        (None, Some(act), Some(view)) => {
            let (place, values) = words::deed(lookup, view, &act.act);
            vec![HeldStep {
                place: place.into(),
                proposed: values.join("；").into(),
                ..HeldStep::default()
            }]
        }
        (kept, ..) => steps(lookup, kept.as_ref().and_then(|kept| kept.proposal.as_ref())),
    }
}
