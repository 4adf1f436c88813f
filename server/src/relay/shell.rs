//! The loop: events in, effects carried out in order.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use shared::id::{Chain, LedgerId};
use shared::limit;
use shared::protocol::{self, Closing, RelayMessage};
use shared::sync::relay::{BatchId, ConnectionId, Effect, Event, Loaded, Page, Place, Relay, RelayConfig};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::MissedTickBehavior;

use super::outbox::Outbox;
use super::told;
use super::waiting::Waiting;
use super::writer::{Gone, Writer};
use super::{Input, RelayFailure};
use crate::clock;
use crate::storage::{Storage, StorageError, caught};

/// How often the state machine hears that time goes by.
const TICK: Duration = Duration::from_secs(1);
/// How many parts of logs are in memory on their way from the disk at one time.
const READS: usize = 4;

/// What the disk answers.
#[derive(Debug)]
enum Answer {
    Loaded(LedgerId, Result<Option<Loaded>, StorageError>),
    Read(ConnectionId, LedgerId, u64, Result<Option<Page>, StorageError>),
    Committed(BatchId, Result<Vec<Place>, StorageError>),
}

/// The state machine, and what its effects are carried out with.
pub(super) struct Shell {
    relay: Relay,
    storage: Arc<dyn Storage>,
    writer: Writer,
    answers: mpsc::UnboundedSender<Answer>,
    answered: mpsc::UnboundedReceiver<Answer>,
    outboxes: HashMap<ConnectionId, Outbox>,
    waiting: Waiting,
    reads: Arc<Semaphore>,
    /// The ledgers that are being read as a whole.
    loading: HashSet<LedgerId>,
    /// The bytes sent so far.
    sent: u64,
    committing: bool,
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
            storage,
            writer,
            answers,
            answered,
            outboxes: HashMap::new(),
            waiting: Waiting::default(),
            reads: Arc::new(Semaphore::new(READS)),
            loading: HashSet::new(),
            sent: 0,
            committing: false,
            encoded: None,
        }
    }

    /// Runs until told to stop, or until the storage fails.
    pub(super) async fn run(mut self, mut inputs: mpsc::Receiver<Input>) -> Result<(), RelayFailure> {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            // Answers first: the disk's receipts set people free, and its readers are few.
            tokio::select! {
                biased;
                Some(answer) = self.answered.recv() => self.answer(answer)?,
                _ = ticks.tick() => self.happened(Event::Tick)?,
                input = inputs.recv() => match input {
                    Some(Input::Stop) | None => break,
                    Some(input) => self.take(input)?,
                },
                () = std::future::ready(()), if self.waiting.is_ready(&self.loading) => {}
            }
            // After whatever came: what comes must not keep out what waits, nor the other way round.
            self.turn()?;
        }
        self.finish().await
    }

    /// Carries the commit under way to its receipts, then says goodbye.
    async fn finish(mut self) -> Result<(), RelayFailure> {
        while self.committing {
            let Some(answer) = self.answered.recv().await else {
                break;
            };
            self.answer(answer)?;
        }
        let goodbye = Bytes::from(protocol::write(&RelayMessage::Closing(Closing::Stopping)));
        for outbox in self.outboxes.into_values() {
            // Who cannot take it will notice the silence.
            outbox.send(goodbye.clone()).ok();
        }
        Ok(())
    }

    fn take(&mut self, input: Input) -> Result<(), RelayFailure> {
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

    /// Takes in what the account has said whose turn it is, until that is over.
    fn turn(&mut self) -> Result<(), RelayFailure> {
        let Some(mut account) = self.waiting.take(&self.loading) else {
            return Ok(());
        };
        let (began, sent_before) = (Instant::now(), self.sent);
        let mut worked = Duration::ZERO;
        while worked < limit::TURN
            && !account.waits(&self.loading)
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
            self.loading.remove(ledger);
        }
        match answer {
            Answer::Loaded(ledger, Ok(loaded)) => self.happened(Event::Loaded(ledger, loaded)),
            Answer::Loaded(ledger, Err(why)) | Answer::Read(_, ledger, _, Err(why)) => {
                // One ledger that cannot be read must not take the others down with it.
                tracing::error!(%ledger, %why, "a ledger cannot be read: nothing is served of it or added to it");
                self.happened(Event::Unreadable(ledger))
            }
            Answer::Read(connection, ledger, after, Ok(page)) => {
                let page = page.unwrap_or_else(|| nothing(ledger, after));
                self.happened(Event::Read(connection, page))
            }
            Answer::Committed(batch, places) => {
                self.committing = false;
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
            for effect in self.relay.handle(clock::now(), event) {
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
                self.loading.insert(ledger);
                self.ask(move |storage| Answer::Loaded(ledger, caught(|| whole(storage.load(ledger)?))));
            }
            Effect::Read {
                connection,
                ledger,
                after,
            } => {
                self.ask(move |storage| {
                    Answer::Read(connection, ledger, after, caught(|| storage.page(ledger, after)))
                });
            }
            Effect::Note(refusals) => told::refused(&self.storage, &refusals),
            Effect::Voided(ledger, changes) => told::voided(&self.storage, ledger, &changes),
            Effect::CannotVoid(ledger, change) => {
                tracing::error!(%ledger, %change, "a change ruins its ledger and cannot be voided");
            }
            Effect::LimitsHit(hits) => hits.iter().for_each(told::limit),
            Effect::Commit(batch) => {
                self.committing = true;
                self.writer
                    .commit(batch)
                    .map_err(|Gone| RelayFailure::WriterGone)?;
            }
        }
        Ok(None)
    }

    fn ask(&self, read: impl FnOnce(&dyn Storage) -> Answer + Send + 'static) {
        let (storage, answers) = (Arc::clone(&self.storage), self.answers.clone());
        let reads = Arc::clone(&self.reads);
        tokio::spawn(async move {
            let permit = reads.acquire_owned().await;
            tokio::task::spawn_blocking(move || {
                answers.send(read(storage.as_ref())).ok();
                drop(permit);
            })
        });
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

/// A ledger whose every entry is the change it names.
fn whole(loaded: Option<Loaded>) -> Result<Option<Loaded>, StorageError> {
    let entries = loaded.iter().flat_map(|loaded| &loaded.entries);
    match entries.into_iter().find(|entry| entry.content().is_none()) {
        Some(_) => Err(StorageError::Damaged("an entry is not the change it names")),
        None => Ok(loaded),
    }
}

/// The page of a ledger that is not there.
fn nothing(ledger: LedgerId, after: u64) -> Page {
    Page {
        ledger,
        after,
        chain_before: None,
        entries: Vec::new(),
        chain: Chain::START,
        last: 0,
    }
}
