//! 管理: what administrators see and order, at `/api/admin`.

use serde::{Deserialize, Serialize};

use super::DeviceKind;
use crate::access::{Grant, Role, RoleChange, Status, UnitKind};
use crate::id::{AccountId, DeviceId, LedgerId, UnitId};
use crate::time::Timestamp;

/// The answer to `GET /api/admin`: everything an administrator keeps, as far as he may administer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The units, those above first.
    pub units: Vec<AdminUnit>,
    /// The accounts.
    pub accounts: Vec<AdminAccount>,
    /// The sessions in force.
    pub sessions: Vec<AdminSession>,
    /// The ledgers.
    pub ledgers: Vec<AdminLedger>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminUnit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above it.
    pub parent: Option<UnitId>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminAccount {
    /// Its id.
    pub id: AccountId,
    /// What is typed to sign in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The roles, past and to come as well.
    pub grants: Vec<Grant>,
    /// Whether the first password is still in use.
    pub first_password: bool,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminSession {
    /// Names it; no secret.
    pub id: String,
    /// Who is signed in.
    pub account: AccountId,
    /// On which device.
    pub device: DeviceId,
    /// What kind of device that is.
    pub kind: DeviceKind,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last in use.
    pub used_at: Timestamp,
}

/// A ledger, as far as administrators keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminLedger {
    /// Its id.
    pub id: LedgerId,
    /// Its key.
    pub key: crate::ledger::key::LedgerKey,
    /// Whether it takes new work.
    pub status: Status,
}

/// The body of `POST /api/admin`: one thing to do.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub enum Order {
    /// Add units, those above first; a branch gets its ledgers.
    AddUnits {
        /// The units.
        units: Vec<NewUnit>,
    },
    /// Give a unit another name.
    RenameUnit {
        /// Which.
        unit: UnitId,
        /// The name.
        name: String,
    },
    /// Add accounts, each with a first password, at most [`crate::limit::ACCOUNTS_PER_ORDER`].
    AddAccounts {
        /// The accounts.
        accounts: Vec<NewAccount>,
    },
    /// Change roles of an account, all of these or none; its sessions end.
    ChangeRoles {
        /// Whose.
        account: AccountId,
        /// What is to be changed, one after the other.
        changes: Vec<RoleChange>,
    },
    /// Make a one-time code with which somebody sets his password anew.
    AllowReset {
        /// Whose.
        account: AccountId,
    },
    /// End a session.
    EndSession {
        /// Its [`AdminSession::id`].
        session: String,
    },
    /// End all sessions of an account.
    EndSessions {
        /// Whose.
        account: AccountId,
    },
    /// End all sessions on a device, and list it no more.
    ForgetDevice {
        /// Which.
        device: DeviceId,
    },
    /// Close a ledger, or open it again.
    SetStatus {
        /// Which.
        ledger: LedgerId,
        /// What it is to be.
        status: Status,
    },
}

/// A unit to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    /// Its name, which no other unit has.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The name of the unit above it, which is there or stands before it; none for the one at the top.
    pub above: Option<String>,
}

/// An account to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAccount {
    /// What is typed to sign in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The role to begin with.
    pub role: Role,
    /// The name of the unit in which it is held.
    pub unit: String,
    /// Further roles to begin with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<NewRole>,
}

/// A role of an account to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRole {
    /// The role.
    pub role: Role,
    /// The name of the unit in which it is held.
    pub unit: String,
}

/// The answer to an order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "done", rename_all = "snake_case")]
pub enum Done {
    /// It is done.
    Plain,
    /// Accounts were added: a slip for each, shown this once.
    Slips {
        /// The slips, in the order of the accounts.
        slips: Vec<Slip>,
    },
    /// A code was made, shown this once.
    Code {
        /// The code.
        code: String,
        /// Until when it can be used.
        until: Timestamp,
    },
}

/// What is printed, cut out and handed to somebody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// The account.
    pub account: AccountId,
    /// What is typed to sign in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The unit's name.
    pub unit: String,
    /// The role.
    pub role: Role,
    /// The first password, changed at the first sign-in.
    pub password: String,
}

/// Why an order was not carried out; nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wrong", rename_all = "snake_case")]
pub enum Wrong {
    /// A name is empty, too long, or has characters that cannot be seen.
    Name {
        /// Which row of the order, from 0.
        row: usize,
    },
    /// A login is empty, too long, or has a space.
    Login {
        /// Which row of the order, from 0.
        row: usize,
    },
    /// The login is taken.
    LoginTaken {
        /// Which row of the order, from 0.
        row: usize,
    },
    /// A unit has this name already.
    UnitTaken {
        /// Which row of the order, from 0.
        row: usize,
    },
    /// There is no unit of this name, or this administrator does not keep it.
    NoUnit {
        /// Which row of the order, from 0.
        row: usize,
    },
    /// A unit of this kind cannot stand there.
    Place {
        /// Which row of the order, from 0.
        row: usize,
    },
    /// There is a unit at the top already: a second would be administered by nobody.
    SecondTop {
        /// Which row of the order, from 0.
        row: usize,
    },
    /// What it is about is not there.
    Gone,
    /// A last day stands before its first.
    Days,
    /// The last administrator of the enterprise without a last day cannot be taken away.
    LastAdministrator,
    /// More rows than one order takes.
    TooMany {
        /// How many it takes.
        most: usize,
    },
}
