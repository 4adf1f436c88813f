//! The grid: a table as officers know it from spreadsheets, with one text area that goes where the cursor goes.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::cell::CellRef;
use yew::prelude::*;

use crate::browser::{geometry, keyboard};
use crate::grid::lens::Sort;
use crate::grid::machine::Event as Happened;
use crate::grid::sheet::Sheet;
use crate::grid::window::Density;
use crate::i18n::{Message, use_language};

mod ask;
mod header;
mod live;
mod panel;
mod row;

pub use ask::{Ask, Notice, Selection};
use header::Header;
pub(crate) use live::EDITOR;
use live::Live;
use panel::Panel;
pub(crate) use panel::say;
use row::GridRow;

/// Properties of [`Grid`].
#[derive(Clone, PartialEq, Properties)]
pub struct GridProps {
    /// What the grid is called.
    pub label: AttrValue,
    /// What it shows.
    pub sheet: Rc<Sheet>,
    /// Columns with changes on this device alone, by row: one bit for each column of the table.
    pub here: Rc<HashMap<RowId, u64>>,
    /// How tall rows are.
    pub density: Density,
    /// By what it is sorted.
    pub sort: Option<Sort>,
    /// The columns that are filtered.
    pub filtered: Rc<BTreeSet<&'static str>>,
    /// The cell to go to, and a number that changes when it is to be gone to again.
    #[prop_or_default]
    pub reveal: Option<(u32, RowId, AttrValue)>,
    /// Performs a deed; whether it was done.
    pub on_deed: Callback<Deed, bool>,
    /// Makes the id of a new row.
    pub new_row: Callback<(), RowId>,
    /// Who wrote what a cell shows, if that is known.
    pub writer_of: Callback<CellRef, Option<AttrValue>>,
    /// Asks the page for something.
    pub on_ask: Callback<Ask>,
}

/// The id of a cell's element.
pub(crate) fn cell_id(row: RowId, column: &str) -> AttrValue {
    format!("cell-{row}-{column}").into()
}

