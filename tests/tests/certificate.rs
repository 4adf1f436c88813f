//! The relay under a name of the plant: what a browser gives whom it trusts, and what it is told otherwise.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tests::plant::{NAMES, Plant, Trust, add_administrator};
use tests::story::{LIN, PASSWORD, PLEDGES, Story};
use tests::{Officer, wait};

/// Long enough for every test.
const YEAR: Duration = Duration::from_hours(24 * 365);

/// Longer than it takes to sign in and to open a ledger, and not much.
const SOON: Duration = Duration::from_secs(40);

/// Signs in at an address, opens the pledges, and waits until everything of them is here; gives the first row.
async fn at_work(officer: &Officer, url: &str) -> Result<String> {
    officer.open(url).await?;
    officer.signs_in(LIN.login, PASSWORD).await?;
    officer.click("link", PLEDGES).await?;
    sees_the_table(officer).await?;
    officer.waits_for_sync("synced").await?;
    let rows = officer.seen_rows().await?;
    Ok(rows.first().context("a row")?.id.clone())
}

async fn sees_the_table(officer: &Officer) -> Result<()> {
    officer
        .waits_until("the grid is there", "document.querySelector('[role=gridcell]')")
        .await
}

#[tokio::test]
async fn where_the_authority_is_installed_the_app_opens_and_is_edited_without_a_relay() -> Result<()> {
    let plant = Plant::with_certificate_for(YEAR)?;
    let mut story = Story::begin_with(plant.options()).await?;
    let lin = plant.officer("lin", Trust::Installed).await?;
    let row = at_work(&lin, &plant.url()).await?;
    lin.installed().await?;
    ensure!(
        !lin.has("link", "如何信任").await?,
        "there is nothing to complain of"
    );
    story.relay.stop().await?;

    lin.reload().await?;
    sees_the_table(&lin).await?;
    lin.types_in(&row, "target", "断网时写的").await?;
    lin.waits_for_sync("pending").await?;
    lin.waits_for_cell(&row, "target", "断网时写的").await?;
    story.relay.restart().await?;
    lin.waits_for_sync("synced").await?;
    Ok(())
}

#[tokio::test]
async fn where_a_warning_was_clicked_away_the_app_says_why_it_cannot_work_offline() -> Result<()> {
    let plant = Plant::with_certificate_for(YEAR)?;
    let _story = Story::begin_with(plant.options()).await?;
    let lin = plant.officer("lin", Trust::Missing).await?;
    lin.open(&plant.url()).await.ok();
    lin.clicks_the_warning_away().await?;
    lin.sees("本浏览器不信任此地址的证书").await?;
    at_work(&lin, &plant.url()).await?;
    lin.sees("断网时打不开台账").await?;
    let kept = "return navigator.serviceWorker.getRegistration().then((found) => found === undefined);";
    assert_eq!(
        lin.run_js(kept, Vec::new()).await?,
        true,
        "the browser keeps nothing of such an address"
    );

    lin.click("link", "如何信任").await?;
    lin.sees("让本机信任台账的证书").await?;
    lin.click("button", "检查本浏览器是否信任").await?;
    lin.sees("本浏览器还不信任").await?;
    ensure!(
        !lin.run_js("return document.body.innerText;", Vec::new())
            .await?
            .to_string()
            .contains("此地址不能登录")
    );
    Ok(())
}

#[tokio::test]
async fn an_expired_certificate_is_named_work_goes_on_and_a_new_one_uploads_it() -> Result<()> {
    let plant = Plant::with_certificate_for(SOON)?;
    let mut story = Story::begin_with(plant.options()).await?;
    story.relay.stop().await?;
    add_administrator(story.relay.data(), "苏映雪").await?;
    // The clock of the certificate begins to run only now.
    plant.renews_certificate_for(SOON)?;
    story.relay.restart().await?;
    let mut lin = plant.officer("lin", Trust::Installed).await?;
    let row = at_work(&lin, &plant.url()).await?;
    lin.installed().await?;
    let page = lin.run_js("return location.href;", Vec::new()).await?;
    let expires =
        "return fetch('/api/me').then((answer) => answer.json()).then((me) => me.certificate_expires);";
    let expires = lin.run_js(expires, Vec::new()).await?;
    lin.close().await?;
    // It holds for the whole of the second it names (RFC 5280, 4.1.2.5).
    let ended = expires.as_i64().context("the relay says until when")? + 1_000;
    wait::until_within(SOON * 2, "the certificate has ended", async || {
        Ok((server::clock::now().0 > ended).then_some(()))
    })
    .await?;

    lin.reopen().await?;
    lin.open(page.as_str().unwrap_or_default()).await?;
    sees_the_table(&lin).await?;
    assert_eq!(lin.waits_for_sync("certificate").await?, "证书已过期，可离线编辑");
    lin.sees("请告知管理员").await?;
    lin.sees("苏映雪").await?;
    lin.types_in(&row, "target", "过期时写的").await?;
    lin.waits_for_sync("pending").await?;

    // The relay goes on running: it finds the new one by itself.
    plant.renews_certificate_for(YEAR)?;
    wait::until_within(Duration::from_mins(1), "what waited is uploaded", async || {
        let chips = lin.sync_chips().await?;
        Ok(chips
            .iter()
            .any(|chip| ["synced", "sign-in"].contains(&chip.state.as_str()))
            .then_some(()))
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn in_the_clear_one_page_says_how_to_trust_and_its_button_tells_whether_one_does() -> Result<()> {
    let plant = Plant::with_certificate_for(YEAR)?;
    let _story = Story::begin_with(plant.options()).await?;
    for (trust, says) in [
        (Trust::Missing, "✗ 本浏览器还不信任"),
        (Trust::Installed, "✓ 本浏览器信任"),
    ] {
        let officer = plant.officer("anybody", trust).await?;
        officer.open(&plant.url_in_the_clear()).await?;
        officer.sees("此地址不能登录").await?;
        officer.click("button", "检查本浏览器是否信任").await?;
        officer.sees(says).await?;
        let fields = officer
            .run_js("return document.querySelectorAll('input').length;", Vec::new())
            .await?;
        assert_eq!(fields, 0, "no password is taken here");
    }
    Ok(())
}

#[tokio::test]
async fn at_an_address_of_before_what_is_held_is_delivered_and_one_is_led_on() -> Result<()> {
    let [now, before] = NAMES;
    let plant = Plant::with_certificate_for(YEAR)?;
    plant.opens_at(before, &[])?;
    let mut story = Story::begin_with(plant.options()).await?;
    let lin = plant.officer("lin", Trust::Installed).await?;
    let row = at_work(&lin, &plant.url_of(before)).await?;
    lin.installed().await?;
    story.relay.stop().await?;
    lin.types_in(&row, "target", "搬家前写的").await?;
    lin.waits_for_sync("pending").await?;

    plant.opens_at(now, &[before])?;
    story.relay.restart().await?;
    let there = format!("location.origin === '{}'", plant.url_of(now));
    lin.waits_until(
        "what was held is delivered, and the address of now is open",
        &there,
    )
    .await?;
    at_work(&lin, &plant.url_of(now)).await?;
    lin.waits_for_cell(&row, "target", "搬家前写的").await?;

    lin.open(&plant.url_of(before)).await?;
    lin.waits_until("who comes by the old address again is led on", &there)
        .await
}
