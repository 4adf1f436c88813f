//! The tabs of an officer's browser.

use anyhow::{Context, Result};
use fantoccini::wd::WindowHandle;
use serde_json::json;

use super::Officer;

/// One tab; it stays the same tab whatever it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(WindowHandle);

impl Officer {
    /// Opens an empty tab and turns to it.
    ///
    /// # Errors
    ///
    /// When the browser opens none.
    pub async fn new_tab(&self) -> Result<Tab> {
        let opened = async {
            let handle = self.client()?.new_window(true).await?.handle;
            Ok(Tab(handle))
        };
        let tab = self.told("opens a tab", opened).await?;
        self.switch_tab(&tab).await?;
        Ok(tab)
    }

    /// The tab that the officer is looking at.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn current_tab(&self) -> Result<Tab> {
        self.told("looks at a tab", async {
            Ok(Tab(self.client()?.window().await?))
        })
        .await
    }

    /// Turns to a tab.
    ///
    /// # Errors
    ///
    /// When it is gone.
    pub async fn switch_tab(&self, tab: &Tab) -> Result<()> {
        let switched = async {
            self.client()?.switch_to_window(tab.0.clone()).await?;
            self.devtools("Page.bringToFront", json!({})).await?;
            Ok(())
        };
        self.told("turns to a tab", switched).await?;
        self.apply_theme().await
    }

    /// Closes a tab and turns to another, if one is left.
    ///
    /// # Errors
    ///
    /// When it is gone already.
    pub async fn close_tab(&self, tab: &Tab) -> Result<()> {
        let closed = async {
            let client = self.client()?;
            client.switch_to_window(tab.0.clone()).await?;
            client.close_window().await?;
            Ok(client.windows().await?)
        };
        match self.told("closes a tab", closed).await?.first() {
            Some(next) => self.switch_tab(&Tab(next.clone())).await,
            None => Ok(()),
        }
    }

    /// Kills the process behind a tab, as a crash would, and turns to `next`.
    ///
    /// # Errors
    ///
    /// When the tab goes on living.
    pub async fn kill_tab(&self, tab: &Tab, next: &Tab) -> Result<()> {
        let killed = async {
            self.client()?.switch_to_window(tab.0.clone()).await?;
            // The answer is an error when it works: there is nobody left to give another.
            let answer = self.devtools("Page.crash", json!({})).await;
            let problem = answer.err().context("the tab survived being killed")?;
            anyhow::ensure!(format!("{problem:#}").contains("crash"), problem);
            Ok(())
        };
        self.told("kills a tab", killed).await?;
        self.switch_tab(next).await
    }
}
