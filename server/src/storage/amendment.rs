//! What is changed beside the logs: each change with its entry in the audit log, in one transaction.

use std::iter;

use shared::access::{Grant, RoleChange, Status};
use shared::id::{AccountId, Chain, ChangeHash, DeviceId, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::protocol::http::audit::Deed;
use shared::setting::Draft;
use shared::sync::relay::{Place, Standing};
use shared::time::Timestamp;

use super::{Account, ResetCode, Session, SessionHash, Unit};

/// Who does something, when, and with which roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// When, by the relay's clock.
    pub at: Timestamp,
    /// Who; none for the command line and the relay itself.
    pub account: Option<AccountId>,
    /// On which device.
    pub device: Option<DeviceId>,
    /// The roles he has.
    pub grants: Vec<Grant>,
}

impl By {
    /// The command line, or the relay itself.
    #[must_use]
    pub const fn relay(at: Timestamp) -> Self {
        Self {
            at,
            account: None,
            device: None,
            grants: Vec::new(),
        }
    }
}

/// One change beside the logs.
#[derive(Clone, Debug)]
pub enum Amendment {
    /// Gives the enterprise another name.
    NameEnterprise(String),
    /// Names the enterprise and adds its first account, with the unit at the top where there is none yet: all of it, and
    /// only while there is no account, else it is [`super::StorageError::NotEmpty`].
    SetUp {
        /// The enterprise's name.
        enterprise: String,
        /// The unit at the top, if it is not there.
        top: Option<Unit>,
        /// That unit's ledgers.
        ledgers: Vec<(LedgerId, LedgerKey)>,
        /// The first account.
        account: Account,
    },
    /// Adds units, with their ledgers; no second one at the top.
    AddUnits(Vec<Unit>, Vec<(LedgerId, LedgerKey)>),
    /// Puts a unit in the place of the one of the same id.
    ChangeUnit(Unit),
    /// Adds accounts with their roles, all or none.
    AddAccounts(Vec<Account>),
    /// Changes roles of an account, all of these or none, and ends its sessions: the next one is a new one. A role that
    /// is not there as it is named is [`super::StorageError::Gone`]; an administrator at the top who has no last day must
    /// be left, else it is [`super::StorageError::LastAdministrator`].
    ChangeRoles(AccountId, Vec<RoleChange>),
    /// Gives an account another password, and ends its sessions and its code.
    SetPassword(AccountId, Password),
    /// Gives an account another password on a proof that its owner does it, and ends its sessions and its code. If the
    /// proof holds no more by then, it is [`super::StorageError::Gone`].
    ReplacePassword(AccountId, Proof, Password),
    /// Gives an account a one-time code.
    AllowReset(AccountId, ResetCode),
    /// Ends a session of somebody else.
    EndSession(SessionHash, AccountId, DeviceId),
    /// Ends all sessions of an account.
    EndSessions(AccountId),
    /// Ends the sessions of these accounts on a device.
    ForgetDevice(DeviceId, Vec<AccountId>),
    /// Closes a ledger or opens it again; one that is forgotten is [`super::StorageError::Gone`].
    SetStatus(LedgerId, Status),
    /// Closes a ledger since its year is over, and notes where its log ended.
    CloseYear(LedgerId),
    /// Removes what is kept of a closed ledger, and remembers that there was one. A ledger that is not closed is
    /// [`super::StorageError::Gone`].
    ForgetLedger(LedgerId),
    /// Notes what an officer has decided about held changes.
    Decide {
        /// The ledger.
        ledger: LedgerId,
        /// The changes.
        changes: Vec<ChangeHash>,
        /// What was decided.
        standing: Standing,
        /// Why.
        reason: String,
    },
    /// Adds a version of an enterprise setting, which must follow the newest, else it is
    /// [`super::StorageError::Overtaken`].
    AddSetting(Draft),
    /// Changes nothing, and is written down.
    Note(Deed),
}

/// What carrying a change out has found, for the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The roles that an account has from then on, where those are what is changed.
    pub roles: Vec<Grant>,
    /// Where a log ended, where that is what is noted.
    pub end: Option<Place>,
}

/// What shows that somebody may give himself another password.
#[derive(Clone, Debug)]
pub enum Proof {
    /// He knows the one in use, and is signed in.
    Password {
        /// The one in use.
        known: Password,
        /// The session in which he is.
        within: SessionHash,
        /// The session that begins in its place.
        next: Session,
    },
    /// He knows the one-time code.
    Code(Password),
}

/// A password or a code as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(
    /// Its hash, in the PHC format.
    pub String,
);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

impl Amendment {
    /// What the audit log says of it.
    #[must_use]
    pub fn deeds(&self, found: Found) -> Vec<Deed> {
        match self {
            Self::SetUp { top, account, .. } => {
                let top = top.as_ref().map(|top| Deed::UnitsAdded { units: vec![top.id] });
                let account = Deed::AccountsAdded {
                    accounts: vec![account.id],
                };
                let named = iter::once(Deed::EnterpriseNamed);
                named.chain(top).chain(iter::once(account)).collect()
            }
            other => vec![other.deed(found)],
        }
    }

    fn deed(&self, found: Found) -> Deed {
        match self {
            Self::NameEnterprise(_) => Deed::EnterpriseNamed,
            Self::AddUnits(units, _) => Deed::UnitsAdded {
                units: units.iter().map(|unit| unit.id).collect(),
            },
            Self::ChangeUnit(unit) => Deed::UnitChanged { unit: unit.id },
            Self::SetUp { account, .. } => Deed::AccountsAdded {
                accounts: vec![account.id],
            },
            Self::AddAccounts(accounts) => Deed::AccountsAdded {
                accounts: accounts.iter().map(|account| account.id).collect(),
            },
            Self::ChangeRoles(subject, _) => Deed::Granted {
                subject: *subject,
                to: found.roles,
            },
            Self::SetPassword(subject, _) | Self::ReplacePassword(subject, ..) => {
                Deed::PasswordChanged { subject: *subject }
            }
            Self::AllowReset(subject, _) => Deed::ResetAllowed { subject: *subject },
            Self::EndSession(_, subject, on) => Deed::SessionEnded {
                subject: *subject,
                on: *on,
            },
            Self::EndSessions(subject) => Deed::SessionsEnded { subject: *subject },
            Self::ForgetDevice(forgotten, _) => Deed::DeviceForgotten {
                forgotten: *forgotten,
            },
            Self::SetStatus(ledger, status) => Deed::StatusChanged {
                ledger: *ledger,
                status: *status,
            },
            Self::CloseYear(ledger) => {
                let (seq, chain) = found.end.map_or((0, Chain::START), |end| (end.seq, end.chain));
                Deed::LedgerClosed {
                    ledger: *ledger,
                    seq,
                    chain,
                }
            }
            Self::ForgetLedger(ledger) => Deed::LedgerForgotten { ledger: *ledger },
            Self::Decide {
                ledger,
                changes,
                standing,
                reason,
            } => Deed::Decided {
                ledger: *ledger,
                changes: changes.clone(),
                standing: *standing,
                reason: reason.clone(),
            },
            Self::AddSetting(draft) => Deed::SettingChanged {
                kind: draft.kind,
                name: draft.name.clone(),
                version: draft.version(),
            },
            Self::Note(deed) => deed.clone(),
        }
    }
}
