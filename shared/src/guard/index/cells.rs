//! Judging a put into a row or a decision.

use super::{Object, Verdict, Write};
use crate::guard::{Action, Breach, Operation};
use crate::id::PersonId;
use crate::ledger::schema::{DECISIONS, ORDER, REMOVED, Table};

/// Whether a row was made by the change that writes to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Born {
    Now,
    Before,
}

/// Judges a put into a row or a decision.
pub(super) fn judge_cell(object: Object, operation: &Operation, born: Born) -> Result<Write, Verdict> {
    if operation.action == Action::MakeMap {
        return Err(Verdict::Breach(Breach::Operation));
    }
    match object {
        Object::Decision if born == Born::Now => Ok(Write::new(DECISIONS, super::KIND)),
        Object::Decision => Err(Verdict::Breach(Breach::Decision)),
        Object::Row(table) => judge_column(table, operation, born),
        Object::Table(_) | Object::Decisions => Err(Verdict::Breach(Breach::Object)),
    }
}

fn judge_column(table: &'static Table, operation: &Operation, born: Born) -> Result<Write, Verdict> {
    let key = operation.key.as_str();
    if let Some(known) = [ORDER, REMOVED].into_iter().find(|known| *known == key) {
        return match operation.action {
            Action::Put => Ok(Write::new(table.id, known)),
            _ => Err(Verdict::Breach(Breach::Value)),
        };
    }
    if let Some(column) = table.column(key) {
        if column.birth && born == Born::Before {
            return Err(Verdict::Breach(Breach::BirthCell));
        }
        if let Some((_, element)) = key.split_once('/') {
            if element.parse::<PersonId>().is_err() {
                return Err(Verdict::Breach(Breach::Key));
            }
            if operation.action != Action::PutFlag {
                return Err(Verdict::Breach(Breach::Value));
            }
        }
        return Ok(Write::new(table.id, column.id));
    }
    let well_formed = |part: &str| {
        (1..=64).contains(&part.len())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
    };
    if key.split('/').count() <= 2 && key.split('/').all(well_formed) {
        Err(Verdict::Newer)
    } else {
        Err(Verdict::Breach(Breach::Key))
    }
}
