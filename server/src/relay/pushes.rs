//! Pushes on their way into the state machine, change by change: whoever pushes much takes turns with everybody else.

use std::collections::VecDeque;
use std::vec;

use serde_bytes::ByteBuf;
use shared::id::LedgerId;
use shared::protocol::{ClientMessage, Entry};
use shared::sync::relay::{ConnectionId, Event};

use crate::pace::Turn;

/// The pushes under way, each of another account.
#[derive(Debug, Default)]
pub(super) struct Pushes(VecDeque<Push>);

/// What is left of one push.
#[derive(Debug)]
pub(super) struct Push {
    connection: ConnectionId,
    ledger: LedgerId,
    rest: Rest,
    pub(super) turn: Turn,
}

#[derive(Debug)]
enum Rest {
    Changes(vec::IntoIter<ByteBuf>),
    Entries(vec::IntoIter<Entry>),
}

impl Pushes {
    /// Puts a push in line; gives any other message back, which needs no line.
    pub(super) fn line_up(
        &mut self,
        connection: ConnectionId,
        message: ClientMessage,
        turn: Turn,
    ) -> Option<(ClientMessage, Turn)> {
        let (ledger, rest) = match message {
            ClientMessage::Push { ledger, changes } => (ledger, Rest::Changes(changes.into_iter())),
            ClientMessage::Offer { ledger, entries } => (ledger, Rest::Entries(entries.into_iter())),
            other => return Some((other, turn)),
        };
        self.0.push_back(Push {
            connection,
            ledger,
            rest,
            turn,
        });
        None
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The push whose turn it is.
    pub(super) fn take(&mut self) -> Option<Push> {
        self.0.pop_front()
    }

    /// Puts a push behind the others, for its next turn.
    pub(super) fn put_back(&mut self, push: Push) {
        self.0.push_back(push);
    }
}

impl Iterator for Push {
    type Item = Event;

    /// The next change, as a push of its own.
    fn next(&mut self) -> Option<Event> {
        let ledger = self.ledger;
        let message = match &mut self.rest {
            Rest::Changes(changes) => ClientMessage::Push {
                ledger,
                changes: vec![changes.next()?],
            },
            Rest::Entries(entries) => ClientMessage::Offer {
                ledger,
                entries: vec![entries.next()?],
            },
        };
        Some(Event::Received(self.connection, message))
    }
}
