//! What is kept beside the logs.

use serde::{Deserialize, Serialize};
use shared::access::Grant;
use shared::id::{AccountId, DeviceId, EnterpriseId, UnitId};
use shared::protocol::http::DemoAccount;
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
    /// The roles held.
    pub grants: Vec<Grant>,
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

/// The SHA-256 of a session's token: what the store knows of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionHash(pub [u8; 32]);

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
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last known to be in use.
    pub used_at: Timestamp,
}
