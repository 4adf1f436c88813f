//! One table of a ledger: tools, grid, foot, and what lies over it.

use std::collections::BTreeSet;
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::person::Directory;
use shared::ledger::schema::{ORDER, REMOVED, Shape, Table};
use yew::prelude::*;

use super::decide::DecisionBar;
use super::overlay::{Over, Overlay};
use super::words;
use crate::browser::{field, page};
use crate::components::grid::{Ask, EDITOR, Grid, Notice, Selection};
use crate::components::toolbar::{COLUMNS, FILTER, SEARCH, Tool, Toolbar};
use crate::grid::lens::{Lens, Removed};
use crate::grid::window::Density;
use crate::hooks::{use_preference, use_store};
use crate::i18n::{Message, use_language};
use crate::pages::frame::Writing;
use crate::store::Store;
use crate::store::view::{LedgerView, Over as Whose, UndoProblem};

mod foot;
mod sheet;

use foot::foot;
use sheet::{column_of, first_open, here, hidden, use_latest, use_newest, use_sheet};

/// How long a notice stays, in milliseconds: long enough to be read twice.
const NOTICE_MILLISECONDS: u32 = 8_000;

/// Properties of [`Pane`].
#[derive(Clone, PartialEq, Properties)]
pub(in crate::pages) struct PaneProps {
    pub(in crate::pages) ledger: Rc<LedgerView>,
    pub(in crate::pages) table: &'static Table,
    pub(in crate::pages) directory: Rc<Directory>,
    pub(in crate::pages) tabs: Html,
    /// The cell to go to, and a number that changes when it is to be gone to again.
    pub(in crate::pages) reveal: Option<(u32, CellRef)>,
}

