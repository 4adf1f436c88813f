//! Enterprise settings: asked for whenever the relay is met, kept on the device, and there without a network.

use std::collections::BTreeSet;
use std::rc::Rc;

use shared::limit::SETTING_DIGESTS;
use shared::setting::{Draft, Head, SettingKind};
use wasm_bindgen_futures::spawn_local;

use super::Store;
use super::listen::Topic;
use super::record::{self, CACHE};
use crate::browser::http::settings::Told;
use crate::browser::http::{self, HttpError};
use crate::browser::idb::{Database, Step};

pub mod view;

use view::Settings;

/// Under which key an account's database keeps them.
const SETTINGS: &str = "settings";

/// What this device has, and what its ledgers name.
#[derive(Default)]
pub(super) struct OnDevice {
    shown: Rc<Settings>,
    /// Digests that ledgers name.
    named: BTreeSet<String>,
}

impl OnDevice {
    /// What an account's database has.
    pub(super) async fn read(db: &Database) -> Self {
        let kept = db.get(CACHE, SETTINGS).await.ok().flatten();
        let shown: Option<Settings> = kept.as_deref().and_then(record::read);
        Self {
            shown: Rc::new(shown.unwrap_or_default()),
            named: BTreeSet::new(),
        }
    }

    /// The digests to ask for: named, and not here.
    fn missing(&self) -> Vec<String> {
        let missing = self
            .named
            .iter()
            .filter(|digest| self.shown.of_digest(digest).is_none());
        missing.take(SETTING_DIGESTS).cloned().collect()
    }
}

impl Store {
    /// The enterprise's settings, as this device has them.
    #[must_use]
    pub fn settings(&self) -> Rc<Settings> {
        self.0.state.borrow().settings.shown.clone()
    }

    /// A ledger names versions of settings by these digests: those that are not here are asked for, now and whenever the
    /// relay is met.
    pub fn name_settings(&self, digests: impl IntoIterator<Item = String>) {
        let is_missing = {
            let mut state = self.0.state.borrow_mut();
            state.settings.named.extend(digests);
            !state.settings.missing().is_empty()
        };
        if is_missing {
            self.refresh_settings();
        }
    }

    /// Asks the relay what there is now.
    pub fn refresh_settings(&self) {
        let store = self.clone();
        spawn_local(async move {
            if let Err(why) = store.ask_settings().await {
                tracing::warn!(%why, "the settings could not be asked for");
            }
        });
    }

    /// Has the relay keep a version, and shows what is then. Only the office may.
    ///
    /// # Errors
    ///
    /// Says why it was not kept.
    pub async fn add_setting(&self, draft: &Draft) -> Result<Head, HttpError> {
        let head = http::settings::add(draft).await?;
        if let Err(why) = self.ask_settings().await {
            // It is kept all the same: the page shows what was before until the relay is met again.
            tracing::warn!(%why, "what is now could not be asked");
        }
        Ok(head)
    }

    /// Every version of a setting. Only the office may ask.
    ///
    /// # Errors
    ///
    /// Says why there is no answer.
    pub async fn setting_versions(&self, kind: SettingKind, name: &str) -> Result<Vec<Head>, HttpError> {
        http::settings::versions(kind, name).await
    }

    async fn ask_settings(&self) -> Result<(), HttpError> {
        let (stay, missing, tag) = {
            let state = self.0.state.borrow();
            let missing = state.settings.missing();
            // A tag stands for an answer to which nothing was named.
            let tag = state.settings.shown.tag().filter(|_| missing.is_empty());
            (state.stay, missing, tag.map(str::to_owned))
        };
        let Some(told) = http::settings::settings(&missing, tag.as_deref()).await? else {
            return Ok(());
        };
        if self.0.state.borrow().stay == stay {
            self.show_settings(told, missing.is_empty()).await;
        }
        Ok(())
    }

    async fn show_settings(&self, Told { settings, tag }: Told, is_plain: bool) {
        let (shown, db) = {
            let mut state = self.0.state.borrow_mut();
            let shown = Rc::new(state.settings.shown.told(settings, tag.filter(|_| is_plain)));
            state.settings.shown = shown.clone();
            (shown, state.account.as_ref().map(|account| account.db.clone()))
        };
        self.0.listeners.wake(&[Topic::Settings]);
        let Some(db) = db else { return };
        let kept = Step::Put {
            store: CACHE,
            key: SETTINGS.to_owned(),
            value: record::write(&*shown),
        };
        if let Err(why) = db.write(vec![kept]).await {
            tracing::warn!(%why, "the settings were not kept");
        }
    }
}
