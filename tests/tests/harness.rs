//! The harness itself, against a page of its own: what an officer does here is what a browser sees there.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use serde_json::{Value, json};
use tests::officer::{Clip, Officer, Theme};
use tests::{Proxy, wait};
use tokio::net::TcpListener;

/// A page with fields, a grid, and a list of every event that its textarea saw.
const PAGE: &str = include_str!("harness/page.html");

/// A service worker that takes over at once and answers every navigation from its cache.
const WORKER: &str = include_str!("harness/worker.js");

async fn site() -> Result<SocketAddr> {
    let javascript = [(header::CONTENT_TYPE, "text/javascript")];
    let site = Router::new()
        .route("/", get(async || Html(PAGE)))
        .route("/worker.js", get(async move || (javascript, WORKER)));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, site).await });
    Ok(address)
}

/// An officer looking at the page.
async fn seated(name: &str) -> Result<Officer> {
    let officer = Officer::named(name).await?;
    officer.open(&format!("http://{}/", site().await?)).await?;
    Ok(officer)
}

async fn events(officer: &Officer) -> Result<Vec<String>> {
    let events = officer
        .run_js("return window.seen.splice(0);", Vec::new())
        .await?;
    Ok(serde_json::from_value(events)?)
}

async fn text(officer: &Officer) -> Result<Value> {
    officer
        .run_js("return document.querySelector('textarea').value;", Vec::new())
        .await
}

#[tokio::test]
async fn typing_causes_the_events_of_a_keyboard() -> Result<()> {
    let ada = seated("typing").await?;
    ada.click("textbox", "备注").await?;
    events(&ada).await?;
    ada.type_text("Q1").await?;
    assert_eq!(text(&ada).await?, json!("Q1"));
    let seen = events(&ada).await?;
    assert_eq!(
        seen,
        [
            "keydown Q",
            "input insertText Q",
            "keyup Q",
            "keydown 1",
            "input insertText 1",
            "keyup 1"
        ]
    );
    ada.type_text("党员").await?;
    assert_eq!(text(&ada).await?, json!("Q1党员"));
    ada.press("Ctrl+A Delete").await?;
    assert_eq!(text(&ada).await?, json!(""));
    ada.press("Shift+Tab").await?;
    ada.waits_until(
        "the focus is on the button before",
        "document.activeElement.tagName === 'BUTTON'",
    )
    .await
}

#[tokio::test]
async fn composing_causes_the_events_of_an_input_method() -> Result<()> {
    let ada = seated("composing").await?;
    ada.click("textbox", "备注").await?;
    events(&ada).await?;
    ada.compose(&["n", "ni", "ni'h"]).await?;
    assert_eq!(text(&ada).await?, json!("ni'h"));
    ada.press_in_input_method("ArrowDown").await?;
    ada.commit_composition("你好").await?;
    assert_eq!(text(&ada).await?, json!("你好"));
    let seen = events(&ada).await?;
    let count = |event: &str| seen.iter().filter(|line| line.starts_with(event)).count();
    assert_eq!(count("compositionstart"), 1, "{seen:?}");
    assert_eq!(count("compositionend 你好"), 1, "{seen:?}");
    assert!(count("keydown Process 229") >= 4, "{seen:?}");
    assert_eq!(count("keydown"), count("keydown Process 229"), "{seen:?}");
    Ok(())
}

