//! What is kept beside the logs.

use serde::{Deserialize, Serialize};
use shared::access::{Grant, Hold, UnitKind};
use shared::id::{AccountId, ChangeHash, DeviceId, EnterpriseId, LedgerId, UnitId};
use shared::limit;
use shared::protocol::http::inbox::Decision;
use shared::protocol::http::{DemoAccount, DeviceKind};
use shared::sync::relay::{HeldChange, NewEntry, Standing};
use shared::time::Timestamp;

/// The enterprise a store belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enterprise {
    /// Its id.
    pub id: EnterpriseId,
    /// Its name.
    pub name: String,
    /// Accounts shown with their passwords on the sign-in page: in the demonstration alone.
    pub demo: Vec<DemoAccount>,
}

/// A party organisation of the enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above it.
    pub parent: Option<UnitId>,
}

/// What an officer signs in as.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What is typed as the account.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The password's hash, in the PHC format.
    pub password: String,
    /// Whether that is the first password, which its owner has to change.
    pub first_password: bool,
    /// The roles held, once held and to be held.
    pub grants: Vec<Grant>,
}

/// A one-time code with which somebody sets his password anew.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetCode {
    /// The code's hash, in the PHC format.
    pub hash: String,
    /// Until when it can be used.
    pub until: Timestamp,
}

impl std::fmt::Debug for ResetCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResetCode")
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}

/// A change that is kept for a person, or was turned down by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    /// The change.
    pub entry: NewEntry,
    /// Why it is held.
    pub why: Hold,
    /// What was decided.
    pub decision: Option<Decision>,
}

/// Which of what is kept for a person.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// What this account has written, and everything of these ledgers.
    By(AccountId, &'a [LedgerId]),
    /// These changes of a ledger.
    These(LedgerId, &'a [ChangeHash]),
    /// What a person has taken in.
    TakenIn,
}

impl Wanted<'_> {
    /// Whether this row is.
    #[must_use]
    pub fn fits(self, row: &HeldRow) -> bool {
        match self {
            Self::By(account, ledgers) => row.entry.account == account || ledgers.contains(&row.entry.ledger),
            Self::These(ledger, changes) => row.entry.ledger == ledger && changes.contains(&row.entry.hash),
            Self::TakenIn => row.standing() == Standing::TakenIn,
        }
    }
}

/// Whether what a person has said of a held change may be followed by this: what was turned down may be taken in after
/// all; what was taken in is on its way into the log, and stays so.
#[must_use]
pub fn may_follow(said: Standing, next: Standing) -> bool {
    match next {
        Standing::Waiting => false,
        Standing::TakenIn => true,
        Standing::TurnedDown => said != Standing::TakenIn,
    }
}

/// How much more of what is kept may be read at one time; none is as much as there is.
#[derive(Clone, Copy, Debug)]
pub struct Room(Option<usize>);

impl Room {
    /// A list for a person has an end; what the relay itself has to know has none.
    #[must_use]
    pub const fn for_reading(wanted: Wanted<'_>) -> Self {
        match wanted {
            Wanted::By(..) => Self(Some(limit::HELD_LISTED_BYTES)),
            Wanted::These(..) | Wanted::TakenIn => Self(None),
        }
    }

    /// Whether there is room for this row as well; always for the first.
    pub fn takes(&mut self, row: &HeldRow) -> bool {
        let has_room = self.0 != Some(0);
        self.0 = self.0.map(|room| room.saturating_sub(row.entry.bytes.len()));
        has_room
    }
}

impl std::fmt::Debug for Account {
    /// Without name, login and password: log lines never hold them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("grants", &self.grants)
            .finish_non_exhaustive()
    }
}

impl HeldRow {
    /// What the relay has to know of it.
    #[must_use]
    pub fn summary(&self) -> HeldChange {
        HeldChange {
            hash: self.entry.hash,
            account: self.entry.account,
            brought_by: self.entry.carried_by.unwrap_or(self.entry.account),
            why: self.why,
            standing: self.standing(),
            bytes: self.entry.bytes.len(),
        }
    }

    /// What was decided.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.decision
            .as_ref()
            .map_or(Standing::Waiting, |decision| decision.standing)
    }

    /// The changes that a person has taken in.
    #[must_use]
    pub fn taken_in(rows: Vec<Self>) -> Vec<NewEntry> {
        let taken = rows.into_iter().filter(|row| row.standing() == Standing::TakenIn);
        taken.map(|row| row.entry).collect()
    }
}

/// The SHA-256 of a session's token: what the store knows of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionHash(pub [u8; 32]);

impl SessionHash {
    /// A name for the session that administrators may see: its first bytes, which open nothing.
    #[must_use]
    pub fn name(&self) -> String {
        hex::encode(&self.0[..8])
    }
}

impl std::fmt::Debug for SessionHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionHash(..)")
    }
}

/// A session: somebody signed in on a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of its token.
    pub hash: SessionHash,
    /// Who is signed in.
    pub account: AccountId,
    /// On which device.
    pub device: DeviceId,
    /// What kind of device that is.
    pub kind: DeviceKind,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last known to be in use.
    pub used_at: Timestamp,
}
