//! What hostile or broken clients do, as the log tells it: counted, one line in ten seconds for each kind, and nobody by
//! name.
//!
//! In a plant an address is one person's PC, so a line names the network it is in: enough to look there, and not a
//! person. Accounts stand under their ids, which mean something to whoever may open the store and to nobody else.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::id::AccountId;
use tokio::time::Instant;

/// How often a kind of trouble is told at the most.
const TOLD_EVERY: Duration = Duration::from_secs(10);
/// How many are told apart in that time; whoever comes later is counted among the others.
const TOLD_APART: usize = 64;
/// How many connections of one network in that time are worth a line: an enterprise's browsers all coming back.
const MANY_CONNECTIONS: u64 = 1_000;

/// How many requests that never came are worth a line: a browser opens connections ahead, and leaves most of them unused.
const MANY_UNUSED: u64 = 100;

/// A kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// A wrong password or code.
    WrongPassword,
    /// A guess before its time.
    GuessDelayed,
    /// A password that was not checked because too many waited.
    SignInsFull,
    /// A connection.
    Connection,
    /// A connection that had to make room for another.
    MadeRoom,
    /// A connection for which there was no room.
    NoRoom,
    /// A request whose head did not come in time, or a handshake.
    SlowHead,
    /// A request whose body did not come in time.
    SlowBody,
    /// A request whose body is longer than its route takes.
    LongBody,
    /// A connection of an account that has as many as it may.
    AccountFull,
    /// A socket, where the relay serves as many as it may.
    SocketsFull,
    /// A frame that is no message.
    BadFrame,
    /// An account that sent more than is read of one.
    SlowedDown,
}

impl Trouble {
    const fn words(self) -> &'static str {
        match self {
            Self::WrongPassword => "wrong passwords",
            Self::GuessDelayed => "guesses at passwords turned away before their time",
            Self::SignInsFull => "sign-ins turned away: too many wait to be checked",
            Self::Connection => "many connections",
            Self::MadeRoom => "connections without a session closed to make room",
            Self::NoRoom => "connections turned away: there is no room",
            Self::SlowHead => "connections closed: no request came in time",
            Self::SlowBody => "requests turned away: their bodies did not come in time",
            Self::LongBody => "requests turned away: their bodies are too long",
            Self::AccountFull => "connections turned away: their account has as many as it may",
            Self::SocketsFull => "sockets turned away: the relay serves as many as it may",
            Self::BadFrame => "sockets closed: a frame that is no message",
            Self::SlowedDown => "an account is read more slowly: it sends more than one may",
        }
    }

    /// How often it must happen within [`TOLD_EVERY`] to be told.
    const fn worth_telling(self) -> u64 {
        match self {
            Self::Connection => MANY_CONNECTIONS,
            Self::SlowHead => MANY_UNUSED,
            _ => 1,
        }
    }
}

/// Where trouble comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The network of an address.
    Network(IpAddr),
    /// An account.
    Account(AccountId),
}

impl From<IpAddr> for Source {
    fn from(address: IpAddr) -> Self {
        Self::Network(match address.to_canonical() {
            IpAddr::V4(four) => IpAddr::V4(Ipv4Addr::from_bits(four.to_bits() >> 8 << 8)),
            IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() >> 80 << 80)),
        })
    }
}

impl From<AccountId> for Source {
    fn from(account: AccountId) -> Self {
        Self::Account(account)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(network @ IpAddr::V4(_)) => write!(f, "{network}/24"),
            Self::Network(network @ IpAddr::V6(_)) => write!(f, "{network}/48"),
            Self::Account(account) => write!(f, "account {account}"),
        }
    }
}

/// Everything there is to tell.
#[derive(Clone, Debug, Default)]
pub struct Troubles(Arc<Mutex<BTreeMap<Trouble, Count>>>);

#[derive(Debug, Default)]
struct Count {
    times: u64,
    sources: HashMap<Source, u64>,
    /// When it was last told, or last began to be counted.
    since: Option<Instant>,
}

impl Troubles {
    /// Notes trouble. The first of its kind is told at once, what follows in [`Self::tell_on`].
    pub fn saw(&self, trouble: Trouble, source: impl Into<Source>) {
        let mut counts = self.counts();
        let count = counts.entry(trouble).or_default();
        count.times += 1;
        let source = source.into();
        if count.sources.len() < TOLD_APART || count.sources.contains_key(&source) {
            *count.sources.entry(source).or_default() += 1;
        }
        if count.times == trouble.worth_telling() && count.since.is_none() {
            count.tell(trouble);
        }
    }

    /// Goes on telling for as long as it is polled.
    pub async fn tell_on(self) {
        loop {
            tokio::time::sleep(TOLD_EVERY).await;
            for (trouble, count) in &mut *self.counts() {
                if count.times >= trouble.worth_telling() {
                    count.tell(*trouble);
                } else {
                    // It is quiet: the next is the first again.
                    *count = Count::default();
                }
            }
        }
    }

    /// Whether any trouble of this kind is told or counted.
    #[cfg(test)]
    pub(crate) fn has_seen(&self, trouble: Trouble) -> bool {
        let counts = self.counts();
        counts
            .get(&trouble)
            .is_some_and(|count| count.times > 0 || count.since.is_some())
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<Trouble, Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Count {
    /// Writes one line, and counts anew.
    fn tell(&mut self, trouble: Trouble) {
        let now = Instant::now();
        let seconds = self.since.replace(now).map_or(0, |since| (now - since).as_secs());
        let times = std::mem::take(&mut self.times);
        let sources = std::mem::take(&mut self.sources);
        let Some((most, most_times)) = sources.iter().max_by_key(|(_, times)| **times) else {
            return;
        };
        let sources = sources.len();
        tracing::warn!(times, seconds, sources, %most, most_times, "{}", trouble.words());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_a_network_and_never_a_machine() {
        let told = |address: &str| Source::from(address.parse::<IpAddr>().unwrap()).to_string();
        assert_eq!(told("10.1.2.3"), "10.1.2.0/24");
        assert_eq!(told("::ffff:10.1.2.3"), "10.1.2.0/24");
        assert_eq!(told("fd00:1:2:3:4:5:6:7"), "fd00:1:2::/48");
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_is_told_at_once_and_the_rest_together() {
        let troubles = Troubles::default();
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let untold = || troubles.counts()[&Trouble::BadFrame].times;
        troubles.saw(Trouble::BadFrame, here);
        assert_eq!(untold(), 0);
        for _ in 0..10_000 {
            troubles.saw(Trouble::BadFrame, here);
        }
        assert_eq!(untold(), 10_000);
        let telling = tokio::spawn(troubles.clone().tell_on());
        tokio::time::sleep(TOLD_EVERY + Duration::from_secs(1)).await;
        assert_eq!(untold(), 0);
        tokio::time::sleep(TOLD_EVERY).await;
        troubles.saw(Trouble::BadFrame, here);
        assert_eq!(untold(), 0, "after a quiet while it is the first again");
        telling.abort();
    }

    #[test]
    fn any_number_of_sources_fills_no_memory() {
        let troubles = Troubles::default();
        for number in 0..100_000_u32 {
            troubles.saw(Trouble::NoRoom, IpAddr::V4(Ipv4Addr::from_bits(number << 8)));
        }
        assert!(troubles.counts()[&Trouble::NoRoom].sources.len() <= TOLD_APART);
    }
}
