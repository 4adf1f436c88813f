//! Questions to the page, and what its header says.

use anyhow::Result;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Officer, selectors};

/// The functions every question may use.
const FUNCTIONS: &str = include_str!("page.js");

/// One of the words of the sync language, as shown in the header.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SyncChip {
    /// Which state it stands for.
    pub state: String,
    /// What it says to a person.
    pub words: String,
}

impl Officer {
    /// Waits until the page is controlled by a service worker, so that it would open without a network.
    ///
    /// # Errors
    ///
    /// When that does not happen in time.
    pub async fn installed(&self) -> Result<()> {
        self.waits_until_with("the app is installed for offline use", async |officer| {
            let ask = "const container = navigator.serviceWorker; \
                       const known = await container.getRegistration(); \
                       return known?.active?.state === 'activated' && Boolean(container.controller);";
            Ok(officer.ask::<bool>(ask, Value::Null).await?.then_some(()))
        })
        .await
    }

    /// What the header says about sync.
    ///
    /// # Errors
    ///
    /// When the page does not answer.
    pub async fn sync_chips(&self) -> Result<Vec<SyncChip>> {
        let ask = "return [...document.querySelectorAll(S.sync)].filter(isShown) \
                   .map((chip) => ({ state: chip.getAttribute(S.syncState), words: squeeze(chip.innerText) }));";
        self.told("reads the header", self.ask(ask, Value::Null)).await
    }

    /// Waits until the header shows a state of the sync language, and gives its words.
    ///
    /// # Errors
    ///
    /// When it does not in time.
    pub async fn waits_for_sync(&self, state: &str) -> Result<String> {
        self.waits_until_with(&format!("the header shows sync state {state}"), async |officer| {
            let chips = officer.sync_chips().await?;
            let words = chips
                .iter()
                .find(|chip| chip.state == state)
                .map(|chip| chip.words.clone());
            anyhow::ensure!(words.is_some(), "it shows {chips:?}");
            Ok(words)
        })
        .await
    }

    /// Waits until the header says just this of a state: a count may pass through others on its way.
    ///
    /// # Errors
    ///
    /// When it does not in time.
    pub async fn waits_for_words(&self, state: &str, words: &str) -> Result<()> {
        self.waits_until_with(&format!("the header says {words:?}"), async |officer| {
            let chips = officer.sync_chips().await?;
            let says = chips
                .iter()
                .any(|chip| chip.state == state && chip.words == words);
            anyhow::ensure!(says, "it shows {chips:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Waits until some text can be read on the page.
    ///
    /// # Errors
    ///
    /// When it cannot in time.
    pub async fn sees(&self, text: &str) -> Result<()> {
        self.waits_until_with(&format!("the page says {text:?}"), async |officer| {
            let is_there = "return document.body.innerText.includes(args);";
            Ok(officer.ask::<bool>(is_there, text.into()).await?.then_some(()))
        })
        .await
    }

    /// Runs a script with [`FUNCTIONS`], `S` and `args` at hand, without a picture when it fails.
    pub(super) async fn ask<T: DeserializeOwned>(&self, body: &str, args: Value) -> Result<T> {
        let script = format!(
            "const S = {};\nconst args = arguments[0];\n{FUNCTIONS}\nreturn (async () => {{ {body} }})();",
            selectors::selectors()
        );
        Ok(serde_json::from_value(self.execute(&script, vec![args]).await?)?)
    }
}
