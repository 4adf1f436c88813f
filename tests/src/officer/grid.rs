//! The grid, as an officer reads and fills it.

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Officer;

/// A row, by its place in the grid or by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The place the grid itself gives it; the header may be the first.
    Index(u32),
    /// Its id, wherever it stands.
    Id(String),
}

impl From<u32> for Row {
    fn from(index: u32) -> Self {
        Self::Index(index)
    }
}

impl From<&str> for Row {
    fn from(id: &str) -> Self {
        Self::Id(id.to_owned())
    }
}

impl From<&String> for Row {
    fn from(id: &String) -> Self {
        Self::Id(id.clone())
    }
}

/// A cell as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Cell {
    /// The id of its column.
    pub column: String,
    /// What it says.
    pub text: String,
    /// Its marks, such as `here` and `clash`.
    pub state: Vec<String>,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether it cannot be written.
    pub readonly: bool,
    /// Whether it is marked as wrong.
    pub invalid: bool,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SeenRow {
    /// Its place in the grid.
    pub index: u32,
    /// Its id.
    pub id: String,
    /// Its cells, from the first column on.
    pub cells: Vec<Cell>,
}

/// A cell that is marked as in conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The id of its row.
    pub row: String,
    /// The id of its column.
    pub column: String,
    /// The value that is shown until somebody settles it.
    pub shown: String,
}

impl Officer {
    /// What a cell says; the column is given by its id or its header.
    ///
    /// # Errors
    ///
    /// When there is no such cell.
    pub async fn cell(&self, row: impl Into<Row>, column: &str) -> Result<Cell> {
        let args = place(&row.into(), column);
        self.told(&format!("reads {column}"), self.ask(SEE_CELL, args))
            .await
    }

    /// Waits until a cell says this.
    ///
    /// # Errors
    ///
    /// When it does not in time; the error says what it says instead.
    pub async fn waits_for_cell(&self, row: impl Into<Row>, column: &str, text: &str) -> Result<()> {
        let args = place(&row.into(), column);
        self.waits_until_with(&format!("{column} says {text}"), async |officer| {
            let cell: Cell = officer.ask(SEE_CELL, args.clone()).await?;
            anyhow::ensure!(cell.text == text, "it says {:?}", cell.text);
            Ok(Some(()))
        })
        .await
    }

    /// Clicks a cell, and waits until it is selected.
    ///
    /// # Errors
    ///
    /// When there is no such cell in time.
    pub async fn go_to(&self, row: impl Into<Row>, column: &str) -> Result<()> {
        let args = place(&row.into(), column);
        let find = "return spotOf(await cellAt(args.row, args.column), S.editor);";
        self.clicks(&format!("the cell {column} can be clicked"), find, args.clone())
            .await?;
        self.waits_until_with(&format!("the cell {column} is selected"), async |officer| {
            let cell: Cell = officer.ask(SEE_CELL, args.clone()).await?;
            Ok(cell.selected.then_some(()))
        })
        .await
    }

    /// Goes to a cell, types, and commits with Enter.
    ///
    /// # Errors
    ///
    /// When there is no such cell in time.
    pub async fn types_in(&self, row: impl Into<Row>, column: &str, text: &str) -> Result<()> {
        self.go_to(row, column).await?;
        self.type_text(text).await?;
        self.press("Enter").await
    }

    /// Every row, also those that must be scrolled to.
    ///
    /// # Errors
    ///
    /// When there is no grid.
    pub async fn seen_rows(&self) -> Result<Vec<SeenRow>> {
        self.told("reads the grid", self.ask("return await allRows();", Value::Null))
            .await
    }

    /// What every cell of every row says.
    ///
    /// # Errors
    ///
    /// When there is no grid.
    pub async fn rows(&self) -> Result<Vec<Vec<String>>> {
        let rows = self.seen_rows().await?;
        Ok(rows
            .into_iter()
            .map(|row| row.cells.into_iter().map(|cell| cell.text).collect())
            .collect())
    }

    /// Every cell that is marked as in conflict.
    ///
    /// # Errors
    ///
    /// When there is no grid.
    pub async fn conflicts(&self) -> Result<Vec<Conflict>> {
        let clash: String = self.ask("return S.clash;", Value::Null).await?;
        let mut conflicts = Vec::new();
        for row in self.seen_rows().await? {
            let clashing = row.cells.into_iter().filter(|cell| cell.state.contains(&clash));
            conflicts.extend(clashing.map(|cell| Conflict {
                row: row.id.clone(),
                column: cell.column,
                shown: cell.text,
            }));
        }
        Ok(conflicts)
    }

    /// What the open conflict offers: each value with all that is said beside its button.
    ///
    /// # Errors
    ///
    /// When no conflict is open in time.
    pub async fn choices(&self) -> Result<Vec<String>> {
        self.waits_until_with("a conflict is open", async |officer| {
            let texts: Vec<String> = officer
                .ask("return choices().map((choice) => choice.text);", Value::Null)
                .await?;
            Ok((!texts.is_empty()).then_some(texts))
        })
        .await
    }

    /// Adopts the value of the open conflict beside which this is said.
    ///
    /// # Errors
    ///
    /// When it is not offered in time.
    pub async fn adopts(&self, said: &str) -> Result<()> {
        let find = "const found = choices().find((choice) => choice.text.includes(args)); \
                    return found ? spotOf(found.button) : null;";
        self.clicks(&format!("the value {said} can be adopted"), find, said.into())
            .await
    }
}

/// Reads one cell.
const SEE_CELL: &str = "return cellAsSeen(await cellAt(args.row, args.column));";

fn place(row: &Row, column: &str) -> Value {
    let row = match row {
        Row::Index(index) => json!({ "index": index }),
        Row::Id(id) => json!({ "id": id }),
    };
    json!({ "row": row, "column": column })
}
