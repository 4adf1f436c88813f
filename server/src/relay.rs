//! The shell around `shared::sync::relay`: carries out what the state machine decides, and decides nothing itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use shared::protocol::Closing;
use shared::sync::relay::{ConnectionId, Event, Officer, RelayConfig};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::pace::Turn;
use crate::storage::{Storage, StorageError};
use shell::Shell;

mod disk;
mod outbox;
mod register;
mod shell;
mod told;
mod waiting;
mod watch;
mod writer;

pub use outbox::Deliveries;
use outbox::Outbox;
pub(crate) use watch::watch;

/// Events on their way to the state machine before sockets have to wait.
const EVENTS: usize = 1_024;
/// How long the answer to "are you alive" may take: a large batch and its fsync on a slow disk.
const ALIVE_WITHIN: Duration = Duration::from_secs(5);

/// Reaches the running relay.
#[derive(Clone, Debug)]
pub struct RelayHandle {
    inputs: mpsc::Sender<Input>,
    connections: Arc<AtomicU64>,
    changed: Arc<Notify>,
}

/// What reaches the shell from outside.
#[derive(Debug)]
enum Input {
    /// A socket opened.
    Connected(ConnectionId, Officer, Outbox),
    /// A client did something; it is taken in when its account's turn comes.
    Done(Event, Turn),
    /// Something else happened.
    Event(Event),
    /// Is the writer alive? It answers.
    Ping(oneshot::Sender<()>),
    /// Say goodbye to everybody, finish the commit under way, and end.
    Stop,
}

/// Why the relay ended without being told to.
#[derive(Debug, thiserror::Error)]
pub enum RelayFailure {
    /// Nobody knows what is on the disk: no receipt may follow.
    #[error("stopped without a receipt: {0}")]
    Storage(#[from] StorageError),
    /// The thread that writes is gone.
    #[error("stopped without a receipt: the thread that writes has ended")]
    WriterGone,
}

/// Starts a relay over a storage.
#[must_use]
pub fn start(
    config: RelayConfig,
    storage: Arc<dyn Storage>,
) -> (RelayHandle, JoinHandle<Result<(), RelayFailure>>) {
    let (inputs, arriving) = mpsc::channel(EVENTS);
    let shell = Shell::new(config, Arc::clone(&storage));
    let running = tokio::spawn(of_its_own_thread(shell.run(arriving)));
    let changed = Arc::new(Notify::new());
    tokio::spawn(register::keep_told(storage, inputs.clone(), Arc::clone(&changed)));
    (
        RelayHandle {
            inputs,
            connections: Arc::default(),
            changed,
        },
        running,
    )
}

/// Runs in a thread and a runtime of its own: judging is work, and the threads that serve connections have no time for it.
async fn of_its_own_thread<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let (tell, told) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a clock needs nothing of the system");
    std::thread::Builder::new()
        .name("relay".to_owned())
        .spawn(move || {
            // Nobody listens any more once the process is on its way out.
            tell.send(runtime.block_on(work)).ok();
        })
        .expect("a machine that can start one thread");
    told.await
        .expect("the thread ends with its work, unless that panicked")
}

impl RelayHandle {
    /// Announces a socket; none once the relay stops. What is to be sent on it comes out of the [`Deliveries`].
    pub async fn connect(&self, officer: Officer) -> Option<(ConnectionId, Deliveries)> {
        let id = ConnectionId(self.connections.fetch_add(1, Ordering::Relaxed));
        let (outbox, deliveries) = outbox::pair();
        self.inputs
            .send(Input::Connected(id, officer, outbox))
            .await
            .ok()?;
        Some((id, deliveries))
    }

    /// Roles, units, closed ledgers or decisions have changed in the store.
    pub fn refresh(&self) {
        self.changed.notify_one();
    }

    /// Tells what a client did, after what its account did before.
    pub(crate) async fn take_in(&self, event: Event, turn: Turn) {
        // As below.
        self.inputs.send(Input::Done(event, turn)).await.ok();
    }

    /// Tells what happened; waits while the relay has too much to do.
    pub async fn tell(&self, event: Event) {
        // A relay that has ended needs to know nothing.
        self.inputs.send(Input::Event(event)).await.ok();
    }

    /// Ends one connection with this word.
    pub async fn dismiss(&self, connection: ConnectionId, closing: Closing) {
        self.tell(Event::Garbled(connection, closing)).await;
    }

    /// Whether relay and writer answer.
    pub async fn is_alive(&self) -> bool {
        let (answer, answered) = oneshot::channel();
        let asked = async {
            self.inputs.send(Input::Ping(answer)).await.ok()?;
            answered.await.ok()
        };
        tokio::time::timeout(ALIVE_WITHIN, asked)
            .await
            .ok()
            .flatten()
            .is_some()
    }

    /// Has the relay say goodbye and end.
    pub async fn stop(&self) {
        // It may have ended already.
        self.inputs.send(Input::Stop).await.ok();
    }
}
