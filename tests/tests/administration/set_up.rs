//! The first start of an empty store.

use anyhow::{Result, ensure};
use tests::story::Story;
use tests::{Officer, wait};

const PASSWORD: &str = "第一位管理员自己的密码";

async fn sets_up(officer: &Officer, link: &str) -> Result<()> {
    officer.open(link).await?;
    officer.sees("建立台账").await?;
    let address = officer
        .run_js("return location.pathname + location.hash;", Vec::new())
        .await?;
    ensure!(
        address == "/setup",
        "the secret is out of the address bar: {address}"
    );
    officer.fill("单位名称", "青梧二厂").await?;
    officer.choose("最高一级党组织是", "党总支").await?;
    officer.fill("姓名", "白露").await?;
    officer.fill("账号", "bailu").await?;
    officer.fill("新密码", PASSWORD).await?;
    officer.fill("再输一次新密码", PASSWORD).await?;
    officer.click("button", "建立").await
}

#[tokio::test]
async fn the_printed_link_makes_the_first_administrator_once() -> Result<()> {
    let story = Story::begin_empty().await?;
    let link = wait::until("the relay prints a link", async || {
        let log = story.relay.log()?;
        let link = log.lines().find(|line| line.contains("/setup#"));
        Ok(link.map(|link| link.trim().to_owned()))
    })
    .await?;
    let early = Officer::named("early").await?;
    early.open(&story.relay.url()).await?;
    early.sees("这台服务器还没有建立台账").await?;
    early.open(&format!("{}/setup", story.relay.url())).await?;
    early.sees("地址里缺少链接的后半段").await?;

    let bai = Officer::named("bailu").await?;
    sets_up(&bai, &link).await?;
    bai.sees("已建立").await?;
    bai.click("link", "登录").await?;
    bai.sees("青梧二厂").await?;
    bai.signs_in("bailu", PASSWORD).await?;
    bai.click("link", "管理").await?;
    bai.find("button", "新增组织").await?;
    bai.sees("青梧二厂").await?;
    bai.sees("党总支").await?;

    sets_up(&early, &link).await?;
    early.sees("链接不对，或已经用过").await
}
