//! Following: what each connection is sent of each ledger.

use super::connection::{Connection, FollowState, Follower};
use super::ledger::{LedgerState, OpenLedger};
use super::machine::Relay;
use super::{ConnectionId, Contact, Effect, Page};
use crate::id::{Chain, LedgerId};
use crate::limit;
use crate::protocol::{Cursor, Entry, RelayMessage};
use crate::time::Timestamp;

impl Relay {
    /// Begins to follow from a cursor.
    pub(super) fn follow(&mut self, now: Timestamp, id: ConnectionId, cursor: Cursor) -> Vec<Effect> {
        let Self {
            connections,
            ledgers,
            config,
            contacts,
            ..
        } = self;
        let Some(connection) = connections.get_mut(&id) else {
            return Vec::new();
        };
        let ledger = cursor.ledger;
        let open = match ledgers.get(&ledger) {
            Some(LedgerState::Open(open))
                if config
                    .rights
                    .may_read(&connection.officer.grants, now.date(), &open.key) =>
            {
                open
            }
            Some(LedgerState::Damaged | LedgerState::Loading(_)) => return Vec::new(),
            // The store is older than the ledger: whoever holds a part of its log must keep it.
            Some(LedgerState::Unknown) | None if cursor.seq > 0 => return Vec::new(),
            _ => return vec![Effect::Send(id, RelayMessage::Forget { ledger })],
        };
        contacts.add(Contact {
            ledger,
            device: connection.officer.device,
            account: connection.officer.account,
            at: now,
            seq: cursor.seq,
            pending: cursor.pending,
        });
        if connection.follows.len() >= limit::LEDGERS_PER_CONNECTION
            && !connection.follows.contains_key(&ledger)
        {
            return Vec::new();
        }
        if cursor.seq == open.last && cursor.chain == open.chain {
            connection.follows.insert(
                ledger,
                Follower {
                    sent: cursor.seq,
                    state: FollowState::Live,
                },
            );
            return vec![Effect::Send(
                id,
                entries(ledger, Vec::new(), open.chain, open.last),
            )];
        }
        let state = FollowState::Waiting(Some(cursor.chain));
        connection.follows.insert(
            ledger,
            Follower {
                sent: cursor.seq,
                state,
            },
        );
        resume(id, connection, ledger).into_iter().collect()
    }

    /// Sends a page that was read for a follower, and asks for the next.
    pub(super) fn page(&mut self, now: Timestamp, id: ConnectionId, page: Page) -> Vec<Effect> {
        let Self {
            connections, ledgers, ..
        } = self;
        let Some(connection) = connections.get_mut(&id) else {
            return Vec::new();
        };
        let ledger = page.ledger;
        let Some(follower) = connection.follows.get_mut(&ledger) else {
            return Vec::new();
        };
        // A page asked for before the client followed anew from another place.
        let FollowState::Reading(chain) = follower.state else {
            return Vec::new();
        };
        if follower.sent != page.after {
            return Vec::new();
        }
        if page.chain_before.is_none() || chain.is_some_and(|chain| page.chain_before != Some(chain)) {
            connection.follows.remove(&ledger);
            return vec![Effect::Send(id, RelayMessage::Diverged { ledger })];
        }
        let Some(LedgerState::Open(open)) = ledgers.get(&ledger) else {
            return Vec::new();
        };
        follower.sent += page.entries.len() as u64;
        // The store may be ahead of what has been told to be committed, never behind.
        let complete = follower.sent >= open.last.max(page.last);
        follower.state = if complete {
            FollowState::Live
        } else {
            FollowState::Reading(None)
        };
        let bytes = page.entries.iter().map(Entry::weight).sum();
        connection.sent(bytes, now);
        let mut effects = vec![Effect::Send(
            id,
            entries(ledger, page.entries, page.chain, open.last),
        )];
        if !complete {
            effects.extend(resume(id, connection, ledger));
        }
        effects
    }

