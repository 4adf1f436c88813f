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
    assert_eq!(lin.waits_for_sync("pending").await?, "待上传 12 项");
    assert_eq!(
        gu.table().await?.lacks(&edits).len(),
        edits.len(),
        "the cable was pulled"
    );

    lin.comes_back().await?;
    lin.is_uploaded().await?;
    gu.waits_for_all(&edits).await
}

#[tokio::test]
async fn what_two_tabs_wrote_offline_arrives_once_though_one_was_killed() -> Result<()> {
    let mut story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let gu = story.seat(GU).await?;
    let ledger = lin.ledger().await?;
    let [killed, kept] = ["甲窗", "乙窗"].map(a_shift_of_work);
    let killed: Vec<Edit> = killed
        .into_iter()
        .map(|edit| Edit {
            row: edit.row + 1,
            ..edit
        })
        .collect();
    let both = [killed.clone(), kept.clone()].concat();

    let first = lin.current_tab().await?;
    let second = lin.new_tab().await?;
    lin.opens_ledger(ledger).await?;
    lin.waits_for_sync("synced").await?;
    lin.goes_offline();
    lin.types_all(&killed).await?;
    lin.waits_for_sync("pending").await?;
    lin.switch_tab(&first).await?;
    lin.types_all(&kept).await?;
    lin.waits_for_sync("pending").await?;
    lin.kill_tab(&second, &first).await?;

    lin.comes_back().await?;
    lin.is_uploaded().await?;
    gu.waits_for_all(&both).await?;
    lin.waits_for_all(&both).await?;
    assert_eq!(gu.table().await?.rows.len(), lin.table().await?.rows.len());
    let before = story.demo_log_of(ledger).await?.len();
    story.relay.stop().await?;
    assert_eq!(
        story.log_of(ledger)?.len() - before,
        both.len(),
        "each edit is in the log once"
    );
    Ok(())
}
