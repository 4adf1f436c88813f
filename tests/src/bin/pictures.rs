//! Takes the pictures in `docs/pictures`: eleven states of the app, in both themes, in a real browser.
//!
//! `cargo run -p tests --bin pictures`

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use tests::officer::Theme;
use tests::{Officer, Proxy, RelayOptions, RelayProcess};

/// The page is as it will stay for now.
const SETTLED: &str =
    "document.querySelector('#main, main') && !document.querySelector('.boot, [aria-busy=true]')";
const PASSWORD: &str = "taizhang-demo-2026";

#[tokio::main]
async fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
    std::fs::create_dir_all(&folder).context("the folder for the pictures")?;
    for theme in [Theme::Light, Theme::Dark] {
        let relay = RelayProcess::start(RelayOptions::new().demo()).await?;
        Session {
            relay,
            folder: folder.clone(),
            theme,
        }
        .take()
        .await?;
    }
    Ok(())
}

/// One run over a fresh demonstration.
struct Session {
    relay: RelayProcess,
    folder: PathBuf,
    theme: Theme,
}

impl Session {
    async fn take(&self) -> Result<()> {
        let near = Proxy::to(self.relay.socket()).await?;
        let far = Proxy::to(self.relay.socket()).await?;
        let mut lin = Officer::named("林知远").await?;
        let mut gu = Officer::named("顾若川").await?;
        lin.set_theme(self.theme).await?;
        gu.set_theme(self.theme).await?;

        lin.open(&near.url()).await?;
        lin.sees("演示账号").await?;
        self.picture(&lin, "sign-in").await?;
        lin.signs_in("linzhiyuan", PASSWORD).await?;
        lin.sees("共 78 条").await?;
        lin.waits_for_sync("synced").await?;
        self.picture(&lin, "ledgers").await?;

        open_pledges(&lin).await?;
        self.picture(&lin, "grid").await?;
        gu.open(&far.url()).await?;
        gu.signs_in("guruochuan", PASSWORD).await?;
        open_pledges(&gu).await?;

        // Both are cut off, and say different things in one cell.
        near.cut();
        far.cut();
        lin.types_in(4, "target", "不少于二十例").await?;
        gu.types_in(4, "target", "二十例，五月底前定稿").await?;
        for (row, text) in [(6, "问题关闭率不低于九成"), (8, "每季度一次"), (9, "全年六次")]
        {
            lin.types_in(row, "target", text).await?;
        }
        lin.waits_for_sync("offline").await?;
        lin.go_to(7, "measure").await?;
        self.picture(&lin, "offline").await?;
        lin.compose(&["q", "qing", "请班组"]).await?;
        self.picture(&lin, "composing").await?;
        lin.cancel_composition().await?;
        lin.press("Escape").await?;

        far.pass();
        gu.waits_for_sync("synced").await?;
        near.pass();
        lin.waits_for_sync("conflict").await?;
        lin.go_to(4, "target").await?;
        lin.choices().await?;
        self.picture(&lin, "conflict").await?;
        lin.press("Escape").await?;
        self.pages(
            &lin,
            &near.url(),
            &[("inbox", "/inbox"), ("settings", "/settings")],
        )
        .await?;

        let mut qin = Officer::named("秦望舒").await?;
        qin.set_theme(self.theme).await?;
        qin.open(&near.url()).await?;
        qin.signs_in("qinwangshu", PASSWORD).await?;
        qin.find("link", "管理").await?;
        let pages = [
            ("accounts", "/admin/accounts"),
            ("devices", "/admin/devices"),
            ("audit", "/admin/audit"),
        ];
        self.pages(&qin, &near.url(), &pages).await
    }

    /// Pictures of these pages, each by its address.
    async fn pages(&self, officer: &Officer, base: &str, pages: &[(&str, &str)]) -> Result<()> {
        for (name, address) in pages {
            officer.open(&format!("{base}{address}")).await?;
            officer.waits_until(name, SETTLED).await?;
            self.picture(officer, name).await?;
        }
        Ok(())
    }

    async fn picture(&self, officer: &Officer, name: &str) -> Result<()> {
        let theme = match self.theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        officer
            .screenshot(&self.folder.join(format!("{name}-{theme}.png")))
            .await
    }
}

async fn open_pledges(officer: &Officer) -> Result<()> {
    officer.sees("2026 年度 承诺践诺").await?;
    officer.click_selector("main a[href^='/ledger/']").await?;
    officer
        .waits_until(
            "the grid has rows",
            "document.querySelectorAll('[role=gridcell]').length > 50",
        )
        .await
}