#[tokio::test]
async fn a_composition_can_be_given_up() -> Result<()> {
    let ada = seated("giving-up").await?;
    ada.click("textbox", "备注").await?;
    ada.compose(&["b", "bu"]).await?;
    ada.cancel_composition().await?;
    assert_eq!(text(&ada).await?, json!(""));
    let seen = events(&ada).await?;
    assert!(
        seen.iter().any(|line| line.starts_with("compositionend")),
        "{seen:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_block_is_pasted_once_as_html_and_as_text() -> Result<()> {
    let ada = seated("pasting").await?;
    let html = "<table><tbody><tr><td>甲</td><td>1</td></tr></tbody></table>";
    ada.put_in_clipboard(&Clip {
        text: "甲\t1".into(),
        html: Some(html.into()),
    })
    .await?;
    ada.click("textbox", "备注").await?;
    ada.paste().await?;
    ada.waits_until("something was pasted", "window.pasted.length > 0")
        .await?;
    let pasted = ada.run_js("return window.pasted;", Vec::new()).await?;
    assert_eq!(pasted.as_array().map(Vec::len), Some(1), "{pasted}");
    assert_eq!(pasted[0]["text"], json!("甲\t1"));
    let html = pasted[0]["html"].as_str().unwrap_or_default().to_owned();
    assert!(html.contains("<td") && html.contains('甲'), "{html}");
    assert_eq!(text(&ada).await?, json!("甲\t1"));
    Ok(())
}

#[tokio::test]
async fn what_is_copied_lies_in_the_clipboard() -> Result<()> {
    let ada = seated("copying").await?;
    ada.fill("备注", "责任区").await?;
    ada.press("Ctrl+A").await?;
    let clip = ada.copy().await?;
    assert_eq!(clip.text, "责任区");
    Ok(())
}

#[tokio::test]
async fn what_was_stored_strictly_outlives_a_killed_browser() -> Result<()> {
    let mut ada = seated("killed").await?;
    let address = ada.run_js("return location.href;", Vec::new()).await?;
    ada.run_js("return window.store('pledge', '解决漏油');", Vec::new())
        .await?;
    ada.kill().await?;
    assert!(
        ada.open("about:blank").await.is_err(),
        "the browser should be gone"
    );
    ada.reopen().await?;
    ada.open(address.as_str().unwrap_or_default()).await?;
    let kept = ada.run_js("return window.stored('pledge');", Vec::new()).await?;
    assert_eq!(kept, json!("解决漏油"));
    Ok(())
}

#[tokio::test]
async fn a_closed_browser_opens_an_installed_page_without_a_network() -> Result<()> {
    let proxy = Proxy::to(site().await?).await?;
    let mut ada = Officer::named("offline").await?;
    ada.open(&proxy.url()).await?;
    ada.run_js(
        "return navigator.serviceWorker.register('/worker.js').then(() => null);",
        Vec::new(),
    )
    .await?;
    ada.installed().await?;
    ada.close().await?;
    proxy.cut();
    ada.reopen().await?;
    ada.open(&proxy.url()).await?;
    ada.sees("责任区台账").await?;
    let is_cut = "return fetch('/worker.js', { cache: 'no-store' }).then(() => 'reached', () => 'cut');";
    assert_eq!(ada.run_js(is_cut, Vec::new()).await?, json!("cut"));
    Ok(())
}

#[tokio::test]
async fn the_page_is_dark_where_the_system_is_also_in_a_new_tab_and_after_a_restart() -> Result<()> {
    const IS_DARK: &str = "matchMedia('(prefers-color-scheme: dark)').matches";
    let mut ada = seated("dark").await?;
    let address = ada.run_js("return location.href;", Vec::new()).await?;
    let address = address.as_str().unwrap_or_default();
    ada.waits_until("it is light", &format!("!{IS_DARK}")).await?;
    ada.set_theme(Theme::Dark).await?;
    ada.waits_until("it is dark", IS_DARK).await?;
    let folder = tempfile::tempdir()?;
    let picture = folder.path().join("dark.png");
    ada.screenshot(&picture).await?;
    ensure!(is_png(&picture)?, "no picture");
    ada.new_tab().await?;
    ada.open(address).await?;
    ada.waits_until("the new tab is dark", IS_DARK).await?;
    ada.close().await?;
    ada.reopen().await?;
    ada.open(address).await?;
    ada.waits_until("it is dark again", IS_DARK).await
}

fn is_png(path: &Path) -> Result<bool> {
    Ok(std::fs::read(path)?.starts_with(b"\x89PNG"))
}

#[tokio::test]
async fn one_of_two_tabs_can_be_killed_and_the_other_lives() -> Result<()> {
    let ada = seated("tabs").await?;
    let address = ada.run_js("return location.href;", Vec::new()).await?;
    let address = address.as_str().unwrap_or_default();
    let first = ada.current_tab().await?;
    let second = ada.new_tab().await?;
    ada.open(address).await?;
    ada.fill("备注", "second").await?;
    ada.run_js("return window.store('from', 'the second tab');", Vec::new())
        .await?;
    ada.switch_tab(&first).await?;
    assert_eq!(text(&ada).await?, json!(""));
    ada.kill_tab(&second, &first).await?;
    assert_eq!(
        ada.run_js("return window.stored('from');", Vec::new()).await?,
        json!("the second tab")
    );
    let third = ada.new_tab().await?;
    ada.open(address).await?;
    ada.close_tab(&third).await?;
    assert_eq!(text(&ada).await?, json!(""));
    Ok(())
}

#[tokio::test]
async fn a_lock_of_a_killed_tab_goes_to_the_next() -> Result<()> {
    let ada = seated("lock").await?;
    let address = ada.run_js("return location.href;", Vec::new()).await?;
    let first = ada.current_tab().await?;
    let second = ada.new_tab().await?;
    ada.open(address.as_str().unwrap_or_default()).await?;
    let take =
        "navigator.locks.request('writer', () => { window.holds = true; return new Promise(() => {}); });";
    ada.run_js(take, Vec::new()).await?;
    ada.waits_until("the second tab holds the lock", "window.holds")
        .await?;
    ada.switch_tab(&first).await?;
    ada.run_js(take, Vec::new()).await?;
    ada.waits_until("the first tab waits", "!window.holds").await?;
    ada.kill_tab(&second, &first).await?;
    ada.waits_until("the first tab holds the lock", "window.holds")
        .await
}

#[tokio::test]
async fn things_are_found_by_role_and_name_and_clicked_when_they_can_be() -> Result<()> {
    let ada = seated("finding").await?;
    ada.find("heading", "责任区台账").await?;
    assert!(ada.has("button", "清空").await?);
    assert!(!ada.has("button", "上报").await?);
    // The page shows, enables and uncovers the button one after the other.
    ada.click("button", "稍后").await?;
    ada.waits_until("the button was clicked", "window.clicked === 1")
        .await?;
    let chips = ada.sync_chips().await?;
    assert_eq!(chips.len(), 1);
    assert_eq!(
        (chips[0].state.as_str(), chips[0].words.as_str()),
        ("pending", "待上传 3 项")
    );
    assert_eq!(ada.waits_for_sync("pending").await?, "待上传 3 项");
    ada.signs_in("zhang", "a long password").await?;
    ada.waits_until("the form was sent", "window.sent === 'zhang/a long password'")
        .await
}

#[tokio::test]
async fn the_grid_is_read_and_filled_also_where_rows_are_virtual() -> Result<()> {
    let ada = seated("grid").await?;
    let rows = ada.rows().await?;
    assert_eq!(rows.len(), 200);
    assert_eq!(rows[0], ["1", "事项 1", "0"]);
    assert_eq!(rows[199], ["200", "事项 200", "199"]);
    assert_eq!(ada.cell("r150", "承诺事项").await?.text, "事项 150");
    ada.types_in("r150", "measure", "巡检").await?;
    ada.waits_for_cell("r150", "measure", "巡检").await?;
    ada.types_in(3, "measure", "x").await?;
    assert_eq!(ada.cell(3, "measure").await?.text, "x");
    let conflicts = ada.conflicts().await?;
    assert_eq!(conflicts.len(), 1);
    assert_eq!(
        (conflicts[0].row.as_str(), conflicts[0].column.as_str()),
        ("r120", "score")
    );
    ada.go_to("r120", "score").await?;
    let choices = ada.choices().await?;
    assert_eq!(choices.len(), 2);
    assert!(
        choices[0].starts_with("6.5") && choices[1].contains("叶书宁"),
        "{choices:?}"
    );
    ada.adopts("叶书宁").await?;
    ada.waits_for_cell("r120", "score", "4.0").await?;
    assert_eq!(ada.conflicts().await?, []);
    Ok(())
}

#[tokio::test]
async fn what_did_not_happen_is_named_with_the_officer_and_the_console_is_kept() -> Result<()> {
    let ada = seated("failing").await?;
    ada.run_js("console.error('the drawer is stuck');", Vec::new())
        .await?;
    let look = async || Ok(ada.has("button", "上报").await?.then_some(()));
    let waited = wait::until_within(Duration::from_secs(1), "the button is there", look);
    let said = waited.await.map_err(|problem| problem.what);
    assert_eq!(said, Err("the button is there".to_owned()));
    let thrown = ada.run_js("throw new Error('no drawer');", Vec::new()).await;
    let said = thrown
        .err()
        .map(|problem| format!("{problem:#}"))
        .unwrap_or_default();
    assert!(
        said.starts_with("failing runs a script") && said.contains("no drawer"),
        "{said}"
    );
    let console = ada.console();
    assert!(
        console.iter().any(|line| line.contains("the drawer is stuck")),
        "{console:?}"
    );
    Ok(())
}
