//! Chinese typed with an input method, while others write.

use anyhow::{Context, Result};
use serde_json::json;
use tests::story::{GU, LIN, Seat, Story};

use crate::seen::{cursor, editor, is_at, is_writing, moves};

/// The row all of this happens in, from 0.
const ROW: usize = 4;

/// Notes every event of composition that the editor sees from now on.
async fn listens(seat: &Seat) -> Result<()> {
    let listen = "window.composed = []; const editor = document.querySelector('.cell-editor'); \
                  for (const kind of ['compositionstart', 'compositionend']) \
                  editor.addEventListener(kind, (event) => window.composed.push(`${kind} ${event.data}`));";
    seat.run_js(listen, Vec::new()).await?;
    Ok(())
}

async fn composed(seat: &Seat) -> Result<serde_json::Value> {
    seat.run_js("return window.composed;", Vec::new()).await
}

async fn row(seat: &Seat) -> Result<String> {
    let rows = seat.table().await?.rows;
    rows.get(ROW).cloned().context("there is no such row")
}

#[tokio::test]
async fn a_remote_change_to_the_cell_being_composed_is_told_and_breaks_nothing() -> Result<()> {
    let mut story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let gu = story.seat(GU).await?;
    let (ledger, row) = (lin.ledger().await?, row(&lin).await?);
    lin.go_to(&row, "measure").await?;
    listens(&lin).await?;
    lin.compose(&["x", "xia", "xia'z"]).await?;
    is_writing(&lin, true).await?;

    gu.types_in(&row, "measure", "每周三点检").await?;
    gu.waits_for_sync("synced").await?;
    lin.sees("每周三点检").await?;
    let note = lin
        .run_js(
            "return document.querySelector('.cell-note').innerText;",
            Vec::new(),
        )
        .await?;
    assert_eq!(note, format!("此格刚被 {} 修改：每周三点检", GU.name));
    assert_eq!(
        editor(&lin).await?,
        "xia'z",
        "nothing remote writes into the editor"
    );
    assert_eq!(
        composed(&lin).await?,
        json!(["compositionstart "]),
        "the composition goes on"
    );

    lin.compose(&["xia'zhi"]).await?;
    lin.commit_composition("夏至前点检").await?;
    assert_eq!(
        composed(&lin).await?,
        json!(["compositionstart ", "compositionend 夏至前点检"])
    );
    lin.press("Enter").await?;
    lin.waits_for_cell(&row, "measure", "夏至前点检").await?;
    gu.waits_for_cell(&row, "measure", "夏至前点检").await?;
    lin.waits_for_sync("synced").await?;
    // Whoever wrote last had been told of what stood there: one value, and both are in the log.
    for seat in [&lin, &gu] {
        assert_eq!(seat.conflicts().await?, []);
    }
    let before = story.demo_log_of(ledger).await?.len();
    story.relay.stop().await?;
    assert_eq!(
        story.log_of(ledger)?.len() - before,
        2,
        "each of the two wrote once"
    );
    Ok(())
}

#[tokio::test]
async fn what_was_composed_without_knowing_of_a_remote_change_is_one_of_two_values_to_settle() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let gu = story.seat(GU).await?;
    let row = row(&lin).await?;
    lin.go_to(&row, "measure").await?;
    lin.compose(&["b", "ban"]).await?;
    lin.goes_offline();
    gu.types_in(&row, "measure", "顾若川的值").await?;
    gu.waits_for_sync("synced").await?;
    lin.commit_composition("班前点检").await?;
    lin.press("Enter").await?;
    lin.waits_for_cell(&row, "measure", "班前点检").await?;
    lin.comes_back().await?;
    lin.waits_for_sync("conflict").await?;
    gu.waits_for_sync("conflict").await?;
    for seat in [&lin, &gu] {
        let conflicts = seat.conflicts().await?;
        assert_eq!(conflicts.len(), 1, "{conflicts:?}");
        assert_eq!(
            (&conflicts[0].row, conflicts[0].column.as_str()),
            (&row, "measure")
        );
    }
    gu.go_to(&row, "measure").await?;
    let choices = gu.choices().await?.join("\n");
    for said in ["班前点检", "顾若川的值", LIN.name] {
        assert!(choices.contains(said), "{said} is missing in {choices}");
    }
    Ok(())
}

#[tokio::test]
async fn keys_belong_to_the_input_method_until_it_has_ended_and_an_arrow_then_commits_once() -> Result<()> {
    let mut story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let (ledger, row) = (lin.ledger().await?, row(&lin).await?);
    let before = lin.table().await?;
    // By arrow keys to a cell that holds something: composing replaces it.
    lin.go_to(&before.rows[ROW - 1], "text").await?;
    moves(&lin, "ArrowDown", ROW, "text").await?;
    assert_ne!(before.cell(ROW, "text"), "", "something stands there");
    listens(&lin).await?;
    lin.compose(&["n", "ni"]).await?;
    for key in ["Enter", "ArrowDown", "ArrowLeft", "Tab", "Escape", "Space"] {
        lin.press_in_input_method(key).await?;
        assert_eq!(cursor(&lin).await?, (ROW, "text".to_owned()), "{key}");
        is_writing(&lin, true).await?;
    }
    assert_eq!(editor(&lin).await?, "ni");
    assert_eq!(composed(&lin).await?, json!(["compositionstart "]));
    lin.commit_composition("逆时针").await?;
    lin.compose(&["j"]).await?;
    lin.commit_composition("紧固").await?;
    moves(&lin, "ArrowDown", ROW + 1, "text").await?;
    lin.waits_for_cell(&row, "text", "逆时针紧固").await?;

    // Given up, nothing is written.
    lin.compose(&["q", "qu"]).await?;
    lin.cancel_composition().await?;
    lin.press("Escape").await?;
    is_writing(&lin, false).await?;
    is_at(&lin, "the cursor stays", ROW + 1, "text").await?;
    assert_eq!(
        lin.table().await?.cell(ROW + 1, "text"),
        before.cell(ROW + 1, "text")
    );

    lin.waits_for_sync("synced").await?;
    let demo = story.demo_log_of(ledger).await?.len();
    story.relay.stop().await?;
    assert_eq!(
        story.log_of(ledger)?.len() - demo,
        1,
        "two words of one cell are one change"
    );
    Ok(())
}
