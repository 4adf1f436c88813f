//! What the audit log says: who did what, when, on which device, with which roles.

use serde::{Deserialize, Serialize};

use crate::access::{Grant, Status};
use crate::id::{AccountId, Chain, ChangeHash, DeviceId, LedgerId, PersonId, UnitId};
use crate::protocol::Refusal;
use crate::setting::SettingKind;
use crate::sync::relay::Standing;
use crate::time::Timestamp;

mod topic;

pub use topic::Topic;

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its number, from 1, without gaps.
    pub number: u64,
    /// When it was written, by the relay's clock.
    pub at: Timestamp,
    /// Who did it; none for the command line and the relay itself.
    pub account: Option<AccountId>,
    /// On which device; none where that is not known.
    pub device: Option<DeviceId>,
    /// The roles he had then.
    pub grants: Vec<Grant>,
    /// What was done.
    pub deed: Deed,
}

/// What was done. Names, logins and passwords are never part of it: people are named by their accounts' ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// The store became an enterprise's.
    Founded,
    /// The enterprise was given another name.
    EnterpriseNamed,
    /// Units were added.
    UnitsAdded {
        /// Which.
        units: Vec<UnitId>,
    },
    /// A unit was given another name, kind or place.
    UnitChanged {
        /// Which.
        unit: UnitId,
    },
    /// Accounts were added.
    AccountsAdded {
        /// Which.
        accounts: Vec<AccountId>,
    },
    /// An account was given other roles.
    Granted {
        /// Whose.
        subject: AccountId,
        /// The roles it has from then on.
        to: Vec<Grant>,
    },
    /// A password was changed: by its owner, or at the command line.
    PasswordChanged {
        /// Whose.
        subject: AccountId,
    },
    /// A one-time code was made with which somebody sets his password anew.
    ResetAllowed {
        /// Whose.
        subject: AccountId,
    },
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// A password or code was wrong.
    SignInFailed {
        /// Whose, when there is such an account.
        subject: Option<AccountId>,
    },
    /// A session was ended by somebody else than its owner.
    SessionEnded {
        /// Whose.
        subject: AccountId,
        /// On which device.
        on: DeviceId,
    },
    /// All sessions of an account were ended.
    SessionsEnded {
        /// Whose.
        subject: AccountId,
    },
    /// A device was forgotten, with all sessions on it.
    DeviceForgotten {
        /// Which.
        forgotten: DeviceId,
    },
    /// A ledger was closed or opened again.
    StatusChanged {
        /// Which.
        ledger: LedgerId,
        /// What it is now.
        status: Status,
    },
    /// Changes were refused.
    Refused {
        /// To which ledger they were pushed.
        ledger: LedgerId,
        /// Why.
        why: Refusal,
        /// How many.
        count: u32,
    },
    /// Changes were held.
    Held {
        /// To which ledger they were pushed.
        ledger: LedgerId,
        /// How many.
        count: u32,
    },
    /// What was held was taken in or turned down.
    Decided {
        /// In which ledger.
        ledger: LedgerId,
        /// Which changes.
        changes: Vec<ChangeHash>,
        /// What was decided.
        standing: Standing,
        /// Why, in the officer's words.
        reason: String,
    },
    /// The relay voided changes, since a ledger could not be opened with them any more.
    Voided {
        /// In which ledger.
        ledger: LedgerId,
        /// The first of them: what ruined it, or where a long list goes on.
        change: ChangeHash,
        /// How many changes, with those that depended on it.
        count: u32,
    },
    /// An enterprise setting has a new version.
    SettingChanged {
        /// What it settles.
        kind: SettingKind,
        /// Which of its kind.
        name: String,
        /// The version's number.
        version: u32,
    },
    /// A ledger was closed at this place of its log: its year is over.
    LedgerClosed {
        /// Which.
        ledger: LedgerId,
        /// The last entry.
        seq: u64,
        /// The chain after it, which stands for the whole log.
        chain: Chain,
    },
    /// What goes on in the next year was taken over into that year's ledgers.
    RolledOver {
        /// Whose.
        unit: UnitId,
        /// The year that it was taken from.
        year: u16,
    },
    /// The term of a closed ledger was over, and the relay removed it.
    LedgerForgotten {
        /// Which.
        ledger: LedgerId,
    },
    /// A member went to another branch.
    MemberMoved {
        /// Who.
        person: PersonId,
        /// From which branch.
        from: UnitId,
        /// To which.
        to: UnitId,
    },
    /// Somebody above a branch asked for details of its appraisal.
    DetailsAsked {
        /// Of which branch.
        unit: UnitId,
        /// Why, in his words.
        reason: String,
    },
    /// Something was exported from the relay.
    Exported {
        /// What.
        what: Export,
    },
}

/// What can be exported from the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Export {
    /// The audit log.
    AuditLog,
    /// What is held.
    Held,
}

/// Which entries of the audit log are wanted: those that fit everything that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Only entries before this number.
    pub before: Option<u64>,
    /// Only what this account did, or what was done to it.
    pub account: Option<AccountId>,
    /// Only this topic.
    pub topic: Option<Topic>,
    /// Not before this day.
    pub from: Option<crate::time::Date>,
    /// Not after this day.
    pub until: Option<crate::time::Date>,
}

impl Filter {
    /// Whether an entry is wanted.
    #[must_use]
    pub fn fits(&self, record: &Record) -> bool {
        let day = record.at.date();
        self.before.is_none_or(|before| record.number < before)
            && self.account.is_none_or(|account| {
                record.account == Some(account) || record.deed.subject() == Some(account)
            })
            && self.topic.is_none_or(|topic| record.deed.topic() == topic)
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }
}

impl Deed {
    /// Whether it ends every session of this account, or every one on this device.
    #[must_use]
    pub fn ends_sessions(&self, account: AccountId, device: DeviceId) -> bool {
        match self {
            Self::Granted { subject, .. }
            | Self::PasswordChanged { subject }
            | Self::SessionsEnded { subject } => *subject == account,
            Self::DeviceForgotten { forgotten } => *forgotten == device,
            _ => false,
        }
    }

    /// The account it was done to, if it was one.
    #[must_use]
    pub const fn subject(&self) -> Option<AccountId> {
        match self {
            Self::Granted { subject, .. }
            | Self::PasswordChanged { subject }
            | Self::ResetAllowed { subject }
            | Self::SessionEnded { subject, .. }
            | Self::SessionsEnded { subject } => Some(*subject),
            Self::SignInFailed { subject } => *subject,
            _ => None,
        }
    }
}
