//! What is kept beside the logs.

use serde::{Deserialize, Serialize};
use shared::access::{Grant, Hold, UnitKind};
use shared::id::{AccountId, DeviceId, EnterpriseId, UnitId};
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
