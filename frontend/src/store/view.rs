//! What the store shows: immutable values, cheap to clone and to compare.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use std::time::Duration;

use shared::id::{AccountId, LedgerId};
use shared::ledger::act::Act;
use shared::ledger::cell::CellRef;
use shared::ledger::key::LedgerKey;
use shared::ledger::snapshot::Snapshot;
use shared::protocol::http::admin::Slip;
use shared::protocol::http::{DeviceKind, Me};
use shared::protocol::{Later, Refusal};
pub use shared::sync::client::{Over, UndoProblem};
use shared::time::Timestamp;

pub use super::lock::CODE_CHARS;

/// How far signing in has come.
#[derive(Clone, Debug, PartialEq)]
pub enum SignedIn {
    /// The device is being read.
    Opening,
    /// Nobody has signed in on this device.
    Nobody,
    /// This officer, with a session or (offline, or expired) without.
    As(Rc<Me>),
    /// This officer has signed in on a shared device and has yet to choose a code to lock it with, or to decline one.
    ChoosingCode(Rc<Me>),
    /// The screen is locked; sync goes on.
    Locked(Rc<Me>),
    /// The device's storage cannot be opened (private mode, damage): nothing may be edited.
    NoStorage(StorageTrouble),
}

/// Why the browser's storage cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageTrouble {
    /// It cannot be opened at all, as in a private window.
    CannotOpen,
    /// A newer version of the app has written it.
    Newer,
    /// A write failed: what is typed from now on would not be kept.
    CannotWrite,
    /// There is little space left.
    Full,
}

/// Everything the header says about sync.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncView {
    /// The line to the relay.
    pub link: Link,
    /// Changes typed but not yet on this device's disk.
    pub saving: usize,
    /// Changes on this device alone.
    pub pending: usize,
    /// How many of how many are uploaded, while they are being sent.
    pub sending: Option<(usize, usize)>,
    /// Cells in conflict, in all ledgers.
    pub conflicts: usize,
    /// Changes kept at the relay for a person.
    pub held: usize,
    /// Acts that were not accepted and are set aside.
    pub refused: usize,
    /// Why changes stay here until somebody does something about it at the relay.
    pub blocked: Option<Later>,
    /// Changes on the device's disk that cannot be read: damaged, or of a newer app.
    pub unreadable: usize,
    /// What colleagues left on this device and is being delivered for them: names and numbers, nothing else.
    pub carried: Rc<[Carried]>,
    /// When everything was last uploaded and received.
    pub synced_at: Option<Timestamp>,
    /// What is wrong with the device's storage, if anything.
    pub storage: Option<StorageTrouble>,
}

/// The line to the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Not tried yet, or for less than five seconds.
    Connecting,
    /// Open.
    Online,
    /// None since then.
    Offline {
        /// Since when.
        since: Timestamp,
    },
    /// The relay wants a new sign-in; edits stay on this device until then.
    SignIn,
    /// The relay speaks a protocol this app does not: one of them must be updated.
    Version,
}

/// One ledger in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerCard {
    /// Its id.
    pub id: LedgerId,
    /// Its key.
    pub key: LedgerKey,
    /// The name of its branch.
    pub unit: Rc<str>,
    /// Rows of its first table that are not removed; none while the ledger is not on this device.
    pub rows: Option<usize>,
    /// Changes on this device alone.
    pub pending: usize,
    /// Cells in conflict.
    pub conflicts: usize,
    /// Acts set aside.
    pub refused: usize,
    /// Whether it is not opened here, since opening it ended two sessions in a row.
    pub quarantined: bool,
    /// Whether everything the relay had at the last contact is here.
    pub complete: bool,
    /// When the last change of anybody reached the relay, as far as this device knows.
    pub last_at: Option<Timestamp>,
}

