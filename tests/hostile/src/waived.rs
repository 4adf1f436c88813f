//! Every rule left out in turn: the loop must find what it kept away.

use std::collections::BTreeMap;

use shared::guard::{Rule, Rules};

use crate::meter::Meter;
use crate::shadow::Finding;
use crate::trials::{Found, Full, Grounds, Plan, Tally, Until, run};

/// What leaving a rule out showed.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The rule.
    pub rule: Rule,
    /// Rules left out with it, since alone each of them still refuses what the others would have refused.
    pub with: Vec<Rule>,
    /// Trials made.
    pub executions: u64,
    /// The first thing found.
    pub first: Option<Found>,
    /// The first thing found that takes no audit to see.
    pub plain: Option<Found>,
    /// The rules that refused in its place, and how often.
    pub instead: BTreeMap<Rule, u64>,
}

impl Proof {
    /// Whether the rule is shown to be needed, or is one of the few of which nothing can be found.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.first.is_some() || is_foundation(self.rule) || KEPT_ANYWAY.contains(&self.rule)
    }

    /// A row of a table: rules left out, what was found and after how many trials, the same for what needs no audit.
    #[must_use]
    pub fn row(&self) -> String {
        let names = [&[self.rule], &self.with[..]].concat();
        let names: Vec<String> = names.iter().map(|rule| format!("{rule:?}")).collect();
        let names = names.join(", ");
        let cell = |found: &Option<Found>| {
            found.as_ref().map_or_else(
                || " | ".to_owned(),
                |found| {
                    let word = found.finding.word();
                    format!(
                        "{word} ({:?} in {:?}) | {}",
                        found.classes,
                        found.honest,
                        found.execution + 1
                    )
                },
            )
        };
        let first = match (&self.first, is_foundation(self.rule)) {
            (_, true) => "cannot be left out: there would be nothing to judge | ".to_owned(),
            (None, _) => format!(
                "nothing in {}; refused in its place: {:?} | ",
                self.executions, self.instead
            ),
            (first, _) => cell(first),
        };
        format!("| {names} | {first} | {} |", cell(&self.plain))
    }
}

/// How a rule is tried.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'a> {
    /// The rule.
    pub rule: Rule,
    /// What is left out with it from the outset.
    pub with: &'a [Rule],
    /// How many of those that refuse in its place may be left out too where nothing is found.
    pub more: usize,
    /// When it ends early.
    pub until: Until,
}

/// Leaves a rule out; where nothing is found, with it those that most often refuse in its place.
#[must_use]
pub fn prove(trial: Trial<'_>, plan: &Plan, grounds: &mut Grounds, meter: &dyn Meter) -> Proof {
    let rule = trial.rule;
    if is_foundation(rule) {
        return proof(rule, Vec::new(), Tally::default());
    }
    let full = match rule {
        Rule::LedgerOperations => Some(Full::Operations),
        Rule::LedgerBytes => Some(Full::Bytes),
        _ => None,
    };
    let most = trial.with.len() + trial.more;
    let (mut with, mut alone) = (trial.with.to_vec(), None);
    loop {
        let left_out = [&with[..], &[rule]].concat();
        let plan = Plan {
            // A full ledger takes seconds to try.
            until: if full.is_some() { Until::Found } else { trial.until },
            blame: Some((rule, Rules::without(&with))),
            full,
            ..without(plan, &left_out)
        };
        let tally = run(&plan, grounds, meter);
        if !tally.findings.is_empty() {
            return proof(rule, with, tally);
        }
        let others = tally.instead.iter();
        let next = others
            .filter(|(other, _)| !is_foundation(**other) && !BOUNDS.contains(other))
            .max_by_key(|(_, times)| **times)
            .map(|(other, _)| *other);
        let alone = alone.get_or_insert(tally);
        match next {
            Some(next) if with.len() < most => with.push(next),
            _ => return proof(rule, Vec::new(), std::mem::take(alone)),
        }
    }
}

/// Rules whose every breach Automerge cannot decode, or the reader cannot read on after; asked first because that is
/// cheaper, and because Automerge is not to see more than it must.
pub const KEPT_ANYWAY: [Rule; 7] = [
    Rule::ShortestForm,
    Rule::Magic,
    Rule::OneChunk,
    Rule::ActorLength,
    Rule::StartAtZero,
    Rule::Columns,
    Rule::DeflatedColumn,
];

/// Rules whose breach another rule refuses too, with those others.
pub const LAYERED: [(Rule, &[Rule]); 11] = [
    (Rule::OneChunk, &[Rule::Checksum]),
    (Rule::PlainChange, &[Rule::Checksum, Rule::Canonical]),
    (Rule::Checksum, &[Rule::Canonical]),
    (Rule::OtherActors, &[Rule::Canonical]),
    (Rule::ColumnOrder, &[Rule::Canonical]),
    (Rule::EmptyRun, &[Rule::Canonical]),
    (Rule::CounterWidth, &[Rule::StartOperation]),
    (Rule::SameAuthor, &[Rule::FooterFirst]),
    (Rule::ObjectHeard, &[Rule::PredecessorHeard]),
    (Rule::MatrixKey, &[Rule::PredecessorPlace]),
    (Rule::ColumnKey, &[Rule::KnownColumn]),
];

fn proof(rule: Rule, with: Vec<Rule>, tally: Tally) -> Proof {
    let is_plain = |found: &&Found| !matches!(found.finding, Finding::Ruined(_));
    Proof {
        rule,
        with,
        executions: tally.executions,
        plain: tally.findings.iter().find(is_plain).cloned(),
        first: tally.findings.into_iter().next(),
        instead: tally.instead,
    }
}

/// Without one of these what is tried may ask for more memory than there is.
const BOUNDS: [Rule; 3] = [Rule::Operations, Rule::Predecessors, Rule::PlainChange];

/// The plan without these rules: nothing is tried that would ask for more memory than there is.
#[must_use]
pub fn without(plan: &Plan, rules: &[Rule]) -> Plan {
    Plan {
        rules: Rules::without(rules),
        most: 1_000_000,
        blindly: !rules.iter().any(|rule| BOUNDS.contains(rule)),
        ..*plan
    }
}

/// Whether nothing could be judged without it.
#[must_use]
pub const fn is_foundation(rule: Rule) -> bool {
    matches!(rule, Rule::Parse | Rule::Decodes)
}
