//! How an officer's browser is started.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::ClientBuilder;
use fantoccini::wd::TimeoutConfiguration;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::Browser;
use crate::driver::Driver;
use crate::setup;

/// How long a page may take to come, and a script to run: less than our own patience, so that it names the reason.
const DRIVER_PATIENCE: Duration = Duration::from_secs(25);

/// Starts a browser on that profile, with these switches besides the usual.
pub(super) async fn launch(driver: &Driver, profile: &Path, switches: &[String]) -> Result<Browser> {
    let capabilities = capabilities(profile, switches)?;
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&driver.url())
        .await
        .context("the browser does not start")?;
    let pid = client
        .capabilities()
        .and_then(|all| all.get("goog:processID"))
        .and_then(Value::as_u64)
        .and_then(|pid| u32::try_from(pid).ok())
        .context("ChromeDriver does not say which process the browser is")?;
    let session = client.session_id().await?.context("the browser has no session")?;
    let patience = Some(DRIVER_PATIENCE);
    client
        .update_timeouts(TimeoutConfiguration::new(
            patience,
            patience,
            Some(Duration::ZERO),
        ))
        .await?;
    Ok(Browser { client, session, pid })
}

fn capabilities(profile: &Path, switches: &[String]) -> Result<serde_json::Map<String, Value>> {
    let paths = setup::browser()?;
    let arguments = [
        "--no-sandbox",
        "--headless=new",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--window-size=1440,900",
        "--lang=zh-CN",
        // A second tab must go on working as it would on a second screen.
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        "--disable-renderer-backgrounding",
    ];
    let mut arguments: Vec<String> = arguments.map(str::to_owned).into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments.extend_from_slice(switches);
    let capabilities = json!({
        "browserName": "chrome",
        // A page whose pictures hang on a broken network is there all the same.
        "pageLoadStrategy": "eager",
        "unhandledPromptBehavior": "accept",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": paths.chromium,
            "args": arguments,
            "prefs": { "intl.accept_languages": "zh-CN,zh" },
        },
    });
    match capabilities {
        Value::Object(capabilities) => Ok(capabilities),
        other => anyhow::bail!("not an object: {other}"),
    }
}
