//! The bodies of the small HTTP API, JSON all of them.
//!
//! | request | body | answer |
//! | --- | --- | --- |
//! | `GET /api/enterprise` | – | [`Enterprise`]: what the sign-in page shows, without a session |
//! | `POST /api/session` | [`SignIn`] | [`Me`] and the session's cookie |
//! | `DELETE /api/session` | – | 204 |
//! | `GET /api/me` | – | [`Me`] |
//! | `POST /api/me/password` | [`ChangePassword`] | 204 and the cookie of a new session; all others end |
//! | `POST /api/reset` | [`Reset`] | 204: the password is set by a one-time code |
//! | `POST /api/setup` | [`Setup`] | 204: the first administrator of an empty store |
//! | `GET /api/admin` | – | [`admin::Overview`], for administrators |
//! | `POST /api/admin` | [`admin::Order`] | [`admin::Done`], for administrators |
//! | `POST /api/admin/audit` | [`audit::Filter`] | the newest [`audit::Record`]s that fit, at most [`crate::limit::AUDIT_PAGE`] |
//! | `POST /api/admin/audit/export` | [`audit::Filter`] | all that fit, as CSV |
//! | `GET /api/held` | – | a list of [`inbox::HeldItem`]: one's own and those to decide about |
//! | `POST /api/held` | [`inbox::Decide`] | 204 |
//! | `GET /api/ledgers` | – | a list of [`Listed`] |
//! | `GET /api/settings?digest={digest}` | – | a list of [`setting::Setting`]: the newest of each, and the versions named, at most [`crate::limit::SETTING_DIGESTS`]; 304 if that is what `If-None-Match` names |
//! | `GET /api/settings/{kind}/{name}` | – | a list of [`setting::Head`]: every version, for the office |
//! | `POST /api/settings` | [`setting::Draft`] | the new version's [`setting::Head`], for the office |
//! | `GET /api/ledgers/{id}/log?after={seq}` | – | the log as a gzipped CBOR sequence of [`super::Entry`] |
//! | `GET /api/ledgers/{id}/devices` | – | a list of [`holders::Holder`], whoever was in contact last first |
//! | `POST /api/ledgers/{id}/close` | – | [`year::Closed`] |
//! | `POST /api/ledgers/{id}/reopen` | – | 204 |
//! | `POST /api/year/{year}/roll-over` | [`year::RollOver`] | [`year::RolledOver`] |
//! | `POST /api/members/move` | [`year::MoveMember`] | 204 |
//! | `GET /api/sheets?year={year}` | – | a [`sheets::Sheet`] of the branches that whoever asks may see |
//! | `POST /api/sheets/request` | [`sheets::AskDetails`] | 204 |
//! | `GET /api/sheets/requests` | – | a list of [`sheets::AskedDetails`], newest first |
//!
//! Beside the API, `GET /trust` is the page that says how to trust the relay, and `GET /trust/check` an empty answer that
//! a page of any origin may read: whoever gets it trusts the certificate.
//!
//! Requests that change state carry the header [`HEADER`] and come from the relay's own origin. Every answer that is
//! not a success has a [`Problem`] as its body.

use serde::{Deserialize, Serialize};

use crate::access::{Grant, Rights, Role, Status, UnitKind};
use crate::id::{AccountId, DeviceId, EnterpriseId, LedgerId, UnitId};
use crate::ledger::key::LedgerKey;
use crate::setting;
use crate::time::Timestamp;

pub mod admin;
pub mod audit;
pub mod holders;
pub mod inbox;
pub mod sheets;
pub mod year;

/// The header that requests which change state must carry, with any value: no form of another site can send it.
pub const HEADER: &str = "x-taizhang";

/// What anybody may know before signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enterprise {
    /// Its id.
    pub id: EnterpriseId,
    /// Its name; empty as long as nobody has set the store up.
    pub name: String,
    /// Accounts to try, in the demonstration enterprise alone.
    #[serde(default)]
    pub demo: Vec<DemoAccount>,
    /// Where the app is now, at an address of before.
    #[serde(default)]
    pub moved_to: Option<String>,
}

