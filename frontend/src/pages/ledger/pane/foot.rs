//! The foot of a table: how many rows, sums, what is selected.

use shared::ledger::column::{CellKind, Column, Term};
use yew::prelude::*;

use crate::components::grid::Selection;
use crate::grid::lens::Lens;
use crate::grid::place::{Area, Place};
use crate::grid::sheet::Sheet;
use crate::i18n::{Language, Message};

/// The foot of a table.
pub(super) fn foot(language: Language, sheet: &Sheet, lens: &Lens, selection: &Selection) -> Html {
    let present = sheet
        .whole
        .rows
        .iter()
        .filter(|row| row.removal.is_none())
        .count();
    let removed = sheet.whole.rows.len() - present;
    let sums = sheet
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| adds_up(column))
        .filter_map(|(at, column)| {
            let last = sheet.rows.len().checked_sub(1)?;
            let sum = sheet.sum(Area::between(Place::new(0, at), Place::new(last, at)))?;
            Some(language.say(&Message::Sum {
                column: language.term(column.name),
                sum,
            }))
        });
    let sums: Vec<String> = sums.collect();
    html! {
        <footer id="ledger-foot" class="ledger-foot" tabindex="-1">
            <span class="foot-count">{ language.say(&Message::Count { count: present }) }</span>
            if lens.narrows() { <span class="foot-filtered">{ language.say(&Message::Filtered { count: sheet.rows.len() }) }</span> }
            if removed > 0 { <span>{ language.say(&Message::Removed { count: removed }) }</span> }
            <span class="foot-sums">{ sums.join(" · ") }</span>
            if selection.cells > 1 {
                <span class="foot-selected">{ language.say(&Message::Selected { cells: selection.cells, sum: selection.sum }) }</span>
            }
        </footer>
    }
}

/// Whether the sum of a column says anything: shares do not add up.
fn adds_up(column: &Column) -> bool {
    !matches!(
        column.kind,
        CellKind::Number {
            unit: Some(Term { zh: "%", .. }),
            ..
        }
    ) && column.is_numeric()
}
