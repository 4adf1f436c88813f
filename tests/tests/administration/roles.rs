//! Roles given, ended on a day, and what the last administrator cannot do.

use anyhow::{Result, ensure};
use tests::story::{GU, LIN, QIN, Story};

use crate::desk::{administers, at_account, confirms, table};

#[tokio::test]
async fn a_second_role_is_given_from_day_to_day_and_ended_on_a_day() -> Result<()> {
    let story = Story::begin().await?;
    let qin = administers(&story, "账号").await?;
    at_account(&qin, GU.name, "角色").await?;
    qin.choose("角色", "查看").await?;
    qin.choose("单位", "装配党总支").await?;
    qin.fill("首日", "2020-01-01").await?;
    qin.fill("末日", "2019-12-31").await?;
    qin.click("button", "授予").await?;
    qin.sees("末日早于首日").await?;
    qin.fill("末日", "2199-12-31").await?;
    qin.click("button", "授予").await?;
    qin.sees("2020-01-01 ～ 2199-12-31").await?;
    qin.click_selector(".role-line:last-child input").await?;
    qin.type_text("20200630").await?;
    qin.press("Enter").await?;
    qin.sees("已届满").await?;
    qin.sees("2020-01-01 ～ 2020-06-30").await?;
    qin.click("button", "关闭").await?;
    qin.waits_until_with("the role that has ended is no longer listed", async |qin| {
        let lines = table(qin).await?;
        let is_gone = lines.len() == 1 && !lines[0][2].contains("装配党总支");
        ensure!(is_gone, "{lines:?}");
        Ok(Some(()))
    })
    .await?;

    // The only administrator of the enterprise cannot take that away from himself.
    at_account(&qin, QIN.name, "角色").await?;
    qin.click("button", "立即撤销：管理员 · 中共青梧装备制造有限公司委员会")
        .await?;
    confirms(&qin).await?;
    qin.sees("不能撤去全单位最后一位管理员").await
}

#[tokio::test]
async fn a_closed_ledger_holds_what_arrives_until_it_is_opened_again() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let qin = administers(&story, "台账").await?;
    let ledger = "机加一车间党支部 2026 年度 承诺践诺";
    qin.fill("查找", ledger).await?;
    qin.click("button", &format!("关闭：{ledger}")).await?;
    confirms(&qin).await?;
    qin.sees("已关闭").await?;
    lin.types_in(4, "note", "关闭之后写的").await?;
    lin.waits_for_sync("held").await?;
    qin.click("button", &format!("重新开放：{ledger}")).await?;
    qin.find("button", &format!("关闭：{ledger}")).await?;
    Ok(())
}
