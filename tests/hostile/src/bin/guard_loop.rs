//! Tries the guard with hostile changes by the million, and each of its rules by leaving it out.
//!
//! `cargo run --release -p hostile --bin guard_loop -- --executions 1000000 --seed 1` prints what was taken, refused and
//! found; `--first N --executions 1` brings one trial back; `--without Rule,Rule` leaves rules out.
//! `-- --rules --executions 6000` leaves out each rule in turn (`--rule Rule` one) and prints what was found without it.
//! `-- --write` does both and writes `docs/guard.md`.

#![expect(clippy::print_stdout, reason = "a tool's answer")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use hostile::meter::Meter;
use hostile::waived::Trial;
use hostile::{Class, Grounds, Plan, Tally, Until, run, waived};
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

/// What to do.
enum Task {
    Try,
    LeaveOut(Vec<Rule>),
    Write,
}

/// The trials without each rule that [`Task::Write`] makes.
const WITHOUT_EACH: u64 = 6_000;

fn main() -> Result<()> {
    let (plan, task) = read(std::env::args().skip(1))?;
    match task {
        Task::Try => {
            let (page, tally) = tried(&plan);
            println!("{page}");
            for found in tally.findings.iter().take(40) {
                let (number, classes) = (found.execution, &found.classes);
                println!("{number} ({classes:?}, {:?}): {:?}", found.honest, found.finding);
            }
            nothing_found(&tally)
        }
        Task::LeaveOut(rules) => {
            let (page, unproved) = left_out(&rules, &plan);
            println!("{page}");
            all_proved(&unproved)
        }
        Task::Write => {
            let (page, tally) = tried(&plan);
            let each = Plan {
                executions: WITHOUT_EACH,
                ..plan
            };
            let (rules, unproved) = left_out(&Rule::ALL, &each);
            let page = format!("{HEAD}{page}\n{RULES}{rules}");
            let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guard.md");
            std::fs::write(docs, page).context("the page of figures")?;
            nothing_found(&tally)?;
            all_proved(&unproved)
        }
    }
}

const HEAD: &str = "# The guard, tried\n\nWritten by `cargo run --release -p hostile --bin guard_loop -- --write`. Honest \
changes of eleven kinds are twisted at random and judged; what is taken is tried on a copy of the ledger: applied, read \
back, saved, loaded with checks, applied where nothing but its dependencies is known, shown by the app, continued, and \
audited. One thread.\n\n## By all rules\n\n";

const RULES: &str = "## Without each rule in turn\n\nWhat is found first, and what is found that takes no audit to see: a \
panic, a document lost, memory without bounds. Only what the rule itself would have refused counts. Where nothing was \
found, other rules were left out with it that refuse the same; they are named beside it. Where nothing was found even so, \
what it refuses cannot be decoded anyhow: it is asked first because that is cheaper, and because Automerge is not to see \
more than it must.\n\n";

fn read(mut words: impl Iterator<Item = String>) -> Result<(Plan, Task)> {
    let mut plan = Plan::strict(1, 100_000);
    let mut without = Vec::new();
    let mut task = Task::Try;
    while let Some(word) = words.next() {
        let mut next = || {
            words
                .next()
                .with_context(|| format!("{word} needs a word after it"))
        };
        match word.as_str() {
            "--executions" => plan.executions = next()?.parse()?,
            "--seed" => plan.seed = next()?.parse()?,
            "--first" => plan.first = next()?.parse()?,
            "--without" => {
                let names = next()?;
                without = names.split(',').map(rule).collect::<Result<_>>()?;
            }
            "--rules" => task = Task::LeaveOut(Rule::ALL.to_vec()),
            "--rule" => task = Task::LeaveOut(vec![rule(&next()?)?]),
            "--write" => task = Task::Write,
            _ => bail!("no option {word}: the source says which there are"),
        }
    }
    if !without.is_empty() {
        plan = waived::without(&plan, &without);
    }
    Ok((plan, task))
}

fn rule(name: &str) -> Result<Rule> {
    let mut rules = Rule::ALL.into_iter();
    let found = rules.find(|rule| format!("{rule:?}") == name);
    found.with_context(|| format!("no rule {name}"))
}

fn nothing_found(tally: &Tally) -> Result<()> {
    match tally.findings.len() {
        0 => Ok(()),
        count => bail!("{count} findings"),
    }
}

fn all_proved(unproved: &[Rule]) -> Result<()> {
    if unproved.is_empty() {
        Ok(())
    } else {
        bail!("nothing found without {unproved:?}")
    }
}

fn tried(plan: &Plan) -> (String, Tally) {
    let started = Instant::now();
    let tally = run(plan, &mut Grounds::default(), &Counted::default());
    let second = Duration::from_secs(1).as_nanos();
    let rate = u128::from(tally.executions) * second / started.elapsed().as_nanos().max(1);
    let mut page = format!(
        "{} executions from seed {}, {rate} a second; {} taken, {} findings. The guard used {} bytes at the most for one \
         change, of {} bytes.\n\n| refused by | times |\n| --- | ---: |\n",
        tally.executions,
        plan.seed,
        tally.accepted,
        tally.findings.len(),
        tally.peak.0,
        tally.peak.1,
    );
    for (rule, times) in &tally.refused {
        writeln!(page, "| {rule:?} | {times} |").expect("text grows");
    }
    page.push_str("\n| class | taken | refused |\n| --- | ---: | ---: |\n");
    for class in Class::ALL {
        let (taken, refused) = tally.classes.get(&class).copied().unwrap_or_default();
        writeln!(page, "| {class:?} | {taken} | {refused} |").expect("text grows");
    }
    (page, tally)
}

fn left_out(rules: &[Rule], plan: &Plan) -> (String, Vec<Rule>) {
    let mut page = format!(
        "At most {} trials for each, from seed {}.\n\n| left out | found first | after | found without an audit | after |\n\
         | --- | --- | ---: | --- | ---: |\n",
        plan.executions, plan.seed
    );
    let (mut unproved, mut grounds) = (Vec::new(), Grounds::default());
    for rule in rules {
        let trial = Trial {
            rule: *rule,
            with: &[],
            more: 3,
            until: Until::Plain,
        };
        let proof = waived::prove(trial, plan, &mut grounds, &Counted::default());
        writeln!(page, "{}", proof.row()).expect("text grows");
        if !proof.holds() {
            unproved.push(*rule);
        }
    }
    (page, unproved)
}
