//! Words about a ledger's acts and cells.

use std::collections::BTreeMap;
use std::rc::Rc;

use shared::access::Role;
use shared::ledger::act::{Act, ActProblem, Deed, Undecidable};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::column::{CellKind, Column};
use shared::ledger::decision::{NewDecision, Word};
use shared::ledger::person::Directory;
use shared::ledger::schema::Table;
use shared::ledger::snapshot::TableView;
use shared::protocol::Refusal;
use shared::time::Date;
use yew::AttrValue;

use crate::components::grid::Notice;
use crate::grid::block::Block;
use crate::grid::lens::Lens;
use crate::grid::lookup::Lookup;
use crate::grid::sheet::Sheet;
use crate::i18n::{InboxNote, Language, LifeNote, Message};
use crate::store::view::{AsideReason, Author, LedgerView};

/// Tables by id, each with its rows as they are now.
pub(super) type Tables = BTreeMap<&'static str, (&'static Table, Rc<TableView>)>;

/// The tables whose rows are named in this one.
pub(super) fn named_in(ledger: &LedgerView, table: &Table) -> Tables {
    let named = table.columns.iter().filter_map(|column| match column.kind {
        CellKind::RowOf { table } => ledger.key.kind.schema().table(table),
        _ => None,
    });
    named
        .map(|table| (table.id, (table, ledger.snapshot.table(table.id))))
        .collect()
}

/// Names for the cells of a ledger.
pub(crate) fn lookup(
    ledger: &LedgerView,
    directory: Rc<Directory>,
    language: Language,
    today: Date,
) -> Lookup {
    let schema = ledger.key.kind.schema();
    let tables = schema
        .tables()
        .map(|table| (table.id, (table, ledger.snapshot.table(table.id))))
        .collect();
    Lookup {
        directory,
        tables,
        states: Rc::default(),
        language,
        today,
    }
}

/// A value as its cell shows it; for an element of a set, whether the member is in it.
pub(crate) fn value(lookup: &Lookup, table: &Table, cell: &CellRef, value: &Value) -> String {
    let shown = match (table.column(&cell.key), value) {
        (_, Value::Empty) | (None, _) => String::new(),
        (Some(column), Value::Flag(_)) if column.is_set() => column.show(value),
        (Some(column), _) => lookup.value(value, column),
    };
    if shown.is_empty() {
        lookup.language.say(&Message::ValueEmpty)
    } else {
        shown
    }
}

/// A column's name; for an element of a set, with the member.
pub(crate) fn column(lookup: &Lookup, column: &Column, key: &str) -> String {
    let name = lookup.term(column.name);
    match key.split_once('/').and_then(|(_, id)| id.parse().ok()) {
        Some(member) => format!("{name} · {}", lookup.directory.label(member)),
        None => name.to_owned(),
    }
}

/// What a deed was about and the values it had, for somebody who wants to keep them.
pub(crate) fn deed(lookup: &Lookup, ledger: &LedgerView, act: &Act) -> (String, Vec<String>) {
    let language = lookup.language;
    let schema = ledger.key.kind.schema();
    let name = |id: &str| schema.table(id).map_or("", |table| lookup.term(table.name));
    let said = |cell: &CellRef, written: &Value| {
        let table = schema.table(&cell.table)?;
        let heading = column(lookup, table.column(&cell.key)?, &cell.key);
        let row = cell.row.map(|row| lookup.row(table.id, row)).unwrap_or_default();
        Some(format!(
            "{row} {heading}：{}",
            value(lookup, table, cell, written)
        ))
    };
    match &act.deed {
        Deed::Enter { rows, cells, .. } => {
            let born = rows.iter().flat_map(|row| {
                row.cells
                    .iter()
                    .filter_map(|(key, value)| said(&CellRef::new(&row.table, row.id, key), value))
            });
            let values = born
                .chain(cells.iter().filter_map(|(cell, value)| said(cell, value)))
                .collect();
            let place = match (rows.first(), cells.first()) {
                (Some(row), _) => language.say(&Message::DeedAdded {
                    table: name(&row.table),
                }),
                (None, Some((cell, _))) => name(&cell.table).to_owned(),
                (None, None) => String::new(),
            };
            (place, values)
        }
        Deed::Remove { table, rows, why } => {
            let rows = rows
                .iter()
                .map(|row| format!("{}：{why}", lookup.row(table, *row)))
                .collect();
            (language.say(&Message::DeedRemoved { table: name(table) }), rows)
        }
        Deed::Restore { table, rows } => {
            let rows = rows.iter().map(|row| lookup.row(table, *row)).collect();
            (language.say(&Message::DeedRestored { table: name(table) }), rows)
        }
        Deed::Decide { decisions } => {
            let said = |made: &NewDecision| {
                let (Word::Decide(kind) | Word::Withdraw(kind)) = made.word;
                let decision = match made.word {
                    Word::Decide(_) => language.term(kind.name()).to_owned(),
                    Word::Withdraw(_) => language.say(&Message::Life(LifeNote::Withdraw {
                        decision: kind.name(),
                    })),
                };
                let row = lookup.row(&made.subject.table, made.subject.row);
                format!("{row}：{decision} {}", made.note)
            };
            let place = decisions.first().map_or("", |made| name(&made.subject.table));
            (place.to_owned(), decisions.iter().map(said).collect())
        }
        Deed::Settle { cell, value, .. } => (
            language.say(&Message::DeedSettled),
            said(cell, value).into_iter().collect(),
        ),
    }
}

