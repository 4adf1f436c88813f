//! One row of a grid.

use std::collections::BTreeSet;
use std::rc::Rc;

use shared::ledger::column::{CellKind, Column};
use shared::ledger::schema::Table;
use shared::ledger::snapshot::RowView;
use yew::prelude::*;

use super::cell_id;
use crate::grid::lookup::Lookup;
use crate::i18n::{Message, use_language};
use crate::icon::{Icon, Symbol};

/// Properties of [`GridRow`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct GridRowProps {
    /// The row.
    pub row: Rc<RowView>,
    /// Which of the rows shown it is.
    pub index: usize,
    /// The columns of the table with changes on this device alone, one bit each.
    pub here: u64,
    /// The table.
    pub table: &'static Table,
    /// The columns shown.
    pub columns: Rc<Vec<&'static Column>>,
    /// Names.
    pub lookup: Rc<Lookup>,
    /// The columns that may be written.
    pub writable: Rc<BTreeSet<&'static str>>,
    /// The column of the cursor, if it is in this row.
    pub at: Option<usize>,
    /// The first and the last column selected, if any is.
    pub selected: Option<(usize, usize)>,
    /// The first and the last column marked as copied, if any is.
    pub copied: Option<(usize, usize)>,
}

/// One row of a grid.
#[component]
pub(super) fn GridRow(props: &GridRowProps) -> Html {
    let language = use_language();
    let GridRowProps { row, index, .. } = props;
    let clashes = props
        .table
        .columns
        .iter()
        .any(|column| row.in_conflict(column.id));
    let met_edits = row.removal.as_ref().is_some_and(|removal| removal.met_edits);
    let cells = props
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| cell(props, at, column));
    html! {
        <div class="grid-row" role="row" aria-rowindex={(index + 2).to_string()} data-row={row.id.to_string()}
            data-removed={row.removal.as_ref().map(|_| "true")}>
            <div class="grid-number" role="rowheader" aria-colindex="1" data-frozen="number"
                data-state={clashes.then_some("clash")} title={props.lookup.states.get(&row.id).cloned()}>
                if met_edits {
                    <span class="grid-met" title={language.say(&Message::RemovedMetEdits)}><Symbol icon={Icon::Warning} /></span>
                }
                { index + 1 }
            </div>
            { for cells }
        </div>
    }
}

fn cell(props: &GridRowProps, at: usize, column: &Column) -> Html {
    let row = &props.row;
    let within =
        |range: Option<(usize, usize)>| range.is_some_and(|(first, last)| (first..=last).contains(&at));
    let bit = props
        .table
        .columns
        .iter()
        .position(|candidate| candidate.id == column.id);
    let state = if row.in_conflict(column.id) {
        Some("clash")
    } else if bit.is_some_and(|bit| bit < 64 && props.here & (1 << bit) != 0) {
        Some("here")
    } else {
        None
    };
    let locked = column.birth || row.removal.is_some() || !props.writable.contains(column.id);
    let described = state.map(|state| {
        if state == "clash" {
            "cell-clash"
        } else {
            "cell-here"
        }
    });
    html! {
        <div id={cell_id(row.id, column.id)} key={column.id} class="grid-cell" role="gridcell"
            aria-colindex={(at + 2).to_string()} aria-selected={if within(props.selected) { "true" } else { "false" }}
            aria-readonly={locked.then_some("true")} aria-invalid={(state == Some("clash")).then_some("true")}
            aria-describedby={described} data-column={column.id.to_owned()} data-state={state}
            data-at={(props.at == Some(at)).then_some("true")} data-copied={within(props.copied).then_some("true")}
            data-frozen={(at == 0).then_some("first")} data-numeric={column.is_numeric().then_some("true")}
            data-long={matches!(column.kind, CellKind::LongText { .. }).then_some("true")}>
            { props.lookup.cell(row, column) }
        </div>
    }
}
