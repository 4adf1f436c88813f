//! Rights that end while an officer is away: what may be written arrives, what may not is kept and shown.

use std::fs;

use anyhow::{Result, ensure};
use tests::RelayOptions;
use tests::story::{Edit, GU, Story, YE, chinese};

/// The column that is closed to group leaders while one of them is away.
const CLOSED: &str = "note";

/// What closes it.
const CLOSING: &str =
    "[[rights.closed]]\nrole = \"group_leader\"\nkind = \"pledge\"\ntable = \"items\"\ncolumn = \"note\"\n";

/// Three columns of 78 rows hold the 200 edits that are permitted.
fn permitted() -> Vec<Edit> {
    let columns = ["measure", "self_text", "target"];
    let edit = |number: usize| Edit {
        column: columns[number / 78],
        row: number % 78,
        text: format!("叶改{}", chinese(number + 1)),
    };
    (0..200).map(edit).collect()
}

#[tokio::test]
async fn of_201_offline_edits_the_first_is_refused_and_shown_and_the_other_200_arrive() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let rights = folder.path().join("taizhang.toml");
    fs::write(&rights, "")?;
    let options = RelayOptions::new()
        .argument("--config")
        .argument(rights.display().to_string());
    let mut story = Story::begin_with(options).await?;
    let ye = story.seat(YE).await?;
    let refused = Edit {
        column: CLOSED,
        row: 4,
        text: "叶在关闭之前不知情".to_owned(),
    };
    let permitted = permitted();

    ye.goes_offline();
    let before = ye.table().await?;
    ye.types_all(std::slice::from_ref(&refused)).await?;
    ye.types_all(&permitted).await?;
    let waiting = ye.waits_for_sync("pending").await?;
    ensure!(waiting.contains("201"), "{waiting}");
    story.relay.stop().await?;
    fs::write(&rights, CLOSING)?;
    story.relay.restart().await?;

    ye.comes_back().await?;
    ye.waits_for_words("refused", "未被接受 1 项").await?;
    ye.waits_for_sync("synced").await?;
    let kept = format!(
        "document.querySelector('.aside-panel')?.textContent.includes('{}')",
        refused.text
    );
    ye.waits_until("the refused value is kept for its author", &kept)
        .await?;
    ye.waits_for_all(&permitted).await?;
    let gu = story.seat(GU).await?;
    gu.waits_for_all(&permitted).await?;
    for seat in [&ye, &gu] {
        let table = seat.table().await?;
        ensure!(
            table.cell(refused.row, CLOSED) == before.cell(refused.row, CLOSED),
            "the refused edit stands in no table"
        );
    }
    let before = story.demo_log_of(ye.ledger().await?).await?.len();
    story.relay.stop().await?;
    let after = story.log_of(ye.ledger().await?)?.len();
    ensure!(
        after - before == permitted.len(),
        "{} changes arrived",
        after - before
    );
    Ok(())
}
