//! Which columns are shown, and how tall rows are.

use std::collections::BTreeSet;

use shared::ledger::schema::Table;
use yew::prelude::*;

use crate::components::popover::Popover;
use crate::grid::window::Density;
use crate::i18n::{Message, use_language};

/// Properties of [`ColumnSet`].
#[derive(Clone, PartialEq, Properties)]
pub struct ColumnSetProps {
    /// The table.
    pub table: &'static Table,
    /// The id of the element it stands beside.
    pub beside: AttrValue,
    /// The columns not shown.
    pub hidden: BTreeSet<&'static str>,
    /// How tall rows are.
    pub density: Density,
    /// Shows a hidden column, or hides a shown one.
    pub on_toggle: Callback<&'static str>,
    /// Makes rows so tall.
    pub on_density: Callback<Density>,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// Which columns are shown, and how tall rows are.
#[component]
pub fn ColumnSet(props: &ColumnSetProps) -> Html {
    let language = use_language();
    let densities = Density::ALL.map(|density| {
        let message = match density {
            Density::Compact => Message::DensityCompact,
            Density::Normal => Message::DensityNormal,
            Density::Roomy => Message::DensityRoomy,
        };
        html! {
            <button class="choice" type="button" aria-pressed={if density == props.density { "true" } else { "false" }}
                onclick={props.on_density.reform(move |_: MouseEvent| density)}>{ language.say(&message) }</button>
        }
    });
    // The first column names the row: without it the others say nothing.
    let columns = props.table.columns.iter().skip(1).map(|column| {
        html! {
            <label class="tick" key={column.id}>
                <input type="checkbox" checked={!props.hidden.contains(column.id)}
                    onchange={props.on_toggle.reform(|_: Event| column.id)} />
                <span class="tick-name">{ language.term(column.name) }</span>
            </label>
        }
    });
    html! {
        <Popover label={language.attribute(&Message::Columns)} beside={&props.beside} on_close={&props.on_close}>
            <div class="column-filter">
                <h2>{ language.say(&Message::Density) }</h2>
                <div class="choices">{ for densities }</div>
                <h2>{ language.say(&Message::Columns) }</h2>
                <div class="ticks">{ for columns }</div>
            </div>
        </Popover>
    }
}
