//! What every story here does at the administrator's desk.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tests::officer::Clip;
use tests::story::{PASSWORD, QIN, Seat, Story};
use tests::{Officer, wait};

/// How soon a socket closes once its session is over.
pub(crate) const CLOSED: Duration = Duration::from_secs(5);

/// The committee at the top of the demonstration's tree.
pub(crate) const COMMITTEE: &str = "中共青梧装备制造有限公司委员会";

/// What stands on a slip.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Slip {
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) role: String,
    pub(crate) address: String,
    pub(crate) login: String,
    pub(crate) password: String,
}

/// Seats the administrator, with one part of 管理 open.
pub(crate) async fn administers(story: &Story, part: &str) -> Result<Seat> {
    let qin = Seat::connected(QIN, story.relay.socket()).await?;
    qin.open(&qin.network.url()).await?;
    qin.signs_in(QIN.login, PASSWORD).await?;
    qin.click("link", "管理").await?;
    qin.click("tab", part).await?;
    Ok(qin)
}

/// Pastes a sheet where it is asked for.
pub(crate) async fn pastes(officer: &Officer, rows: &[&[&str]]) -> Result<()> {
    let rows: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
    let clip = Clip {
        text: rows.join("\r\n"),
        html: None,
    };
    officer.put_in_clipboard(&clip).await?;
    officer.click("textbox", "在此粘贴").await?;
    officer.paste().await
}

/// The slips that are shown.
pub(crate) async fn slips(officer: &Officer) -> Result<Vec<Slip>> {
    officer.sees("初始密码只显示这一次").await?;
    let ask = "return [...document.querySelectorAll('.slip')].map((slip) => {
        const [name, unit, role, address, login, password] = [...slip.querySelectorAll('dd')].map((one) => one.textContent);
        return { name, unit, role, address, login, password };
    });";
    Ok(serde_json::from_value(officer.run_js(ask, Vec::new()).await?)?)
}

/// Answers the question that is asked.
pub(crate) async fn confirms(officer: &Officer) -> Result<()> {
    officer.click_selector("button[form=confirm]").await
}

/// Narrows the list of accounts down to one, and presses a button of its line.
pub(crate) async fn at_account(officer: &Officer, name: &str, button: &str) -> Result<()> {
    officer.fill("查找姓名、账号", name).await?;
    officer.click("button", &format!("{button}：{name}")).await
}

/// Waits until the header asks to sign in, as soon as a socket has to close.
pub(crate) async fn is_cut_off(officer: &Officer) -> Result<()> {
    wait::until_within(CLOSED, "the header asks to sign in", async || {
        let chips = officer.sync_chips().await?;
        let asks = chips.iter().any(|chip| chip.words == "请登录后上传");
        ensure!(asks, "it says {chips:?}");
        Ok(Some(()))
    })
    .await?;
    Ok(())
}

/// What the lines of the table that is shown say, cell by cell.
pub(crate) async fn table(officer: &Officer) -> Result<Vec<Vec<String>>> {
    let ask = "return [...document.querySelectorAll('.table tbody tr')].map((line) => \
               [...line.querySelectorAll('td')].map((cell) => cell.innerText.trim()));";
    Ok(serde_json::from_value(officer.run_js(ask, Vec::new()).await?)?)
}

/// Whether the page says this now.
pub(crate) async fn says(officer: &Officer, text: &str) -> Result<bool> {
    let page = officer
        .run_js("return document.body.innerText;", Vec::new())
        .await?;
    Ok(page.as_str().context("the page is text")?.contains(text))
}
