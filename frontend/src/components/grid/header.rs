//! The headings of a grid: names, units, sorting and filtering.

use std::collections::BTreeSet;
use std::rc::Rc;

use shared::ledger::column::{CellKind, Column};
use yew::prelude::*;

use super::Ask;
use crate::grid::lens::{Direction, Sort};
use crate::i18n::{Message, use_language};
use crate::icon::{Icon, Symbol};

/// Properties of [`Header`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct HeaderProps {
    /// The columns shown.
    pub columns: Rc<Vec<&'static Column>>,
    /// By what the grid is sorted.
    pub sort: Option<Sort>,
    /// The columns that are filtered.
    pub filtered: Rc<BTreeSet<&'static str>>,
    /// Asks for sorting and filtering.
    pub on_ask: Callback<Ask>,
}

/// The row of headings. Its buttons are for the pointer: by keyboard the toolbar sorts and filters.
#[component]
pub(super) fn Header(
    HeaderProps {
        columns,
        sort,
        filtered,
        on_ask,
    }: &HeaderProps,
) -> Html {
    let language = use_language();
    let headings = columns.iter().enumerate().map(|(index, column)| {
        let column: &'static Column = column;
        let id: AttrValue = format!("column-{}", column.id).into();
        let name = language.term(column.name);
        let direction = sort.filter(|sort| sort.column == column.id).map(|sort| sort.direction);
        let sorted = direction.map(|direction| match direction {
            Direction::Ascending => ("ascending", Icon::SortAscending),
            Direction::Descending => ("descending", Icon::SortDescending),
        });
        let unit = match column.kind {
            CellKind::Number { unit: Some(unit), .. } => Some(language.term(unit)),
            _ => None,
        };
        let onfilter = on_ask.reform({
            let id = id.clone();
            move |_: MouseEvent| Ask::Filter(column.id, id.clone())
        });
        html! {
            <div {id} key={column.id} class="grid-heading" role="columnheader" aria-colindex={(index + 2).to_string()}
                aria-sort={sorted.map(|(sorted, _)| sorted)} data-heading={column.id}
                data-frozen={(index == 0).then_some("first")} data-numeric={column.is_numeric().then_some("true")}>
                <button class="grid-sort" type="button" tabindex="-1"
                    onclick={on_ask.reform(move |_: MouseEvent| Ask::Sort(column.id))}>
                    <span class="grid-name">{ name }</span>
                    if let Some(unit) = unit { <small class="grid-unit">{ unit }</small> }
                    if let Some((_, icon)) = sorted { <Symbol {icon} /> }
                </button>
                <button class="grid-filter" type="button" tabindex="-1" onclick={onfilter}
                    aria-label={language.say(&Message::FilterOf { column: name })}
                    data-active={filtered.contains(column.id).then_some("true")}>
                    <Symbol icon={Icon::Filter} />
                </button>
            </div>
        }
    });
    html! {
        <div class="grid-head" role="rowgroup">
            <div class="grid-row" role="row" aria-rowindex="1">
                <div class="grid-number" role="columnheader" aria-colindex="1" data-frozen="number">
                    <span class="visually-hidden">{ language.say(&Message::RowNumber) }</span>
                </div>
                { for headings }
            </div>
        </div>
    }
}
