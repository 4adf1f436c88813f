//! Browsers are killed, closed and opened again, and tabs come and go.

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::json;
use tests::Proxy;
use tests::officer::{Officer, Theme};

use crate::{seated, site, text};

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
