//! What was on screen and in the console, on purpose or because something failed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use serde_json::Value;

use super::Officer;
use crate::{failing, place};

/// How many lines of the console are printed when a test fails.
const CONSOLE_LINES: usize = 60;

impl Officer {
    /// Keeps a picture of the page at `path`, as PNG.
    ///
    /// # Errors
    ///
    /// When there is no picture, or it cannot be written.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        let picture = self
            .told("takes a picture", async {
                Ok(self.client()?.screenshot().await?)
            })
            .await?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, picture).with_context(|| format!("cannot write {}", path.display()))
    }

    /// What the consoles of this browser's pages have said so far, oldest first.
    #[must_use]
    pub fn console(&self) -> Vec<String> {
        self.gather_console();
        self.console
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps what was on screen when something failed, the first time.
    pub(super) fn witness(&self, problem: anyhow::Error) -> anyhow::Error {
        failing::note();
        self.show(&format!("{problem:#}"));
        problem
    }

    /// Prints the console and keeps a picture, the first time.
    pub(super) fn show(&self, why: &str) {
        if self.witnessed.swap(true, Ordering::Relaxed) {
            return;
        }
        let console = self.console();
        let tail = console[console.len().saturating_sub(CONSOLE_LINES)..].join("\n  ");
        let picture = match self.keep_picture() {
            Ok(path) => path.display().to_string(),
            Err(problem) => format!("none: {problem:#}"),
        };
        eprintln!("{}: {why}\n  picture: {picture}\n  {tail}", self.name);
    }

    /// Moves what the driver has noted of the consoles to our own list; the driver forgets it then.
    pub(super) fn gather_console(&self) {
        let Some(browser) = &self.browser else { return };
        let path = format!("/session/{}/se/log", browser.session);
        // A dead browser says nothing more; what it said before is kept.
        let Ok(Value::Array(entries)) = self.driver.ask("POST", &path, r#"{"type":"browser"}"#) else {
            return;
        };
        let lines = entries.iter().map(|entry| {
            let part = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            format!("[{}] {}", part("level").to_lowercase(), part("message"))
        });
        self.console
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(lines);
    }

    fn keep_picture(&self) -> Result<PathBuf> {
        static TAKEN: AtomicUsize = AtomicUsize::new(0);
        let browser = self.browser.as_ref().context("the browser is closed")?;
        let answer = self
            .driver
            .ask("GET", &format!("/session/{}/screenshot", browser.session), "")?;
        let picture = from_base64(answer.as_str().context("the browser gave no picture")?);
        let folder = place::target_folder()?.join("officers");
        fs::create_dir_all(&folder)?;
        let number = TAKEN.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{}-{}-{number}.png", self.name, std::process::id()));
        fs::write(&path, picture)?;
        Ok(path)
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held).to_le_bytes()[0]);
        }
    }
    bytes
}
