//! The loop: events in, effects carried out in order.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use shared::limit;
use shared::protocol::{self, Closing, RelayMessage};
use shared::sync::relay::{ConnectionId, Effect, Event, Relay, RelayConfig};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use super::disk::{Answer, Disk};
use super::outbox::Outbox;
use super::told;
use super::waiting::{Busy, Waiting};
use super::writer::{Gone, Writer};
use super::{EVENTS, Input, RelayFailure};
use crate::clock;
use crate::storage::Storage;

/// How often the state machine hears that time goes by.
const TICK: Duration = Duration::from_secs(1);

/// The state machine, and what its effects are carried out with.
pub(super) struct Shell {
    relay: Relay,
    disk: Disk,
    writer: Writer,
    answered: mpsc::UnboundedReceiver<Answer>,
    outboxes: HashMap<ConnectionId, Outbox>,
    waiting: Waiting,
    busy: Busy,
    /// The bytes sent so far.
    sent: u64,
    /// The last entries encoded: the same go to everybody who follows.
    encoded: Option<(RelayMessage, Bytes)>,
}

impl Shell {
    pub(super) fn new(config: RelayConfig, storage: Arc<dyn Storage>) -> Self {
        let (answers, answered) = mpsc::unbounded_channel();
        let tell = answers.clone();
        let writer = Writer::start(Arc::clone(&storage), move |batch, places| {
            // A shell that has ended has no use for the answer.
            tell.send(Answer::Committed(batch, places)).ok();
        });
        Self {
            relay: Relay::new(config),
            disk: Disk::new(storage, answers),
            writer,
            answered,
            outboxes: HashMap::new(),
            waiting: Waiting::default(),
            busy: Busy::default(),
            sent: 0,
            encoded: None,
        }
    }

    /// Runs until told to stop, or until the storage fails.
    pub(super) async fn run(mut self, mut inputs: mpsc::Receiver<Input>) -> Result<(), RelayFailure> {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut arrived = Vec::new();
        loop {
            // Answers first: the disk's receipts set people free, and its readers are few. Then all that has arrived: whose
            // turn is next is chosen among everybody who has said something, and one at a time each would wait for
            // another's turn before it is even heard.
            tokio::select! {
                biased;
                Some(answer) = self.answered.recv() => self.answer(answer)?,
                _ = ticks.tick() => self.happened(Event::Tick)?,
                count = inputs.recv_many(&mut arrived, EVENTS) => if self.take(count, &mut arrived)?.is_break() {
                    break;
                },
                () = std::future::ready(()), if self.waiting.is_ready(&self.busy) => {}
            }
            // After whatever came: what comes must not keep out what waits, nor the other way round.
            self.turn()?;
            // After the turn: all that it brought makes one batch.
            self.commit()?;
        }
        self.finish().await
    }

    /// Carries the commit under way to its receipts, then says goodbye.
    async fn finish(mut self) -> Result<(), RelayFailure> {
        while self.busy.committing {
            let Some(answer) = self.answered.recv().await else {
                break;
            };
            self.answer(answer)?;
            self.commit()?;
        }
        let goodbye = Bytes::from(protocol::write(&RelayMessage::Closing(Closing::Stopping)));
        for outbox in self.outboxes.into_values() {
            // Who cannot take it will notice the silence.
            outbox.send(goodbye.clone()).ok();
        }
        Ok(())
    }

