//! The quick lock of an account on this device: what it keeps, and what it answers at a moment that the caller names.
//!
//! It protects the screen, not the disk: whoever can read the browser's files reads the ledgers, and tries all short
//! codes in little time.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use shared::protocol::http::DeviceKind;
use shared::time::Timestamp;

/// Under which key an account's database keeps it.
pub(super) const LOCK: &str = "lock";
/// How long nobody may be there on a shared device before the screen is locked, unless the person says otherwise.
pub(super) const IDLE_SHARED: Duration = Duration::from_mins(5);
/// The least a code may have, in characters.
pub const CODE_CHARS: usize = 4;
/// How often PBKDF2 goes round: a few tenths of a second on an office PC.
pub(super) const ROUNDS: u32 = 600_000;
/// Wrong codes that cost nothing.
const FREE_TRIES: u32 = 3;
/// The wait after the first wrong code that costs something; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// What an account's database keeps of its lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lock {
    /// The code; none when the person declined one: then only signing in opens.
    pub(super) code: Option<Code>,
    pub(super) idle: Idle,
    /// Wrong codes in a row, one that is being tried among them.
    wrong: u32,
    /// When the next one may be tried.
    again_at: Timestamp,
}

/// What is kept of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Code {
    pub(super) salt: [u8; 16],
    pub(super) rounds: u32,
    pub(super) stretched: [u8; 32],
}

/// After how long without anybody the screen is locked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Idle {
    /// As the kind of the device says.
    #[default]
    Usual,
    Never,
    After(Duration),
}

impl Lock {
    /// After how long without anybody the screen is locked; none for never.
    pub(super) fn idle(&self, kind: DeviceKind) -> Option<Duration> {
        match (self.idle, kind) {
            (Idle::After(time), _) => Some(time),
            (Idle::Usual, DeviceKind::Shared) => Some(IDLE_SHARED),
            (Idle::Usual, DeviceKind::Personal) | (Idle::Never, _) => None,
        }
    }

    /// How long to wait before a code may be tried; none when it may be now.
    pub(super) fn wait(&self, now: Timestamp) -> Option<Duration> {
        // A clock that was set back must not lock anybody out for longer.
        let wait = self.again_at.since(now).min(LONGEST_WAIT);
        (!wait.is_zero()).then_some(wait)
    }

    /// A code is being tried: it counts as wrong until it turns out right, or a page loaded anew would forget it.
    pub(super) fn tries(&mut self, now: Timestamp) {
        self.wrong = self.wrong.saturating_add(1);
        let costly = self.wrong.saturating_sub(FREE_TRIES);
        if costly > 0 {
            let wait = FIRST_WAIT.saturating_mul(1_u32.checked_shl(costly - 1).unwrap_or(u32::MAX));
            self.again_at = now.after(wait.min(LONGEST_WAIT));
        }
    }

    /// The code was right.
    pub(super) fn succeeded(&mut self) {
        self.wrong = 0;
        self.again_at = Timestamp::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    fn seconds(wait: Option<Duration>) -> u64 {
        wait.unwrap_or_default().as_secs()
    }

    #[test]
    fn wrong_codes_cost_more_and_more_but_never_more_than_five_minutes() {
        let (mut lock, mut now) = (Lock::default(), NOW);
        let mut waits = Vec::new();
        for _ in 0..11 {
            lock.tries(now);
            let wait = lock.wait(now).unwrap_or_default();
            waits.push(wait.as_secs());
            now = now.after(wait);
            assert_eq!(lock.wait(now), None, "and then one may try");
        }
        assert_eq!(waits, [0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300]);
        lock.succeeded();
        lock.tries(now);
        assert_eq!(lock.wait(now), None, "the right one makes good");
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let mut lock = Lock::default();
        for _ in 0..40 {
            lock.tries(NOW);
        }
        assert_eq!(seconds(lock.wait(Timestamp(0))), 300);
    }

    #[test]
    fn a_shared_device_is_locked_after_five_minutes_and_a_personal_one_when_one_says_so() {
        let mut lock = Lock::default();
        assert_eq!(seconds(lock.idle(DeviceKind::Shared)), 300);
        assert_eq!(lock.idle(DeviceKind::Personal), None);
        lock.idle = Idle::After(Duration::from_mins(1));
        assert_eq!(seconds(lock.idle(DeviceKind::Personal)), 60);
        lock.idle = Idle::Never;
        assert_eq!(lock.idle(DeviceKind::Shared), None);
    }
}
