//! The enterprise's settings as this device has them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::limit::SETTING_DIGESTS;
use shared::setting::{self, Setting, SettingKind};

/// The newest version of each setting, and older ones that ledgers may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// By what the relay knows again what it told last.
    tag: Option<String>,
    /// What is newest, by the relay's last word.
    newest: Vec<Setting>,
    /// Other versions that the relay has told once.
    others: Vec<Setting>,
    /// What is part of the program: never kept, since another program has another.
    #[serde(skip, default = "setting::defaults")]
    built_in: Vec<Setting>,
}

impl Default for Settings {
    /// What is built in.
    fn default() -> Self {
        Self {
            tag: None,
            newest: Vec::new(),
            others: Vec::new(),
            built_in: setting::defaults(),
        }
    }
}

impl Settings {
    /// The newest version of a setting; what is built in where nobody has edited it.
    #[must_use]
    pub fn newest(&self, kind: SettingKind, name: &str) -> Option<&Setting> {
        let told = setting::newest(&self.newest, kind, name);
        told.or_else(|| setting::newest(&self.built_in, kind, name))
    }

    /// The newest version of every setting of a kind, by name.
    #[must_use]
    pub fn of_kind(&self, kind: SettingKind) -> Vec<&Setting> {
        let all = self.built_in.iter().chain(&self.newest);
        let of_kind = all.filter(|setting| setting.kind == kind);
        let by_name = of_kind.map(|setting| (setting.name.as_str(), setting));
        by_name.collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// Every version of a kind that this device has.
    pub fn versions(&self, kind: SettingKind) -> impl Iterator<Item = &Setting> {
        let all = self.newest.iter().chain(&self.others).chain(&self.built_in);
        all.filter(move |setting| setting.kind == kind)
    }

    /// The version that a ledger names; none if this device does not have it.
    #[must_use]
    pub fn of_digest(&self, digest: &str) -> Option<&Setting> {
        let all = self.newest.iter().chain(&self.others).chain(&self.built_in);
        let mut all = all.filter(|setting| setting.digest == digest);
        all.next()
    }

    pub(super) fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The same once the relay has told more: what is newest is its word alone, older versions stay, so that a ledger can
    /// be read offline whose version was newest yesterday.
    pub(super) fn told(&self, told: Vec<Setting>, tag: Option<String>) -> Self {
        let mut newest: BTreeMap<(SettingKind, String), Setting> = BTreeMap::new();
        let mut others = Vec::new();
        for setting in told {
            let key = (setting.kind, setting.name.clone());
            match newest.get_mut(&key) {
                Some(known) if known.version > setting.version => others.push(setting),
                Some(known) => others.push(std::mem::replace(known, setting)),
                None => drop(newest.insert(key, setting)),
            }
        }
        let newest: Vec<Setting> = newest.into_values().collect();
        others.extend(self.others.iter().chain(&self.newest).cloned());
        // What was made last is named soonest.
        others.sort_by(|one, other| (other.at, &other.digest).cmp(&(one.at, &one.digest)));
        others.dedup_by(|one, other| one.digest == other.digest);
        others.retain(|older| newest.iter().all(|setting| setting.digest != older.digest));
        others.truncate(SETTING_DIGESTS);
        Self {
            tag: tag.or_else(|| self.tag.clone().filter(|_| newest == self.newest)),
            newest,
            others,
            built_in: self.built_in.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::time::Timestamp;

    use super::*;

    fn version(version: u32, body: &str) -> Setting {
        Setting {
            version,
            at: Timestamp(i64::from(version)),
            ..setting::built_in(SettingKind::Scheme, "annual", "年度考核方案", body.to_owned())
        }
    }

    fn shown(settings: &Settings) -> Option<u32> {
        let newest = settings.newest(SettingKind::Scheme, "annual");
        newest.map(|setting| setting.version)
    }

    #[test]
    fn what_was_newest_yesterday_can_still_be_read() {
        let (first, second) = (version(1, "[1]"), version(2, "[2]"));
        let settings = Settings::default().told(vec![first.clone()], Some("one".to_owned()));
        assert_eq!((shown(&settings), settings.tag()), (Some(1), Some("one")));
        let settings = settings.told(vec![second.clone()], Some("two".to_owned()));
        assert_eq!((shown(&settings), settings.tag()), (Some(2), Some("two")));
        assert_eq!(settings.of_digest(&first.digest), Some(&first));
        assert!(settings.of_kind(SettingKind::Scheme).contains(&&second));
        assert!(!settings.of_kind(SettingKind::Scheme).contains(&&first));
        assert!(settings.of_kind(SettingKind::Words).is_empty());
    }

    #[test]
    fn a_version_that_was_named_is_not_taken_for_the_newest() {
        let (first, second) = (version(1, "[1]"), version(2, "[2]"));
        for told in [[&first, &second], [&second, &first]] {
            let settings = Settings::default().told(told.map(Clone::clone).to_vec(), None);
            assert_eq!(shown(&settings), Some(2));
            assert!(settings.of_digest(&first.digest).is_some());
        }
    }

    #[test]
    fn of_a_relay_that_was_restored_the_last_word_holds() {
        let before = vec![version(1, "[1]"), version(2, "[2]"), version(3, "[3]")];
        let settings = Settings::default().told(before, None);
        let settings = settings.told(vec![version(2, "[2]")], None);
        assert_eq!(shown(&settings), Some(2));
        assert!(settings.of_digest(&version(3, "[3]").digest).is_some());
    }

    #[test]
    fn the_tag_holds_until_something_else_is_newest() {
        let (first, second) = (version(1, "[1]"), version(2, "[2]"));
        let settings = Settings::default().told(vec![second.clone()], Some("tag".to_owned()));
        let named = settings.told(vec![first, second.clone()], None);
        assert_eq!(named.tag(), Some("tag"));
        let changed = named.told(vec![version(3, "[3]"), second], None);
        assert_eq!(changed.tag(), None);
    }

    #[test]
    fn old_versions_do_not_fill_the_device() {
        let mut settings = Settings::default();
        for number in 1..200 {
            settings = settings.told(vec![version(number, &format!("[{number}]"))], None);
        }
        assert_eq!(settings.others.len(), SETTING_DIGESTS);
        assert!(settings.of_digest(&version(198, "[198]").digest).is_some());
        assert!(settings.of_digest(&version(1, "[1]").digest).is_none());
    }
}
