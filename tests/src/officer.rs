//! A person at a browser of their own.
//!
//! The profile folder outlives the browser: it can be closed or killed, and opened again with all it had stored.
//! No test names `WebDriver`; what a test can do is what a person can do, and what breaks is what breaks for people.

mod command;
mod find;
mod grid;
mod input;
mod keys;
mod launch;
mod page;
mod screenshot;
mod selectors;
mod tabs;

use std::future::Future;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};
use fantoccini::Client;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Driver;
use crate::wait::{self, PATIENCE};
use crate::{failing, plant, process, setup};

pub use find::Seen;
pub use grid::{Cell, Conflict, Row, SeenRow};
pub use input::Clip;
pub use page::SyncChip;
pub use tabs::Tab;

/// Light or dark, as the system asks the browser to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A person at a browser; dropping it ends the browser and, if the test is failing, shows what was on screen.
#[derive(Debug)]
pub struct Officer {
    name: String,
    /// What its browser is started with besides the usual.
    switches: Vec<String>,
    theme: Theme,
    browser: Option<Browser>,
    /// What the pages' consoles have said so far.
    console: Mutex<Vec<String>>,
    /// Whether the picture of a failure was already taken: the first one shows the cause.
    witnessed: AtomicBool,
    driver: Driver,
    profile: TempDir,
}

/// A browser while it is open.
#[derive(Debug)]
struct Browser {
    client: Client,
    session: String,
    pid: u32,
}

impl Officer {
    /// Seats a person at an empty browser; the name is for messages and pictures.
    ///
    /// # Errors
    ///
    /// When no browser can be had on this machine, or it does not start.
    pub async fn named(name: &str) -> Result<Self> {
        Self::named_with(name, &[]).await
    }

    /// As [`Self::named`], with switches for the browser's command line.
    ///
    /// # Errors
    ///
    /// As [`Self::named`].
    pub async fn named_with(name: &str, switches: &[&str]) -> Result<Self> {
        Self::trusting(name, switches, None).await
    }

    /// As [`Self::named_with`], at a browser that trusts an authority besides those it knows.
    ///
    /// # Errors
    ///
    /// As [`Self::named`], and when the authority's certificate cannot be installed.
    pub async fn trusting(name: &str, switches: &[&str], authority: Option<&Path>) -> Result<Self> {
        let paths = tokio::task::spawn_blocking(setup::browser).await??;
        let profile = tempfile::tempdir()?;
        if let Some(authority) = authority {
            plant::install(authority, profile.path())?;
        }
        let mut officer = Self {
            name: name.to_owned(),
            switches: switches.iter().map(|&switch| switch.to_owned()).collect(),
            theme: Theme::Light,
            browser: None,
            console: Mutex::default(),
            witnessed: AtomicBool::new(false),
            driver: Driver::start(&paths.driver, profile.path()).await?,
            profile,
        };
        officer.reopen().await?;
        Ok(officer)
    }

