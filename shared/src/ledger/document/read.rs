//! From the document to cells and rows.

use automerge::{Automerge, ObjId, ReadDoc, ScalarValue, Value as Found, ValueRef};

use super::trace;
use crate::id::RowId;
use crate::ledger::cell::{Cell, Value};
use crate::ledger::schema::{ORDER, REMOVED};
use crate::ledger::snapshot::{Removal, RowView};

/// The cell at this key.
pub(super) fn cell(doc: &Automerge, object: &ObjId, key: &str) -> Cell {
    let values = values(doc, object, key);
    let value = values.last().cloned().unwrap_or_default();
    Cell {
        in_conflict: values.iter().any(|other| *other != value),
        value,
    }
}

/// Every concurrent value of a cell, the one shown last.
fn values(doc: &Automerge, object: &ObjId, key: &str) -> Vec<Value> {
    let all = doc.get_all(object, key).unwrap_or_default();
    all.iter().map(|(found, _)| value(found)).collect()
}

/// The row in this object.
pub(super) fn row(doc: &Automerge, object: &ObjId, id: RowId) -> RowView {
    let mut row = RowView {
        id,
        order: String::new(),
        cells: std::collections::BTreeMap::new(),
        removal: None,
    };
    let mut removed = false;
    for item in doc.map_range(object, ..) {
        let shown = match &item.value {
            ValueRef::Scalar(scalar) => from_scalar(&scalar.clone().into()),
            ValueRef::Object(_) => continue,
        };
        match &*item.key {
            ORDER => shown.as_text().unwrap_or_default().clone_into(&mut row.order),
            REMOVED => removed = true,
            key => {
                let cell = if item.conflict {
                    cell(doc, object, key)
                } else {
                    Cell {
                        value: shown,
                        in_conflict: false,
                    }
                };
                row.cells.insert(key.to_owned(), cell);
            }
        }
    }
    if removed {
        row.removal = removal(doc, object);
    }
    row
}

/// The row in this object as it was at these heads; none when it was not there yet.
pub(super) fn row_at(
    doc: &Automerge,
    object: &ObjId,
    id: RowId,
    heads: &[automerge::ChangeHash],
) -> Option<RowView> {
    let mut row = RowView {
        id,
        order: String::new(),
        cells: std::collections::BTreeMap::new(),
        removal: None,
    };
    let mut is_there = false;
    for item in doc.map_range_at(object, .., heads) {
        is_there = true;
        let ValueRef::Scalar(scalar) = &item.value else {
            continue;
        };
        let value = from_scalar(&scalar.clone().into());
        match &*item.key {
            ORDER => value.as_text().unwrap_or_default().clone_into(&mut row.order),
            REMOVED => {}
            key => {
                let in_conflict = item.conflict;
                row.cells.insert(key.to_owned(), Cell { value, in_conflict });
            }
        }
    }
    is_there.then_some(row)
}

/// Who removed the row in this object, unless it was restored by somebody who knew of every removal.
fn removal(doc: &Automerge, object: &ObjId) -> Option<Removal> {
    let all = doc.get_all(object, REMOVED).unwrap_or_default();
    let reasons: Vec<_> = all.iter().filter(|(found, _)| !value(found).is_empty()).collect();
    let (found, op) = reasons.last()?;
    let said = trace::said(doc, value(found), op);
    let met_edits = reasons.len() < all.len()
        || said.change.is_some_and(|change| {
            let heads = [automerge::ChangeHash(change.0)];
            let seen: Vec<_> = doc
                .map_range_at(object, .., &heads)
                .filter(|item| item.key != REMOVED)
                .collect();
            let now: Vec<_> = doc
                .map_range(object, ..)
                .filter(|item| item.key != REMOVED)
                .collect();
            seen.len() != now.len()
                || seen
                    .iter()
                    .zip(&now)
                    .any(|(a, b)| a.key != b.key || a.value != b.value || b.conflict)
        });
    Some(Removal {
        by: said.by.unwrap_or(crate::id::AccountId::RELAY),
        at: said.at.unwrap_or_default(),
        why: reason(&said.value).to_owned(),
        met_edits,
    })
}

/// Stands for a removal without a reason: an empty cell would say that the row is not removed.
pub(super) const NO_REASON: &str = "-";

/// The reason a removal was given, if any.
pub(super) fn reason(removed: &Value) -> &str {
    removed
        .as_text()
        .filter(|why| *why != NO_REASON)
        .unwrap_or_default()
}

/// What a document's value is to us. A scalar we do not write (of a newer version) is shown as text.
pub(super) fn value(found: &Found<'_>) -> Value {
    match found {
        Found::Scalar(scalar) => from_scalar(scalar.as_ref()),
        Found::Object(_) => Value::Empty,
    }
}

pub(super) fn from_scalar(scalar: &ScalarValue) -> Value {
    match scalar {
        ScalarValue::Null => Value::Empty,
        ScalarValue::Str(text) if text.is_empty() => Value::Empty,
        ScalarValue::Str(text) => Value::Text(text.to_string()),
        ScalarValue::Int(number) => Value::Number(*number),
        ScalarValue::Boolean(flag) => Value::Flag(*flag),
        other => Value::Text(other.to_string()),
    }
}

/// How a value is written.
pub(super) fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Empty => ScalarValue::Null,
        Value::Text(text) => ScalarValue::Str(text.as_str().into()),
        Value::Number(number) => ScalarValue::Int(*number),
        Value::Flag(flag) => ScalarValue::Boolean(*flag),
    }
}
