//! Units and accounts read from a sheet: its columns recognised, every row with what is wrong with it.

use shared::enrol;
use shared::limit::ORDER_ROWS;
use shared::protocol::http::admin::{NewUnit, Wrong};

use crate::grid::block::Block;

mod account;
mod column;
mod word;

pub use account::accounts;
pub use column::Column;
pub use shared::enrol::Known;

/// How many rows are shown before they are sent.
pub const SHOWN_ROWS: usize = 50;

/// What a sheet adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake<T> {
    /// The rows, without the head and without empty ones.
    pub rows: Vec<Row<T>>,
}

/// One row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// Its number in the sheet, from 1.
    pub line: usize,
    /// What stands in each column, in the order of the columns.
    pub shown: Vec<String>,
    /// What it means, as far as it could be read.
    pub meant: T,
    /// Whether it says one thing more of what a row above adds, and adds nothing itself.
    pub joins: bool,
    /// What is wrong with it.
    pub wrong: Option<RowWrong>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowWrong {
    /// The word for what a unit is means nothing.
    NoSuchKind,
    /// The word for a role means nothing.
    NoSuchRole,
    /// A row above has the same account for somebody of another name.
    OtherName,
    /// The relay would not take it, or did not.
    Wrong(Wrong),
}

impl<T: Clone> Intake<T> {
    /// What is to be sent; none while a row is wrong, or there are none or too many.
    #[must_use]
    pub fn order(&self) -> Option<Vec<T>> {
        let is_ready = !self.rows.is_empty() && self.rows.len() <= ORDER_ROWS && self.wrong() == 0;
        let added = self.rows.iter().filter(|row| !row.joins);
        is_ready.then(|| added.map(|row| row.meant.clone()).collect())
    }

    /// The rows to be shown: wrong ones before others where there are too many, in the order of the sheet.
    #[must_use]
    pub fn shown(&self) -> Vec<&Row<T>> {
        let of = |is_wrong: bool| {
            self.rows
                .iter()
                .filter(move |row| row.wrong.is_some() == is_wrong)
        };
        let mut shown: Vec<_> = of(true).chain(of(false)).take(SHOWN_ROWS).collect();
        shown.sort_by_key(|row| row.line);
        shown
    }

    /// How many rows are wrong.
    #[must_use]
    pub fn wrong(&self) -> usize {
        self.rows.iter().filter(|row| row.wrong.is_some()).count()
    }

    /// The relay has refused it: shown at the row it is about, if it is about one.
    #[must_use]
    pub fn refused(mut self, wrong: &Wrong) -> Option<Self> {
        let mut added = self.rows.iter_mut().filter(|row| !row.joins);
        let row = added.nth(row_of(wrong)?)?;
        row.wrong = Some(RowWrong::Wrong(wrong.clone()));
        Some(self)
    }
}

/// Reads text as it comes from a clipboard or a file: tabs between the cells if there are any, else commas.
#[must_use]
pub fn block(text: &str) -> Block {
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\t') {
        Block::from_tsv(text)
    } else {
        Block::from_csv(text)
    }
}

/// Reads units.
#[must_use]
pub fn units<'a>(
    block: &Block,
    known: impl IntoIterator<Item = Known<'a>>,
    has_top: bool,
) -> Intake<NewUnit> {
    let lines = column::lines(block, &Column::OF_UNITS);
    let kinds: Vec<_> = lines
        .iter()
        .map(|(_, cells)| word::kind(&cells[1], &cells[0]))
        .collect();
    let meant: Vec<NewUnit> = lines
        .iter()
        .zip(&kinds)
        .map(|((_, cells), kind)| NewUnit {
            name: cells[0].clone(),
            kind: kind.unwrap_or_default(),
            above: (!cells[2].is_empty()).then(|| cells[2].clone()),
        })
        .collect();
    let judged = enrol::judge_units(known, has_top, &meant);
    let unread = kinds.iter().map(|kind| match kind {
        Some(_) => None,
        None => Some(RowWrong::NoSuchKind),
    });
    gather(lines, meant, unread.collect(), judged)
}

fn gather<T>(
    lines: Vec<(usize, Vec<String>)>,
    meant: Vec<T>,
    unread: Vec<Option<RowWrong>>,
    judged: Vec<Option<Wrong>>,
) -> Intake<T> {
    let rows = lines.into_iter().zip(meant).zip(unread.into_iter().zip(judged));
    let rows = rows.map(|(((line, shown), meant), (unread, judged))| Row {
        line,
        shown,
        meant,
        joins: false,
        wrong: unread.or(judged.map(RowWrong::Wrong)),
    });
    Intake { rows: rows.collect() }
}

/// The row of the order it is about, if it is about one.
const fn row_of(wrong: &Wrong) -> Option<usize> {
    match wrong {
        Wrong::Name { row }
        | Wrong::Login { row }
        | Wrong::LoginTaken { row }
        | Wrong::UnitTaken { row }
        | Wrong::NoUnit { row }
        | Wrong::Place { row }
        | Wrong::SecondTop { row } => Some(*row),
        Wrong::Gone | Wrong::Days | Wrong::LastAdministrator | Wrong::TooMany { .. } => None,
    }
}

#[cfg(test)]
mod tests;