/// Who wrote something, with who brought it if that was another.
pub(crate) fn author(language: Language, author: &Author) -> AttrValue {
    language.inbox(&InboxNote::Author {
        name: &author.name,
        carrier: author.carrier.as_deref(),
    })
}

/// Why an act was set aside.
pub(crate) fn reason(reason: &AsideReason) -> Message<'static> {
    match reason {
        AsideReason::Refused(Refusal::NotPermitted | Refusal::ActorNotYours) => Message::AsideNotPermitted,
        AsideReason::Refused(Refusal::Malformed) => Message::AsideMalformed,
        AsideReason::Refused(Refusal::TooLarge) => Message::AsideTooLarge,
        AsideReason::Refused(Refusal::TurnedDown) => Message::AsideTurnedDown,
        AsideReason::Refused(Refusal::Ruinous) => Message::AsideRuinous,
        AsideReason::Refused(Refusal::UnknownLedger) => Message::AsideUnknownLedger,
        AsideReason::Refused(Refusal::AlreadyThere) | AsideReason::NoLongerApplies => {
            Message::AsideNoLongerApplies
        }
    }
}

/// Why a deed could not be performed.
pub(super) const fn problem(problem: &ActProblem) -> Message<'static> {
    match problem {
        ActProblem::TooMany => Message::ActTooMany,
        ActProblem::NeedsNewerApp { .. } => Message::ActNeedsNewerApp,
        _ => Message::ActFailed,
    }
}

/// Why a deed could not be performed on this table, with what a decision lacks.
pub(super) fn problem_of(language: Language, table: &Table, why: &ActProblem) -> String {
    let ActProblem::Undecidable { why, .. } = why else {
        return language.say(&problem(why));
    };
    let column = match why {
        Undecidable::Empty(id) => table.column(id).map(|column| column.name),
        _ => None,
    };
    language.say(&Message::Life(LifeNote::Cannot { why, column }))
}

/// What the grid has to say, seen through this lens.
pub(super) fn notice(notice: &Notice, lens: &Lens, sheet: &Sheet) -> String {
    let language = sheet.lookup.language;
    match notice {
        Notice::Copied { rows, columns } => language.say(&Message::Copied {
            rows: *rows,
            columns: *columns,
        }),
        Notice::Locked(column) => language.say(&Message::CellLocked {
            column: language.term(*column),
        }),
        Notice::Pasted {
            rows,
            columns,
            left_out,
            added,
            ..
        } => {
            let (rows, columns) = (*rows, *columns);
            let count = left_out.len();
            let hidden = lens.hidden(sheet.table, added, &sheet.lookup);
            let pasted = [
                Some(Message::Pasted { rows, columns }),
                (count > 0).then_some(Message::PastedLeftOut { count }),
                (hidden > 0).then_some(Message::NewHidden(hidden)),
            ];
            let pasted: Vec<String> = pasted
                .iter()
                .flatten()
                .map(|message| language.say(message))
                .collect();
            pasted.join(" · ")
        }
    }
}

/// Several lines as a block of one column, to be copied.
pub(super) fn as_tsv(rows: Vec<Vec<String>>) -> String {
    Block::of(rows).to_tsv()
}

/// A role in words.
pub(super) fn role(language: Language, role: Option<Role>) -> Option<String> {
    role.map(|role| language.say(&Message::Role(role)))
}

#[cfg(test)]
mod tests {
    use shared::ledger::act::NewRow;

    use super::*;
    use crate::grid::lens::Filter;
    use crate::grid::sheet::tests::{member, text, three};

    #[test]
    fn a_paste_says_how_many_of_its_rows_the_filter_or_the_search_hides() {
        let sheet = three();
        let new = |id: u8, kind: &str| NewRow {
            table: sheet.table.id.to_owned(),
            id: shared::id::RowId::from_bytes([id; 16]),
            order: String::new(),
            cells: vec![("member".to_owned(), member(3)), ("kind".to_owned(), text(kind))],
        };
        let pasted = Notice::Pasted {
            top: 3,
            rows: 3,
            columns: 2,
            left_out: Rc::default(),
            added: Rc::new(vec![new(21, "yearly"), new(22, "ad_hoc"), new(23, "ad_hoc")]),
        };
        let says = |lens: &Lens, words: &str| assert_eq!(notice(&pasted, lens, &sheet), words);
        says(&Lens::default(), "已粘贴 3 行 2 列");
        let mut filtered = Lens::default();
        let filter = Filter::Contains("年度".to_owned());
        filtered.filters.insert("kind", filter);
        says(&filtered, "已粘贴 3 行 2 列 · 已新建 2 行，被筛选隐藏");
        let searched = Lens {
            search: "工序卡".to_owned(),
            ..Lens::default()
        };
        says(&searched, "已粘贴 3 行 2 列 · 已新建 3 行，被筛选隐藏");
    }
}
