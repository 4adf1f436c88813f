//! What a row has come to: a fold over its decisions, the same on every replica.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{State, Transition};
use crate::id::RowId;
use crate::ledger::decision::{Decision, Word};

/// What a row has come to, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: State,
    /// The decisions that led there, oldest first; of several that agree the first.
    pub path: Vec<Rc<Decision>>,
    /// Decisions that contradict each other. Until one is withdrawn the state before them stands.
    pub contradicting: Vec<Rc<Decision>>,
    /// Decisions that lead nowhere from the state they met: made beside another that had moved the row on.
    pub idle: Vec<Rc<Decision>>,
    /// Withdrawn decisions, each with its withdrawal.
    pub withdrawn: Vec<(Rc<Decision>, Rc<Decision>)>,
}

impl Standing {
    /// The decision that brought the row to where it is.
    #[must_use]
    pub fn last(&self) -> Option<&Rc<Decision>> {
        self.path.last()
    }

    /// The last decision on its path of this word.
    #[must_use]
    pub fn last_of(&self, word: Word) -> Option<&Rc<Decision>> {
        self.path.iter().rev().find(|decision| decision.made.word == word)
    }
}

/// One decision, or several that were made side by side and agree.
struct Class {
    first: Rc<Decision>,
    /// The classes it comes after, all of them.
    after: BTreeSet<usize>,
}

/// Folds the decisions on one row. The order in which they are given does not matter.
///
/// Two decisions contradict when neither maker had seen the other's and they do not agree; then the row stands where it
/// stood before both. Withdrawn ones do not count.
#[must_use]
pub fn standing<'a>(
    ways: impl Fn(&Decision) -> Option<&'a Transition>,
    decisions: &[Rc<Decision>],
) -> Standing {
    let mut standing = Standing::default();
    let mut standing_ones = Vec::new();
    for decision in sorted(decisions) {
        let Word::Decide(_) = decision.made.word else {
            continue;
        };
        match withdrawal_of(&decision, decisions) {
            Some(withdrawal) => standing.withdrawn.push((decision, withdrawal)),
            None => standing_ones.push(decision),
        }
    }
    let classes = classes(&standing_ones, decisions);
    fold(&ways, &classes, &mut standing);
    standing
}

/// The decisions by the devices' clocks and their ids: an order for people, and for ties.
fn sorted(decisions: &[Rc<Decision>]) -> Vec<Rc<Decision>> {
    let mut sorted: Vec<_> = decisions.to_vec();
    sorted.sort_by_key(|decision| (decision.at, decision.made.id));
    sorted
}

fn withdrawal_of(decision: &Decision, all: &[Rc<Decision>]) -> Option<Rc<Decision>> {
    let Word::Decide(kind) = decision.made.word else {
        return None;
    };
    let withdraws = |other: &&Rc<Decision>| {
        other.made.word == Word::Withdraw(kind) && other.made.of == Some(decision.made.id)
    };
    all.iter()
        .filter(withdraws)
        .min_by_key(|other| (other.at, other.made.id))
        .cloned()
}

/// Puts agreeing decisions together and says which come after which.
fn classes(standing: &[Rc<Decision>], all: &[Rc<Decision>]) -> Vec<Class> {
    let after = closure(all);
    let knows = |one: RowId, other: RowId| after.get(&one).is_some_and(|known| known.contains(&other));
    let mut agreeing: Vec<Vec<&Rc<Decision>>> = Vec::new();
    for decision in standing {
        let agrees = |other: &&Rc<Decision>| {
            let (one, two) = (decision.made.id, other.made.id);
            !knows(one, two) && !knows(two, one) && other.agrees_with(decision)
        };
        let class = agreeing.iter_mut().find(|class| class.iter().all(agrees));
        match class {
            Some(class) => class.push(decision),
            None => agreeing.push(vec![decision]),
        }
    }
    let place: BTreeMap<RowId, usize> = agreeing
        .iter()
        .enumerate()
        .flat_map(|(place, class)| class.iter().map(move |decision| (decision.made.id, place)))
        .collect();
    let direct: Vec<BTreeSet<usize>> = agreeing
        .iter()
        .enumerate()
        .map(|(own, class)| {
            let seen = class
                .iter()
                .filter_map(|decision| after.get(&decision.made.id))
                .flatten();
            let earlier = seen.filter_map(|id| place.get(id)).copied();
            earlier.filter(|other| *other != own).collect()
        })
        .collect();
    agreeing
        .into_iter()
        .enumerate()
        .map(|(own, class)| Class {
            first: Rc::clone(class[0]),
            after: reached(&direct, own),
        })
        .collect()
}

/// Every decision that each had seen, and what those had seen.
fn closure(all: &[Rc<Decision>]) -> BTreeMap<RowId, BTreeSet<RowId>> {
    let direct: BTreeMap<RowId, &[RowId]> = all
        .iter()
        .map(|decision| (decision.made.id, decision.made.after.as_slice()))
        .collect();
    let reach = |from: RowId| {
        let mut seen = BTreeSet::new();
        let mut next = vec![from];
        while let Some(id) = next.pop() {
            for before in direct.get(&id).copied().unwrap_or_default() {
                if *before != from && seen.insert(*before) {
                    next.push(*before);
                }
            }
        }
        seen
    };
    direct.keys().map(|id| (*id, reach(*id))).collect()
}

fn reached(direct: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(class) = next.pop() {
        for before in &direct[class] {
            // A ring can only come of ids made up by hand: nothing comes before itself.
            if *before != from && seen.insert(*before) {
                next.push(*before);
            }
        }
    }
    seen
}

/// Folds the classes: from the last ones back to where all know of each other, then forward again.
fn fold<'a>(ways: &impl Fn(&Decision) -> Option<&'a Transition>, classes: &[Class], standing: &mut Standing) {
    // What comes before has fewer before itself, so that this is an order in which each follows all it comes after.
    let mut among: Vec<usize> = (0..classes.len()).collect();
    among.sort_by_key(|class| (classes[*class].after.len(), *class));
    let mut one_by_one = Vec::new();
    while let Some(last) = among.last().copied() {
        // With whatever is among them all it comes after is, too: then it is the only last one.
        if classes[last].after.len() == among.len() - 1 {
            one_by_one.push(last);
            among.pop();
            continue;
        }
        let is_last = |class: &&usize| !among.iter().any(|other| classes[*other].after.contains(class));
        let common = among
            .iter()
            .filter(is_last)
            .map(|class| classes[*class].after.clone())
            .reduce(|one, other| one.intersection(&other).copied().collect())
            .unwrap_or_default();
        // All that was decided since somebody did not know of somebody else's decision.
        let apart = among.iter().filter(|class| !common.contains(class));
        let apart = apart.map(|class| Rc::clone(&classes[*class].first));
        standing.contradicting.extend(apart);
        among.retain(|class| common.contains(class));
    }
    for class in one_by_one.into_iter().rev() {
        let decision = Rc::clone(&classes[class].first);
        match ways(&decision) {
            Some(way) if way.from.contains(&standing.state) => {
                standing.state = way.to;
                standing.path.push(decision);
            }
            _ => standing.idle.push(decision),
        }
    }
}

#[cfg(test)]
mod tests;
