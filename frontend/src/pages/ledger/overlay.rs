//! What lies over the grid of a ledger: at most one thing at a time.

use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::column::Column;
use shared::ledger::schema::{REMOVED, Table};
use yew::prelude::*;

use super::decided::Decided;
use super::settle::Settle;
use crate::components::chooser::Chooser;
use crate::components::column_filter::ColumnFilter;
use crate::components::column_set::ColumnSet;
use crate::components::confirm::Confirm;
use crate::components::dialog::Dialog;
use crate::components::grid::say;
use crate::components::key_list::KeyList;
use crate::components::row_card::RowCard;
use crate::grid::draft::Offered;
use crate::grid::lens::{Lens, Sort, words};
use crate::grid::sheet::{Sheet, Unpasted};
use crate::grid::states;
use crate::grid::window::Density;
use crate::hooks::use_store;
use crate::i18n::{Message, use_language};
use crate::store::view::LedgerView;

/// Below which row a new one is, and what it is born with.
pub(super) type NewRowAt = (Option<RowId>, Vec<(String, Value)>);

/// What lies over the grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Over {
    /// Nothing.
    #[default]
    Nothing,
    /// The conflict of a cell, beside the element of this id.
    Settle(CellRef, AttrValue, String),
    /// What is to be shown of a column.
    Filter(&'static str, AttrValue),
    /// Which columns are to be shown.
    Columns,
    /// For whom, or for what, a new row below this one is; with what it is to be born with so far.
    NewRow(Option<RowId>, Vec<(String, Value)>),
    /// Why these rows are to be removed.
    Remove(Vec<RowId>),
    /// A row as a card.
    Card(RowId),
    /// The list of keys.
    Keys,
    /// Whether to undo (or redo) over what others wrote in so many cells.
    Others { cells: usize, redo: bool },
    /// What of a paste was not written; the first row pasted over.
    LeftOut(usize, Rc<Vec<Unpasted>>),
}

/// Properties of [`Overlay`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct OverlayProps {
    pub(super) over: Over,
    pub(super) ledger: Rc<LedgerView>,
    pub(super) table: &'static Table,
    pub(super) sheet: Rc<Sheet>,
    pub(super) lens: Lens,
    pub(super) density: Density,
    pub(super) on_lens: Callback<Lens>,
    pub(super) on_density: Callback<Density>,
    pub(super) on_deed: Callback<Deed, bool>,
    pub(super) on_new_row: Callback<NewRowAt>,
    pub(super) on_undo_over: Callback<bool>,
    pub(super) on_close: Callback<()>,
}

