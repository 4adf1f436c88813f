//! What the grid of a ledger is given, kept the same as long as nothing it depends on has changed.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::cell::CellRef;
use shared::ledger::person::Directory;
use shared::ledger::schema::Table;
use yew::prelude::*;

use crate::grid::lens::Lens;
use crate::grid::lookup::Lookup;
use crate::grid::sheet::Sheet;
use crate::grid::states::States;
use crate::hooks::use_store;
use crate::i18n::use_language;
use crate::pages::ledger::words;
use crate::store::view::LedgerView;

/// The column a cell belongs to.
pub(super) fn column_of(cell: &CellRef) -> String {
    cell.key
        .split_once('/')
        .map_or(cell.key.as_str(), |(column, _)| column)
        .to_owned()
}

/// The columns with changes on this device alone, by row, one bit for each column.
pub(super) fn here(pending: &HashSet<CellRef>, table: &Table) -> HashMap<RowId, u64> {
    let mut rows: HashMap<RowId, u64> = HashMap::new();
    for cell in pending.iter().filter(|cell| cell.table == table.id) {
        let id = column_of(cell);
        if let (Some(row), Some(at)) = (cell.row, table.columns.iter().position(|column| column.id == id)) {
            *rows.entry(row).or_default() |= 1_u64
                .checked_shl(u32::try_from(at).unwrap_or(u32::MAX))
                .unwrap_or_default();
        }
    }
    rows
}

/// The table as it is shown now; the same value as long as nothing it depends on has changed.
#[hook]
pub(super) fn use_sheet(
    ledger: &Rc<LedgerView>,
    table: &'static Table,
    directory: &Rc<Directory>,
    lens: &Lens,
) -> Rc<Sheet> {
    let language = use_language();
    let store = use_store();
    let today = store.now().date();
    let whole = ledger.snapshot.table(table.id);
    // Only the tables whose rows are named: else an edit of this one would draw every row anew.
    let tables = words::named_in(ledger, table);
    let known = use_mut_ref(States::default);
    let states = known
        .borrow_mut()
        .of(ledger.key.kind, table, &ledger.snapshot, language);
    let lookup = use_memo(
        (tables, directory.clone(), language, today, states),
        |(tables, directory, language, today, states)| Lookup {
            directory: directory.clone(),
            tables: tables.clone(),
            states: states.clone(),
            language: *language,
            today: *today,
        },
    );
    let may: BTreeSet<&'static str> = table
        .columns
        .iter()
        .map(|column| column.id)
        .filter(|id| store.may_write(ledger.id, table.id, id))
        .collect();
    let writable = use_memo(may, Clone::clone);
    use_memo(
        (whole, lookup, writable, lens.clone()),
        |(whole, lookup, writable, lens)| Sheet {
            table,
            whole: whole.clone(),
            rows: Rc::new(lens.rows(table, &whole.rows, lookup)),
            columns: Rc::new(lens.columns(table)),
            lookup: lookup.clone(),
            writable: writable.clone(),
        },
    )
}

/// The first column that can be written in a new row.
pub(super) fn first_open(sheet: &Sheet) -> Option<&'static str> {
    let mut open = sheet
        .columns
        .iter()
        .filter(|column| !column.birth && sheet.writable.contains(column.id));
    open.next().map(|column| column.id)
}

/// How many of the rows a deed makes are not shown.
pub(super) fn hidden(lens: &Lens, sheet: &Sheet, deed: &Deed) -> usize {
    match deed {
        Deed::Enter { rows, .. } => lens.hidden(sheet.table, rows, &sheet.lookup),
        _ => 0,
    }
}

/// Whichever of two values changed last.
#[hook]
pub(super) fn use_latest<T: Clone + PartialEq + 'static>(one: Option<T>, other: Option<T>) -> Option<T> {
    let last = use_mut_ref(|| (None::<T>, None::<T>, None::<T>));
    let mut last = last.borrow_mut();
    if last.0 != one {
        last.2.clone_from(&one);
    }
    if last.1 != other {
        last.2.clone_from(&other);
    }
    (last.0, last.1) = (one, other);
    last.2.clone()
}

/// A callback that is always the same and does what the newest one given does.
#[hook]
pub(super) fn use_newest<T: 'static>(newest: Callback<T>) -> Callback<T> {
    let held = use_mut_ref(|| newest.clone());
    held.replace(newest);
    use_callback(held, |value, held| {
        let newest = held.borrow().clone();
        newest.emit(value);
    })
}
