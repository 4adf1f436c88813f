//! One connection: who is there, what it follows, how much it has yet to take.

use std::collections::BTreeMap;

use super::Officer;
use crate::id::{Chain, DeviceId, LedgerId};
use crate::limit;
use crate::time::Timestamp;

#[derive(Debug)]
pub(super) struct Connection {
    pub(super) officer: Officer,
    /// From the hello; none before it.
    pub(super) device: Option<DeviceId>,
    pub(super) since: Timestamp,
    pub(super) ticked: Timestamp,
    pub(super) follows: BTreeMap<LedgerId, Follower>,
    /// Bytes of entries and fates sent since the connection last had taken everything.
    backlog: usize,
    blocked_since: Option<Timestamp>,
}

/// How far a connection has come with one ledger: a cursor, not a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Follower {
    /// The last entry sent, or that it said it has.
    pub(super) sent: u64,
    pub(super) state: FollowState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FollowState {
    /// A page is being read; what it begins after must have this chain, if one is given.
    Reading(Option<Chain>),
    /// Has everything: new entries go out as they are committed.
    Live,
    /// Waits until the connection has taken what was sent; then as in reading.
    Waiting(Option<Chain>),
}

impl Connection {
    pub(super) fn new(officer: Officer, now: Timestamp) -> Self {
        Self {
            officer,
            device: None,
            since: now,
            ticked: now,
            follows: BTreeMap::new(),
            backlog: 0,
            blocked_since: None,
        }
    }

    pub(super) fn has_room(&self) -> bool {
        self.backlog < limit::READER_BACKLOG_BYTES
    }

    pub(super) fn sent(&mut self, bytes: usize, now: Timestamp) {
        self.backlog += bytes;
        if !self.has_room() && self.blocked_since.is_none() {
            self.blocked_since = Some(now);
        }
    }

    pub(super) fn drained(&mut self) {
        self.backlog = 0;
        self.blocked_since = None;
    }

    pub(super) fn is_stuck(&self, now: Timestamp) -> bool {
        self.blocked_since
            .is_some_and(|since| now.since(since) >= limit::READER_BLOCKED)
    }
}
