//! Pushes on their way into the state machine, change by change: whoever pushes much takes turns with everybody else.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use std::vec;

use serde_bytes::ByteBuf;
use shared::id::LedgerId;
use shared::protocol::{ClientMessage, Entry};
use shared::sync::relay::{ConnectionId, Event};

use crate::pace::{Pace, Turn};

/// The accounts that push, whose turn comes next first.
#[derive(Debug, Default)]
pub(super) struct Pushes(VecDeque<Line>);

/// The pushes of one account, oldest first; never empty while it waits.
#[derive(Debug)]
pub(super) struct Line {
    pace: Arc<Pace>,
    pushes: VecDeque<Push>,
}

/// What is left of one push.
#[derive(Debug)]
struct Push {
    connection: ConnectionId,
    ledger: LedgerId,
    rest: Rest,
    _turn: Turn,
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
        let pace = Arc::clone(turn.pace());
        let push = Push {
            connection,
            ledger,
            rest,
            _turn: turn,
        };
        match self.0.iter_mut().find(|line| Arc::ptr_eq(&line.pace, &pace)) {
            Some(line) => line.pushes.push_back(push),
            None => self.0.push_back(Line {
                pace,
                pushes: VecDeque::from([push]),
            }),
        }
        None
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The account whose turn it is.
    pub(super) fn take(&mut self) -> Option<Line> {
        self.0.pop_front()
    }

    /// Puts an account behind the others, if it has anything left.
    pub(super) fn put_back(&mut self, line: Line) {
        if !line.pushes.is_empty() {
            self.0.push_back(line);
        }
    }
}

impl Line {
    /// Notes how long the relay has worked on it.
    pub(super) fn worked(&self, time: Duration) {
        self.pace.worked(time);
    }
}

impl Iterator for Line {
    type Item = Event;

    /// The next change, as a push of its own.
    fn next(&mut self) -> Option<Event> {
        loop {
            let push = self.pushes.front_mut()?;
            let (connection, ledger) = (push.connection, push.ledger);
            let message = match &mut push.rest {
                Rest::Changes(changes) => changes.next().map(|change| ClientMessage::Push {
                    ledger,
                    changes: vec![change],
                }),
                Rest::Entries(entries) => entries.next().map(|entry| ClientMessage::Offer {
                    ledger,
                    entries: vec![entry],
                }),
            };
            match message {
                Some(message) => return Some(Event::Received(connection, message)),
                None => drop(self.pushes.pop_front()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(changes: &[u8]) -> ClientMessage {
        let changes = changes.iter().map(|change| ByteBuf::from([*change])).collect();
        ClientMessage::Push {
            ledger: LedgerId([7; 16]),
            changes,
        }
    }

    fn change(event: Event) -> u8 {
        match event {
            Event::Received(_, ClientMessage::Push { changes, .. }) => changes[0][0],
            _ => unreachable!("only pushes were lined up"),
        }
    }

    #[tokio::test]
    async fn accounts_take_turns_and_each_keeps_its_own_order() {
        let [lin, gu] = [Arc::new(Pace::default()), Arc::new(Pace::default())];
        let mut pushes = Pushes::default();
        for (pace, changes) in [(&lin, [1, 2].as_slice()), (&lin, &[3]), (&gu, &[4])] {
            let turn = pace.turn(1).await;
            assert!(pushes.line_up(ConnectionId(1), push(changes), turn).is_none());
        }
        let mut seen = Vec::new();
        while let Some(mut line) = pushes.take() {
            seen.extend(line.next().map(change));
            pushes.put_back(line);
        }
        assert_eq!(seen, [1, 4, 2, 3]);
    }

    #[tokio::test]
    async fn what_is_no_push_needs_no_line() {
        let mut pushes = Pushes::default();
        let turn = Arc::new(Pace::default()).turn(1).await;
        let ledger = LedgerId([7; 16]);
        let given_back = pushes.line_up(ConnectionId(1), ClientMessage::Unfollow { ledger }, turn);
        assert!(given_back.is_some() && pushes.is_empty());
    }
}
