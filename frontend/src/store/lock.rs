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

/// Whether a code may be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    /// It may, and this is what it has to be.
    Measure(Code),
    /// It may after this long.
    Wait(Duration),
    /// There is no code: only signing in opens.
    NoCode,
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

    /// A code is to be tried: it counts as wrong until it turns out right, or a page loaded anew would forget it.
    pub(super) fn attempt(&mut self, now: Timestamp) -> Attempt {
        // A clock that was set back must not lock anybody out for longer.
        self.again_at = self.again_at.min(now.after(LONGEST_WAIT));
        let wait = self.again_at.since(now);
        match &self.code {
            None => Attempt::NoCode,
            Some(_) if !wait.is_zero() => Attempt::Wait(wait),
            Some(code) => {
                let code = code.clone();
                self.tries(now);
                Attempt::Measure(code)
            }
        }
    }

    fn tries(&mut self, now: Timestamp) {
        self.wrong = self.wrong.saturating_add(1);
        let costly = self.wrong.saturating_sub(FREE_TRIES);
        if costly > 0 {
            let wait = FIRST_WAIT.saturating_mul(1_u32.checked_shl(costly - 1).unwrap_or(u32::MAX));
            self.again_at = now.after(wait.min(LONGEST_WAIT));
        }
    }

    /// What was typed is this code. Whether that still opens: the code may have been changed meanwhile.
    pub(super) fn opens(&mut self, code: &Code) -> bool {
        let opens = self.code.as_ref() == Some(code);
        if opens {
            self.wrong = 0;
            self.again_at = Timestamp::default();
        }
        opens
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    fn seconds(wait: Option<Duration>) -> u64 {
        wait.unwrap_or_default().as_secs()
    }

    fn code(first: u8) -> Code {
        Code {
            salt: [first; 16],
            rounds: 1,
            stretched: [first; 32],
        }
    }

    fn locked() -> Lock {
        Lock {
            code: Some(code(1)),
            ..Lock::default()
        }
    }

    /// Tries a wrong code as soon as one may; how long that was.
    fn tries(lock: &mut Lock, now: &mut Timestamp) -> u64 {
        let wait = match lock.attempt(*now) {
            Attempt::Wait(wait) => wait,
            Attempt::Measure(_) | Attempt::NoCode => return 0,
        };
        *now = now.after(wait);
        assert_eq!(
            lock.attempt(*now),
            Attempt::Measure(code(1)),
            "and then one may try"
        );
        wait.as_secs()
    }

    #[test]
    fn wrong_codes_cost_more_and_more_but_never_more_than_five_minutes() {
        let (mut lock, mut now) = (locked(), NOW);
        let waits: Vec<u64> = (0..12).map(|_| tries(&mut lock, &mut now)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300]);
        assert!(lock.opens(&code(1)));
        assert_eq!(tries(&mut lock, &mut now), 0, "the right one makes good");
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out_for_longer_than_the_longest_wait() {
        let (mut lock, mut now) = (locked(), NOW);
        for _ in 0..12 {
            tries(&mut lock, &mut now);
        }
        let back = Timestamp(0);
        assert_eq!(lock.attempt(back), Attempt::Wait(LONGEST_WAIT));
        let later = back.after(Duration::from_secs(299));
        assert_eq!(lock.attempt(later), Attempt::Wait(Duration::from_secs(1)));
        let over = back.after(LONGEST_WAIT);
        assert_eq!(lock.attempt(over), Attempt::Measure(code(1)));
    }

    #[test]
    fn a_code_that_was_changed_while_it_was_being_tried_opens_nothing() {
        let mut lock = locked();
        assert_eq!(lock.attempt(NOW), Attempt::Measure(code(1)));
        lock.code = Some(code(2));
        assert!(!lock.opens(&code(1)));
        assert!(lock.opens(&code(2)));
    }

    #[test]
    fn without_a_code_nothing_can_be_tried() {
        assert_eq!(Lock::default().attempt(NOW), Attempt::NoCode);
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
