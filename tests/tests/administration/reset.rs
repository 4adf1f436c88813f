//! Passwords: set anew by a one-time code, and changed by their owner.

use anyhow::{Context, Result, ensure};
use tests::Officer;
use tests::story::{GU, PASSWORD, Seat, Story};

use crate::desk::{administers, at_account, confirms, is_cut_off, says};

const BY_CODE: &str = "凭重置码设的新的密码";
const BY_OWNER: &str = "自己改过的密码更好记";

async fn uses(officer: &Officer, code: &str, password: &str) -> Result<()> {
    officer.fill("账号", GU.login).await?;
    officer.fill("重置码", code).await?;
    officer.fill("新密码", password).await?;
    officer.fill("再输一次新密码", password).await?;
    officer.click("button", "重设密码").await
}

#[tokio::test]
async fn a_reset_code_works_once_and_an_owner_changes_his_password_by_himself() -> Result<()> {
    let story = Story::begin().await?;
    let gu = story.seat(GU).await?;
    let qin = administers(&story, "账号").await?;
    at_account(&qin, GU.name, "重置码").await?;
    confirms(&qin).await?;
    qin.sees("只显示这一次").await?;
    let code = qin
        .run_js(
            "return document.querySelector('[data-code]').textContent;",
            Vec::new(),
        )
        .await?;
    let code = code.as_str().context("a code is text")?.to_owned();
    qin.click_selector("dialog .dialog-actions button").await?;
    ensure!(!says(&qin, &code).await?, "it is shown once");

    let other = Seat::connected(GU, story.relay.socket()).await?;
    other.open(&other.network.url()).await?;
    other.click("link", "使用一次性重置码").await?;
    uses(&other, "不是这个码", BY_CODE).await?;
    other.sees("账号或重置码不对").await?;
    // All sessions there were end with the old password.
    uses(&other, &code, BY_CODE).await?;
    other.sees("密码已重设").await?;
    is_cut_off(&gu).await?;
    other.reload().await?;
    uses(&other, &code, "第二次使用同一个重置码").await?;
    other.sees("账号或重置码不对").await?;
    other.click("link", "返回登录").await?;
    other.signs_in(GU.login, PASSWORD).await?;
    other.sees("账号或密码不对").await?;
    other.signs_in(GU.login, BY_CODE).await?;
    other.waits_for_sync("synced").await?;

    other.click_selector("#person").await?;
    other.click("button", "修改密码").await?;
    other.fill("原密码", BY_CODE).await?;
    other.fill("新密码", BY_OWNER).await?;
    other.fill("再输一次新密码", BY_OWNER).await?;
    other.click("button", "修改密码").await?;
    other.sees("密码已修改").await?;
    // This device goes on with its new session.
    other.waits_for_sync("synced").await?;
    gu.click_selector("[data-sync=sign-in]").await?;
    gu.signs_in(GU.login, BY_OWNER).await?;
    gu.waits_for_sync("synced").await.map(|_| ())
}
