//! Tries the guard with hostile changes by the million, or each of its rules by leaving it out.
//!
//! `cargo run --release -p hostile --bin guard_loop -- --executions 1000000 --seed 1` prints what was taken, refused and
//! found; `--first N --executions 1` brings one trial back; `--without Rule,Rule` leaves rules out.
//! `-- --rules --executions 20000` leaves out each rule in turn (`--rule Rule` one) and prints what was found without it.

#![expect(clippy::print_stdout, reason = "a tool's answer")]

use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use hostile::meter::Meter;
use hostile::waived::Trial;
use hostile::{Grounds, Plan, Until, run, waived};
use peak_alloc::PeakAlloc;
use shared::guard::Rule;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Counts everything the process allocates; there is one thread.
#[derive(Default)]
struct Counted(std::cell::Cell<usize>);

impl Meter for Counted {
    fn begin(&self) {
        MEMORY.reset_peak_usage();
        self.0.set(MEMORY.current_usage());
    }

    fn peak(&self) -> usize {
        MEMORY.peak_usage().saturating_sub(self.0.get())
    }
}

fn main() -> Result<()> {
    let mut plan = Plan::strict(1, 100_000);
    let (mut each, mut without) = (false, Vec::new());
    let mut rules = Rule::ALL.to_vec();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || -> Result<u64> {
            let text = words.next().with_context(|| format!("{word} needs a number"))?;
            text.parse().with_context(|| format!("{text} is no number"))
        };
        match word.as_str() {
            "--executions" => plan.executions = number()?,
            "--seed" => plan.seed = number()?,
            "--first" => plan.first = number()?,
            "--rules" => each = true,
            "--rule" => {
                let name = words.next().context("--rule needs the name of a rule")?;
                rules.retain(|rule| format!("{rule:?}") == name);
                each = true;
            }
            "--without" => {
                let names = words.next().context("--without needs names of rules")?;
                for name in names.split(',') {
                    let rule = Rule::ALL.into_iter().find(|rule| format!("{rule:?}") == name);
                    without.push(rule.with_context(|| format!("no rule {name}"))?);
                }
            }
            _ => bail!(
                "no option {word}: --executions N, --seed N, --first N, --without RULES, --rules, --rule RULE"
            ),
        }
    }
    if each {
        return every_rule(&rules, &plan);
    }
    if !without.is_empty() {
        plan = waived::without(&plan, &without);
    }
    strict(&plan)
}

fn strict(plan: &Plan) -> Result<()> {
    let started = Instant::now();
    let tally = run(plan, &mut Grounds::default(), &Counted::default());
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{} executions from seed {}, {:.0}/s; accepted {}, findings {}; most memory for one change {} bytes at {} bytes",
        tally.executions,
        plan.seed,
        tally.executions as f64 / seconds,
        tally.accepted,
        tally.findings.len(),
        tally.peak.0,
        tally.peak.1,
    );
    println!("\n| refused by | times |\n| --- | ---: |");
    for (rule, times) in &tally.refused {
        println!("| {rule:?} | {times} |");
    }
    println!("\n| class | taken | refused |\n| --- | ---: | ---: |");
    for (class, (taken, refused)) in &tally.classes {
        println!("| {class:?} | {taken} | {refused} |");
    }
    for found in tally.findings.iter().take(40) {
        println!(
            "\nexecution {} ({:?}, {:?}): {:?}",
            found.execution, found.classes, found.honest, found.finding
        );
    }
    if tally.findings.is_empty() {
        Ok(())
    } else {
        bail!("{} findings", tally.findings.len())
    }
}

fn every_rule(rules: &[Rule], plan: &Plan) -> Result<()> {
    println!(
        "| left out | first found | after | without an audit | after |\n| --- | --- | ---: | --- | ---: |"
    );
    let (mut unproved, mut grounds) = (Vec::new(), Grounds::default());
    for rule in rules.iter().copied() {
        let trial = Trial {
            rule,
            with: &[],
            more: 3,
            until: Until::Plain,
        };
        let proof = waived::prove(trial, plan, &mut grounds, &Counted::default());
        println!("{}", proof.row());
        if !proof.holds() {
            unproved.push(rule);
        }
    }
    if unproved.is_empty() {
        Ok(())
    } else {
        bail!("nothing found without {unproved:?}")
    }
}
