//! Sessions that end under one's hands, and accounts whose roles do.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use server::storage::{Amendment, By, Storage as _};
use shared::access::RoleChange;
use shared::time::Timestamp;
use tests::story::{GU, LIN, PASSWORD, Story};
use tests::wait;

use crate::sit::{edits, page};

/// How soon a socket closes once its session is over.
const CLOSED: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_session_ended_at_the_relay_closes_the_socket_and_typing_goes_on() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let gu = story.seat(GU).await?;
    let [before, after] = [edits("会话里", "note", 2), edits("会话外", "target", 3)];
    lin.types_all(&before).await?;
    lin.waits_for_sync("synced").await?;
    // Somebody ends the session elsewhere; this page hears of it by its socket alone.
    let end = "return fetch('/api/session', { method: 'DELETE', headers: { 'x-taizhang': '1' } }).then((r) => r.status);";
    let status = lin.run_js(end, Vec::new()).await?;
    ensure!(status == 204, "{status}");
    wait::until_within(CLOSED, "the header asks to sign in", async || {
        let chips = lin.sync_chips().await?;
        let asks = chips.iter().any(|chip| chip.words == "请登录后上传");
        ensure!(asks, "it says {chips:?}");
        Ok(Some(()))
    })
    .await?;
    lin.types_all(&after).await?;
    let waiting = lin.waits_for_sync("pending").await?;
    ensure!(waiting == "待上传 3 项", "{waiting}");
    ensure!(
        gu.table().await?.lacks(&after).len() == 3,
        "nothing goes up without a session"
    );
    lin.is_uploaded().await?;
    gu.waits_for_all(&after).await
}

#[tokio::test]
async fn an_account_without_roles_delivers_what_its_device_holds_and_sees_nothing() -> Result<()> {
    let mut story = Story::begin().await?;
    let mut lin = story.seat(LIN).await?;
    let ledger = lin.ledger().await?;
    let left = edits("卸任前", "note", 3);
    lin.goes_offline();
    lin.types_all(&left).await?;
    lin.waits_for_sync("pending").await?;
    lin.kill().await?;
    story.relay.stop().await?;
    {
        let storage = story.storage()?;
        let account = storage.account_of(LIN.login)?.context("Lin has an account")?;
        let held = account.grants.into_iter();
        let ended = held.map(|grant| RoleChange::Revoke { grant });
        let ended = Amendment::ChangeRoles(account.id, ended.collect());
        storage.amend(&By::relay(Timestamp(1_795_000_000_000)), &ended)?;
    }
    story.relay.restart().await?;

    lin.reopen().await?;
    lin.network.pass();
    lin.open(&lin.network.url()).await?;
    // A killed browser may have lost its session.
    let asked = lin
        .waits_until_with(
            "the one page is there, or a sign-in is asked for",
            async |officer| {
                let chips = officer.sync_chips().await?;
                let asked = chips.iter().any(|chip| chip.state == "sign-in");
                let there = page(officer).await?.contains("deliver-only");
                Ok((asked || there).then_some(asked))
            },
        )
        .await?;
    if asked {
        lin.click_selector("[data-sync=sign-in]").await?;
        lin.signs_in(LIN.login, PASSWORD).await?;
    }
    lin.sees("仅可上传本机所存").await?;
    lin.sees("本机没有待上传的修改").await?;
    lin.waits_for_sync("held").await?;
    lin.reload().await?;
    lin.sees("仅可上传本机所存").await?;
    let page = page(&lin).await?;
    for text in ["承诺践诺", "名册", "role=\"grid\"", left[0].text.as_str()] {
        ensure!(!page.contains(text), "the page shows {text}");
    }
    story.relay.stop().await?;
    ensure!(story.held_of(ledger)? == 3, "{} are held", story.held_of(ledger)?);
    Ok(())
}
