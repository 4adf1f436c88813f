//! What ChromeDriver offers beyond the standard.

use std::path::Path;

use anyhow::Result;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::Officer;

/// One command of the browser's developer tools.
#[derive(Debug)]
struct DevTools {
    body: String,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.clone()))
    }
}

impl Officer {
    /// Has a script run in this tab before the scripts of every page that is opened from now on, as if the browser
    /// itself were otherwise.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn is_otherwise(&self, script: &str) -> Result<()> {
        let added = async {
            self.devtools(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": script }),
            )
            .await?;
            Ok(())
        };
        self.told("changes the browser", added).await
    }

    /// Loses every cookie of this browser, the session's among them.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn loses_cookies(&self) -> Result<()> {
        let cleared = async {
            self.devtools("Network.clearBrowserCookies", json!({})).await?;
            Ok(())
        };
        self.told("loses its cookies", cleared).await
    }

    /// Has the browser put whatever it downloads into this folder.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn downloads_to(&self, folder: &Path) -> Result<()> {
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
        let set = async {
            self.devtools("Browser.setDownloadBehavior", behaviour).await?;
            Ok(())
        };
        self.told("names a folder for downloads", set).await
    }

    /// Clicks away the warning of a certificate that the browser does not trust, as people do who want to get on.
    ///
    /// # Errors
    ///
    /// When there is no such warning.
    pub async fn clicks_the_warning_away(&self) -> Result<()> {
        self.waits_until("the browser warns", "document.body.classList.contains('ssl')")
            .await?;
        self.run_js("document.getElementById('details-button').click();", Vec::new())
            .await?;
        self.run_js("document.getElementById('proceed-link').click();", Vec::new())
            .await?;
        self.waits_until("the warning is gone", "!document.body?.classList.contains('ssl')")
            .await
    }

    /// Asks the developer tools of the current tab.
    pub(super) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": parameters }).to_string();
        Ok(self.client()?.issue_cmd(DevTools { body }).await?)
    }
}
