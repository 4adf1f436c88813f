//! What floats below the editor: what is offered to choose from, a calendar, what is wrong, what somebody else wrote.

use std::rc::Rc;

use shared::ledger::cell::CellRef;
use shared::ledger::column::{CellKind, Column};
use shared::ledger::snapshot::RowView;
use shared::time::Date;
use yew::prelude::*;

use crate::components::calendar::Calendar;
use crate::grid::draft::{Draft, Offered};
use crate::grid::lookup::{Lookup, Meaning, Unreadable};
use crate::grid::machine::Offer;
use crate::i18n::{Language, Message, use_language};
use crate::icon::{Icon, Symbol};

/// Properties of [`Panel`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PanelProps {
    /// Where it stands on the page.
    pub node: NodeRef,
    /// The cell being written.
    pub draft: Draft,
    /// What is offered, and which Enter takes.
    pub offer: Option<Offer>,
    /// Names.
    pub lookup: Rc<Lookup>,
    /// The row as it is now.
    pub now: Option<Rc<RowView>>,
    /// The table.
    pub table: &'static str,
    /// Who wrote what a cell shows, if that is known.
    pub writer_of: Callback<CellRef, Option<AttrValue>>,
    /// Takes one of what is offered.
    pub on_pick: Callback<usize>,
    /// Takes a date.
    pub on_date: Callback<Date>,
}

/// What floats below the editor.
#[component]
pub(super) fn Panel(props: &PanelProps) -> Html {
    let language = use_language();
    let PanelProps {
        draft, offer, lookup, ..
    } = props;
    let changed = props
        .now
        .as_ref()
        .filter(|row| row.id == draft.row)
        .and_then(|row| {
            let now = Meaning::of(row, draft.column);
            (now != draft.began).then(|| {
                let cell = CellRef::new(props.table, row.id, draft.column.id);
                (
                    props.writer_of.emit(cell).unwrap_or_default(),
                    lookup.cell(row, draft.column),
                )
            })
        });
    let chosen = draft
        .chosen
        .iter()
        .map(|id| lookup.directory.label(*id))
        .collect::<Vec<_>>();
    let problem = draft.problem.as_ref().map(|problem| say(language, problem));
    let highlighted = offer.and_then(|offer| offer.at);
    let options = draft.offered.iter().enumerate().map(|(at, offered)| {
        let on_pick = props.on_pick.reform(move |()| at);
        option(offered, highlighted == Some(at), on_pick)
    });
    let date = matches!(draft.column.kind, CellKind::Date);
    let today = lookup.today;
    let shown = match &draft.began {
        Meaning::One(value) => value.as_text().and_then(|text| text.parse().ok()),
        Meaning::Set(_) => None,
    };
    let has_something = offer.is_some() || date || problem.is_some() || changed.is_some();
    html! {
        <div id="cell-panel" class="cell-panel" ref={&props.node} hidden={!has_something}
            onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())}>
            if let Some(problem) = problem {
                <p class="cell-problem" role="alert">{ problem }</p>
            }
            if let Some((by, value)) = changed {
                <p class="cell-note" role="status">{ language.say(&Message::CellChanged { by: &by, value: &value }) }</p>
            }
            if !chosen.is_empty() {
                <p class="cell-chosen">{ chosen.join("、") }</p>
            }
            if offer.is_some() {
                <ul class="cell-options" role="listbox" aria-label={label(language, draft.column)}>
                    { for options }
                    if draft.offered.is_empty() { <li class="cell-none">{ language.say(&Message::NoChoice) }</li> }
                </ul>
            }
            if date {
                <Calendar {shown} {today} on_pick={&props.on_date} />
            }
        </div>
    }
}

fn option(offered: &Offered, highlighted: bool, on_pick: Callback<()>) -> Html {
    html! {
        <li class="cell-option" role="option" aria-selected={if highlighted { "true" } else { "false" }}
            onclick={on_pick.reform(|_: MouseEvent| ())}>
            <span class="cell-option-name">{ &offered.name }</span>
            if !offered.detail.is_empty() { <small>{ &offered.detail }</small> }
            if offered.chosen { <Symbol icon={Icon::Check} /> }
        </li>
    }
}

fn label(language: Language, column: &Column) -> &'static str {
    language.term(column.name)
}

/// Why typed text cannot stand in a cell, in words.
#[must_use]
pub(crate) fn say(language: Language, problem: &Unreadable) -> String {
    match problem {
        Unreadable::Cell(problem) => language.say(&Message::Problem(problem)),
        Unreadable::Namesakes(name) => language.say(&Message::Namesakes { name }),
        Unreadable::NoMember(name) => language.say(&Message::NoMember { name }),
        Unreadable::NoRow(name) => language.say(&Message::NoRow { name }),
        Unreadable::TooMany(max) => language.say(&Message::TooManyMembers { max: *max }),
        Unreadable::Locked => language.say(&Message::LockedCell),
    }
}
