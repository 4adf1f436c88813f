//! Whatever goes wrong, in the end everybody has the same, and nothing is lost: the pure cores under simulated faults.
//!
//! `SEED=17 cargo test -p tests --test convergence` runs one world alone, `TELL=1` beside it tells every step of it, and
//! `SEEDS=5000` runs more worlds than usual.

use tests::network::{replay, seeds};

mod conversation;
mod faults;
mod held;
mod several;
mod voided;

/// How many worlds a test run goes through.
const WORLDS: u64 = 300;

#[test]
fn officers_and_relay_agree_after_every_fault() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    if let Some(seed) = number("SEED") {
        replay(seed).unwrap();
        return;
    }
    let worlds = number("SEEDS").unwrap_or(WORLDS);
    let failed = seeds(0..worlds);
    let lines: Vec<String> = failed
        .iter()
        .map(|(seed, wrong)| {
            format!("{wrong}\n  alone: SEED={seed} cargo test -p tests --test convergence officers")
        })
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {worlds} worlds went wrong:\n{}",
        failed.len(),
        lines.join("\n")
    );
}

#[test]
fn a_world_can_be_run_again() {
    // What a seed shows once it shows always: else a failure could not be followed.
    let world = |seed| {
        let mut network = tests::network::Network::seeded(seed);
        network.suffers(200);
        network.heals().unwrap();
        (network.now(), network.store().chain())
    };
    assert_eq!(world(3), world(3));
    assert_ne!(world(3), world(4));
}
