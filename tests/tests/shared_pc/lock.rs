//! The lock: it falls shut by a button and by itself, hides everything, lets sync go on, and opens by its code.

use anyhow::{Result, ensure};
use tests::story::{GU, LIN, PASSWORD, PLEDGES, Seat, Story};

use crate::sit::{
    CODE, LOCKED, chooses, chooses_code, databases, edits, opens_pledges, opens_with_code, page, sits_down,
};

/// Nothing of a ledger is in the page, shown or not.
async fn hides(seat: &Seat, texts: &[&str]) -> Result<()> {
    seat.waits_until("the screen is locked", LOCKED).await?;
    let page = page(seat).await?;
    for text in [PLEDGES, "承诺践诺", "role=\"grid\""].iter().chain(texts) {
        ensure!(!page.contains(text), "the locked page holds {text}");
    }
    Ok(())
}

#[tokio::test]
async fn behind_the_lock_nothing_is_shown_and_sync_goes_on() -> Result<()> {
    let story = Story::begin().await?;
    let lin = sits_down(&story, LIN).await?;
    let gu = story.seat(GU).await?;
    let (of_lin, of_gu) = (edits("林", "note", 2), edits("顾", "target", 2));
    lin.goes_offline();
    lin.types_all(&of_lin).await?;
    lin.waits_for_sync("pending").await?;
    chooses(&lin, "锁定").await?;
    hides(&lin, &[&of_lin[0].text]).await?;
    lin.sees("不加密磁盘").await?;

    lin.comes_back().await?;
    gu.waits_for_all(&of_lin).await?;
    gu.types_all(&of_gu).await?;
    gu.waits_for_sync("synced").await?;
    hides(&lin, &[&of_lin[0].text, &of_gu[0].text]).await?;

    opens_with_code(&lin).await?;
    lin.waits_for_all(&of_gu).await?;
    lin.waits_for_all(&of_lin).await
}

#[tokio::test]
async fn the_screen_locks_itself_and_opens_offline_by_its_code_after_the_browser_was_killed() -> Result<()> {
    let story = Story::begin().await?;
    let mut lin = sits_down(&story, LIN).await?;
    let of_lin = edits("林", "note", 2);
    let ledger = lin.ledger().await?;
    chooses(&lin, "设置").await?;
    lin.fill("闲置多少分钟后自动锁定", "0.05").await?;
    lin.click("button", "保存").await?;
    lin.sees("请填 0.1").await?;
    lin.fill("闲置多少分钟后自动锁定", "0.1").await?;
    lin.click("button", "保存").await?;
    hides(&lin, &[]).await?;
    opens_with_code(&lin).await?;
    lin.fill("闲置多少分钟后自动锁定", "").await?;
    lin.click("button", "保存").await?;
    lin.sees("已保存。").await?;

    lin.goes_offline();
    lin.opens_locked_ledger(ledger).await?;
    opens_with_code(&lin).await?;
    lin.types_all(&of_lin).await?;
    lin.waits_for_sync("pending").await?;
    lin.kill().await?;
    lin.reopen().await?;
    lin.opens_locked_ledger(ledger).await?;
    hides(&lin, &[&of_lin[0].text]).await?;
    opens_with_code(&lin).await?;
    lin.waits_for_all(&of_lin).await
}

#[tokio::test]
async fn wrong_codes_have_to_wait_and_the_password_opens_as_well() -> Result<()> {
    let story = Story::begin().await?;
    let lin = sits_down(&story, LIN).await?;
    chooses(&lin, "锁定").await?;
    for _ in 0..4 {
        lin.fill("锁定码", "1357").await?;
        lin.click("button", "打开").await?;
        lin.sees("锁定码不对").await?;
        lin.waits_until(
            "it can be tried again",
            "!document.querySelector('.lock-form [disabled]')",
        )
        .await?;
    }
    lin.fill("锁定码", CODE).await?;
    lin.click("button", "打开").await?;
    lin.sees("秒后再试").await?;
    ensure!(
        !lin.has("link", PLEDGES).await?,
        "the right code opens no earlier"
    );
    // Loading the page anew forgets nothing.
    lin.reload().await?;
    lin.waits_until("the screen is locked", LOCKED).await?;
    lin.waits_until_with("the code opens it once the wait is over", async |officer| {
        if officer.has("button", "打开").await? {
            officer.fill("锁定码", CODE).await?;
            officer.press("Enter").await?;
        }
        Ok(officer.has("link", "承诺践诺").await?.then_some(()))
    })
    .await?;

    chooses(&lin, "锁定").await?;
    lin.click("button", "用密码登录，或换人登录").await?;
    lin.signs_in_at_shared(LIN.login, PASSWORD).await?;
    lin.find("link", "承诺践诺").await.map(|_| ())
}

#[tokio::test]
async fn the_tabs_of_one_browser_lock_and_open_together() -> Result<()> {
    let story = Story::begin().await?;
    let lin = sits_down(&story, LIN).await?;
    let ledger = lin.ledger().await?;
    let first = lin.current_tab().await?;
    let second = lin.new_tab().await?;
    // The screen is open in the first tab: the second asks it and opens by itself.
    lin.opens_ledger(ledger).await?;
    chooses(&lin, "锁定").await?;
    hides(&lin, &[]).await?;
    lin.switch_tab(&first).await?;
    hides(&lin, &[]).await?;
    opens_with_code(&lin).await?;
    lin.switch_tab(&second).await?;
    lin.waits_until("the grid is there", "document.querySelector('[role=gridcell]')")
        .await
}