/// A table as officers know it from spreadsheets.
#[component]
pub fn Grid(props: &GridProps) -> Html {
    let language = use_language();
    let wake = use_force_update();
    let live = use_memo((), |()| {
        let wake = wake.clone();
        Live::new(props.clone(), Callback::from(move |()| wake.force_update()))
    });
    let (sheet, layout) = live.give(props);
    let state = live.state();
    use_place(&live, &layout, sheet.rows.len());
    use_listening(&live);
    {
        let live = live.clone();
        use_effect_with(props.reveal.clone(), move |reveal| {
            if let Some((_, row, column)) = reveal {
                live.reveal(*row, column);
            }
        });
    }
    {
        let live = live.clone();
        use_effect_with(sheet.clone(), move |_| live.tell_selection());
    }

    let machine = &state.machine;
    let (at, selection) = (machine.at(), machine.selection());
    let editing = machine.editing();
    let window = layout.window(sheet.rows.len(), state.view);
    let rows = window.clone().map(|index| {
        let row = sheet.rows[index].clone();
        let here = props.here.get(&row.id).copied().unwrap_or_default();
        let id = row.id.to_string();
        html! {
            <GridRow
                key={id}
                {row}
                {index}
                {here}
                table={sheet.table}
                columns={&sheet.columns}
                lookup={&sheet.lookup}
                writable={&sheet.writable}
                at={(index == at.row).then_some(at.column)}
                selected={selection.columns_in(index)}
                copied={machine.copied().and_then(|area| area.columns_in(index))}
            />
        }
    });
    let active = sheet.rows.get(at.row).zip(sheet.columns.get(at.column));
    let active_id = active
        .filter(|_| window.contains(&at.row))
        .map(|(row, column)| cell_id(row.id, column.id));
    let label = active.map_or_else(
        || props.label.to_string(),
        |(_, column)| {
            format!(
                "{} {}",
                language.term(column.name),
                language.say(&Message::Row { number: at.row + 1 })
            )
        },
    );
    let pointed = |f: fn(&Live, &MouseEvent)| {
        let live = live.clone();
        Callback::from(move |event: MouseEvent| f(&live, &event))
    };
    let clipped = |f: fn(&Live, &Event)| {
        let live = live.clone();
        Callback::from(move |event: Event| f(&live, &event))
    };
    let fed = |event: Happened| {
        let live = live.clone();
        move || live.feed(event)
    };
    let (input, blur) = (fed(Happened::Input), fed(Happened::Blur));
    let onkeydown = {
        let live = live.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(press) = keyboard::press(&event)
                && live.feed(Happened::Key(press))
            {
                event.prevent_default();
            }
        })
    };
    let onscroll = {
        let live = live.clone();
        Callback::from(move |_: Event| {
            if let Some(view) = geometry::view(&live.scroller) {
                live.viewed(view);
            }
        })
    };
    let on_pick = {
        let live = live.clone();
        Callback::from(move |pick| {
            live.feed(Happened::Picked(pick));
        })
    };
    let on_date = {
        let live = live.clone();
        Callback::from(move |date| live.pick_date(date))
    };
    html! {
        <div class="grid-frame">
            <div class="grid-scroll" ref={&live.scroller} {onscroll}
                onmousedown={pointed(Live::point)} onmouseover={pointed(Live::drag)}
                onclick={pointed(Live::click)} ondblclick={pointed(Live::open)}>
                <div id="grid" class="grid" role="grid" aria-label={&props.label} aria-multiselectable="true"
                    aria-rowcount={(sheet.rows.len() + 1).to_string()}
                    aria-colcount={(sheet.columns.len() + 1).to_string()}
                    data-density={props.density.code()}>
                    <Header columns={&sheet.columns} sort={props.sort} filtered={&props.filtered} on_ask={&props.on_ask} />
                    <div class="grid-body" role="rowgroup">{ for rows }</div>
                </div>
                <textarea id={EDITOR} class="cell-editor" ref={&live.editor} rows="1" spellcheck="false"
                    autocomplete="off" autocapitalize="off" aria-label={label} aria-controls="grid"
                    aria-activedescendant={active_id} aria-invalid={is_refused(&state).then_some("true")}
                    aria-describedby={editing.map(|_| "cell-panel")}
                    data-editing={editing.map(|_| "true")} {onkeydown}
                    oninput={Callback::from(move |_: InputEvent| { input(); })}
                    onblur={Callback::from(move |_: FocusEvent| { blur(); })}
                    oncopy={clipped(|live, event| { live.copy(event); })}
                    oncut={clipped(Live::cut)} onpaste={clipped(Live::paste)} />
            </div>
            if let (Some(editing), Some(draft)) = (editing, state.draft.clone()) {
                <Panel node={&live.panel} {draft} offer={editing.offer} lookup={&sheet.lookup} {on_pick} {on_date}
                    now={sheet.rows.get(at.row).cloned()} writer_of={&props.writer_of} table={sheet.table.id} />
            }
            <span id="cell-clash" class="visually-hidden">{ language.say(&Message::CellClash) }</span>
            <span id="cell-here" class="visually-hidden">{ language.say(&Message::CellHere) }</span>
        </div>
    }
}

fn is_refused(state: &live::State) -> bool {
    state.draft.as_ref().is_some_and(|draft| draft.problem.is_some())
}

/// Sets sizes and positions after every render.
#[hook]
fn use_place(live: &Rc<Live>, layout: &Rc<crate::grid::window::Layout>, rows: usize) {
    let live = live.clone();
    let layout = layout.clone();
    use_effect(move || {
        let window = layout.window(rows, live.state().view);
        geometry::set(&live.scroller, "--tracks", &layout.tracks());
        geometry::set_pixels(&live.scroller, "--row", layout.row);
        geometry::set_pixels(&live.scroller, "--head", layout.header);
        geometry::set_pixels(&live.scroller, "--gutter", layout.gutter);
        geometry::set_pixels(&live.scroller, "--rows", layout.height(rows));
        geometry::set_pixels(&live.scroller, "--above", layout.height(window.start));
        live.place_editor();
    });
}

/// Listens to composition, which Yew has no events for, and to changes of size.
#[hook]
fn use_listening(live: &Rc<Live>) {
    let live = live.clone();
    use_effect_with((), move |()| {
        let (composing, sized) = (live.clone(), live.clone());
        let listeners = keyboard::on_composition(&live.editor, move |composition| {
            composing.feed(match composition {
                keyboard::Composition::Started => Happened::CompositionStart,
                keyboard::Composition::Ended => Happened::CompositionEnd,
            });
        });
        let watch = geometry::SizeWatch::new(&live.scroller, move || {
            if let Some(view) = geometry::view(&sized.scroller) {
                sized.viewed(view);
            }
        });
        move || drop((listeners, watch))
    });
}
