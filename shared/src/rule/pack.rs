//! A dated pack of rules: data, with a citation for every rule.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::finding::Level;
use super::name::{PackId, RuleId};
use crate::time::Date;

/// Rules that come into force together and go together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePack {
    /// Its name.
    pub id: PackId,
    /// What it is called on the page.
    pub title: String,
    /// The first day it is in force.
    pub effective_from: Date,
    /// The last day it is in force; none while no end is set.
    #[serde(default)]
    pub effective_until: Option<Date>,
    /// Its rules.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// What is checked, with the rule's numbers.
    pub check: Check,
    /// Where it is written: the regulation and its article, or the enterprise's own practice.
    pub citation: String,
    /// What it says, in simplified Chinese.
    pub text_zh: String,
    /// What it says, in English.
    pub text_en: String,
    /// How much weight it has.
    pub level: Level,
}

/// What is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackProblem {
    /// It ends before it starts.
    #[error("ends before it starts")]
    EndsBeforeItStarts,
    /// Two of its rules have one name.
    #[error("two rules named {0}")]
    Twice(RuleId),
    /// A rule that does not say where it is written.
    #[error("{0} cites nothing")]
    NoCitation(RuleId),
    /// A rule without its text in one of the languages.
    #[error("{0} says nothing in one of the languages")]
    NoText(RuleId),
    /// A rule whose numbers nothing can meet.
    #[error("{0} cannot be met")]
    CannotBeMet(RuleId),
}

impl RulePack {
    /// Whether it is in force on this day.
    #[must_use]
    pub fn is_in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_until.is_none_or(|until| on <= until)
    }

    /// What is wrong with it, in the order of its rules; nothing for a pack that may be used.
    #[must_use]
    pub fn problems(&self) -> Vec<PackProblem> {
        let mut problems = Vec::new();
        if self
            .effective_until
            .is_some_and(|until| until < self.effective_from)
        {
            problems.push(PackProblem::EndsBeforeItStarts);
        }
        let mut names = BTreeSet::new();
        for rule in &self.rules {
            let is_blank = |text: &str| text.trim().is_empty();
            if !names.insert(&rule.id) {
                problems.push(PackProblem::Twice(rule.id.clone()));
            }
            if is_blank(&rule.citation) {
                problems.push(PackProblem::NoCitation(rule.id.clone()));
            }
            if is_blank(&rule.text_zh) || is_blank(&rule.text_en) {
                problems.push(PackProblem::NoText(rule.id.clone()));
            }
            if !rule.check.can_be_met() {
                problems.push(PackProblem::CannotBeMet(rule.id.clone()));
            }
        }
        problems
    }

    /// Whether there is a day on which both are in force.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let starts_in = |one: &Self, two: &Self| two.is_in_force(one.effective_from);
        starts_in(self, other) || starts_in(other, self)
    }
}
