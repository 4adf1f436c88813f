//! A row as a card: every column with its whole text.

use std::rc::Rc;

use shared::ledger::schema::Table;
use shared::ledger::snapshot::RowView;
use yew::prelude::*;

use crate::components::dialog::Dialog;
use crate::grid::lookup::Lookup;
use crate::i18n::{Message, use_language};

/// Properties of [`RowCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct RowCardProps {
    /// The table.
    pub table: &'static Table,
    /// The row.
    pub row: Rc<RowView>,
    /// Names.
    pub lookup: Rc<Lookup>,
    /// That it was removed, by whom and why.
    pub removal: Option<AttrValue>,
    /// What was decided about it.
    #[prop_or_default]
    pub children: Html,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// A row as a card.
#[component]
pub fn RowCard(
    RowCardProps {
        table,
        row,
        lookup,
        removal,
        children,
        on_close,
    }: &RowCardProps,
) -> Html {
    let language = use_language();
    let fields = table.columns.iter().map(|column| {
        let text = lookup.cell(row, column);
        let empty = text.is_empty();
        let shown = if empty { language.say(&Message::EmptyCell) } else { text };
        html! {
            <div class="card-field" key={column.id} data-state={row.in_conflict(column.id).then_some("clash")}>
                <dt>{ language.term(column.name) }</dt>
                <dd data-empty={empty.then_some("true")}>{ shown }</dd>
            </div>
        }
    });
    html! {
        <Dialog title={language.attribute(&Message::Card)} {on_close}>
            if let Some(removal) = removal { <p class="card-removal">{ removal }</p> }
            { children.clone() }
            <dl class="row-card">{ for fields }</dl>
        </Dialog>
    }
}
