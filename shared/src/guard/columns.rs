//! The columns of a change: how many operations and predecessors their run lengths add up to.
//!
//! A run of 113 bytes can claim ten million operations; they are counted here before anybody makes room for them.

use super::reader::Reader;
use super::rule::Rule;
use super::rules::Rules;
use crate::limit::{CHANGE_COLUMNS, CHANGE_OPERATIONS, CHANGE_PREDECESSORS, KEY_BYTES};

/// How a column is encoded: the lowest three bits of its specification.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    GroupCount,
    Actor,
    Integer,
    Delta,
    Boolean,
    Text,
    ValueMeta,
    Raw,
}

const DEFLATED: u64 = 0b1000;
/// The id of the column group that holds predecessors.
const PREDECESSORS: u64 = 7;

/// Reads the column table and every column, up to the extra bytes.
pub(super) fn scan(content: &mut Reader<'_>, rules: Rules) -> Result<(), Rule> {
    let count = content.unsigned()?;
    rules.within(Rule::Columns, count, CHANGE_COLUMNS)?;
    // Grows by what is read, not by what is claimed.
    let mut table = Vec::new();
    for _ in 0..count {
        let column = (content.unsigned()?, content.unsigned()?);
        rules.ask(Rule::DeflatedColumn, column.0 & DEFLATED == 0)?;
        let is_next = table.last().is_none_or(|(before, _)| *before < column.0);
        rules.ask(Rule::ColumnOrder, is_next)?;
        table.push(column);
    }
    for (specification, length) in table {
        let id = specification >> 4;
        let encoding = encoding(specification);
        let (rule, most) = if id == PREDECESSORS && encoding != Encoding::GroupCount {
            (Rule::Predecessors, CHANGE_PREDECESSORS)
        } else {
            (Rule::Operations, CHANGE_OPERATIONS)
        };
        let rows = Rows {
            encoding,
            rules,
            rule,
            most,
            counted: 0,
            sum: 0,
        };
        rows.count(&mut Reader::new(content.take(length)?, rules))?;
    }
    Ok(())
}

fn encoding(specification: u64) -> Encoding {
    match specification & 0b111 {
        0 => Encoding::GroupCount,
        1 => Encoding::Actor,
        2 => Encoding::Integer,
        3 => Encoding::Delta,
        4 => Encoding::Boolean,
        5 => Encoding::Text,
        6 => Encoding::ValueMeta,
        _ => Encoding::Raw,
    }
}

/// What has been counted of one column.
struct Rows {
    encoding: Encoding,
    rules: Rules,
    /// The rule by which there are at most so many.
    rule: Rule,
    most: usize,
    counted: u64,
    /// The sum of a group's counts: what its member columns hold.
    sum: u64,
}

impl Rows {
    fn count(mut self, column: &mut Reader<'_>) -> Result<(), Rule> {
        match self.encoding {
            Encoding::Raw => Ok(()),
            Encoding::Boolean => self.count_booleans(column),
            _ => self.count_runs(column),
        }
    }

    fn count_booleans(&mut self, column: &mut Reader<'_>) -> Result<(), Rule> {
        let mut first = true;
        while !column.is_empty() {
            let run = column.unsigned()?;
            // The first run counts what is false and may be empty.
            self.rules.ask(Rule::EmptyRun, run > 0 || first)?;
            first = false;
            self.add(run)?;
        }
        Ok(())
    }

    fn count_runs(&mut self, column: &mut Reader<'_>) -> Result<(), Rule> {
        while !column.is_empty() {
            match column.signed()? {
                0 => {
                    let nulls = column.unsigned()?;
                    self.rules.ask(Rule::EmptyRun, nulls > 0)?;
                    self.add(nulls)?;
                }
                run if run > 0 => {
                    self.add(run.unsigned_abs())?;
                    self.value(column, run.unsigned_abs())?;
                }
                literals => {
                    self.add(literals.unsigned_abs())?;
                    for _ in 0..literals.unsigned_abs() {
                        self.value(column, 1)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads one value that stands `times` times.
    fn value(&mut self, column: &mut Reader<'_>, times: u64) -> Result<(), Rule> {
        match self.encoding {
            Encoding::Delta => {
                column.signed()?;
            }
            Encoding::Text => {
                // The one column of text holds keys. A run repeats one for many operations, which are then compared.
                let length = column.unsigned()?;
                self.rules.within(Rule::KeyBytes, length, KEY_BYTES)?;
                column.take(length)?;
            }
            Encoding::GroupCount => {
                let members = column.unsigned()?;
                self.sum = self.sum.saturating_add(members.saturating_mul(times));
                self.rules
                    .within(Rule::Predecessors, self.sum, CHANGE_PREDECESSORS)?;
            }
            _ => {
                column.unsigned()?;
            }
        }
        Ok(())
    }

    fn add(&mut self, rows: u64) -> Result<(), Rule> {
        self.counted = self.counted.saturating_add(rows);
        self.rules.within(self.rule, self.counted, self.most).map(|_| ())
    }
}
