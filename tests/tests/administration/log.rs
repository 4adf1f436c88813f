//! The audit log: in words, filtered, page by page, and as a file.

use std::fs;

use anyhow::{Context, Result, ensure};
use server::storage::{Amendment, By, Storage as _};
use shared::limit::AUDIT_PAGE;
use shared::protocol::http::audit::Deed;
use shared::time::Timestamp;
use tests::Officer;
use tests::story::{GU, LIN, Story};

use crate::desk::{administers, at_account, confirms, table};

/// A day long before any of the tests runs.
const LONG_AGO: Timestamp = Timestamp(1_600_000_000_000);

/// What the log says, without the numbers.
async fn deeds(qin: &Officer) -> Result<Vec<String>> {
    let lines = table(qin).await?;
    Ok(lines.into_iter().filter_map(|mut line| line.pop()).collect())
}

async fn shows(qin: &Officer, what: &str, has: impl Fn(&[String]) -> bool) -> Result<Vec<String>> {
    qin.waits_until_with(what, async |qin| {
        let deeds = deeds(qin).await?;
        ensure!(has(&deeds), "it says {deeds:?}");
        Ok(Some(deeds))
    })
    .await
}

#[tokio::test]
async fn the_log_says_who_did_what_to_whom_and_leaves_as_a_file() -> Result<()> {
    let mut story = Story::begin().await?;
    story.relay.stop().await?;
    {
        // More than one page, from long ago.
        let storage = story.storage()?;
        let gu = storage.account_of(GU.login)?.context("Gu has an account")?;
        let by = By {
            account: Some(gu.id),
            ..By::relay(LONG_AGO)
        };
        for _ in 0..AUDIT_PAGE + 20 {
            storage.amend(&by, &Amendment::Note(Deed::SignedOut))?;
        }
    }
    story.relay.restart().await?;
    let folder = story.path("downloads");
    fs::create_dir(&folder)?;
    let lin = story.seat(LIN).await?;
    let qin = administers(&story, "账号").await?;
    qin.downloads_to(&folder).await?;
    at_account(&qin, GU.name, "重置码").await?;
    confirms(&qin).await?;
    qin.click_selector("dialog .dialog-actions button").await?;
    qin.click("tab", "设备与会话").await?;
    qin.click("button", "结束登录：林知远").await?;
    drop(lin);

    qin.click("tab", "操作日志").await?;
    let made = "生成重置码：顾若川".to_owned();
    let first = shows(&qin, "the log names what was done", |deeds| deeds.contains(&made)).await?;
    ensure!(
        first.len() == AUDIT_PAGE,
        "one page is shown, not {}",
        first.len()
    );
    ensure!(first[0].starts_with("结束 林知远 在设备 "), "{}", first[0]);
    qin.click("button", "更早的记录").await?;
    shows(&qin, "older ones follow", |deeds| deeds.len() > AUDIT_PAGE).await?;

    let gus = format!("{} {}", GU.name, GU.login);
    qin.choose("账号", &gus).await?;
    qin.choose("类别", "登录与密码").await?;
    qin.fill("自", "2021-01-01").await?;
    qin.click("button", "查询").await?;
    let wanted = [made.clone()];
    shows(&qin, "one thing was done to Gu since then", |deeds| {
        deeds == wanted
    })
    .await?;
    qin.fill("自", "什么时候").await?;
    qin.click("button", "查询").await?;
    qin.sees("日期不对").await?;

    qin.click("button", "导出 CSV").await?;
    qin.sees("已交给浏览器保存").await?;
    let file = folder.join("taizhang-audit.csv");
    let csv = qin
        .waits_until_with("the file is saved", async |_| {
            Ok(fs::read_to_string(&file).ok().filter(|csv| !csv.is_empty()))
        })
        .await?;
    let lines: Vec<&str> = csv.lines().collect();
    ensure!(
        lines[0] == "\u{feff}\"编号\",\"时间\",\"账号\",\"姓名\",\"设备\",\"事项\"",
        "{}",
        lines[0]
    );
    ensure!(
        lines.len() == 2 && lines[1].contains("qinwangshu"),
        "what was filtered: {csv}"
    );
    // The file's making is in the log as well.
    qin.choose("账号", "全部账号").await?;
    qin.choose("类别", "导出").await?;
    qin.fill("自", "2021-01-01").await?;
    qin.click("button", "查询").await?;
    shows(&qin, "the export is logged", |deeds| deeds == ["导出操作日志"]).await?;
    Ok(())
}
