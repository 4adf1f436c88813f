//! What the audit log says.

use shared::access::Status;
use shared::protocol::Refusal;
use shared::protocol::http::audit::{Export, Topic};
use shared::setting::SettingKind;

/// What the audit log says.
#[expect(missing_docs, reason = "the two languages say what each note says")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditNote<'a> {
    Number,
    At,
    Who,
    Device,
    Deed,
    Account,
    AccountAll,
    Topic,
    TopicAll,
    OfTopic(Topic),
    From,
    Until,
    Show,
    Older,
    Export,
    Exporting,
    ExportedAs {
        name: &'a str,
    },
    NotSaved,
    Nothing,
    Relay,
    Founded,
    EnterpriseNamed,
    UnitsAdded {
        names: &'a str,
    },
    UnitChanged {
        name: &'a str,
    },
    AccountsAdded {
        names: &'a str,
    },
    Granted {
        name: &'a str,
        roles: &'a str,
    },
    GrantedNone {
        name: &'a str,
    },
    PasswordChanged {
        name: &'a str,
    },
    ResetAllowed {
        name: &'a str,
    },
    SignedIn,
    SignedOut,
    SignInFailed {
        name: &'a str,
    },
    SignInFailedUnknown,
    SessionEnded {
        name: &'a str,
        device: &'a str,
    },
    SessionsEnded {
        name: &'a str,
    },
    DeviceForgotten {
        device: &'a str,
    },
    StatusChanged {
        ledger: &'a str,
        status: Status,
    },
    Refused {
        ledger: &'a str,
        why: Refusal,
        count: u32,
    },
    Held {
        ledger: &'a str,
        count: u32,
    },
    TakenIn {
        ledger: &'a str,
        count: usize,
    },
    TurnedDown {
        ledger: &'a str,
        count: usize,
    },
    Voided {
        ledger: &'a str,
        count: u32,
    },
    LedgerClosed {
        ledger: &'a str,
        seq: u64,
        digest: &'a str,
    },
    RolledOver {
        name: &'a str,
        year: u16,
    },
    LedgerForgotten {
        ledger: &'a str,
    },
    MemberMoved {
        member: &'a str,
        from: &'a str,
        to: &'a str,
    },
    DetailsAsked {
        name: &'a str,
        reason: &'a str,
    },
    Reason {
        reason: &'a str,
    },
    SettingChanged {
        kind: SettingKind,
        name: &'a str,
        version: u32,
    },
    Exported(Export),
    AndMore {
        names: &'a str,
        count: usize,
    },
}

mod words;

pub(super) use words::{chinese, english};
