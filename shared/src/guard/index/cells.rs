//! Judging a put into a row or a decision.

use super::{Object, Verdict, Write};
use crate::guard::{Action, Operation, Rule, Rules};
use crate::id::PersonId;
use crate::ledger::schema::{DECISIONS, ORDER, REMOVED, Table};

/// Whether a row was made by the change that writes to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Born {
    Now,
    Before,
}

/// Judges a put into a row or a decision.
pub(super) fn judge_cell(
    object: Object,
    operation: &Operation,
    born: Born,
    rules: Rules,
) -> Result<Write, Verdict> {
    rules.ask(Rule::Nesting, operation.action != Action::MakeMap)?;
    match object {
        Object::Decision => {
            rules.ask(Rule::DecisionOnce, born == Born::Now)?;
            Ok(Write::new(DECISIONS, super::KIND))
        }
        Object::Row(table) => judge_column(table, operation, born, rules),
        Object::Table(_) | Object::Decisions => Err(Verdict::Breach(Rule::Place)),
    }
}

fn judge_column(
    table: &'static Table,
    operation: &Operation,
    born: Born,
    rules: Rules,
) -> Result<Write, Verdict> {
    let key = operation.key.as_str();
    let write = |column| Write::new(table.id, column);
    if let Some(known) = [ORDER, REMOVED].into_iter().find(|known| *known == key) {
        rules.ask(Rule::CellValue, operation.action != Action::PutFlag)?;
        return Ok(write(known));
    }
    if let Some(column) = table.column(key) {
        rules.ask(Rule::BirthCell, !column.birth || born == Born::Now)?;
        if let Some((_, element)) = key.split_once('/') {
            rules.ask(Rule::SetElement, element.parse::<PersonId>().is_ok())?;
            rules.ask(Rule::CellValue, operation.action != Action::Put)?;
        }
        return Ok(write(column.id));
    }
    let well_formed = |part: &str| {
        (1..=64).contains(&part.len())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
    };
    let could_be = key.split('/').count() <= 2 && key.split('/').all(well_formed);
    rules.ask(Rule::ColumnKey, could_be)?;
    if rules.demand(Rule::KnownColumn) {
        Err(Verdict::Newer)
    } else {
        Ok(write(""))
    }
}