/// One open ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerView {
    /// Its id.
    pub id: LedgerId,
    /// Its key.
    pub key: LedgerKey,
    /// The name of its branch.
    pub unit: Rc<str>,
    /// Its tables.
    pub snapshot: Rc<Snapshot>,
    /// Cells whose last writing is on this device alone.
    pub pending: Rc<HashSet<CellRef>>,
    /// Acts that were not accepted, oldest first.
    pub aside: Rc<Vec<SetAside>>,
    /// How many changes the relay has voided, because they would have ruined it.
    pub withdrawn: usize,
    /// Whether everything the relay had at the last contact is here.
    pub complete: bool,
}

/// An act that was not accepted, kept with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct SetAside {
    /// The act.
    pub act: Act,
    /// Why.
    pub why: AsideReason,
}

/// Why an act was set aside.
#[derive(Clone, Debug, PartialEq)]
pub enum AsideReason {
    /// The relay refused it.
    Refused(Refusal),
    /// It no longer applied once what it built on had been refused.
    NoLongerApplies,
}

/// What performing a deed did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Cells that were left alone because they are in conflict: only settling writes to those.
    pub skipped: Vec<CellRef>,
}

/// Who wrote something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The person's name.
    pub name: Rc<str>,
    /// The name of who brought it in that person's stead (代传).
    pub carrier: Option<Rc<str>>,
}

/// Names of accounts, as far as this device knows them.
pub type Names = BTreeMap<AccountId, Rc<str>>;

/// Why signing in failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    /// Account or password is wrong.
    Wrong,
    /// Too many tries: again after so many seconds.
    SlowDown {
        /// How long to wait, in seconds.
        seconds: u32,
    },
    /// The relay cannot be reached.
    Unreachable,
    /// The device's storage cannot be used.
    Storage,
    /// The relay failed.
    Failed,
}

/// What the settings say of the device and its lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockView {
    /// Whether one person alone sits at it.
    pub kind: DeviceKind,
    /// Whether a code opens the screen; else signing in alone does.
    pub has_code: bool,
    /// After how long without anybody the screen is locked; none for never.
    pub idle: Option<Duration>,
}

/// Why a code was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// It is not the code.
    Wrong,
    /// Too many were wrong: again after so many seconds.
    Wait {
        /// How long to wait, in seconds.
        seconds: u32,
    },
    /// It has fewer than [`CODE_CHARS`] characters.
    TooShort,
    /// The browser cannot make a secret of it.
    Browser,
    /// The device does not keep it.
    Storage,
}

/// How to leave this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// The account's data stays here for the next sign-in.
    Keep,
    /// The account's data is deleted here, since the relay has all of it.
    Wipe,
    /// The account's data is deleted here, since a hand-over file has what the relay has not.
    HandedOver,
}

/// Why signing out was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOutProblem {
    /// So much is on this device alone.
    OnlyHere(usize),
    /// Something is on this device alone that the file has not.
    NotHandedOver,
    /// In another tab of this browser a cell is still being written.
    StillWriting,
    /// Another tab of this browser does not say whether it has anything.
    TabSilent,
    /// The device does not do it.
    Storage,
}

/// A hand-over file that was given to the browser to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverFile {
    /// What it is called.
    pub name: String,
    /// The first digits of its checksum.
    pub sum: String,
    /// How many acts and changes are in it.
    pub count: usize,
}

/// What an administrator has still to hand out, and cannot be asked for again.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HandingOut {
    /// Slips with first passwords.
    pub slips: Rc<Vec<Slip>>,
    /// One-time codes, the oldest first.
    pub codes: Vec<ResetCode>,
}

/// A code with which somebody sets his password anew.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetCode {
    /// Who.
    pub account: AccountId,
    /// The code.
    pub code: String,
    /// Until when it can be used.
    pub until: Timestamp,
}

/// A colleague's changes that wait on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Whose.
    pub name: Rc<str>,
    /// How many.
    pub count: usize,
    /// How many more were delivered since the last look.
    pub done: usize,
}