/// What lies over the grid.
#[component]
pub(super) fn Overlay(props: &OverlayProps) -> Html {
    let OverlayProps {
        over,
        ledger,
        table,
        sheet,
        lens,
        on_close,
        ..
    } = props;
    let language = use_language();
    let store = use_store();
    let table = *table;
    match over.clone() {
        Over::Nothing => Html::default(),
        Over::Keys => html! { <KeyList {on_close} /> },
        Over::Settle(cell, beside, typed) => html! {
            <Settle key={cell.to_string()} {ledger} lookup={&sheet.lookup} cell={cell.clone()} {beside} {typed} on_deed={&props.on_deed} {on_close} />
        },
        Over::Filter(column, beside) => filter(props, column, beside),
        Over::Columns => {
            let on_toggle = changed(props, |lens, column| {
                if !lens.hidden.remove(column) {
                    lens.hidden.insert(column);
                }
            });
            html! {
                <ColumnSet {table} beside={crate::components::toolbar::COLUMNS} hidden={lens.hidden.clone()}
                    density={props.density} {on_toggle} on_density={&props.on_density} {on_close} />
            }
        }
        Over::NewRow(below, born) => {
            let is_open = |column: &&Column| column.birth && born.iter().all(|(id, _)| id != column.id);
            let Some(column) = table.columns.iter().find(is_open) else {
                return Html::default();
            };
            let title = language.attribute(&Message::AddRowOf {
                table: language.term(table.name),
            });
            let on_choose = props.on_new_row.reform(move |chosen: Offered| {
                let mut born = born.clone();
                born.push((column.id.to_owned(), chosen.value));
                (below, born)
            });
            html! { <Chooser key={column.id} {title} {column} lookup={&sheet.lookup} {on_choose} {on_close} /> }
        }
        Over::Remove(rows) => {
            let title = language.attribute(&Message::RemoveRows { count: rows.len() });
            let (on_deed, closing) = (props.on_deed.clone(), on_close.clone());
            let on_answer = Callback::from(move |why: String| {
                if on_deed.emit(Deed::Remove {
                    table: table.id.to_owned(),
                    rows: rows.clone(),
                    why,
                }) {
                    closing.emit(());
                }
            });
            html! {
                <Confirm {title} hint={language.attribute(&Message::RemoveHint)} answer={language.attribute(&Message::Remove)}
                    asked={language.attribute(&Message::RemoveReason)} {on_answer} {on_close} />
            }
        }
        Over::Card(row) => {
            let Some(row) = sheet.whole.row(row).cloned() else {
                return Html::default();
            };
            let removal = row.removal.as_ref().map(|removal| {
                let said = store.writer(props.ledger.id, &CellRef::new(table.id, row.id, REMOVED));
                let name = match said {
                    Some(author) => super::words::author(language, &author),
                    None => store.name(removal.by).into(),
                };
                language.attribute(&Message::RemovedBy {
                    name: &name,
                    at: removal.at,
                    why: &removal.why,
                })
            });
            html! {
                <RowCard {table} row={row.clone()} lookup={&sheet.lookup} {removal} {on_close}>
                    if states::has_any(table) {
                        <Decided {ledger} {table} {row} lookup={&sheet.lookup} on_deed={&props.on_deed} />
                    }
                </RowCard>
            }
        }
        Over::Others { cells, redo } => html! {
            <Confirm title={language.attribute(&Message::UndoOthers { count: cells })} hint={language.attribute(&Message::UndoOthersHint)}
                answer={language.attribute(&Message::UndoAnyway)} on_answer={props.on_undo_over.reform(move |_| redo)} {on_close} />
        },
        Over::LeftOut(top, cells) => {
            let title = language.attribute(&Message::PastedLeftOut { count: cells.len() });
            let lines = cells.iter().map(|cell| {
                let column = language.term(cell.column.name);
                let place = language.say(&Message::PastedAt { row: top + cell.row + 1, column });
                html! { <li><b>{ place }</b><span class="left-out-text">{ &cell.text }</span><small>{ say(language, &cell.why) }</small></li> }
            });
            html! { <Dialog {title} {on_close}><ul class="left-out">{ for lines }</ul></Dialog> }
        }
    }
}

fn filter(props: &OverlayProps, id: &'static str, beside: AttrValue) -> Html {
    let OverlayProps {
        sheet,
        lens,
        on_close,
        ..
    } = props;
    let Some(column) = sheet.columns.iter().copied().find(|column| column.id == id) else {
        return Html::default();
    };
    let on_sort = changed(props, move |lens, direction: Option<_>| {
        lens.sort = direction.map(|direction| Sort {
            column: id,
            direction,
        });
    });
    let on_filter = changed(props, move |lens, filter| {
        match filter {
            Some(filter) => lens.filters.insert(id, filter),
            None => lens.filters.remove(id),
        };
    });
    html! {
        <ColumnFilter
            name={sheet.lookup.term(column.name)}
            {beside}
            sorted={lens.sort.filter(|sort| sort.column == id).map(|sort| sort.direction)}
            filter={lens.filters.get(id).cloned()}
            words={words(&sheet.whole.rows, column, &sheet.lookup)}
            {on_sort}
            {on_filter}
            {on_close}
        />
    }
}

/// A callback that looks at the table in another way.
fn changed<T: 'static>(props: &OverlayProps, change: impl Fn(&mut Lens, T) + 'static) -> Callback<T> {
    let lens = props.lens.clone();
    props.on_lens.reform(move |what| {
        let mut lens = lens.clone();
        change(&mut lens, what);
        lens
    })
}
