//! The officer at work: one cell every 20 ms, at moments planned ahead, each until its receipt.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use shared::id::ChangeHash;
use shared::ledger::document::Made;
use shared::protocol::{ClientMessage, Fate, RelayMessage};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};

use super::scene::{Known, OFFICER, Scene};
use socket::Socket;
use writer::Writer;

pub(super) mod socket;
pub(super) mod writer;

/// How often a cell is written: a hundred officers, each every two seconds.
const EVERY: Duration = Duration::from_millis(20);

/// How many changes are made ahead, so that making one delays no other.
const AHEAD: usize = 64;

/// An officer in a thread of his own, whom attackers do not keep from the clock.
pub(super) struct Officer {
    stints: mpsc::UnboundedSender<Stint>,
    sits: JoinHandle<Result<()>>,
}

/// One stretch of work.
struct Stint {
    ticks: mpsc::UnboundedReceiver<Instant>,
    times: oneshot::Sender<Vec<Duration>>,
}

impl Officer {
    /// Signs in, reads the ledger of his branch, and waits for work.
    pub(super) fn sits_down(scene: &Arc<Scene>) -> Result<Self> {
        let (stints, work) = mpsc::unbounded_channel();
        let (ready, seated) = std::sync::mpsc::channel();
        let scene = Arc::clone(scene);
        let sits = thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let desk = Desk::at(&scene).await?;
                // Whoever started this thread waits for it.
                ready.send(()).ok();
                desk.works(work).await
            })
        });
        if seated.recv().is_err() {
            sits.join().ok().context("the officer's thread")??;
            bail!("the officer did not sit down");
        }
        Ok(Self { stints, sits })
    }

    /// Works for so long at least, and until it is over; gives the time from plan to receipt of every change.
    pub(super) fn works(&self, at_least: Duration, over: &AtomicBool) -> Result<Vec<Duration>> {
        let (tick, ticks) = mpsc::unbounded_channel();
        let (times, told) = oneshot::channel();
        self.stints
            .send(Stint { ticks, times })
            .ok()
            .context("the officer is gone")?;
        let started = Instant::now();
        let mut planned = started;
        while planned - started < at_least || !over.load(Ordering::Acquire) {
            planned += EVERY;
            // A plain thread's sleep is exact to a tenth of a millisecond; the runtime's clock counts whole ones.
            thread::sleep(planned.saturating_duration_since(Instant::now()));
            if tick.send(planned).is_err() {
                break;
            }
        }
        drop(tick);
        told.blocking_recv().context("the officer lost the relay")
    }

    /// Ends; says why, if he could not go on.
    pub(super) fn leaves(self) -> Result<()> {
        drop(self.stints);
        self.sits.join().ok().context("the officer's thread")?
    }
}

/// His socket, his copy of the ledger, and what he has yet to send.
struct Desk {
    socket: Socket,
    who: Known,
    writer: Writer,
    made: VecDeque<Made>,
    /// Sent and without a receipt, with the moment each was planned for.
    sent: HashMap<ChangeHash, Instant>,
    times: Vec<Duration>,
}

impl Desk {
    async fn at(scene: &Scene) -> Result<Self> {
        let who = scene.knows(OFFICER).await?;
        let (socket, log) = Socket::opens(scene, &who).await?;
        let mut writer = Writer::new(&who);
        writer.reads(&log)?;
        Ok(Self {
            socket,
            who,
            writer,
            made: VecDeque::new(),
            sent: HashMap::new(),
            times: Vec::new(),
        })
    }

    async fn works(mut self, mut stints: mpsc::UnboundedReceiver<Stint>) -> Result<()> {
        loop {
            tokio::select! {
                stint = stints.recv() => match stint {
                    None => return Ok(()),
                    Some(stint) => self.stint(stint).await?,
                },
                // Ticks arrive while he rests, too.
                heard = self.socket.hears() => drop(heard?),
            }
        }
    }

    async fn stint(&mut self, Stint { mut ticks, times }: Stint) -> Result<()> {
        self.makes_ahead()?;
        let mut goes_on = true;
        while goes_on || !self.sent.is_empty() {
            tokio::select! {
                planned = ticks.recv(), if goes_on => match planned {
                    None => goes_on = false,
                    Some(planned) => self.pushes(planned).await?,
                },
                heard = self.socket.hears() => self.notes(heard?)?,
            }
        }
        // Whoever asked waits for it.
        times.send(std::mem::take(&mut self.times)).ok();
        Ok(())
    }

    async fn pushes(&mut self, planned: Instant) -> Result<()> {
        let made = match self.made.pop_front() {
            Some(made) => made,
            None => self.writer.writes_a_cell()?,
        };
        self.sent.insert(made.hash, planned);
        let push = ClientMessage::Push {
            ledger: self.who.ledger,
            changes: vec![made.bytes.into()],
        };
        self.socket.says(&push).await?;
        if self.made.len() < AHEAD {
            self.made.push_back(self.writer.writes_a_cell()?);
        }
        Ok(())
    }

    fn makes_ahead(&mut self) -> Result<()> {
        while self.made.len() < AHEAD {
            self.made.push_back(self.writer.writes_a_cell()?);
        }
        Ok(())
    }

    fn notes(&mut self, message: RelayMessage) -> Result<()> {
        let now = Instant::now();
        if let RelayMessage::Fates { fates, .. } = message {
            for (hash, fate) in fates {
                ensure!(
                    matches!(fate, Fate::Stored(_)),
                    "the officer's change is {fate:?}"
                );
                let planned = self.sent.remove(&hash).context("a fate nobody waits for")?;
                self.times.push(now.saturating_duration_since(planned));
            }
        }
        Ok(())
    }
}