    /// Goes to an address and waits until the document is there.
    ///
    /// # Errors
    ///
    /// When it cannot be reached in time.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.told(&format!("opens {url}"), async {
            Ok(self.client()?.goto(url).await?)
        })
        .await
    }

    /// Loads the page again.
    ///
    /// # Errors
    ///
    /// When it does not come in time.
    pub async fn reload(&self) -> Result<()> {
        self.told("reloads the page", async { Ok(self.client()?.refresh().await?) })
            .await
    }

    /// Closes the browser as a person does, all tabs at once.
    ///
    /// # Errors
    ///
    /// When it is not open, or does not close in time.
    pub async fn close(&mut self) -> Result<()> {
        self.gather_console();
        let Browser { client, pid, .. } = self.browser.take().context("the browser is not open")?;
        tokio::time::timeout(PATIENCE, client.close())
            .await
            .with_context(|| format!("{} waited in vain for the browser to close", self.name))??;
        tokio::task::spawn_blocking(move || process::kill_tree(pid)).await?;
        Ok(())
    }

    /// Kills the browser with all its processes, as a power cut would.
    ///
    /// # Errors
    ///
    /// When it is not open.
    pub async fn kill(&mut self) -> Result<()> {
        self.gather_console();
        let Browser { client, pid, .. } = self.browser.take().context("the browser is not open")?;
        tokio::task::spawn_blocking(move || process::kill_tree(pid)).await?;
        // The driver only learns now that its browser is gone, and may say so.
        tokio::time::timeout(PATIENCE, client.close()).await.ok();
        Ok(())
    }

    /// Opens the browser again on the same profile, with one empty tab.
    ///
    /// # Errors
    ///
    /// When it is open already, or does not start.
    pub async fn reopen(&mut self) -> Result<()> {
        anyhow::ensure!(
            self.browser.is_none(),
            "the browser of {} is open already",
            self.name
        );
        let browser = launch::launch(&self.driver, self.profile.path(), &self.switches);
        self.browser = Some(
            tokio::time::timeout(PATIENCE, browser)
                .await
                .with_context(|| format!("the browser of {} did not start in time", self.name))??,
        );
        self.apply_theme().await
    }

    /// Asks the pages of this browser to be light or dark, now and later.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn set_theme(&mut self, theme: Theme) -> Result<()> {
        self.theme = theme;
        self.apply_theme().await
    }

    /// Runs a script in the page; a promise it returns is waited for.
    ///
    /// # Errors
    ///
    /// When it throws, or takes too long.
    pub async fn run_js(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.told("runs a script", self.execute(script, arguments)).await
    }

    /// Waits until a JavaScript expression is true in the page; `what` says so in words.
    ///
    /// # Errors
    ///
    /// When it does not come true in time.
    pub async fn waits_until(&self, what: &str, expression: &str) -> Result<()> {
        let script = format!("return Boolean({expression});");
        self.waits_until_with(what, async |officer| {
            let is_true = officer.execute(&script, Vec::new()).await?;
            Ok((is_true == Value::Bool(true)).then_some(()))
        })
        .await
    }

    /// Waits until `look` finds something, and gives it; `what` says in words what it looks for.
    ///
    /// # Errors
    ///
    /// When it finds nothing in time.
    pub async fn waits_until_with<T>(
        &self,
        what: &str,
        mut look: impl AsyncFnMut(&Self) -> Result<Option<T>>,
    ) -> Result<T> {
        let waited = wait::until(what, async || look(self).await).await;
        waited.map_err(|problem| self.witness(anyhow::Error::new(problem).context(self.name.clone())))
    }

    /// The name given to [`Self::named`].
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    async fn apply_theme(&self) -> Result<()> {
        let value = match self.theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.told(
            "sets the theme",
            self.devtools("Emulation.setEmulatedMedia", features),
        )
        .await?;
        Ok(())
    }

    async fn execute(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client()?.execute(script, arguments).await?)
    }

    fn client(&self) -> Result<&Client> {
        let browser = self.browser.as_ref();
        browser
            .map(|browser| &browser.client)
            .with_context(|| format!("the browser of {} is closed", self.name))
    }

    /// Bounds an action in time and, where it fails, keeps what was on screen.
    async fn told<T>(&self, what: &str, action: impl Future<Output = Result<T>>) -> Result<T> {
        let done = match tokio::time::timeout(PATIENCE, action).await {
            Ok(done) => done,
            Err(_) => Err(anyhow::anyhow!("no answer in {} s", PATIENCE.as_secs())),
        };
        done.map_err(|problem| self.witness(problem.context(format!("{} {what}", self.name))))
    }
}

impl Drop for Officer {
    fn drop(&mut self) {
        if failing::is_failing() {
            self.show("the test is failing");
        }
        if let Some(browser) = self.browser.take() {
            process::kill_tree(browser.pid);
        }
    }
}
