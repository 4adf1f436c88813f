//! Enterprise settings: schemes, calendars, rule packs and word lists, as versions that the relay keeps and never alters.
//!
//! They are edited online by the office and never merged. Each version has a digest by which a ledger can name it, and
//! stays. What a body says, the modules of its kind read; here it is text.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::calendar::Calendars;
use crate::id::AccountId;
use crate::limit::SETTING_NAME_BYTES;
use crate::rule::Packs;
use crate::scheme::ready;
use crate::time::Timestamp;

mod body;
mod draft;

pub use body::{BodyProblem, Typed, check_body};
pub use draft::{Draft, Wrong};

/// What a setting settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingKind {
    /// 考核方案: what is appraised, and what it counts for.
    Scheme,
    /// 工作日历: which days are worked.
    Calendar,
    /// 规则包: what is checked and pointed out.
    RulePack,
    /// 词表: words to choose from.
    Words,
}

impl SettingKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Scheme, Self::Calendar, Self::RulePack, Self::Words];

    /// The word that stands for it in digests and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Scheme => "scheme",
            Self::Calendar => "calendar",
            Self::RulePack => "rule_pack",
            Self::Words => "words",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One version of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// What it settles.
    pub kind: SettingKind,
    /// Which of its kind: see [`is_name`].
    pub name: String,
    /// Its number, from 1, without gaps for each kind and name; 0 for a built-in default.
    pub version: u32,
    /// See [`digest`].
    pub digest: String,
    /// How people call it.
    pub title: String,
    /// What it says: JSON, as it was sent.
    pub body: String,
    /// Who made this version; none for a built-in default.
    pub by: Option<AccountId>,
    /// When, by the relay's clock.
    pub at: Timestamp,
    /// Why.
    pub note: String,
}

/// A version without what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What it settles.
    pub kind: SettingKind,
    /// Which of its kind.
    pub name: String,
    /// Its number.
    pub version: u32,
    /// See [`digest`].
    pub digest: String,
    /// How people call it.
    pub title: String,
    /// Who made this version.
    pub by: Option<AccountId>,
    /// When, by the relay's clock.
    pub at: Timestamp,
    /// Why.
    pub note: String,
}

impl Setting {
    /// The version without what it says.
    #[must_use]
    pub fn head(&self) -> Head {
        Head {
            kind: self.kind,
            name: self.name.clone(),
            version: self.version,
            digest: self.digest.clone(),
            title: self.title.clone(),
            by: self.by,
            at: self.at,
            note: self.note.clone(),
        }
    }
}

impl Head {
    /// The whole version, with what it says.
    #[must_use]
    pub fn with_body(self, body: String) -> Setting {
        Setting {
            kind: self.kind,
            name: self.name,
            version: self.version,
            digest: self.digest,
            title: self.title,
            body,
            by: self.by,
            at: self.at,
            note: self.note,
        }
    }
}

/// Whether a setting may be called so: `[a-z0-9_-]`, from one byte to [`SETTING_NAME_BYTES`].
#[must_use]
pub fn is_name(name: &str) -> bool {
    let is_good = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
    (1..=SETTING_NAME_BYTES).contains(&name.len()) && name.bytes().all(is_good)
}

/// Whether a text may be a digest: 64 hexadecimal digits in small letters.
#[must_use]
pub fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// By what a ledger names a version: SHA-256 over kind, name and what it says, in hexadecimal. Two versions that say the
/// same have the same.
#[must_use]
pub fn digest(kind: SettingKind, name: &str, body: &str) -> String {
    let digest = Sha256::new()
        .chain_update(b"taizhang setting 1\0")
        .chain_update(kind.code())
        .chain_update(b"\0")
        .chain_update(name)
        .chain_update(b"\0")
        .chain_update(body)
        .finalize();
    hex::encode(digest)
}

/// The newest of these versions of a setting.
#[must_use]
pub fn newest<'a>(settings: &'a [Setting], kind: SettingKind, name: &str) -> Option<&'a Setting> {
    settings
        .iter()
        .filter(|setting| setting.kind == kind && setting.name == name)
        .max_by_key(|setting| setting.version)
}

/// What holds before anybody edits it: version 0 of whatever is built in. The relay never stores these; whoever reads
/// settings puts them before what the relay has, so that [`newest`] takes them where there is nothing else.
///
/// # Panics
///
/// Never: what is built in is made of words and numbers, which are always JSON.
#[must_use]
pub fn defaults() -> Vec<Setting> {
    fn json<T: Serialize>(what: &T) -> String {
        serde_json::to_string(what).expect("words and numbers alone")
    }
    let schemes = [
        ("front-line", ready::front_line()),
        ("technical", ready::technical()),
        ("leader", ready::leaders()),
    ]
    .map(|(name, scheme)| built_in(SettingKind::Scheme, name, &scheme.name, json(&scheme)));
    let calendars = Calendars::published();
    let calendars = calendars.iter().map(|calendar| {
        let year = calendar.year.to_string();
        built_in(
            SettingKind::Calendar,
            &year,
            &format!("{year} 年工作日历"),
            json(calendar),
        )
    });
    let packs = Packs::built_in();
    let packs = packs.iter().map(|pack| {
        built_in(
            SettingKind::RulePack,
            &pack.id.to_string(),
            &pack.title,
            json(pack),
        )
    });
    schemes.into_iter().chain(calendars).chain(packs).collect()
}

/// A setting that is part of the program.
#[must_use]
pub fn built_in(kind: SettingKind, name: &str, title: &str, body: String) -> Setting {
    Setting {
        kind,
        name: name.to_owned(),
        version: 0,
        digest: digest(kind, name, &body),
        title: title.to_owned(),
        body,
        by: None,
        at: Timestamp::default(),
        note: String::new(),
    }
}

#[cfg(test)]
mod tests;
