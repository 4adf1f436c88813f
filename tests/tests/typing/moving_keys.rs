//! The keys that move and select, as in a spreadsheet.

use anyhow::Result;
use serde_json::json;
use tests::story::{LIN, Story};

use crate::seen::{cursor, moves, selected};

#[tokio::test]
async fn the_moving_keys_lead_where_a_spreadsheet_leads() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let table = lin.table().await?;
    let last = table.rows.len() - 1;
    lin.go_to(&table.rows[0], "kind").await?;
    moves(&lin, "Tab", 0, "subject").await?;
    moves(&lin, "Shift+Tab Shift+Tab", 0, "member").await?;
    moves(&lin, "ArrowRight ArrowDown", 1, "kind").await?;
    moves(&lin, "Enter", 2, "kind").await?;
    moves(&lin, "Shift+Enter", 1, "kind").await?;
    moves(&lin, "Home", 1, "member").await?;
    moves(&lin, "End", 1, "note").await?;
    moves(&lin, "Tab", 2, "member").await?;
    moves(&lin, "Shift+Tab", 1, "note").await?;
    moves(&lin, "Ctrl+Home", 0, "member").await?;
    // The first column is filled to the last row.
    moves(&lin, "Ctrl+ArrowDown", last, "member").await?;
    moves(&lin, "Ctrl+ArrowUp", 0, "member").await?;
    moves(&lin, "Ctrl+End", last, "note").await?;
    moves(&lin, "Ctrl+Home", 0, "member").await?;
    lin.press("PageDown").await?;
    lin.waits_until_with("a page is gone down", async |_| {
        let (row, column) = cursor(&lin).await?;
        anyhow::ensure!(row > 5 && row < last && column == "member", "{row} {column}");
        Ok(Some(()))
    })
    .await?;
    moves(&lin, "PageUp", 0, "member").await
}

#[tokio::test]
async fn the_selection_grows_with_shift_and_is_copied_as_a_block() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let table = lin.table().await?;
    lin.go_to(&table.rows[1], "member").await?;
    lin.press("Shift+ArrowDown Shift+ArrowDown Shift+ArrowRight")
        .await?;
    lin.waits_until_with("three by two cells are selected", async |_| {
        Ok((selected(&lin).await? == json!(6)).then_some(()))
    })
    .await?;
    let clip = lin.copy().await?;
    let wanted: Vec<String> = (1..4)
        .map(|row| format!("{}\t{}", table.cell(row, "member"), table.cell(row, "kind")))
        .collect();
    assert_eq!(clip.text.replace("\r\n", "\n"), wanted.join("\n"));
    assert!(
        clip.html
            .is_some_and(|html| html.contains("<table") && html.contains(table.cell(1, "kind")))
    );
    lin.waits_until(
        "what was copied is marked",
        "document.querySelectorAll('[data-copied]').length === 6",
    )
    .await?;
    lin.press("Escape").await?;
    lin.waits_until("the mark is gone", "!document.querySelector('[data-copied]')")
        .await?;
    lin.press("Ctrl+A").await?;
    let columns = lin.seen_rows().await?[0].cells.len();
    lin.sees(&format!("选中 {} 格", table.rows.len() * columns))
        .await?;

    // Find, and back.
    lin.press("Ctrl+F").await?;
    lin.waits_until(
        "the search has the focus",
        "document.activeElement.type === 'search'",
    )
    .await?;
    lin.type_text("陈建").await?;
    lin.waits_until_with("only rows with that name are shown", async |_| {
        let found = lin.table().await?.rows.len();
        anyhow::ensure!(found > 0 && found < table.rows.len(), "{found} rows");
        Ok(Some(()))
    })
    .await
}
