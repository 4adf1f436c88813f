//! The modules that name the browser's interfaces, tested inside a real browser.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, io};

use anyhow::{Context, Result, ensure};
use bundle::{Profile, Request};
use serde_json::json;
use tests::setup;

/// How long all of them may take together, in seconds; they need about five.
const LIMIT_SECONDS: &str = "120";

#[test]
fn the_browser_modules_hold_in_a_real_browser() -> Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the crate lies in the workspace")?;
    let paths = setup::browser()?;
    let module = bundle::build_wasm_tests(&Request {
        workspace: workspace.to_owned(),
        // Where the site is built: what the two have in common is compiled once.
        target_dir: workspace.join("target/site"),
        out: workspace.join("target/site/dist"),
        profile: Profile::SiteTest,
        label: None,
    })?;
    let folder = tempfile::tempdir()?;
    let browser = folder.path().join("browser.json");
    let options = json!({ "goog:chromeOptions": { "binary": paths.chromium } });
    fs::write(&browser, options.to_string())?;
    let ran = Command::new(env!("CARGO_BIN_EXE_wasm_tests"))
        .arg(&module)
        .current_dir(folder.path())
        .env("CHROMEDRIVER", &paths.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &browser)
        .env("WASM_BINDGEN_TEST_TIMEOUT", LIMIT_SECONDS)
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30")
        .stdin(Stdio::null())
        .output()?;
    let said = String::from_utf8_lossy(&ran.stdout);
    let complained = String::from_utf8_lossy(&ran.stderr);
    ensure!(ran.status.success(), "{}:\n{said}\n{complained}", ran.status);
    let passed = passed(&said).with_context(|| format!("no result in:\n{said}\n{complained}"))?;
    let written = written(&workspace.join("frontend/tests/browser"))?;
    ensure!(
        passed == written && written > 0,
        "{passed} of {written} tests passed:\n{said}"
    );
    Ok(())
}

/// How many tests passed, as the runner sums up.
fn passed(said: &str) -> Option<usize> {
    let (_, counts) = said.split_once("test result: ok. ")?;
    counts.split_once(" passed")?.0.trim().parse().ok()
}

/// How many tests stand in the sources of a folder.
fn written(folder: &Path) -> io::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let text = fs::read_to_string(entry?.path())?;
        count += text
            .lines()
            .filter(|line| line.trim() == "#[wasm_bindgen_test]")
            .count();
    }
    Ok(count)
}

#[test]
fn the_count_is_read_from_the_sum() {
    assert_eq!(
        passed("x\ntest result: ok. 12 passed; 0 failed; 0 ignored"),
        Some(12)
    );
    assert_eq!(passed("test result: FAILED. 1 passed; 1 failed"), None);
    assert_eq!(passed("no tests to run!"), None);
}
