//! A relay under hostile load: its memory, and what an officer at work beside the attackers notices.
//!
//! The officer makes a change every 20 ms, planned ahead: what a slow relay delays counts from the moment it was planned
//! for. The attackers run in threads of the lowest priority, since in a plant they would not sit on the relay's machine:
//! they take what time relay and officer leave. All of it stays on loopback, and every class ends by itself.

mod class;
mod figures;
mod log;
mod memory;
mod officer;
mod ready;
pub mod report;
mod scene;
mod statuses;
mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

pub use class::Class;
pub use figures::{Latency, Memory, Seen};
pub use statuses::Statuses;

use class::Start;
use officer::Officer;
use scene::Scene;

/// How much there is of everything.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Guesses at passwords.
    pub guesses: usize,
    /// Attempts at a connection.
    pub connections: usize,
    /// How long the classes last that have no number of their own.
    pub lasts: Duration,
    /// The longest that those with a number may last.
    pub at_most: Duration,
    /// How long the officer works undisturbed before each class.
    pub calm: Duration,
}

impl Scale {
    /// What the figures are made of.
    #[must_use]
    pub const fn full() -> Self {
        Self {
            guesses: 10_000,
            connections: 10_000,
            lasts: Duration::from_secs(25),
            at_most: Duration::from_mins(2),
            calm: Duration::from_secs(10),
        }
    }

    /// What every test run can afford.
    #[must_use]
    pub const fn short() -> Self {
        Self {
            guesses: 1_500,
            connections: 2_000,
            lasts: Duration::from_secs(5),
            at_most: Duration::from_secs(10),
            calm: Duration::from_secs(3),
        }
    }
}

/// What was seen of one relay through all classes.
#[derive(Debug)]
pub struct Run {
    /// What it held before the first class, the officer at work, in bytes.
    pub memory_at_start: u64,
    /// Class by class.
    pub seen: Vec<Seen>,
    /// Everything it has written to its log.
    pub log: String,
    /// The lines of it that name somebody: there should be none.
    pub personal: Vec<String>,
}

impl Run {
    /// By how much the relay's memory was above its start at the highest, in bytes.
    #[must_use]
    pub fn growth(&self) -> u64 {
        let highest = self
            .seen
            .iter()
            .map(|seen| seen.memory.peak)
            .max()
            .unwrap_or_default();
        highest.saturating_sub(self.memory_at_start)
    }
}

/// Lets every class loose on a fresh relay, one after the other.
///
/// # Errors
///
/// When relay or officer cannot go on.
pub fn run(scale: Scale, classes: &[Class]) -> Result<Run> {
    let quiet = Builder::new_current_thread().enable_all().build()?;
    let scene = Arc::new(quiet.block_on(Scene::set())?);
    let officer = Officer::sits_down(&scene)?;
    let attackers = attackers()?;
    officer.works(scale.calm, &AtomicBool::new(true))?;
    let memory_at_start = memory::now(scene.pid())?.resident;
    let mut seen = Vec::new();
    for class in classes {
        seen.push(one(&quiet, &scene, &officer, &attackers, scale, *class).with_context(|| class.name())?);
    }
    officer.leaves()?;
    drop(attackers);
    let scene = Arc::into_inner(scene).context("nobody is left on the scene")?;
    let (log, personal) = quiet.block_on(scene.ends())?;
    Ok(Run {
        memory_at_start,
        seen,
        personal: personal.lines(&log).into_iter().map(str::to_owned).collect(),
        log,
    })
}

fn one(
    quiet: &Runtime,
    scene: &Arc<Scene>,
    officer: &Officer,
    attackers: &Runtime,
    scale: Scale,
    class: Class,
) -> Result<Seen> {
    let calm = officer.works(scale.calm, &AtomicBool::new(true))?;
    let said_before = scene.log()?.len();
    let before = memory::now(scene.pid())?.resident;
    memory::forget_peak(scene.pid())?;
    let over = Arc::new(AtomicBool::new(false));
    let (begun, begins) = oneshot::channel();
    let attack = attackers.spawn({
        let (scene, over) = (Arc::clone(scene), Arc::clone(&over));
        async move {
            let statuses = class.runs(&scene, Start { scale, begun }).await;
            over.store(true, Ordering::Release);
            statuses
        }
    });
    // One that could not begin says why below.
    quiet.block_on(begins).ok();
    let started = Instant::now();
    let worked_before = memory::worked(scene.pid())?;
    let meanwhile = officer.works(Duration::ZERO, &over)?;
    let statuses = quiet.block_on(attack)??;
    let lasted = started.elapsed();
    let worked = memory::worked(scene.pid())?.saturating_sub(worked_before);
    let peak = memory::now(scene.pid())?.highest;
    quiet.block_on(scene.is_left_alone())?;
    let after = memory::now(scene.pid())?.resident;
    let said = quiet.block_on(scene.says(class.said(), said_before))?;
    Ok(Seen {
        class,
        lasted,
        worked,
        statuses,
        calm: Latency::of(calm),
        meanwhile: Latency::of(meanwhile),
        memory: Memory { before, peak, after },
        said,
    })
}

/// Where attackers run: what they take, relay and officer did not want.
fn attackers() -> Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("attacker")
        .on_thread_start(ready::stand_back)
        .enable_all()
        .build()
        .context("threads for the attackers")
}
