//! What clients said, on its way into the state machine: accounts take turns, and pushes go in change by change, so that
//! nobody waits long for whoever says much.

use std::collections::{HashSet, VecDeque};
use std::iter;
use std::sync::Arc;
use std::time::Duration;

use shared::id::LedgerId;
use shared::limit::PUSH_WINDOW_BYTES;
use shared::protocol::ClientMessage;
use shared::sync::relay::Event;

use crate::pace::{Pace, Turn};

/// The accounts that have said something, whose turn comes next first.
#[derive(Default)]
pub(super) struct Waiting(VecDeque<Account>);

/// What the disk is at.
#[derive(Debug, Default)]
pub(super) struct Busy {
    /// The ledgers that are being read as a whole.
    pub(super) loading: HashSet<LedgerId>,
    /// Whether a batch is under way.
    pub(super) committing: bool,
}

/// What one account has said on all its connections, oldest first.
pub(super) struct Account {
    pace: Arc<Pace>,
    said: VecDeque<Said>,
    /// The bytes it has pushed since a batch was last handed to the disk. Once they are what an honest program has under
    /// way, the rest waits for the next batch: nobody's changes come to the disk behind all that another can push.
    pushed: usize,
    /// What its last message was about. While that is being read the message waits in the state machine, and no more of
    /// the account's wait there with it.
    about: Option<LedgerId>,
}

/// What is left of one message, or the end of a connection.
struct Said {
    rest: Box<dyn Iterator<Item = Event> + Send>,
    _turn: Turn,
}

impl Waiting {
    /// Puts what a client did behind what its account did before.
    pub(super) fn add(&mut self, event: Event, turn: Turn) {
        let pace = Arc::clone(turn.pace());
        let said = Said {
            rest: piecemeal(event),
            _turn: turn,
        };
        match self
            .0
            .iter_mut()
            .find(|account| Arc::ptr_eq(&account.pace, &pace))
        {
            Some(account) => account.said.push_back(said),
            None => self.0.push_back(Account {
                pace,
                said: VecDeque::from([said]),
                pushed: 0,
                about: None,
            }),
        }
    }

    /// Whether anybody can have a turn.
    pub(super) fn is_ready(&self, busy: &Busy) -> bool {
        self.0.iter().any(|account| account.is_ready(busy))
    }

    /// The account whose turn it is.
    pub(super) fn take(&mut self, busy: &Busy) -> Option<Account> {
        let next = self.0.iter().position(|account| account.is_ready(busy))?;
        self.0.remove(next)
    }

    /// Puts an account behind the others.
    pub(super) fn put_back(&mut self, account: Account) {
        self.0.push_back(account);
    }

    /// All that was pushed is on its way to the disk, or needs none.
    pub(super) fn is_handed_over(&mut self) {
        self.0.retain_mut(|account| {
            account.pushed = 0;
            !account.said.is_empty()
        });
    }
}

impl Account {
    /// Whether it has anything that can go in.
    pub(super) fn is_ready(&self, busy: &Busy) -> bool {
        let waits_for_ledger = self.about.is_some_and(|ledger| busy.loading.contains(&ledger));
        let waits_for_batch = busy.committing && self.pushed >= PUSH_WINDOW_BYTES;
        !(self.said.is_empty() || waits_for_ledger || waits_for_batch)
    }

    /// Notes how long the relay has worked on it, and what it was answered.
    pub(super) fn had(&self, time: Duration, answered_bytes: u32) {
        self.pace.worked(time);
        self.pace.took(answered_bytes);
    }
}

impl Iterator for Account {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        loop {
            match self.said.front_mut()?.rest.next() {
                Some(event) => {
                    self.about = ledger_of(&event);
                    self.pushed += bytes_of(&event);
                    return Some(event);
                }
                None => drop(self.said.pop_front()),
            }
        }
    }
}

/// A push as one push for each change, anything else as it is.
fn piecemeal(event: Event) -> Box<dyn Iterator<Item = Event> + Send> {
    match event {
        Event::Received(id, ClientMessage::Push { ledger, changes }) => {
            Box::new(changes.into_iter().map(move |change| {
                let changes = vec![change];
                Event::Received(id, ClientMessage::Push { ledger, changes })
            }))
        }
        Event::Received(id, ClientMessage::Offer { ledger, entries }) => {
            Box::new(entries.into_iter().map(move |entry| {
                let entries = vec![entry];
                Event::Received(id, ClientMessage::Offer { ledger, entries })
            }))
        }
        other => Box::new(iter::once(other)),
    }
}

fn ledger_of(event: &Event) -> Option<LedgerId> {
    match event {
        Event::Received(
            _,
            ClientMessage::Push { ledger, .. }
            | ClientMessage::Offer { ledger, .. }
            | ClientMessage::Unfollow { ledger },
        ) => Some(*ledger),
        Event::Received(_, ClientMessage::Follow(cursor)) => Some(cursor.ledger),
        // A hello names many, and each waits for itself.
        _ => None,
    }
}

