//! Lets every class of hostile load loose on a real relay, three times over, and writes the section "Hostile load" of
//! `docs/measurements.md`. With the names of classes as arguments (such as `guesses`) it lets these alone loose, once and
//! in short, and writes nothing.
//!
//! `cargo run --release -p tests --bin hostile_load`

use anyhow::{Context as _, Result};
use tests::hostile_load::{Class, Run, Scale, report, run};

/// How often all of it is done: medians are written down.
const RUNS: usize = 3;

fn main() -> Result<()> {
    let named: Vec<Class> = std::env::args()
        .skip(1)
        .map(|word| Class::named(&word).with_context(|| format!("no class {word}")))
        .collect::<Result<_>>()?;
    if !named.is_empty() {
        say(&run(Scale::short(), &named)?);
        return Ok(());
    }
    let scale = Scale::full();
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let done = run(scale, &Class::ALL)?;
        say(&done);
        runs.push(done);
    }
    report::write(&runs, scale)
}

fn say(run: &Run) {
    for seen in &run.seen {
        eprintln!("{seen}\n{}", seen.said);
    }
    for line in &run.personal {
        eprintln!("personal: {line}");
    }
    eprintln!("memory grew by {} MiB", run.growth() / 1_024 / 1_024);
}
