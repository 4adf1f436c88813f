//! The guard's loop in short; `cargo run --release -p hostile --bin guard_loop` runs it by the million.

use std::collections::BTreeSet;
use std::sync::Mutex;

use hostile::meter::Meter;
use hostile::waived::{KEPT_ANYWAY, LAYERED, Trial, prove};
use hostile::{Class, Grounds, Plan, Until, run};
use peak_alloc::PeakAlloc;
use shared::guard::Rule;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// One test at a time: memory is the process's.
static ALONE: Mutex<()> = Mutex::new(());

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

#[test]
fn nothing_that_the_guard_takes_ruins_a_ledger() {
    let _alone = ALONE.lock();
    let tally = run(
        &Plan::strict(1, 4_000),
        &mut Grounds::default(),
        &Counted::default(),
    );
    assert!(tally.findings.is_empty(), "{:?}", tally.findings);
    let tried: BTreeSet<Class> = tally.classes.into_keys().collect();
    let missing: Vec<Class> = Class::ALL
        .into_iter()
        .filter(|class| !tried.contains(class))
        .collect();
    assert!(missing.is_empty(), "classes never tried: {missing:?}");
    assert!(
        tally.accepted > 50,
        "what is harmless is taken: {}",
        tally.accepted
    );
}

#[test]
fn without_any_one_rule_a_ledger_is_ruined() {
    let _alone = ALONE.lock();
    let (mut grounds, mut unproved) = (Grounds::default(), Vec::new());
    // A full ledger takes minutes to make without optimisation; those two rules have a test of their own.
    let tried = |rule: &Rule| !matches!(rule, Rule::LedgerOperations | Rule::LedgerBytes);
    for rule in Rule::ALL.into_iter().filter(tried) {
        let layered = LAYERED.iter().find(|(layered, _)| *layered == rule);
        let trial = Trial {
            rule,
            with: layered.map_or(&[], |(_, with)| with),
            more: 0,
            until: Until::Found,
        };
        let is_kept_anyway = KEPT_ANYWAY.contains(&rule);
        let executions = if is_kept_anyway { 800 } else { 8_000 };
        let plan = Plan::strict(1, executions);
        let proof = prove(trial, &plan, &mut grounds, &Counted::default());
        if !proof.holds() {
            unproved.push(proof.row());
        }
    }
    assert!(unproved.is_empty(), "{}", unproved.join("\n"));
}