/// One table of a ledger.
#[component]
pub(in crate::pages) fn Pane(
    PaneProps {
        ledger,
        table,
        directory,
        tabs,
        reveal,
    }: &PaneProps,
) -> Html {
    let language = use_language();
    let store = use_store();
    let table = *table;
    let lens = use_state(Lens::default);
    let over = use_state(Over::default);
    let selection = use_state(Selection::default);
    let said = use_state(AttrValue::default);
    let added = use_state(|| None::<(u32, RowId)>);
    let (density, on_density) = use_preference("density", &Density::ALL, Density::code);
    let writing = use_context::<Writing>();
    let sheet = use_sheet(ledger, table, directory, &lens);
    let here = use_memo((ledger.pending.clone(), table.id), |(pending, _)| {
        here(pending, table)
    });
    let filtered = use_memo((*lens).clone(), |lens| {
        lens.filters.keys().copied().collect::<BTreeSet<_>>()
    });

    {
        let said = said.clone();
        use_effect_with((*said).clone(), move |words| {
            let fading = (!words.is_empty())
                .then(|| page::once(NOTICE_MILLISECONDS, move || said.set(AttrValue::default())));
            move || drop(fading)
        });
    }

    let id = ledger.id;
    let tell = use_callback(said.setter(), |words: String, said| said.set(words.into()));
    let on_deed = use_callback(
        (store.clone(), id, tell.clone(), language),
        move |deed: Deed, (store, id, tell, language)| match store.dispatch(*id, deed) {
            Ok(done) => {
                if !done.skipped.is_empty() {
                    tell.emit(language.say(&Message::Skipped(done.skipped.len())));
                }
                true
            }
            Err(problem) => {
                tell.emit(words::problem_of(*language, table, &problem));
                false
            }
        },
    );
    let new_row = use_callback(store.clone(), |(), store| store.new_row_id());
    let of_cell = (store.clone(), id, language);
    let writer_of = use_callback(of_cell, |cell: CellRef, (store, id, language)| {
        let author = store.writer(*id, &cell)?;
        Some(words::author(*language, &author))
    });
    let undo = {
        let (store, tell, over) = (store.clone(), tell.clone(), over.setter());
        Callback::from(
            move |(redo, whose): (bool, Whose)| match take_back(&store, id, redo, whose) {
                Ok(_) => {}
                Err(UndoProblem::Nothing) => tell.emit(language.say(&Message::UndoNothing)),
                Err(UndoProblem::ChangedSince(cells)) => over.set(Over::Others {
                    cells: cells.len(),
                    redo,
                }),
                Err(UndoProblem::Act(problem)) => tell.emit(language.say(&words::problem(&problem))),
            },
        )
    };
    let add = {
        let (sheet, on_deed, new_row) = (sheet.clone(), on_deed.clone(), new_row.clone());
        let (added, lens, tell) = (added.clone(), lens.clone(), tell.clone());
        Callback::from(move |(below, cells)| {
            let row = new_row.emit(());
            let deed = sheet.added(row, below, cells);
            let hidden = hidden(&lens, &sheet, &deed);
            if on_deed.emit(deed) {
                added.set(Some((added.map_or(0, |(times, _)| times) + 1, row)));
                if hidden > 0 {
                    tell.emit(language.say(&Message::NewHidden(hidden)));
                }
            }
        })
    };
    let add_row = {
        let (add, over) = (add.clone(), over.setter());
        Callback::from(move |below: Option<RowId>| {
            if table.shape == Shape::Matrix {
                // Its rows are the members of the roster.
            } else if table.columns.iter().any(|column| column.birth) {
                over.set(Over::NewRow(below, Vec::new()));
            } else {
                add.emit((below, Vec::new()));
            }
        })
    };
    let on_new_row = {
        let over = over.setter();
        Callback::from(move |(below, born): (Option<RowId>, Vec<(String, Value)>)| {
            // What a row is born with is written once: all of it is asked for first.
            if born.len() < table.columns.iter().filter(|column| column.birth).count() {
                over.set(Over::NewRow(below, born));
                return;
            }
            over.set(Over::Nothing);
            add.emit((below, born));
        })
    };
    let on_close = use_callback(over.setter(), |(), over| {
        over.set(Over::Nothing);
        field::focus_by_id(EDITOR);
    });
    let on_lens = use_callback(lens.setter(), |changed: Lens, lens| lens.set(changed));
    let turn_sort = {
        let lens = lens.clone();
        Callback::from(move |column| {
            let mut turned = (*lens).clone();
            turned.turn_sort(column);
            lens.set(turned);
        })
    };
    let on_ask = {
        let (over, selection, tell) = (over.setter(), selection.setter(), tell.clone());
        let (undo, add_row) = (undo.clone(), add_row.clone());
        let (lens, sheet) = (lens.clone(), sheet.clone());
        Callback::from(move |ask| match ask {
            Ask::Settle { cell, beside, typed } => over.set(Over::Settle(cell, beside, typed)),
            Ask::AddRow { below } => add_row.emit(below),
            Ask::Card(row) => over.set(Over::Card(row)),
            Ask::Keys => over.set(Over::Keys),
            Ask::Find => field::focus_by_id(SEARCH),
            Ask::Undo => undo.emit((false, Whose::Own)),
            Ask::Redo => undo.emit((true, Whose::Own)),
            Ask::Sort(column) => turn_sort.emit(column),
            Ask::Filter(column, beside) => over.set(Over::Filter(column, beside)),
            Ask::Leave => field::focus_by_id("ledger-foot"),
            Ask::LeaveBack => field::focus_by_id(COLUMNS),
            Ask::Tell(notice) => {
                tell.emit(words::notice(&notice, &lens, &sheet));
                if let Notice::Pasted { top, left_out, .. } = notice
                    && !left_out.is_empty()
                {
                    over.set(Over::LeftOut(top, left_out));
                }
            }
            Ask::Selected(selected) => selection.set(selected),
            Ask::Editing(is) => {
                if let Some(Writing(tell)) = &writing {
                    tell.emit(is);
                }
            }
        })
    };
    // The grid is given one callback for ever, which does what the newest one does: else every cell would be drawn anew.
    let on_ask = use_newest(on_ask);
    let on_tool = {
        let (over, lens, selection, sheet) = (over.setter(), lens.clone(), selection.clone(), sheet.clone());
        let (undo, add_row, on_deed) = (undo.clone(), add_row.clone(), on_deed.clone());
        Callback::from(move |tool| match tool {
            Tool::Add => add_row.emit(None),
            Tool::Remove => over.set(Over::Remove(selection.rows.clone())),
            Tool::Restore => {
                on_deed.emit(Deed::Restore {
                    table: table.id.to_owned(),
                    rows: selection.removed.clone(),
                });
            }
            Tool::Undo => undo.emit((false, Whose::Own)),
            Tool::Redo => undo.emit((true, Whose::Own)),
            Tool::Removed => {
                let removed = if lens.removed == Removed::Shown {
                    Removed::Hidden
                } else {
                    Removed::Shown
                };
                lens.set(Lens {
                    removed,
                    ..(*lens).clone()
                });
            }
            Tool::Filter => {
                if let Some(column) = sheet.columns.first() {
                    over.set(Over::Filter(selection.column.unwrap_or(column.id), FILTER.into()));
                }
            }
            Tool::Columns => over.set(Over::Columns),
            Tool::Keys => over.set(Over::Keys),
        })
    };
    let on_search = {
        let lens = lens.clone();
        Callback::from(move |search| {
            lens.set(Lens {
                search,
                ..(*lens).clone()
            });
        })
    };
    let has_rows = table.shape == Shape::Entry;
    let may_add = has_rows && store.may_write(id, table.id, ORDER);
    let may_remove = has_rows && store.may_write(id, table.id, REMOVED);
    let asked = reveal
        .clone()
        .and_then(|(times, cell)| Some((times, cell.row?, AttrValue::from(column_of(&cell)))));
    let reveal = use_latest(
        asked,
        added.and_then(|(times, row)| Some((times, row, first_open(&sheet)?.into()))),
    );
    html! {
        <section class="panel">
            <Toolbar tabs={tabs.clone()} {may_add} removed={lens.removed} search={lens.search.clone()} {on_tool} {on_search}
                removable={if may_remove { selection.rows.len() } else { 0 }}
                restorable={if may_remove { selection.removed.len() } else { 0 }}
                filtered={!lens.filters.is_empty()} />
            <DecisionBar {ledger} {table} rows={selection.rows.clone()} on_deed={&on_deed} />
            <Grid label={language.term(table.name)} sheet={&sheet} {here} {density} sort={lens.sort} {filtered} {reveal}
                on_deed={&on_deed} {new_row} {writer_of} {on_ask} />
            if sheet.rows.is_empty() { { empty(language, table, &lens) } }
            { foot(language, &sheet, &lens, &selection) }
            <p class="notice" role="status" aria-live="polite">{ &*said }</p>
            <Overlay over={(*over).clone()} {ledger} {table} {sheet} lens={(*lens).clone()} {density} {on_lens} {on_density}
                on_deed={&on_deed} {on_new_row} on_undo_over={undo.reform(|redo| (redo, Whose::Others))} {on_close} />
        </section>
    }
}

fn empty(language: crate::i18n::Language, table: &Table, lens: &Lens) -> Html {
    let message = if lens.narrows() {
        Message::EmptyFiltered
    } else {
        Message::EmptyTable {
            table: language.term(table.name),
        }
    };
    let words = language.say(&message);
    html! { <p class="grid-empty">{ words }</p> }
}

fn take_back(
    store: &Store,
    id: shared::id::LedgerId,
    redo: bool,
    whose: Whose,
) -> Result<crate::store::view::Done, UndoProblem> {
    if redo {
        store.redo(id, whose)
    } else {
        store.undo(id, whose)
    }
}