    /// Goes on with whoever waited for room.
    pub(super) fn drained(&mut self, id: ConnectionId) -> Vec<Effect> {
        let Some(connection) = self.connections.get_mut(&id) else {
            return Vec::new();
        };
        connection.drained();
        let waiting: Vec<LedgerId> = connection
            .follows
            .iter()
            .filter(|(_, follower)| matches!(follower.state, FollowState::Waiting(_)))
            .map(|(ledger, _)| *ledger)
            .collect();
        waiting
            .into_iter()
            .filter_map(|ledger| resume(id, connection, ledger))
            .collect()
    }

    /// Sends what was just committed to everybody who has all that came before.
    pub(super) fn forward(
        &mut self,
        now: Timestamp,
        ledger: LedgerId,
        added: &[(Entry, Chain)],
    ) -> Vec<Effect> {
        let Self {
            connections, ledgers, ..
        } = self;
        let (Some(LedgerState::Open(open)), Some((first, _))) = (ledgers.get(&ledger), added.first()) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        for (id, connection) in connections.iter_mut() {
            let Some(follower) = connection.follows.get(&ledger).copied() else {
                continue;
            };
            if follower.state != FollowState::Live {
                continue;
            }
            // A page read while this was being committed may have brought a part of it already.
            let known = usize::try_from((follower.sent + 1).saturating_sub(first.seq)).unwrap_or(usize::MAX);
            if let Some(news) = added.get(known..).filter(|news| !news.is_empty()) {
                effects.extend(send_live(now, *id, connection, open, ledger, news));
            }
        }
        effects
    }
}

/// Sends entries in frames for as long as the connection has room; the rest it reads later from its cursor.
fn send_live(
    now: Timestamp,
    id: ConnectionId,
    connection: &mut Connection,
    open: &OpenLedger,
    ledger: LedgerId,
    added: &[(Entry, Chain)],
) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut rest = added;
    let mut sent = added.first().map_or(0, |(first, _)| first.seq - 1);
    while !rest.is_empty() && connection.has_room() {
        let (some, more) = rest.split_at(fitting(rest));
        rest = more;
        sent += some.len() as u64;
        connection.sent(some.iter().map(|(entry, _)| entry.weight()).sum(), now);
        let chain = some.last().map_or(open.chain, |(_, chain)| *chain);
        let some = some.iter().map(|(entry, _)| entry.clone()).collect();
        effects.push(Effect::Send(id, entries(ledger, some, chain, open.last)));
    }
    let state = if rest.is_empty() {
        FollowState::Live
    } else {
        FollowState::Waiting(None)
    };
    connection.follows.insert(ledger, Follower { sent, state });
    effects
}

/// Reads on for a follower if its connection has room; else it waits.
fn resume(id: ConnectionId, connection: &mut Connection, ledger: LedgerId) -> Option<Effect> {
    let room = connection.has_room();
    let follower = connection.follows.get_mut(&ledger)?;
    let chain = match follower.state {
        FollowState::Reading(chain) | FollowState::Waiting(chain) => chain,
        FollowState::Live => None,
    };
    follower.state = if room {
        FollowState::Reading(chain)
    } else {
        FollowState::Waiting(chain)
    };
    room.then_some(Effect::Read {
        connection: id,
        ledger,
        after: follower.sent,
    })
}

/// Reads on for a follower that was reading: what it was read meanwhile was dropped.
pub(super) fn read_on(id: ConnectionId, connection: &mut Connection, ledger: LedgerId) -> Option<Effect> {
    let follower = connection.follows.get(&ledger)?;
    let sent = follower.sent;
    matches!(follower.state, FollowState::Reading(_)).then_some(Effect::Read {
        connection: id,
        ledger,
        after: sent,
    })
}

/// How many entries fit into one frame: at least one.
fn fitting(rest: &[(Entry, Chain)]) -> usize {
    let mut bytes = 0;
    let fit = rest
        .iter()
        .take(limit::ENTRIES_PER_FRAME)
        .take_while(|(entry, _)| {
            bytes += entry.weight();
            bytes <= limit::ENTRIES_BYTES
        });
    fit.count().max(1)
}

fn entries(ledger: LedgerId, entries: Vec<Entry>, chain: Chain, last: u64) -> RelayMessage {
    RelayMessage::Entries {
        ledger,
        entries,
        chain,
        last,
    }
}
