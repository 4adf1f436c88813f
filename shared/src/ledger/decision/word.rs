//! The word a decision is known by: to rights, and in the document.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::DecisionKind;

/// A decision, or the withdrawal of one: what the table of rights knows a decision by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Word {
    /// It is decided.
    Decide(DecisionKind),
    /// A decision of this kind is withdrawn.
    Withdraw(DecisionKind),
}

/// What stands before the kind of a decision that is withdrawn.
const WITHDRAW: &str = "withdraw_";

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decide(kind) => f.write_str(kind.code()),
            Self::Withdraw(kind) => write!(f, "{WITHDRAW}{}", kind.code()),
        }
    }
}

/// A word that names no kind of decision: a newer version may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of decision")]
pub struct UnknownWord;

impl FromStr for Word {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let (code, withdraws) = match text.strip_prefix(WITHDRAW) {
            Some(code) => (code, true),
            None => (text, false),
        };
        let kind = DecisionKind::ALL.into_iter().find(|kind| kind.code() == code);
        let kind = kind.ok_or(UnknownWord)?;
        Ok(if withdraws {
            Self::Withdraw(kind)
        } else {
            Self::Decide(kind)
        })
    }
}
