//! The page 待办与冲突, as an officer reads and uses it.

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use tests::Officer;
use tests::story::Seat;

/// One change as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Line {
    /// By what its rows are found again.
    pub(crate) id: String,
    /// All it says.
    pub(crate) text: String,
}

/// Opens the page by its entry in the navigation.
pub(crate) async fn opens_inbox(seat: &Seat) -> Result<()> {
    seat.click_selector(".side-link[href='/inbox']").await?;
    seat.find("heading", "待办与冲突").await.map(|_| ())
}

/// What one of the lists says now: `review` or `mine`.
async fn lines(officer: &Officer, list: &str) -> Result<Vec<Line>> {
    let ask = "return [...document.querySelectorAll(`[data-list=${arguments[0]}] tbody.held-change`)] \
               .map((change) => ({ id: change.dataset.change, text: change.innerText.replace(/\\s+/g, ' ') }));";
    Ok(serde_json::from_value(
        officer.run_js(ask, vec![json!(list)]).await?,
    )?)
}

/// Waits until a list has so many changes, one for each of these that says all of it; gives them in this order, whatever
/// the order of the list.
pub(crate) async fn lists(seat: &Seat, list: &str, wanted: &[&[&str]]) -> Result<Vec<Line>> {
    let what = format!("{list} lists {} changes", wanted.len());
    seat.waits_until_with(&what, async |officer| {
        let lines = lines(officer, list).await?;
        ensure!(lines.len() == wanted.len(), "it lists {lines:?}");
        let found = wanted.iter().map(|words| {
            let says = |line: &&Line| words.iter().all(|word| line.text.contains(word));
            let line = lines.iter().find(says);
            line.cloned()
                .with_context(|| format!("none says {words:?} of {lines:?}"))
        });
        Ok(Some(found.collect::<Result<Vec<_>>>()?))
    })
    .await
}

/// Clicks a button of one change.
pub(crate) async fn clicks(seat: &Seat, line: &Line, button: &str) -> Result<()> {
    let at = match button {
        "审入" => 1,
        "不予审入" => 2,
        _ => bail!("no such button: {button}"),
    };
    let id = &line.id;
    seat.click_selector(&format!(
        "[data-change='{id}'] .held-actions button:nth-child({at})"
    ))
    .await
}

/// Ticks one change.
pub(crate) async fn ticks(seat: &Seat, line: &Line) -> Result<()> {
    let id = &line.id;
    seat.click_selector(&format!("[data-change='{id}'] input[type=checkbox]"))
        .await
}

/// What the entry of the navigation counts.
pub(crate) async fn counts(seat: &Seat, wanted: u32) -> Result<()> {
    seat.waits_until_with(&format!("{wanted} are counted"), async |officer| {
        let ask =
            "return document.querySelector(\".side-link[href='/inbox'] .side-count\")?.innerText ?? '0';";
        let count = officer.run_js(ask, Vec::new()).await?;
        ensure!(count == Value::String(wanted.to_string()), "it says {count}");
        Ok(Some(()))
    })
    .await
}
