//! What the story's officers look at beside the cells: the cursor, the editor and what floats below it.

use anyhow::{Context, Result};
use serde_json::Value;
use tests::story::Seat;

/// Where the cursor is: the row among all rows, from 0, and the column.
pub(crate) async fn cursor(seat: &Seat) -> Result<(usize, String)> {
    let ask = "const cell = document.querySelector('[data-at]'); \
               return [Number(cell.closest('[role=row]').getAttribute('aria-rowindex')) - 2, cell.dataset.column];";
    Ok(serde_json::from_value(seat.run_js(ask, Vec::new()).await?)?)
}

/// Presses keys and waits until the cursor is in that cell.
pub(crate) async fn moves(seat: &Seat, keys: &str, row: usize, column: &str) -> Result<()> {
    seat.press(keys).await?;
    is_at(
        seat,
        &format!("{keys} leads to {column} of row {row}"),
        row,
        column,
    )
    .await
}

/// Waits until the cursor is in that cell.
pub(crate) async fn is_at(seat: &Seat, what: &str, row: usize, column: &str) -> Result<()> {
    let ask = "const cell = document.querySelector('[data-at]'); \
               return cell && [Number(cell.closest('[role=row]').getAttribute('aria-rowindex')) - 2, cell.dataset.column];";
    seat.waits_until_with(what, async |officer| {
        let found = officer.run_js(ask, Vec::new()).await?;
        anyhow::ensure!(
            found == serde_json::json!([row, column]),
            "the cursor is at {found}"
        );
        Ok(Some(()))
    })
    .await
}

/// What stands in the editor over the cursor's cell.
pub(crate) async fn editor(seat: &Seat) -> Result<String> {
    let text = seat
        .run_js("return document.querySelector('.cell-editor').value;", Vec::new())
        .await?;
    Ok(text.as_str().context("the editor holds no text")?.to_owned())
}

/// Waits until a cell is being written, or no longer.
pub(crate) async fn is_writing(seat: &Seat, is: bool) -> Result<()> {
    let (what, not) = if is {
        ("a cell is being written", "")
    } else {
        ("no cell is being written", "!")
    };
    seat.waits_until(
        what,
        &format!("{not}document.querySelector('.cell-editor[data-editing]')"),
    )
    .await
}

/// What is offered to choose from, each with what tells it apart.
pub(crate) async fn options(seat: &Seat) -> Result<Vec<String>> {
    let ask = "return [...document.querySelectorAll('[role=option]')] \
               .map((option) => option.innerText.replace(/\\s+/g, ' ').trim());";
    Ok(serde_json::from_value(seat.run_js(ask, Vec::new()).await?)?)
}

/// Waits until exactly this is offered.
pub(crate) async fn offers(seat: &Seat, wanted: &[&str]) -> Result<()> {
    let ask = "return [...document.querySelectorAll('[role=option]')] \
               .map((option) => option.innerText.replace(/\\s+/g, ' ').trim());";
    seat.waits_until_with(&format!("{wanted:?} are offered"), async |officer| {
        let found = officer.run_js(ask, Vec::new()).await?;
        anyhow::ensure!(found == serde_json::json!(wanted), "{found}");
        Ok(Some(()))
    })
    .await
}

/// How many cells are selected.
pub(crate) async fn selected(seat: &Seat) -> Result<Value> {
    seat.run_js(
        "return document.querySelectorAll('[role=gridcell][aria-selected=true]').length;",
        Vec::new(),
    )
    .await
}