/// An account of the demonstration, shown with its password on the sign-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// What is typed as the account.
    pub login: String,
    /// Its password.
    pub password: String,
    /// Whose it is.
    pub name: String,
    /// The role, in words.
    pub role: Role,
    /// The branch.
    pub unit: String,
}

/// The body of a sign-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// What was typed as the account.
    pub login: String,
    /// The password.
    pub password: String,
    /// The device that signs in.
    pub device: DeviceId,
    /// What kind of device that is, as its users say.
    #[serde(default)]
    pub kind: DeviceKind,
}

/// The body of a change of one's own password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    /// The password in use.
    pub old: String,
    /// The password to be.
    pub new: String,
}

/// The body of a password set anew by a one-time code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    /// What is typed as the account.
    pub login: String,
    /// The code an administrator has made.
    pub code: String,
    /// The password to be.
    pub password: String,
}

/// The body that makes an empty store an enterprise's, and its first administrator.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// What stands in the link that the relay has printed.
    pub token: String,
    /// The enterprise's name, that of its highest unit as well.
    pub enterprise: String,
    /// What that unit is.
    pub kind: UnitKind,
    /// What is typed as the account.
    pub login: String,
    /// The administrator's name.
    pub name: String,
    /// His password.
    pub password: String,
}

/// Whether one person alone sits at a device. Shared until somebody says that it is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// 共用电脑: sessions are short, the screen is locked, and nothing stays behind.
    #[default]
    Shared,
    /// 个人电脑.
    Personal,
}

/// Who is signed in, and everybody whose name he may meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The account.
    pub account: AccountId,
    /// What is typed as the account.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The roles held.
    pub grants: Vec<Grant>,
    /// The enterprise.
    pub enterprise: EnterpriseId,
    /// The enterprise's name.
    pub enterprise_name: String,
    /// The units in which roles are held, and those below them.
    pub units: Vec<Unit>,
    /// The accounts that have or had roles in these units, and the account itself.
    pub colleagues: Vec<Colleague>,
    /// The rights in force.
    pub rights: Rights,
    /// Whether the first password is still in use: nothing else is served before it is changed.
    #[serde(default)]
    pub first_password: bool,
    /// When the relay's certificate ends: a page learns nothing from a connection that its browser refuses.
    #[serde(default)]
    pub certificate_expires: Option<Timestamp>,
    /// The names of the administrators, for whoever needs one.
    #[serde(default)]
    pub administrators: Vec<String>,
    /// What administrators should do something about; empty for everybody else.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// Where the app is now, at an address of before: there it only delivers what the browser still holds.
    #[serde(default)]
    pub moved_to: Option<String>,
}

/// What an administrator should do something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// The relay's certificate ends soon, or has ended: then browsers refuse the relay.
    CertificateExpires {
        /// When.
        at: Timestamp,
    },
}

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(default)]
    pub kind: UnitKind,
}

/// One account whose name is shown beside what it wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// The account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The first of the roles held.
    pub role: Option<Role>,
}

/// One ledger the account may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its id.
    pub id: LedgerId,
    /// Its key.
    pub key: LedgerKey,
    /// Whether it takes new work.
    #[serde(default)]
    pub status: Status,
    /// The last entry of its log.
    pub last: u64,
    /// When that was received; none for an empty log.
    pub last_at: Option<Timestamp>,
}

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// No session, or one that has expired.
    SignIn,
    /// Account or password is wrong; which, is not said.
    WrongPassword,
    /// Too many tries: again after so many seconds.
    SlowDown {
        /// How long to wait, in seconds.
        seconds: u32,
    },
    /// The request did not come from the relay's own pages.
    ForeignOrigin,
    /// There is nothing here, or nothing this account may see.
    NotFound,
    /// The first password is still in use: it has to be changed before anything else.
    ChangePassword,
    /// A new password is too short, too long, or the old one.
    WeakPassword,
    /// The order was not carried out.
    Wrong {
        /// Why.
        #[serde(flatten)]
        why: admin::Wrong,
    },
    /// The version of a setting was not kept.
    Setting {
        /// Why.
        #[serde(flatten)]
        why: setting::Wrong,
    },
    /// The request could not be read.
    Malformed,
    /// The request's body is longer than any that means something.
    TooLarge,
    /// The request's body did not come in time.
    TooSlow,
    /// The relay failed; it has logged why.
    Failed,
}
