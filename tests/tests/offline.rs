//! Work without a network: it outlives the browser, the tab and the way back.

use anyhow::Result;
use tests::story::{Edit, GU, LIN, Story};

/// Twelve edits of four columns, spread over the rows.
fn a_shift_of_work(by: &str) -> Vec<Edit> {
    let columns = ["text", "measure", "target", "note"];
    let edit = |at: usize| Edit {
        column: columns[at % columns.len()],
        row: at * 6,
        text: format!("{by}在车间改的第{}处", tests::story::chinese(at)),
    };
    (0..12).map(edit).collect()
}

#[tokio::test]
async fn edits_made_offline_outlive_a_killed_browser_and_reach_others_without_a_reload() -> Result<()> {
    let story = Story::begin().await?;
    let mut lin = story.seat(LIN).await?;
    let gu = story.seat(GU).await?;
    let edits = a_shift_of_work("林");
    lin.goes_offline();
    lin.types_all(&edits).await?;
    lin.waits_for_sync("pending").await?;

    let ledger = lin.ledger().await?;
    lin.kill().await?;
    lin.reopen().await?;
    lin.opens_ledger(ledger).await?;
    lin.waits_for_all(&edits).await?;
    assert_eq!(
        gu.table().await?.lacks(&edits).len(),
        edits.len(),
        "the cable was pulled"
    );

    lin.comes_back().await?;
    lin.is_uploaded().await?;
    gu.waits_for_all(&edits).await
}