/// Tries a code that does not open the screen.
async fn tries_in_vain(seat: &Seat, code: &str) -> Result<()> {
    seat.waits_until(
        "a code can be tried",
        "document.querySelector('.lock-form') && !document.querySelector('.lock-form [disabled]')",
    )
    .await?;
    seat.fill("锁定码", code).await?;
    seat.click("button", "打开").await?;
    seat.sees("锁定码不对").await
}

#[tokio::test]
async fn codes_tried_in_two_tabs_count_together_and_one_changed_in_a_tab_holds_in_the_other() -> Result<()> {
    let story = Story::begin().await?;
    let lin = sits_down(&story, LIN).await?;
    let ledger = lin.ledger().await?;
    let first = lin.current_tab().await?;
    let second = lin.new_tab().await?;
    lin.opens_ledger(ledger).await?;
    chooses(&lin, "锁定").await?;
    for tab in [&first, &second, &first, &second] {
        lin.switch_tab(tab).await?;
        tries_in_vain(&lin, "1357").await?;
    }
    lin.switch_tab(&first).await?;
    lin.fill("锁定码", CODE).await?;
    lin.click("button", "打开").await?;
    lin.sees("秒后再试").await?;
    lin.waits_until_with("the code opens it once the wait is over", async |officer| {
        if officer.has("button", "打开").await? {
            officer.fill("锁定码", CODE).await?;
            officer.press("Enter").await?;
        }
        Ok(officer.has("link", "工作台").await?.then_some(()))
    })
    .await?;

    let other = "8642";
    chooses(&lin, "设置").await?;
    lin.fill("锁定码", other).await?;
    lin.fill("再输一次", other).await?;
    lin.click("button", "设为锁定码").await?;
    lin.sees("已设锁定码。").await?;
    chooses(&lin, "锁定").await?;
    lin.switch_tab(&second).await?;
    tries_in_vain(&lin, CODE).await?;
    lin.switch_tab(&first).await?;
    tries_in_vain(&lin, CODE).await?;
    lin.fill("锁定码", other).await?;
    lin.click("button", "打开").await?;
    lin.waits_until("the screen is open", "document.querySelector('.shell')")
        .await
}

#[tokio::test]
async fn who_declines_a_code_opens_by_password_and_a_personal_computer_asks_for_none() -> Result<()> {
    let story = Story::begin().await?;
    let lin = Seat::connected(LIN, story.relay.socket()).await?;
    lin.open(&lin.network.url()).await?;
    lin.find("textbox", "账号").await?;
    ensure!(lin.is_taken_for_shared().await?, "until somebody says otherwise");
    lin.signs_in_at_shared(LIN.login, PASSWORD).await?;
    lin.sees("请设锁定码").await?;
    lin.click("button", "暂不设").await?;
    lin.find("link", PLEDGES).await?;
    lin.reload().await?;
    lin.sees("尚未设锁定码").await?;
    ensure!(!page(&lin).await?.contains(PLEDGES), "the page is locked");
    // Signing in, it is said to be personal now.
    lin.signs_in(LIN.login, PASSWORD).await?;
    lin.find("link", PLEDGES).await?;
    lin.reload().await?;
    lin.find("link", PLEDGES).await?;
    // And shared again: then a code is asked for.
    chooses(&lin, "设置").await?;
    lin.click("button", "共用电脑").await?;
    lin.sees("登录最长 12 小时").await?;
    lin.reload().await?;
    lin.sees("尚未设锁定码").await?;
    lin.signs_in_at_shared(LIN.login, PASSWORD).await?;
    chooses(&lin, "设置").await?;
    chooses_code(&lin).await?;
    lin.sees("已设锁定码。").await?;
    lin.reload().await?;
    opens_with_code(&lin).await?;
    ensure!(
        databases(&lin).await?.len() == 2,
        "the device's and the account's"
    );
    lin.click("link", "工作台").await?;
    opens_pledges(&lin).await
}

/// Three beats of the app go by, in which nothing takes the focus from what has it.
async fn keeps_the_focus(seat: &Seat, field: &str) -> Result<()> {
    seat.click("textbox", field).await?;
    seat.run_js(
        "globalThis.lost = 0; globalThis.since = performance.now(); \
         addEventListener('blur', () => { lost += 1; }, true);",
        Vec::new(),
    )
    .await?;
    seat.waits_until(
        "three seconds have passed on the page",
        "performance.now() - since > 3000",
    )
    .await?;
    seat.waits_until("nothing took the focus", "lost === 0").await
}

#[tokio::test]
async fn while_nobody_is_signed_in_or_the_screen_is_locked_the_beat_takes_no_focus_away() -> Result<()> {
    let story = Story::begin().await?;
    let lin = Seat::connected(LIN, story.relay.socket()).await?;
    lin.open(&lin.network.url()).await?;
    keeps_the_focus(&lin, "密码").await?;
    lin.signs_in_at_shared(LIN.login, PASSWORD).await?;
    keeps_the_focus(&lin, "再输一次").await?;
    chooses_code(&lin).await?;
    chooses(&lin, "锁定").await?;
    keeps_the_focus(&lin, "锁定码").await?;
    opens_with_code(&lin).await
}
