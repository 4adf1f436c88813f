//! A new version: it waits until it is asked for, loses nothing, and is taken at the next cold start anyway.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use tempfile::TempDir;
use tests::story::{LIN, Seat, Story};
use tests::{RelayOptions, site, wait};

/// After any fault everything heals by itself within this time.
const HEALS_WITHIN: Duration = Duration::from_mins(1);

/// A relay whose app is at first the older of two versions.
struct Published {
    story: Story,
    site: PathBuf,
    newer: PathBuf,
    _folder: TempDir,
}

impl Published {
    async fn older() -> Result<Self> {
        let (older, newer) = (site::labelled("older").await?, site::labelled("newer").await?);
        let folder = tempfile::tempdir()?;
        let site = folder.path().join("site");
        symlink(older, &site)?;
        let options = RelayOptions::new()
            .argument("--site")
            .argument(site.to_string_lossy());
        let story = Story::begin_with(options).await?;
        Ok(Self {
            story,
            site,
            newer,
            _folder: folder,
        })
    }

    /// Puts the newer version into the place of the older, as an administrator does: the relay is stopped meanwhile.
    async fn newer(&mut self) -> Result<()> {
        self.story.relay.stop().await?;
        replace(&self.site, &self.newer)?;
        self.story.relay.restart().await
    }
}

fn replace(link: &Path, target: &Path) -> Result<()> {
    fs::remove_file(link)?;
    Ok(symlink(target, link)?)
}

/// Waits until the app has found the relay again, by itself.
async fn heals(seat: &Seat) -> Result<()> {
    wait::until_within(HEALS_WITHIN, "the app has found the relay again", async || {
        let chips = seat.sync_chips().await?;
        anyhow::ensure!(
            chips.iter().any(|chip| chip.state == "synced"),
            "the header says {chips:?}"
        );
        Ok(Some(()))
    })
    .await?;
    Ok(())
}

/// Looks for a new version now, as the app does by itself from time to time.
async fn looks_for_a_new_version(seat: &Seat) -> Result<()> {
    let look =
        "return navigator.serviceWorker.getRegistration().then((known) => known.update()).then(() => null);";
    seat.run_js(look, Vec::new()).await?;
    Ok(())
}

/// Waits until the page is one of the version with this label.
async fn runs(seat: &Seat, label: &str) -> Result<()> {
    let version = "document.querySelector('meta[name=taizhang-version]').content";
    seat.waits_until(
        &format!("the {label} version runs"),
        &format!("{version}.endsWith('+{label}')"),
    )
    .await
}

#[tokio::test]
async fn a_new_version_waits_until_it_is_asked_for_and_loses_nothing() -> Result<()> {
    let mut published = Published::older().await?;
    let lin = published.story.seat(LIN).await?;
    let (ledger, rows) = (lin.ledger().await?, lin.table().await?.rows);
    let first = lin.current_tab().await?;
    let second = lin.new_tab().await?;
    lin.opens_ledger(ledger).await?;
    runs(&lin, "older").await?;
    published.newer().await?;
    heals(&lin).await?;
    looks_for_a_new_version(&lin).await?;
    lin.sees("新版本已就绪").await?;

    // Nobody is interrupted: while a cell is written it cannot be asked for.
    lin.switch_tab(&first).await?;
    lin.sees("新版本已就绪").await?;
    runs(&lin, "older").await?;
    lin.go_to(&rows[0], "target").await?;
    lin.type_text("half").await?;
    lin.waits_until_with("the update waits for the cell", async |officer| {
        Ok(officer.find("button", "更新").await?.disabled.then_some(()))
    })
    .await?;
    lin.type_text(" and half").await?;

    // Without a network: what was typed is on the device, and the new version is there already.
    lin.goes_offline();
    lin.press("Enter").await?;
    lin.click("button", "更新").await?;
    runs(&lin, "newer").await?;
    lin.waits_for_cell(&rows[0], "target", "half and half").await?;
    lin.waits_for_sync("pending").await?;
    assert!(!lin.has("button", "更新").await?, "there is nothing newer");

    // The other tab goes on as it was, and is told.
    lin.switch_tab(&second).await?;
    runs(&lin, "older").await?;
    lin.sees("新版本已就绪").await?;
    lin.waits_for_cell(&rows[0], "target", "half and half").await?;
    lin.types_in(&rows[1], "target", "still older").await?;
    lin.comes_back().await?;
    lin.waits_for_sync("synced").await?;
    lin.click("button", "更新").await?;
    runs(&lin, "newer").await?;
    lin.waits_for_cell(&rows[1], "target", "still older").await?;

    let before = published.story.demo_log_of(ledger).await?.len();
    published.story.relay.stop().await?;
    assert_eq!(
        published.story.log_of(ledger)?.len() - before,
        2,
        "each of the two edits is in the log once"
    );
    Ok(())
}

#[tokio::test]
async fn a_new_version_nobody_asked_for_is_taken_when_the_browser_is_opened_again() -> Result<()> {
    let mut published = Published::older().await?;
    let mut lin = published.story.seat(LIN).await?;
    let ledger = lin.ledger().await?;
    published.newer().await?;
    heals(&lin).await?;
    looks_for_a_new_version(&lin).await?;
    lin.sees("新版本已就绪").await?;
    runs(&lin, "older").await?;
    lin.close().await?;
    lin.goes_offline();
    lin.reopen().await?;
    lin.opens_ledger(ledger).await?;
    runs(&lin, "newer").await
}
