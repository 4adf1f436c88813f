//! Delays for those who guess passwords; never a lock, since anybody could lock anybody out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use shared::time::Timestamp;

/// Wrong tries an account has free.
const FREE_FOR_ACCOUNT: u32 = 4;
/// Wrong tries an address has free: a plant may sit behind one.
const FREE_FOR_ADDRESS: u32 = 30;
/// The longest wait.
const LONGEST: Duration = Duration::from_mins(1);
/// After so long without a wrong try everything is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(15);
/// How many guessed-at accounts and addresses are remembered.
const REMEMBERED: usize = 10_000;

/// Who has been guessing.
#[derive(Debug, Default)]
pub(super) struct Delays {
    guesses: HashMap<Guessed, Tries>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Guessed {
    Login(String),
    From(IpAddr),
}

impl Guessed {
    const fn free(&self) -> u32 {
        match self {
            Self::Login(_) => FREE_FOR_ACCOUNT,
            Self::From(_) => FREE_FOR_ADDRESS,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    wrong: u32,
    last: Timestamp,
}

impl Tries {
    /// One second after the last free try, then twice as long each time.
    fn delay(self, free: u32) -> Duration {
        match self.wrong.checked_sub(free) {
            Some(over) => Duration::from_secs(1 << over.min(6)).min(LONGEST),
            None => Duration::ZERO,
        }
    }
}

impl Delays {
    /// How long this login and address must wait; none when they may try.
    pub(super) fn wait(&self, now: Timestamp, login: &str, address: IpAddr) -> Option<Duration> {
        let waits = [Guessed::Login(login.to_owned()), Guessed::From(address)]
            .into_iter()
            .filter_map(|guessed| {
                let tries = self.guesses.get(&guessed)?;
                let left = tries.delay(guessed.free()).saturating_sub(now.since(tries.last));
                (!left.is_zero()).then_some(left)
            });
        waits.max()
    }

    /// Notes a try as a wrong one, before it is known: a thousand at once must not all be free.
    pub(super) fn tries(&mut self, now: Timestamp, login: &str, address: IpAddr) {
        if self.guesses.len() >= REMEMBERED {
            self.guesses.retain(|_, tries| now.since(tries.last) < LONGEST);
        }
        for guessed in [Guessed::Login(login.to_owned()), Guessed::From(address)] {
            // Full of fresh guesses: who comes new is not remembered, who is remembered goes on waiting.
            if self.guesses.len() >= REMEMBERED && !self.guesses.contains_key(&guessed) {
                continue;
            }
            let tries = self
                .guesses
                .entry(guessed)
                .or_insert(Tries { wrong: 0, last: now });
            if now.since(tries.last) >= FORGOTTEN_AFTER {
                tries.wrong = 0;
            }
            *tries = Tries {
                wrong: tries.wrong.saturating_add(1),
                last: now,
            };
        }
    }

    /// Takes the last try back where it was not looked at.
    pub(super) fn takes_back(&mut self, login: &str, address: IpAddr) {
        for guessed in [Guessed::Login(login.to_owned()), Guessed::From(address)] {
            if let Some(tries) = self.guesses.get_mut(&guessed) {
                tries.wrong = tries.wrong.saturating_sub(1);
            }
        }
    }

    /// Takes the last try back once it turns out right, and forgets those for that login. The others of the address
    /// stay: who guesses there may own one account.
    pub(super) fn succeeded(&mut self, login: &str, address: IpAddr) {
        self.guesses.remove(&Guessed::Login(login.to_owned()));
        if let Some(tries) = self.guesses.get_mut(&Guessed::From(address)) {
            tries.wrong = tries.wrong.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));
    const NOW: Timestamp = Timestamp(1_000_000);

    fn after_wrong_tries(count: u32) -> Delays {
        let mut delays = Delays::default();
        for _ in 0..count {
            delays.tries(NOW, "lin", HERE);
        }
        delays
    }

    #[test]
    fn a_few_wrong_tries_are_free_then_waits_double_up_to_a_minute() {
        let wait = |count| {
            after_wrong_tries(count)
                .wait(NOW, "lin", THERE)
                .map(|wait| wait.as_secs())
        };
        assert_eq!(
            [3, 4, 5, 6, 9, 10, 500].map(wait),
            [None, Some(1), Some(2), Some(4), Some(32), Some(60), Some(60)]
        );
    }

    #[test]
    fn nobody_is_locked_out_for_good() {
        let delays = after_wrong_tries(500);
        assert!(delays.wait(NOW.after(LONGEST), "lin", HERE).is_none());
    }

    #[test]
    fn other_logins_from_another_address_do_not_wait() {
        let delays = after_wrong_tries(500);
        assert!(delays.wait(NOW, "gu", THERE).is_none());
        assert!(delays.wait(NOW, "gu", HERE).is_some());
    }

    #[test]
    fn who_gets_in_begins_anew_but_his_address_does_not() {
        let mut delays = after_wrong_tries(500);
        delays.succeeded("lin", HERE);
        assert!(delays.wait(NOW, "lin", THERE).is_none());
        assert!(delays.wait(NOW, "lin", HERE).is_some());
    }

    #[test]
    fn right_tries_from_one_address_add_up_to_nothing() {
        let mut delays = Delays::default();
        for _ in 0..200 {
            delays.tries(NOW, "lin", HERE);
            delays.succeeded("lin", HERE);
        }
        assert!(delays.wait(NOW, "gu", HERE).is_none());
    }

    #[test]
    fn a_try_nobody_looked_at_counts_for_nothing() {
        let mut delays = after_wrong_tries(3);
        delays.tries(NOW, "lin", HERE);
        delays.takes_back("lin", HERE);
        assert!(delays.wait(NOW, "lin", HERE).is_none());
        delays.tries(NOW, "lin", HERE);
        assert!(delays.wait(NOW, "lin", HERE).is_some());
    }

    #[test]
    fn guessing_at_a_million_logins_fills_no_memory() {
        let mut delays = Delays::default();
        for guess in 0..u32::try_from(REMEMBERED).unwrap() + 500 {
            delays.tries(NOW, &guess.to_string(), HERE);
        }
        assert!(delays.guesses.len() <= REMEMBERED);
        assert!(delays.wait(NOW, "anybody", HERE).is_some());
    }
}
