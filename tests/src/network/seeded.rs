//! Worlds from seeds, by the hundred.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::Rng;
use rand::seq::IndexedRandom;
use shared::access::Role;

use super::{Faults, Network, Wrong};

const STEPS: usize = 260;
const YEAR: i64 = 365 * 24 * 3_600_000;

impl Network {
    /// A world of two to five officers in which whatever the seed chooses goes wrong.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let mut network = Self::empty(seed);
        let roles = [
            Role::Secretary,
            Role::GroupLeader,
            Role::OrganisationCommissioner,
            Role::GroupLeader,
        ];
        let officers = network.dice.random_range(2..=5);
        for number in 0..officers {
            let role = match number {
                0 => Role::Secretary,
                _ if network.dice.random_bool(0.1) => Role::Viewer,
                _ => *roles.choose(&mut network.dice).expect("four roles"),
            };
            let skew = if network.dice.random_bool(0.3) {
                network.dice.random_range(-YEAR..=YEAR)
            } else {
                0
            };
            network.arrives(role, skew);
        }
        network.calms();
        let dice = &mut network.dice;
        network.faults = Faults {
            lines: dice.random_bool(0.7),
            disks: dice.random_bool(0.3),
            tabs: dice.random_bool(0.5),
            relay: dice.random_bool(0.5),
            restores: dice.random_bool(0.3),
            refusals: dice.random_bool(0.5),
            carrying: dice.random_bool(0.3),
            clocks: dice.random_bool(0.2),
            voiding: dice.random_bool(0.3),
        };
        network.tell(|| format!("{officers} officers, {:?}", network.faults));
        network
    }
}

/// Runs one world to its end.
///
/// # Errors
///
/// Says what was wrong at the end.
pub fn replay(seed: u64) -> Result<Duration, Wrong> {
    let world = || {
        let mut network = Network::seeded(seed);
        network.suffers(STEPS);
        let took = network.heals()?;
        network.takes_in_everything()?;
        Ok(took)
    };
    catch_unwind(AssertUnwindSafe(world)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(Wrong(format!("a panic: {}", text.unwrap_or_default())))
    })
}

/// Runs the worlds of these seeds on as many threads as there are processors, and gives those that failed, in order.
#[must_use]
pub fn seeds(range: Range<u64>) -> Vec<(u64, Wrong)> {
    let next = AtomicU64::new(range.start);
    let failed = Mutex::new(Vec::new());
    let run = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= range.end {
                return;
            }
            if let Err(wrong) = replay(seed) {
                failed.lock().expect("nobody panics with it").push((seed, wrong));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(run);
        }
    });
    let mut failed = failed.into_inner().expect("nobody panics with it");
    failed.sort_by_key(|(seed, _)| *seed);
    failed
}
