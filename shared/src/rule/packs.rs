//! The packs of an enterprise together, and what they find.

use serde::{Deserialize, Serialize};

use super::fact::Facts;
use super::finding::{Breach, Finding};
use super::name::{PackId, RuleId};
use super::pack::{PackProblem, Rule, RulePack};
use super::{enterprise, national};
use crate::time::Date;

/// Packs of rules, each without a problem, with no rule twice on any day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<RulePack>", into = "Vec<RulePack>")]
pub struct Packs(Vec<RulePack>);

/// Why some packs cannot be used together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PacksError {
    /// A pack with a problem.
    #[error("pack {pack}: {problem}")]
    Unsound {
        /// The pack.
        pack: PackId,
        /// The first of its problems.
        problem: PackProblem,
    },
    /// A rule that two packs have on one day: it would find everything twice.
    #[error("{rule} is in force twice on one day")]
    RuleTwice {
        /// The rule.
        rule: RuleId,
    },
}

impl Packs {
    /// These packs, in this order.
    ///
    /// # Errors
    ///
    /// Fails when a pack has a problem, or two that are in force on one day have a rule of one name.
    pub fn new(packs: Vec<RulePack>) -> Result<Self, PacksError> {
        for (place, pack) in packs.iter().enumerate() {
            if let Some(problem) = pack.problems().into_iter().next() {
                let pack = pack.id.clone();
                return Err(PacksError::Unsound { pack, problem });
            }
            let beside = packs[..place].iter().filter(|other| other.overlaps(pack));
            let mut theirs = beside.flat_map(|other| &other.rules);
            if let Some(twice) = theirs.find(|rule| pack.rules.iter().any(|own| own.id == rule.id)) {
                let rule = twice.id.clone();
                return Err(PacksError::RuleTwice { rule });
            }
        }
        Ok(Self(packs))
    }

    /// What an enterprise starts with: the rules of regulations, and the practice it may edit as its own.
    #[must_use]
    pub fn built_in() -> Self {
        Self::new(vec![national::pack(), enterprise::pack()]).expect("a test reads both packs")
    }

    /// The packs, in order.
    pub fn iter(&self) -> impl Iterator<Item = &RulePack> {
        self.0.iter()
    }

    /// The same packs without those of this name.
    #[must_use]
    pub fn without(&self, pack: &PackId) -> Self {
        Self(self.iter().filter(|other| other.id != *pack).cloned().collect())
    }

    /// The rule of this name that is in force on this day.
    #[must_use]
    pub fn rule(&self, id: &RuleId, on: Date) -> Option<&Rule> {
        self.in_force(on).find(|rule| rule.id == *id)
    }

    /// What the rules in force on this day find in these facts: in the order of packs, rules and facts.
    #[must_use]
    pub fn check(&self, facts: &Facts, on: Date) -> Vec<Finding> {
        let found_by = |rule: &Rule| {
            let (id, level) = (rule.id.clone(), rule.level);
            let finding = move |Breach { subject, detail }| Finding {
                rule: id.clone(),
                level,
                subject,
                detail,
            };
            rule.check.find(facts, on).into_iter().map(finding)
        };
        self.in_force(on).flat_map(found_by).collect()
    }

    fn in_force(&self, on: Date) -> impl Iterator<Item = &Rule> {
        let packs = self.iter().filter(move |pack| pack.is_in_force(on));
        packs.flat_map(|pack| &pack.rules)
    }
}

impl TryFrom<Vec<RulePack>> for Packs {
    type Error = PacksError;

    fn try_from(packs: Vec<RulePack>) -> Result<Self, PacksError> {
        Self::new(packs)
    }
}

impl From<Packs> for Vec<RulePack> {
    fn from(packs: Packs) -> Self {
        packs.0
    }
}
