//! What a sheet would add, row by row, each with what is wrong with it.

use yew::prelude::*;

use crate::i18n::{AdminNote, use_language};

/// One row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeLine {
    /// Its number in the sheet.
    pub line: usize,
    /// What stands in it.
    pub cells: Vec<AttrValue>,
    /// What is wrong with it.
    pub problem: Option<AttrValue>,
}

/// Properties of [`IntakeTable`].
#[derive(Clone, PartialEq, Properties)]
pub struct IntakeTableProps {
    /// What the columns are called.
    pub heads: Vec<AttrValue>,
    /// The rows.
    pub lines: Vec<IntakeLine>,
}

/// What a sheet would add.
#[component]
pub fn IntakeTable(IntakeTableProps { heads, lines }: &IntakeTableProps) -> Html {
    let language = use_language();
    let rows = lines.iter().map(|line| {
        html! {
            <tr key={line.line} data-wrong={line.problem.is_some().then_some("")}>
                <td class="table-number">{ line.line }</td>
                { for line.cells.iter().map(|cell| html! { <td>{ cell }</td> }) }
                <td class="intake-problem">{ line.problem.clone().unwrap_or_default() }</td>
            </tr>
        }
    });
    html! {
        <div class="table-scroll">
            <table class="table">
                <thead><tr>
                    <th class="table-number" scope="col">{ language.note(&AdminNote::SheetLine) }</th>
                    { for heads.iter().map(|head| html! { <th scope="col">{ head }</th> }) }
                    <th scope="col">{ language.note(&AdminNote::SheetProblem) }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}
