//! Delays for those who guess passwords; never a lock, since anybody could lock anybody out.
//!
//! Who guesses at an account delays himself first, at that account from where he is. Its owner waits with him only once
//! guesses come from so many networks that together they are too many.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::mem::{Discriminant, discriminant};
use std::net::IpAddr;
use std::time::Duration;

use shared::time::Timestamp;

use crate::crowd::network;

/// Wrong tries an account has free from one address.
const FREE_FROM_ADDRESS: u32 = 4;
/// Wrong tries an account has free from wherever.
const FREE_FOR_ACCOUNT: u32 = 40;
/// How soon one of those is forgotten: one address, which may go on once a minute, never comes so far alone.
const FORGOTTEN_EACH: Duration = Duration::from_secs(30);
/// Wrong tries an address has free: a plant may sit behind one.
const FREE_FOR_ADDRESS: u32 = 30;
/// The longest wait.
const LONGEST: Duration = Duration::from_mins(1);
/// After so long without a wrong try everything is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(15);
/// How many guessed-at accounts and addresses are remembered.
const REMEMBERED: usize = 10_000;
/// How many memories those share who find no room, of accounts and of addresses each.
const SHARES: u64 = 1_024;

/// At whom somebody guesses, and from where.
#[derive(Debug)]
pub(super) struct Guess {
    login: Option<String>,
    from: IpAddr,
}

impl Guess {
    /// A guess at this login from this address. What no account can be called is none, so that nobody fills the memory
    /// with long ones.
    pub(super) fn at(login: Option<&str>, address: IpAddr) -> Self {
        Self {
            login: login.map(str::to_owned),
            from: network(address),
        }
    }

    fn guessed(&self) -> impl Iterator<Item = Guessed> {
        let login = self.login.clone();
        let here = login.clone().map(|login| Guessed::LoginFrom(login, self.from));
        let guessed = [here, login.map(Guessed::Login), Some(Guessed::From(self.from))];
        guessed.into_iter().flatten()
    }
}

/// Who has been guessing.
#[derive(Debug, Default)]
pub(super) struct Delays {
    guesses: HashMap<Guessed, Tries>,
    /// Once those are full of fresh guesses, who comes new shares one of these with others: he waits for them as well.
    shared: HashMap<Share, Tries>,
    spread: RandomState,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Guessed {
    LoginFrom(String, IpAddr),
    Login(String),
    From(IpAddr),
}

/// Accounts, addresses, and accounts from one address do not share.
type Share = (Discriminant<Guessed>, u64);

impl Guessed {
    const fn free(&self) -> u32 {
        match self {
            Self::LoginFrom(..) => FREE_FROM_ADDRESS,
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
    /// As they count now.
    fn at(self, now: Timestamp, guessed: &Guessed) -> Self {
        let since = now.since(self.last);
        let wrong = match guessed {
            _ if since >= FORGOTTEN_AFTER => 0,
            Guessed::Login(_) => {
                let forgotten = since.as_secs() / FORGOTTEN_EACH.as_secs();
                self.wrong
                    .saturating_sub(u32::try_from(forgotten).unwrap_or(u32::MAX))
            }
            Guessed::LoginFrom(..) | Guessed::From(_) => self.wrong,
        };
        Self { wrong, ..self }
    }

    /// One second after the last free try, then twice as long each time.
    fn delay(self, free: u32) -> Duration {
        match self.wrong.checked_sub(free) {
            Some(over) => Duration::from_secs(1 << over.min(6)).min(LONGEST),
            None => Duration::ZERO,
        }
    }
}

impl Delays {
    /// How long this guess must wait; none when it may be made.
    pub(super) fn wait(&self, now: Timestamp, guess: &Guess) -> Option<Duration> {
        let waits = guess.guessed().filter_map(|guessed| {
            let tries = match self.guesses.get(&guessed) {
                Some(own) => own,
                None if self.is_full() => self.shared.get(&self.share(&guessed))?,
                None => return None,
            };
            let left = tries
                .at(now, &guessed)
                .delay(guessed.free())
                .saturating_sub(now.since(tries.last));
            (!left.is_zero()).then_some(left)
        });
        waits.max()
    }

    /// Notes a try as a wrong one, before it is known: a thousand at once must not all be free.
    pub(super) fn tries(&mut self, now: Timestamp, guess: &Guess) {
        if self.is_full() {
            self.guesses.retain(|_, tries| now.since(tries.last) < LONGEST);
        }
        for guessed in guess.guessed() {
            let first = Tries { wrong: 0, last: now };
            let counts = |tries: &Tries| tries.at(now, &guessed).wrong.saturating_add(1);
            let has_room = !self.is_full() || self.guesses.contains_key(&guessed);
            let tries = if has_room {
                self.guesses.entry(guessed.clone()).or_insert(first)
            } else {
                self.shared.entry(self.share(&guessed)).or_insert(first)
            };
            *tries = Tries {
                wrong: counts(tries),
                last: now,
            };
        }
    }

    /// Takes the last try back where it was not looked at.
    pub(super) fn takes_back(&mut self, guess: &Guess) {
        for guessed in guess.guessed() {
            if let Some(tries) = self.noted(&guessed) {
                tries.wrong = tries.wrong.saturating_sub(1);
            }
        }
    }

    /// Takes the last try back once it turns out right, and forgets those for that login. The others of the address
    /// stay: who guesses there may own one account.
    pub(super) fn succeeded(&mut self, guess: &Guess) {
        self.takes_back(guess);
        for guessed in guess.guessed() {
            match guessed {
                Guessed::LoginFrom(..) | Guessed::Login(_) => drop(self.guesses.remove(&guessed)),
                Guessed::From(_) => {}
            }
        }
    }

    fn is_full(&self) -> bool {
        self.guesses.len() >= REMEMBERED
    }

    fn share(&self, guessed: &Guessed) -> Share {
        (discriminant(guessed), self.spread.hash_one(guessed) % SHARES)
    }

    /// Where a guess was noted.
    fn noted(&mut self, guessed: &Guessed) -> Option<&mut Tries> {
        if self.guesses.contains_key(guessed) || !self.is_full() {
            self.guesses.get_mut(guessed)
        } else {
            self.shared.get_mut(&self.share(guessed))
        }
    }
}

#[cfg(test)]
mod tests;
