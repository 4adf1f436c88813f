//! Things on the page are found, read and filled.

use std::time::Duration;

use anyhow::Result;
use tests::wait;

use crate::seated;

#[tokio::test]
async fn things_are_found_by_role_and_name_and_clicked_when_they_can_be() -> Result<()> {
    let ada = seated("finding").await?;
    ada.find("heading", "责任区台账").await?;
    assert!(ada.has("button", "清空").await?);
    assert!(!ada.has("button", "上报").await?);
    // The page shows, enables and uncovers the button one after the other.
    ada.click("button", "稍后").await?;
    ada.waits_until("the button was clicked", "window.clicked === 1")
        .await?;
    let chips = ada.sync_chips().await?;
    assert_eq!(chips.len(), 1);
    assert_eq!(
        (chips[0].state.as_str(), chips[0].words.as_str()),
        ("pending", "待上传 3 项")
    );
    assert_eq!(ada.waits_for_sync("pending").await?, "待上传 3 项");
    ada.signs_in("zhang", "a long password").await?;
    ada.waits_until("the form was sent", "window.sent === 'zhang/a long password'")
        .await
}

#[tokio::test]
async fn the_grid_is_read_and_filled_also_where_rows_are_virtual() -> Result<()> {
    let ada = seated("grid").await?;
    let rows = ada.rows().await?;
    assert_eq!(rows.len(), 200);
    assert_eq!(rows[0], ["1", "事项 1", "0"]);
    assert_eq!(rows[199], ["200", "事项 200", "199"]);
    assert_eq!(ada.cell("r150", "承诺事项").await?.text, "事项 150");
    ada.types_in("r150", "measure", "巡检").await?;
    ada.waits_for_cell("r150", "measure", "巡检").await?;
    ada.types_in(3, "measure", "x").await?;
    assert_eq!(ada.cell(3, "measure").await?.text, "x");
    let conflicts = ada.conflicts().await?;
    assert_eq!(conflicts.len(), 1);
    assert_eq!(
        (conflicts[0].row.as_str(), conflicts[0].column.as_str()),
        ("r120", "score")
    );
    ada.go_to("r120", "score").await?;
    let choices = ada.choices().await?;
    assert_eq!(choices.len(), 2);
    assert!(
        choices[0].starts_with("6.5") && choices[1].contains("叶书宁"),
        "{choices:?}"
    );
    ada.adopts("叶书宁").await?;
    ada.waits_for_cell("r120", "score", "4.0").await?;
    assert_eq!(ada.conflicts().await?, []);
    Ok(())
}

#[tokio::test]
async fn what_did_not_happen_is_named_with_the_officer_and_the_console_is_kept() -> Result<()> {
    let ada = seated("failing").await?;
    ada.run_js("console.error('the drawer is stuck');", Vec::new())
        .await?;
    let look = async || Ok(ada.has("button", "上报").await?.then_some(()));
    let waited = wait::until_within(Duration::from_secs(1), "the button is there", look);
    let said = waited.await.map_err(|problem| problem.what);
    assert_eq!(said, Err("the button is there".to_owned()));
    let thrown = ada.run_js("throw new Error('no drawer');", Vec::new()).await;
    let said = thrown
        .err()
        .map(|problem| format!("{problem:#}"))
        .unwrap_or_default();
    assert!(
        said.starts_with("failing runs a script") && said.contains("no drawer"),
        "{said}"
    );
    let console = ada.console();
    assert!(
        console.iter().any(|line| line.contains("the drawer is stuck")),
        "{console:?}"
    );
    Ok(())
}
