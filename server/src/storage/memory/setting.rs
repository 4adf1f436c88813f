//! Versions of enterprise settings.

use shared::setting::{Draft, Head, Setting};

use super::Tables;
use crate::storage::{By, StorageError};

impl Tables {
    pub(super) fn add_setting(&mut self, by: &By, draft: &Draft) -> Result<(), StorageError> {
        let same = |setting: &&Setting| setting.kind == draft.kind && setting.name == draft.name;
        let versions = self.settings.iter().filter(same).map(|setting| setting.version);
        let newest = versions.max().unwrap_or(0);
        if newest != draft.after {
            return Err(StorageError::Overtaken { newest });
        }
        self.settings.push(draft.clone().made(by.account, by.at));
        Ok(())
    }

    pub(super) fn setting_heads(&self) -> Vec<Head> {
        let mut heads: Vec<Head> = self.settings.iter().map(Setting::head).collect();
        heads.sort_by_cached_key(|head| (head.kind.code(), head.name.clone(), head.version));
        heads
    }

    pub(super) fn whole_settings(&self, heads: Vec<Head>) -> Result<Vec<Setting>, StorageError> {
        let whole = |head: Head| {
            let same = |setting: &&Setting| {
                setting.kind == head.kind && setting.name == head.name && setting.version == head.version
            };
            let found = self.settings.iter().find(same).ok_or(StorageError::Gone)?;
            Ok(head.with_body(found.body.clone()))
        };
        heads.into_iter().map(whole).collect()
    }
}
