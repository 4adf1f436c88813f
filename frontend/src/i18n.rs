//! Everything the app says, as one closed enum, and the languages it says it in.

use shared::ledger::column::Term;
use shared::time::Timestamp;
use yew::prelude::*;

mod access;
mod address;
mod admin;
mod appraisal;
mod audit;
mod chinese;
mod device;
mod english;
mod inbox;
mod key_note;
mod life;
mod message;
mod note;
mod safety;

pub use access::AccessNote;
pub use address::AddressMessage;
pub use admin::AdminNote;
pub use appraisal::AppraisalNote;
pub use audit::AuditNote;
pub use device::DeviceNote;
pub use inbox::InboxNote;
pub use key_note::KeyNote;
pub use life::LifeNote;
pub use message::Message;
pub use safety::SafetyNote;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

/// How the app is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The message in this language.
    #[must_use]
    pub fn say(self, message: &Message<'_>) -> String {
        match self {
            Self::Chinese => chinese::say(message),
            Self::English => english::say(message),
        }
    }

    /// The message in this language, for an attribute or a property.
    #[must_use]
    pub fn attribute(self, message: &Message<'_>) -> AttrValue {
        self.say(message).into()
    }

    /// A note of one topic in this language, for an attribute or a property.
    #[must_use]
    pub fn note<'a, N: Clone + Into<Message<'a>>>(self, note: &N) -> AttrValue {
        self.say(&note.clone().into()).into()
    }

    /// What is said of what waits for a person, in this language.
    #[must_use]
    pub fn inbox(self, note: &InboxNote<'_>) -> AttrValue {
        self.say(&Message::Inbox(note.clone())).into()
    }

    /// The term in this language.
    #[must_use]
    pub const fn term(self, term: Term) -> &'static str {
        match self {
            Self::Chinese => term.zh,
            Self::English => term.en,
        }
    }

    /// Yes or no.
    #[must_use]
    pub const fn flag(self, flag: bool) -> &'static str {
        match (self, flag) {
            (Self::Chinese, true) => "是",
            (Self::Chinese, false) => "否",
            (Self::English, true) => "Yes",
            (Self::English, false) => "No",
        }
    }

    /// What a shown yes or no means.
    #[must_use]
    pub fn reads_flag(self, text: &str) -> Option<bool> {
        [true, false].into_iter().find(|flag| self.flag(*flag) == text)
    }

    /// Its tag for the page.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// How long ago a moment was: just now, minutes, hours, then the date.
    #[must_use]
    pub fn ago(self, at: Timestamp, now: Timestamp) -> String {
        let minutes = now.since(at).as_secs() / 60;
        match minutes {
            0 => self.say(&Message::JustNow),
            1..60 => self.say(&Message::MinutesAgo { minutes }),
            60..1440 => self.say(&Message::HoursAgo { hours: minutes / 60 }),
            _ => at.date().to_string(),
        }
    }
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word that stands for it where preferences are kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The language of the interface; Chinese where nothing else was chosen.
#[hook]
pub fn use_language() -> Language {
    use_context::<Language>().unwrap_or_default()
}

/// A number with separators between thousands.
#[must_use]
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators_between_thousands() {
        for (number, shown) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (-1_234_567, "-1,234,567"),
        ] {
            assert_eq!(thousands(number), shown);
        }
    }

    #[test]
    fn times_are_told_as_people_tell_them() {
        let now = Timestamp(1_795_414_080_000);
        let ago = |minutes: i64| Language::Chinese.ago(Timestamp(now.0 - minutes * 60_000), now);
        assert_eq!(ago(0), "刚刚");
        assert_eq!(ago(5), "5 分钟前");
        assert_eq!(ago(125), "2 小时前");
        assert_eq!(ago(60 * 24 * 3), "2026-11-20");
    }

    #[test]
    fn sync_is_told_in_the_agreed_words() {
        let says = |message: Message<'_>, words: &str| assert_eq!(Language::Chinese.say(&message), words);
        says(
            Message::Synced {
                at: Timestamp(1_795_414_080_000),
            },
            "已同步 14:08",
        );
        says(Message::Saving, "正在保存");
        says(Message::Here, "已存本机");
        says(Message::SignInToUpload, "请登录后上传");
        says(Message::Pending { count: 12 }, "待上传 12 项");
        says(Message::Offline, "离线可编辑");
        says(Message::Sending { sent: 3, of: 12 }, "正在上传 3/12");
        says(Message::Held { count: 1 }, "待审入 1 项");
        says(Message::Clashes { count: 2 }, "冲突 2 处待定");
        says(Message::Refused { count: 1 }, "未被接受 1 项");
        says(Message::StorageFull, "本机空间不足");
    }
}
