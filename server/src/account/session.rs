//! How long a session lasts.

use std::time::Duration;

use shared::protocol::http::DeviceKind;
use shared::time::Timestamp;

use crate::storage::Session;

/// How long a session lasts unused on a personal device: a shift and the way home.
pub const IDLE: Duration = Duration::from_hours(12);
/// How long a session lasts at all on a personal device.
pub const ABSOLUTE: Duration = Duration::from_hours(30 * 24);
/// How long a session lasts unused on a shared device: a long meeting; offline work goes on after it.
pub const IDLE_SHARED: Duration = Duration::from_hours(2);
/// How long a session lasts at all on a shared device: a shift.
pub const ABSOLUTE_SHARED: Duration = Duration::from_hours(12);
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
    let (idle, absolute) = match session.kind {
        DeviceKind::Shared => (IDLE_SHARED, ABSOLUTE_SHARED),
        DeviceKind::Personal => (IDLE, ABSOLUTE),
    };
    if unused >= idle || now.since(session.began_at) >= absolute {
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

    fn check(kind: DeviceKind, used_for: Duration, unused_for: Duration, wanted: Standing) {
        let began_at = Timestamp(1_000_000);
        let used_at = began_at.after(used_for);
        let account = AccountId::from_bytes([1; 16]);
        let device = DeviceId::from_bytes([1; 16]);
        let session = Session {
            hash: SessionHash([0; 32]),
            account,
            device,
            kind,
            began_at,
            used_at,
        };
        assert_eq!(
            standing(&session, used_at.after(unused_for)),
            wanted,
            "{kind:?} {used_for:?} {unused_for:?}"
        );
    }

    #[test]
    fn a_session_ends_after_twelve_idle_hours_or_thirty_days() {
        check_all(DeviceKind::Personal, IDLE, ABSOLUTE);
    }

    #[test]
    fn a_session_on_a_shared_device_ends_after_two_idle_hours_or_a_shift() {
        check_all(DeviceKind::Shared, IDLE_SHARED, ABSOLUTE_SHARED);
    }

    fn check_all(kind: DeviceKind, idle: Duration, absolute: Duration) {
        let second = Duration::from_secs(1);
        check(kind, Duration::ZERO, second, Standing::InForce);
        check(kind, Duration::ZERO, NOTED_EVERY, Standing::Unnoted);
        check(
            kind,
            Duration::ZERO,
            idle.saturating_sub(second),
            Standing::Unnoted,
        );
        check(kind, Duration::ZERO, idle, Standing::Over);
        check(
            kind,
            absolute.saturating_sub(second),
            Duration::ZERO,
            Standing::InForce,
        );
        check(kind, absolute.saturating_sub(second), second, Standing::Over);
    }
}
