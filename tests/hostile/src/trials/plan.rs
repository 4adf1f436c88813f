//! What is to be tried, and what came of it.

use std::collections::BTreeMap;

use shared::guard::{Rule, Rules};

use crate::class::Class;
use crate::ground::Honest;
use crate::shadow::Finding;

/// What is to be tried.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Where everything random comes from.
    pub seed: u64,
    /// The first trial; other than 0 to see one again.
    pub first: u64,
    /// How many trials.
    pub executions: u64,
    /// The rules judged by.
    pub rules: Rules,
    /// How much bombs claim.
    pub most: u64,
    /// Whether bytes are altered blindly too. Not without a rule that bounds what the guard allocates: it would ask for
    /// more than there is, and nobody could say so any more.
    pub blindly: bool,
    /// When it ends before all trials are made.
    pub until: Until,
    /// The rule that is tried: only what it would refuse counts, though these others are left out too.
    pub blame: Option<(Rule, Rules)>,
    /// Whether the ledger has all the operations, or all the bytes, that a ledger may have.
    pub full: Option<Full>,
}

/// What a ledger has no more room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// Operations.
    Operations,
    /// Bytes.
    Bytes,
}

/// When trials end early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Not at all.
    Never,
    /// Once anything is found.
    Found,
    /// Once something is found that takes no audit to see: a panic, a document that is lost, memory without bounds.
    Plain,
}

impl Plan {
    /// Trials by all rules, with bombs as large as any.
    #[must_use]
    pub const fn strict(seed: u64, executions: u64) -> Self {
        Self {
            seed,
            first: 0,
            executions,
            rules: Rules::ALL,
            most: 10_000_000,
            blindly: true,
            until: Until::Never,
            blame: None,
            full: None,
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Trials made.
    pub executions: u64,
    /// Changes the rules took.
    pub accepted: u64,
    /// Changes refused, by rule.
    pub refused: BTreeMap<Rule, u64>,
    /// By which rule was refused what one that is left out would have refused.
    pub instead: BTreeMap<Rule, u64>,
    /// Trials of each class: taken and refused.
    pub classes: BTreeMap<Class, (u64, u64)>,
    /// The most memory the guard used for one change, in bytes, and that change's length.
    pub peak: (usize, usize),
    /// What went wrong.
    pub findings: Vec<Found>,
}

/// Something that the rules took and should not have.
#[derive(Clone, Debug)]
pub struct Found {
    /// The number of the trial: with the seed it brings it back.
    pub execution: u64,
    /// What was done to the honest change.
    pub classes: Vec<Class>,
    /// What kind of change that was.
    pub honest: Honest,
    /// What came of it.
    pub finding: Finding,
    /// The change.
    pub bytes: Vec<u8>,
}
