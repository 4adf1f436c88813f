//! Writing rows and cells into a transaction.

use std::collections::HashMap;

use automerge::transaction::{Transactable, Transaction};
use automerge::{ObjId, ObjType, ReadDoc};

use super::read;
use crate::ledger::act::NewRow;
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::schema::ORDER;

type Tables = HashMap<&'static str, ObjId>;

/// Makes a row with the cells it is born with.
pub(super) fn write_row(
    writing: &mut Transaction<'_>,
    tables: &Tables,
    row: NewRow,
) -> Result<(), automerge::AutomergeError> {
    let table = &tables[row.table.as_str()];
    let object = writing.put_object(table, row.id.to_string(), ObjType::Map)?;
    writing.put(&object, ORDER, row.order)?;
    for (key, value) in row.cells {
        writing.put(&object, key, read::scalar(&value))?;
    }
    Ok(())
}

/// Puts a value into a cell.
pub(super) fn write_cell(
    writing: &mut Transaction<'_>,
    tables: &Tables,
    cell: &CellRef,
    value: &Value,
) -> Result<(), automerge::AutomergeError> {
    let table = &tables[cell.table.as_str()];
    let object = match cell.row {
        None => table.clone(),
        Some(row) => match writing.get(table, row.to_string())? {
            Some((automerge::Value::Object(_), object)) => object,
            _ => return Err(automerge::AutomergeError::Fail),
        },
    };
    let key = cell.key.as_str();
    let standing = writing.get_all(&object, key)?;
    // Where several values stand and the one shown is put again, Automerge would delete the others: an operation that
    // ledgers do not have. Something else goes between, which replaces them all.
    let is_shown = |(shown, _): &(automerge::Value<'_>, _)| read::value(shown) == *value;
    if standing.len() > 1 && standing.last().is_some_and(is_shown) {
        if standing.iter().all(is_shown) {
            return Ok(());
        }
        let between = match value {
            Value::Empty => Value::Text(String::new()),
            Value::Flag(flag) => Value::Flag(!flag),
            Value::Text(_) | Value::Number(_) => Value::Empty,
        };
        writing.put(&object, key, read::scalar(&between))?;
    }
    writing.put(&object, key, read::scalar(value))
}