    /// Takes in what has arrived, nothing when nobody can send any more; breaks when the relay is to stop.
    fn take(&mut self, count: usize, arrived: &mut Vec<Input>) -> Result<ControlFlow<()>, RelayFailure> {
        for input in arrived.drain(..) {
            if matches!(input, Input::Stop) {
                return Ok(ControlFlow::Break(()));
            }
            self.take_one(input)?;
        }
        Ok(if count == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    }

    fn take_one(&mut self, input: Input) -> Result<(), RelayFailure> {
        match input {
            Input::Connected(id, officer, outbox) => {
                self.outboxes.insert(id, outbox);
                self.happened(Event::Connected(id, officer))
            }
            // More has been sent since: it will drain in its turn.
            Input::Event(Event::Drained(id))
                if self.outboxes.get(&id).is_some_and(|outbox| !outbox.is_empty()) =>
            {
                Ok(())
            }
            Input::Event(event) => self.happened(event),
            Input::Done(event, turn) => {
                self.waiting.add(event, turn);
                Ok(())
            }
            Input::Ping(answer) => {
                self.writer.ping(answer);
                Ok(())
            }
            Input::Stop => Ok(()),
        }
    }

    fn commit(&mut self) -> Result<(), RelayFailure> {
        if let Some(commit) = self.relay.commit(clock::now()) {
            self.carry_out(commit)?;
        }
        if !self.relay.has_queued() {
            self.waiting.is_handed_over();
        }
        Ok(())
    }

    /// Takes in what the account has said whose turn it is, until that is over.
    fn turn(&mut self) -> Result<(), RelayFailure> {
        let Some(mut account) = self.waiting.take(&self.busy) else {
            return Ok(());
        };
        let (began, sent_before) = (Instant::now(), self.sent);
        let mut worked = Duration::ZERO;
        while worked < limit::TURN
            && account.is_ready(&self.busy)
            && let Some(event) = account.next()
        {
            self.happened(event)?;
            worked = began.elapsed();
        }
        let answered = u32::try_from(self.sent - sent_before).unwrap_or(u32::MAX);
        account.had(worked, answered);
        self.waiting.put_back(account);
        Ok(())
    }

    fn answer(&mut self, answer: Answer) -> Result<(), RelayFailure> {
        if let Answer::Loaded(ledger, _) = &answer {
            self.busy.loading.remove(ledger);
        }
        match answer {
            Answer::Loaded(ledger, Ok(loaded)) => self.happened(Event::Loaded(ledger, loaded)),
            Answer::Loaded(ledger, Err(why)) | Answer::Read(_, ledger, Err(why)) => {
                // One ledger that cannot be read must not take the others down with it.
                tracing::error!(%ledger, %why, "a ledger cannot be read: nothing is served of it or added to it");
                self.happened(Event::Unreadable(ledger))
            }
            Answer::Read(connection, _, Ok(page)) => self.happened(Event::Read(connection, page)),
            Answer::Committed(batch, places) => {
                self.busy.committing = false;
                self.happened(Event::Committed(batch, places?))
            }
        }
    }

    fn happened(&mut self, event: Event) -> Result<(), RelayFailure> {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            if let Event::Disconnected(id) = event {
                self.outboxes.remove(&id);
            }
            for effect in self.relay.handle_before_commit(clock::now(), event) {
                events.extend(self.carry_out(effect)?);
            }
        }
        Ok(())
    }

    /// Carries out one effect; what happened thereby, if anything, is the next event.
    fn carry_out(&mut self, effect: Effect) -> Result<Option<Event>, RelayFailure> {
        match effect {
            Effect::Send(id, message) => {
                let frame = self.encode(message);
                self.sent += frame.len() as u64;
                if self
                    .outboxes
                    .get(&id)
                    .is_some_and(|outbox| outbox.send(frame).is_err())
                {
                    return Ok(Some(Event::Disconnected(id)));
                }
            }
            Effect::Close(id) => drop(self.outboxes.remove(&id)),
            Effect::Load(ledger) => {
                self.busy.loading.insert(ledger);
                self.disk.load(ledger);
            }
            Effect::Read {
                connection,
                ledger,
                after,
            } => self.disk.read(connection, ledger, after),
            Effect::Note(refusals) => self.disk.note(told::refused(&refusals)),
            Effect::Voided(ledger, changes) => self.disk.note(told::voided(ledger, &changes)),
            Effect::CannotVoid(ledger, change) => {
                tracing::error!(%ledger, %change, "a change ruins its ledger and cannot be voided");
            }
            Effect::InContact(contacts) => self.disk.note_contacts(contacts),
            Effect::LimitsHit(hits) => hits.iter().for_each(told::limit),
            Effect::Commit(batch) => {
                self.busy.committing = true;
                self.writer
                    .commit(batch)
                    .map_err(|Gone| RelayFailure::WriterGone)?;
            }
        }
        Ok(None)
    }

    fn encode(&mut self, message: RelayMessage) -> Bytes {
        if let Some((last, frame)) = &self.encoded
            && *last == message
        {
            return frame.clone();
        }
        let frame = Bytes::from(protocol::write(&message));
        if matches!(message, RelayMessage::Entries { .. }) {
            self.encoded = Some((message, frame.clone()));
        }
        frame
    }
}
