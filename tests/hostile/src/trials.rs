//! The loop: honest changes, twisted at random, judged, and what is taken tried on a copy.

use std::time::Instant;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use shared::guard::{Checked, Rule, Rules};
use shared::id::{AccountId, LedgerId};
use shared::ledger::trial;

use crate::class::{Class, Craft};
use crate::ground::{Ground, Setting};
use crate::meter::{Meter, allowance};
use crate::quiet::caught;
use crate::shadow::{Finding, shadow};

mod plan;

pub use plan::{Found, Full, Plan, Tally, Until};

/// How many trials are made over one ledger.
const PER_GROUND: u64 = 4_000;

/// The longest judging one change may take; the guard takes microseconds, a machine with other things to do may not.
const MILLISECONDS: u128 = 1_000;

/// What the rules say of a change.
enum Judged {
    Taken(Box<Checked>),
    Refused(Rule),
    Found(Finding),
}

/// The ledger that trials are made over.
#[must_use]
pub fn setting() -> Setting {
    Setting {
        ledger: LedgerId([7; 16]),
        schema: &trial::SCHEMA,
        accounts: [1, 2, 3].map(|number| AccountId::from_bytes([number; 16])),
        merges: true,
    }
}

/// The last ledger made: making one takes as long as hundreds of trials.
#[derive(Debug, Default)]
pub struct Grounds(Option<(u64, Option<Full>, Ground)>);

impl Grounds {
    fn get(&mut self, seed: u64, full: Option<Full>) -> &Ground {
        let is_it = |(known, filled, _): &mut (u64, Option<Full>, Ground)| *known == seed && *filled == full;
        if self.0.as_mut().is_some_and(is_it) {
            return &self.0.as_ref().expect("it was there a line above").2;
        }
        let mut ground = Ground::new(setting(), seed);
        if let Some(full) = full {
            ground.fill(full);
        }
        &self.0.insert((seed, full, ground)).2
    }
}

/// Carries a plan out.
#[must_use]
pub fn run(plan: &Plan, grounds: &mut Grounds, meter: &dyn Meter) -> Tally {
    let mut tally = Tally::default();
    for execution in plan.first..plan.first + plan.executions {
        // One full ledger is as good as another, and takes seconds to make.
        let other = if plan.full.is_some() {
            0
        } else {
            execution / PER_GROUND
        };
        let ground = grounds.get(plan.seed.wrapping_add(other), plan.full);
        tally.executions += 1;
        if let Some(found) = attempt(plan, execution, ground, meter, &mut tally) {
            let is_plain = !matches!(found.finding, Finding::Ruined(_));
            tally.findings.push(found);
            if plan.until == Until::Found || is_plain && plan.until == Until::Plain {
                break;
            }
        }
    }
    tally
}

fn attempt(
    plan: &Plan,
    execution: u64,
    ground: &Ground,
    meter: &dyn Meter,
    tally: &mut Tally,
) -> Option<Found> {
    let mut dice = StdRng::seed_from_u64(plan.seed ^ execution.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let (honest, bytes) = ground.next.choose(&mut dice)?;
    let (classes, bytes) = twisted(plan, ground, bytes, &mut dice)?;
    let judged = judge(plan.rules, ground, &bytes, meter, tally);
    for class in &classes {
        let (taken, refused) = tally.classes.entry(*class).or_default();
        *(if matches!(judged, Judged::Refused(_)) {
            refused
        } else {
            taken
        }) += 1;
    }
    let finding = match judged {
        Judged::Refused(rule) => {
            *tally.refused.entry(rule).or_default() += 1;
            if is_to_blame(plan, ground, &bytes) {
                *tally.instead.entry(rule).or_default() += 1;
            }
            None
        }
        Judged::Found(finding) => Some(finding),
        Judged::Taken(checked) => {
            tally.accepted += 1;
            shadow(ground, &checked)
        }
    }?;
    if plan.blame.is_some() && !is_to_blame(plan, ground, &bytes) {
        return None;
    }
    Some(Found {
        execution,
        classes,
        honest: *honest,
        finding,
        bytes,
    })
}

/// An honest change twisted in one way, or in two.
fn twisted(plan: &Plan, ground: &Ground, honest: &[u8], dice: &mut StdRng) -> Option<(Vec<Class>, Vec<u8>)> {
    let mut classes = Vec::new();
    let mut bytes = honest.to_vec();
    for _ in 0..if dice.random_bool(0.15) { 2 } else { 1 } {
        let class = if plan.blindly && dice.random_bool(0.2) {
            Class::BitsFlipped
        } else {
            *Class::ALL.choose(dice)?
        };
        // Those that take milliseconds to make come more rarely.
        if class.is_blind() && !plan.blindly || class.is_heavy() && dice.random_bool(0.8) {
            continue;
        }
        let mut craft = Craft {
            ground,
            honest: &bytes,
            most: plan.most,
            dice,
        };
        // What has been twisted once may no longer be a change that can be twisted.
        if let Some(made) = caught(|| class.craft(&mut craft)).ok().flatten() {
            bytes = made;
            classes.push(class);
        }
    }
    (!classes.is_empty()).then_some((classes, bytes))
}

fn judge(rules: Rules, ground: &Ground, bytes: &[u8], meter: &dyn Meter, tally: &mut Tally) -> Judged {
    meter.begin();
    let started = Instant::now();
    let judged = caught(|| by_rules(rules, ground, bytes));
    let (milliseconds, peak) = (started.elapsed().as_millis(), meter.peak());
    tally.peak = tally.peak.max((peak, bytes.len()));
    match judged {
        Err(words) => Judged::Found(Finding::GuardPanics(words)),
        Ok(_) if peak > allowance(bytes.len()) => Judged::Found(Finding::GuardMemory(peak)),
        Ok(_) if milliseconds > MILLISECONDS => Judged::Found(Finding::GuardTime(milliseconds)),
        Ok(Ok(checked)) => Judged::Taken(Box::new(checked)),
        Ok(Err(rule)) => Judged::Refused(rule),
    }
}

fn by_rules(rules: Rules, ground: &Ground, bytes: &[u8]) -> Result<Checked, Rule> {
    rules.scan(bytes)?;
    let checked = rules.decode(bytes)?;
    match ground.index.judge_by(rules, &checked) {
        Ok(_) => Ok(checked),
        Err(verdict) => Err(verdict.rule()),
    }
}

/// Whether the rule that is tried would have refused it.
fn is_to_blame(plan: &Plan, ground: &Ground, bytes: &[u8]) -> bool {
    let Some((rule, others)) = plan.blame else {
        return false;
    };
    let judged = caught(|| by_rules(others, ground, bytes));
    matches!(judged, Ok(Err(refused)) if refused == rule)
}
