//! A version that is to be: judged by the app before it sends it, and by the relay before it keeps it.

use serde::{Deserialize, Serialize};

use super::{BodyProblem, Setting, SettingKind, check_body, digest, is_name};
use crate::enrol;
use crate::id::AccountId;
use crate::limit::REASON_CHARS;
use crate::time::Timestamp;

/// The body of `POST /api/settings`: the version that is to follow `after`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it settles.
    pub kind: SettingKind,
    /// Which of its kind.
    pub name: String,
    /// How people call it.
    pub title: String,
    /// What it says.
    pub body: String,
    /// Why it is changed; only a first version may say nothing.
    pub note: String,
    /// The version that whoever edits has seen; 0 where there was none, or a built-in default.
    pub after: u32,
}

/// Why a version was not kept; nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wrong", rename_all = "snake_case")]
pub enum Wrong {
    /// No setting may be called so.
    Name,
    /// The title is empty, too long, or has characters that cannot be seen.
    Title,
    /// Why it is changed is not said, or at too great length.
    Note,
    /// What it says cannot be read.
    Body {
        /// Why.
        why: BodyProblem,
    },
    /// Somebody else was first: the newest is another than the one that was edited.
    Overtaken {
        /// The number of the newest; 0 where there is none.
        newest: u32,
    },
    /// There are as many settings as there may be.
    TooMany {
        /// How many there may be.
        most: usize,
    },
}

impl Draft {
    /// The number it gets.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.after.saturating_add(1)
    }

    /// The version it becomes.
    #[must_use]
    pub fn made(self, by: Option<AccountId>, at: Timestamp) -> Setting {
        Setting {
            version: self.version(),
            digest: digest(self.kind, &self.name, &self.body),
            kind: self.kind,
            name: self.name,
            title: self.title,
            body: self.body,
            by,
            at,
            note: self.note,
        }
    }

    /// The same without the space around title and note, if it may be kept.
    ///
    /// # Errors
    ///
    /// Says what is wrong first.
    pub fn checked(self) -> Result<Self, Wrong> {
        if !is_name(&self.name) {
            return Err(Wrong::Name);
        }
        let title = enrol::name(&self.title).ok_or(Wrong::Title)?;
        let note = self.note.trim().to_owned();
        let unsaid = note.is_empty() && self.after > 0;
        if unsaid || note.chars().count() > REASON_CHARS {
            return Err(Wrong::Note);
        }
        check_body(self.kind, &self.body).map_err(|why| Wrong::Body { why })?;
        Ok(Self { title, note, ..self })
    }
}
