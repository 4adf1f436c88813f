//! What one officer left on a shared computer, another delivers without seeing it.

use anyhow::{Result, ensure};
use tests::story::{GU, LIN, PASSWORD, PLEDGES, Seat, Story};

use crate::sit::{chooses_code, edits, leaked, page, said, sits_down, watches};

/// Lin leaves three changes on a shared computer, which is switched off before the network is back.
async fn leaves_three(story: &Story) -> Result<(Seat, Vec<tests::story::Edit>)> {
    let mut lin = sits_down(story, LIN).await?;
    let left = edits("林", "note", 3);
    lin.goes_offline();
    lin.types_all(&left).await?;
    lin.waits_for_sync("pending").await?;
    lin.kill().await?;
    lin.reopen().await?;
    lin.network.pass();
    Ok((lin, left))
}

/// A colleague signs in at the locked screen of another.
async fn takes_the_seat(seat: &Seat, login: &str) -> Result<()> {
    seat.open(&seat.network.url()).await?;
    seat.click("button", "用密码登录，或换人登录").await?;
    seat.signs_in_at_shared(login, PASSWORD).await?;
    chooses_code(seat).await
}

#[tokio::test]
async fn a_colleague_of_the_branch_delivers_what_was_left_and_the_log_names_both() -> Result<()> {
    let mut story = Story::begin().await?;
    let ye = story.seat(tests::story::YE).await?;
    let ledger = ye.ledger().await?;
    let before = story.demo_log_of(ledger).await?.len();
    let (seat, left) = leaves_three(&story).await?;
    watches(&seat, &[]).await?;
    takes_the_seat(&seat, GU.login).await?;
    ye.waits_for_all(&left).await?;
    seat.waits_until_with("the header has said what is carried", async |officer| {
        let said = said(officer).await?;
        let told = said.iter().any(|words| words == "已代传 林知远 的 3 项");
        ensure!(told, "it said {said:?}");
        Ok(Some(()))
    })
    .await?;

    story.relay.stop().await?;
    let log = story.log_of(ledger)?;
    let (lin, gu) = (account(&story, LIN.login)?, account(&story, GU.login)?);
    let carried = &log[before..];
    ensure!(carried.len() == 3, "{} changes arrived", carried.len());
    for entry in carried {
        ensure!((entry.account, entry.carried_by) == (lin, Some(gu)));
    }
    story.relay.restart().await?;

    // Its author finds everything uploaded, once.
    seat.waits_for_sync("synced").await?;
    seat.click_selector("#person").await?;
    seat.click("button", "退出登录").await?;
    seat.signs_in_at_shared(LIN.login, PASSWORD).await?;
    crate::sit::opens_pledges(&seat).await?;
    seat.waits_for_all(&left).await?;
    story.relay.stop().await?;
    ensure!(story.log_of(ledger)?.len() - before == 3, "nothing went up twice");
    Ok(())
}

#[tokio::test]
async fn somebody_of_another_branch_delivers_unseen_and_sees_nothing_of_the_other_account() -> Result<()> {
    let mut story = Story::begin().await?;
    let (login, _) = story.secretary_elsewhere().await?;
    let (seat, left) = leaves_three(&story).await?;
    let ye = story.seat(tests::story::YE).await?;
    let ledger = ye.ledger().await?;
    let texts: Vec<String> = left.iter().map(|edit| edit.text.clone()).collect();
    watches(&seat, &texts).await?;
    takes_the_seat(&seat, &login).await?;
    seat.waits_until_with("the header has said what is carried", async |officer| {
        let said = said(officer).await?;
        let told = said.iter().any(|words| words == "已代传 林知远 的 3 项");
        ensure!(told, "it said {said:?}");
        Ok(Some(()))
    })
    .await?;
    seat.find("link", PLEDGES).await?;
    ensure!(
        !page(&seat).await?.contains("机加一车间"),
        "nothing of Lin's branch is listed"
    );
    ensure!(leaked(&seat).await?.is_empty(), "a text of Lin's was on a page");
    seat.opens_missing(&format!("/ledger/{ledger}")).await?;
    ensure!(leaked(&seat).await?.is_empty(), "a text of Lin's was on a page");
    ensure!(
        ye.table().await?.lacks(&left).len() == left.len(),
        "it is held, not stored"
    );

    // Its author is told where it is.
    seat.click_selector("#person").await?;
    seat.click("button", "退出登录").await?;
    seat.signs_in_at_shared(LIN.login, PASSWORD).await?;
    seat.waits_for_words("held", "待审入 3 项").await?;
    story.relay.stop().await?;
    ensure!(story.held_of(ledger)? == 3, "{} are held", story.held_of(ledger)?);
    Ok(())
}

fn account(story: &Story, login: &str) -> Result<shared::id::AccountId> {
    use anyhow::Context as _;
    use server::storage::Storage as _;
    let account = story.storage()?.account_of(login)?;
    Ok(account.context("there is no such account")?.id)
}
