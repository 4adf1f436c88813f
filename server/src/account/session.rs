//! How long a session lasts.

use std::time::Duration;

use shared::time::Timestamp;

use crate::storage::Session;

/// How long a session lasts unused: a shift and the way home.
pub const IDLE: Duration = Duration::from_hours(12);
/// How long a session lasts at all.
pub const ABSOLUTE: Duration = Duration::from_hours(30 * 24);
/// How exactly its last use is known: each note costs an fsync.
const NOTED_EVERY: Duration = Duration::from_mins(10);

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// In force, and noted to be in use.
    InForce,
    /// In force; that it is in use has to be noted.
    Unnoted,
    /// Expired.
    Over,
}

pub(super) fn standing(session: &Session, now: Timestamp) -> Standing {
    let unused = now.since(session.used_at);
    if unused >= IDLE || now.since(session.began_at) >= ABSOLUTE {
        Standing::Over
    } else if unused >= NOTED_EVERY {
        Standing::Unnoted
    } else {
        Standing::InForce
    }
}

#[cfg(test)]
mod tests {
    use shared::id::{AccountId, DeviceId};

    use super::*;
    use crate::storage::SessionHash;

    fn check(used_for: Duration, unused_for: Duration, wanted: Standing) {
        let began_at = Timestamp(1_000_000);
        let used_at = began_at.after(used_for);
        let account = AccountId::from_bytes([1; 16]);
        let device = DeviceId::from_bytes([1; 16]);
        let session = Session {
            hash: SessionHash([0; 32]),
            account,
            device,
            began_at,
            used_at,
        };
        assert_eq!(
            standing(&session, used_at.after(unused_for)),
            wanted,
            "{used_for:?} {unused_for:?}"
        );
    }

    #[test]
    fn a_session_ends_after_twelve_idle_hours_or_thirty_days() {
        let second = Duration::from_secs(1);
        check(Duration::ZERO, second, Standing::InForce);
        check(Duration::ZERO, NOTED_EVERY, Standing::Unnoted);
        check(Duration::ZERO, IDLE.saturating_sub(second), Standing::Unnoted);
        check(Duration::ZERO, IDLE, Standing::Over);
        check(ABSOLUTE.saturating_sub(second), Duration::ZERO, Standing::InForce);
        check(ABSOLUTE.saturating_sub(second), second, Standing::Over);
    }
}
