//! Edits by the dozen: typed through the keyboard, read back as a whole table.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::Seat;
use crate::officer::SeenRow;

/// What an officer types into one cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The id of the column.
    pub column: &'static str,
    /// The place of the row among all rows, from 0.
    pub row: usize,
    /// What is typed.
    pub text: String,
}

/// What a grid shows, by row and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The ids of the rows, in their order.
    pub rows: Vec<String>,
    cells: BTreeMap<(String, String), String>,
}

impl Table {
    /// What a cell says; nothing where there is none.
    #[must_use]
    pub fn cell(&self, row: usize, column: &str) -> &str {
        let row = self.rows.get(row).cloned().unwrap_or_default();
        self.cells
            .get(&(row, column.to_owned()))
            .map_or("", String::as_str)
    }

    /// Those edits whose text does not stand in its cell, each with what stands there.
    #[must_use]
    pub fn lacks<'a>(&'a self, edits: impl IntoIterator<Item = &'a Edit>) -> Vec<(&'a Edit, &'a str)> {
        let found = edits
            .into_iter()
            .map(|edit| (edit, self.cell(edit.row, edit.column)));
        found.filter(|(edit, found)| *found != edit.text).collect()
    }

    /// The cells that say something else in another table, each with what they say here and there.
    #[must_use]
    pub fn differs_from<'a>(&'a self, other: &'a Self) -> Vec<(&'a str, &'a str, &'a str, &'a str)> {
        let theirs = |key| other.cells.get(key).map_or("", String::as_str);
        let all = self
            .cells
            .iter()
            .map(|(key, here)| (key, here.as_str(), theirs(key)));
        let differing = all.filter(|(_, here, there)| here != there);
        differing
            .map(|((row, column), here, there)| (row.as_str(), column.as_str(), here, there))
            .collect()
    }

    fn of(rows: Vec<SeenRow>) -> Self {
        let ids = rows.iter().map(|row| row.id.clone()).collect();
        let cells = rows.into_iter().flat_map(|row| {
            let id = row.id;
            row.cells
                .into_iter()
                .map(move |cell| ((id.clone(), cell.column), cell.text))
        });
        Self {
            cells: cells.collect(),
            rows: ids,
        }
    }
}

impl Seat {
    /// What the whole grid shows now.
    ///
    /// # Errors
    ///
    /// When there is no grid.
    pub async fn table(&self) -> Result<Table> {
        Ok(Table::of(self.seen_rows().await?))
    }

    /// Types edits through the keyboard, column by column from top to bottom: a click where a column begins, then
    /// text, Enter, and arrows down to the next cell.
    ///
    /// # Errors
    ///
    /// When the grid does not take them.
    pub async fn types_all(&self, edits: &[Edit]) -> Result<()> {
        let mut edits: Vec<&Edit> = edits.iter().collect();
        edits.sort();
        let rows = self.table().await?.rows;
        let mut at: Option<(&str, usize)> = None;
        for edit in edits {
            match at {
                Some((column, row)) if column == edit.column && row <= edit.row => {
                    self.press(&"ArrowDown ".repeat(edit.row - row)).await?;
                }
                _ => {
                    let id = rows.get(edit.row).context("there is no such row")?;
                    self.go_to(id, edit.column).await?;
                }
            }
            self.type_text(&edit.text).await?;
            self.press("Enter").await?;
            at = Some((edit.column, edit.row + 1));
        }
        Ok(())
    }

    /// Waits until every one of these edits stands in its cell.
    ///
    /// # Errors
    ///
    /// When one does not in time; the error names the first.
    pub async fn waits_for_all(&self, edits: &[Edit]) -> Result<()> {
        self.waits_until_with(&format!("all {} edits are shown", edits.len()), async |officer| {
            let table = Table::of(officer.seen_rows().await?);
            let lacking = table.lacks(edits);
            if let Some((edit, found)) = lacking.first() {
                anyhow::bail!("{} lack; {edit:?} is {found:?}", lacking.len());
            }
            Ok(Some(()))
        })
        .await
    }
}

/// A number in Chinese digits: what an input method commits at once, where a keyboard would need a stroke each.
#[must_use]
pub fn chinese(number: usize) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |digit: char| digit.to_digit(10).map_or(digit, |at| DIGITS[at as usize]);
    number.to_string().chars().map(digit).collect()
}
