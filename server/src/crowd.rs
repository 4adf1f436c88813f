//! How many connections are open, and whose: limits per account first, per address second, and in all.
//!
//! A connection belongs to the address it came from until a session is seen on it, and to the session's account from
//! then on. A newcomer whose address is full takes the place of its oldest stranger: a flood drives itself out, while
//! those who have signed in, behind the same address or not, are left alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use shared::id::AccountId;
use shared::limit::{CONNECTIONS, CONNECTIONS_PER_ACCOUNT, CONNECTIONS_PER_ADDRESS, CONNECTIONS_UNKNOWN};
use tokio::sync::Notify;

use crate::pace::Pace;

/// Everybody who is connected.
#[derive(Clone, Debug, Default)]
pub struct Crowd(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    next: u64,
    seats: BTreeMap<u64, (Owner, Arc<Notify>)>,
    /// Strangers by address, oldest first.
    strangers: HashMap<IpAddr, BTreeSet<u64>>,
    unknown: usize,
    /// Those of an account that has none any more are kept: its pace must not begin anew with every connection.
    accounts: HashMap<AccountId, OfAccount>,
}

/// The connections of one account.
#[derive(Debug, Default)]
struct OfAccount {
    count: usize,
    pace: Arc<Pace>,
}

/// Whom a connection counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Address(IpAddr),
    Account(AccountId),
    /// A proxy of ours: one connection of it carries requests of many people.
    Proxy,
}

/// One connection's place; it is free again once the last of its holders drops it.
#[derive(Debug)]
pub struct Seat {
    crowd: Crowd,
    number: u64,
    cut: Arc<Notify>,
    /// Of the account, once one is known; of a connection that carries requests of many people there is none.
    pace: OnceLock<Arc<Pace>>,
}

/// An account has as many connections as it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the account has too many connections")]
pub struct TooMany;

impl Crowd {
    /// A place for a connection from this address; none when the relay is full.
    #[must_use]
    pub fn enter(&self, from: IpAddr) -> Option<Arc<Seat>> {
        self.sit(Owner::Address(network(from)))
    }

    /// A place for a connection from a proxy of ours.
    #[must_use]
    pub fn enter_by_proxy(&self) -> Option<Arc<Seat>> {
        self.sit(Owner::Proxy)
    }

    /// How many are connected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner().seats.len()
    }

    /// Whether nobody is connected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn sit(&self, owner: Owner) -> Option<Arc<Seat>> {
        let mut inner = self.inner();
        if let Owner::Address(address) = owner {
            inner.make_room(address);
        }
        if inner.seats.len() >= CONNECTIONS {
            return None;
        }
        let number = inner.next;
        inner.next += 1;
        let cut = Arc::new(Notify::new());
        inner.seats.insert(number, (owner, Arc::clone(&cut)));
        inner.count(number, owner);
        drop(inner);
        Some(Arc::new(Seat {
            crowd: self.clone(),
            number,
            cut,
            pace: OnceLock::new(),
        }))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Waits until somebody else needs the place.
    pub async fn cut(&self) {
        self.cut.notified().await;
    }

    /// A request with this account's session came by the connection.
    ///
    /// # Errors
    ///
    /// When the account has too many connections without this one.
    pub fn is_of(&self, account: AccountId) -> Result<(), TooMany> {
        let is_proxy = {
            let inner = self.crowd.inner();
            !matches!(
                inner.seats.get(&self.number),
                Some((Owner::Address(_) | Owner::Account(_), _))
            )
        };
        if is_proxy {
            Ok(())
        } else {
            self.is_socket_of(account)
        }
    }

    /// The connection is a socket of this account from now on, and carries nothing else, from a proxy too.
    ///
    /// # Errors
    ///
    /// As [`Self::is_of`].
    pub fn is_socket_of(&self, account: AccountId) -> Result<(), TooMany> {
        let pace = self.crowd.inner().give(self.number, account)?;
        // Who signs in as somebody else on a connection goes on at the pace of the first.
        self.pace.get_or_init(|| pace);
        Ok(())
    }

    /// The account it belongs to, once it belongs to one.
    pub(crate) fn account(&self) -> Option<AccountId> {
        match self.crowd.inner().seats.get(&self.number) {
            Some((Owner::Account(account), _)) => Some(*account),
            _ => None,
        }
    }

    /// The pace of the account it belongs to, once it belongs to one.
    pub(crate) fn pace(&self) -> Option<&Arc<Pace>> {
        self.pace.get()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.crowd.inner().leave(self.number);
    }
}

impl Inner {
    /// Has the oldest stranger leave where a newcomer finds no room: of the newcomer's address, or of the fullest.
    fn make_room(&mut self, address: IpAddr) {
        let here = self.strangers.get(&address).map_or(0, BTreeSet::len);
        let full = if here >= CONNECTIONS_PER_ADDRESS {
            Some(address)
        } else if self.unknown >= CONNECTIONS_UNKNOWN {
            let fullest = self.strangers.iter().max_by_key(|(_, seats)| seats.len());
            fullest.map(|(address, _)| *address)
        } else {
            None
        };
        let oldest = full.and_then(|full| self.strangers.get(&full)?.first().copied());
        if let Some(oldest) = oldest
            && let Some(cut) = self.leave(oldest)
        {
            cut.notify_one();
        }
    }

    fn give(&mut self, number: u64, account: AccountId) -> Result<Arc<Pace>, TooMany> {
        let Some((owner, _)) = self.seats.get(&number) else {
            // Somebody else has the place already; the connection is being cut.
            return Err(TooMany);
        };
        let (before, now) = (*owner, Owner::Account(account));
        let known = self.accounts.entry(account).or_default();
        let pace = Arc::clone(&known.pace);
        if before == now {
            return Ok(pace);
        }
        if known.count >= CONNECTIONS_PER_ACCOUNT {
            return Err(TooMany);
        }
        self.uncount(number, before);
        self.count(number, now);
        if let Some((owner, _)) = self.seats.get_mut(&number) {
            *owner = now;
        }
        Ok(pace)
    }

    fn leave(&mut self, number: u64) -> Option<Arc<Notify>> {
        let (owner, cut) = self.seats.remove(&number)?;
        self.uncount(number, owner);
        Some(cut)
    }

    fn count(&mut self, number: u64, owner: Owner) {
        match owner {
            Owner::Address(address) => {
                self.strangers.entry(address).or_default().insert(number);
                self.unknown += 1;
            }
            Owner::Account(account) => self.accounts.entry(account).or_default().count += 1,
            Owner::Proxy => {}
        }
    }

    fn uncount(&mut self, number: u64, owner: Owner) {
        match owner {
            Owner::Address(address) => {
                self.unknown -= 1;
                if let Some(here) = self.strangers.get_mut(&address) {
                    here.remove(&number);
                    if here.is_empty() {
                        self.strangers.remove(&address);
                    }
                }
            }
            Owner::Account(account) => {
                if let Some(known) = self.accounts.get_mut(&account) {
                    known.count -= 1;
                }
            }
            Owner::Proxy => {}
        }
    }
}

/// What counts as one address: under IPv6 everybody has 2⁶⁴ of them.
pub(crate) fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() >> 64 << 64)),
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests;