fn bytes_of(event: &Event) -> usize {
    match event {
        Event::Received(_, ClientMessage::Push { changes, .. }) => {
            changes.iter().map(|change| change.len()).sum()
        }
        Event::Received(_, ClientMessage::Offer { entries, .. }) => {
            entries.iter().map(|entry| entry.bytes.len()).sum()
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_bytes::ByteBuf;
    use shared::sync::relay::ConnectionId;

    use super::*;

    const HERE: LedgerId = LedgerId([7; 16]);
    const THERE: LedgerId = LedgerId([8; 16]);

    fn push(ledger: LedgerId, changes: &[u8]) -> Event {
        let changes = changes.iter().map(|change| ByteBuf::from([*change])).collect();
        Event::Received(ConnectionId(1), ClientMessage::Push { ledger, changes })
    }

    /// The change that is pushed; none where something else happens.
    fn change(event: Event) -> Option<u8> {
        match event {
            Event::Received(_, ClientMessage::Push { changes, .. }) => Some(changes[0][0]),
            _ => None,
        }
    }

    /// Everything that can go in, one event a turn.
    fn takes(waiting: &mut Waiting, busy: &Busy) -> Vec<Option<u8>> {
        let mut seen = Vec::new();
        while let Some(mut account) = waiting.take(busy) {
            seen.extend(account.next().map(change));
            waiting.put_back(account);
        }
        seen
    }

    #[tokio::test]
    async fn accounts_take_turns_and_each_keeps_its_own_order() {
        let [lin, gu] = [Arc::new(Pace::default()), Arc::new(Pace::default())];
        let mut waiting = Waiting::default();
        let unfollow = Event::Received(ConnectionId(1), ClientMessage::Unfollow { ledger: HERE });
        waiting.add(push(HERE, &[1, 2]), lin.turn(1).await);
        waiting.add(unfollow, lin.turn(1).await);
        waiting.add(push(THERE, &[3]), lin.turn(1).await);
        waiting.add(Event::Disconnected(ConnectionId(1)), lin.turn(1).await);
        waiting.add(push(HERE, &[4]), gu.turn(1).await);
        let seen = takes(&mut waiting, &Busy::default());
        assert_eq!(seen, [Some(1), Some(4), Some(2), None, Some(3), None]);
    }

    #[tokio::test]
    async fn of_one_account_one_message_alone_waits_for_a_ledger_and_nobody_else_for_the_account() {
        let [lin, gu] = [Arc::new(Pace::default()), Arc::new(Pace::default())];
        let mut waiting = Waiting::default();
        waiting.add(push(HERE, &[1, 2]), lin.turn(1).await);
        waiting.add(push(THERE, &[3]), gu.turn(1).await);
        let reading = Busy {
            loading: HashSet::from([HERE]),
            committing: false,
        };
        assert_eq!(takes(&mut waiting, &reading), [Some(1), Some(3)]);
        assert_eq!(takes(&mut waiting, &Busy::default()), [Some(2)]);
    }

    #[tokio::test]
    async fn who_has_pushed_as_much_as_an_honest_program_waits_for_the_next_batch() {
        let [lin, gu] = [Arc::new(Pace::default()), Arc::new(Pace::default())];
        let mut waiting = Waiting::default();
        let large = |number| {
            let change = ByteBuf::from(vec![number; PUSH_WINDOW_BYTES / 2]);
            let changes = vec![change; 2];
            Event::Received(
                ConnectionId(1),
                ClientMessage::Push {
                    ledger: HERE,
                    changes,
                },
            )
        };
        let committing = Busy {
            loading: HashSet::new(),
            committing: true,
        };
        waiting.add(large(1), lin.turn(1).await);
        assert_eq!(takes(&mut waiting, &committing), [Some(1), Some(1)]);
        waiting.add(large(2), lin.turn(1).await);
        waiting.add(push(HERE, &[3]), gu.turn(1).await);
        assert_eq!(
            takes(&mut waiting, &committing),
            [Some(3)],
            "not by a message of its own either"
        );
        waiting.is_handed_over();
        assert_eq!(takes(&mut waiting, &committing), [Some(2), Some(2)]);
        waiting.is_handed_over();
        assert_eq!(takes(&mut waiting, &committing), []);
        waiting.is_handed_over();
        assert!(waiting.0.is_empty(), "nobody is remembered for nothing");
    }

    #[tokio::test]
    async fn what_was_taken_in_makes_room_for_the_next() {
        let lin = Arc::new(Pace::default());
        let mut waiting = Waiting::default();
        waiting.add(push(HERE, &[1, 2]), lin.turn(usize::MAX).await);
        let next = lin.turn(1);
        tokio::pin!(next);
        assert!(futures::poll!(&mut next).is_pending());
        takes(&mut waiting, &Busy::default());
        assert!(futures::poll!(&mut next).is_ready());
    }
}
