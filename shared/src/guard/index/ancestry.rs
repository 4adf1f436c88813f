//! What a change has heard of: which changes it comes after.
//!
//! Whoever wrote it can have known nothing else, and Automerge panics on what names something it does not depend on
//! wherever changes come in another order than here.

use std::collections::HashSet;

/// What every change depends on, changes being numbered in the order in which they were taken in.
#[derive(Clone, Debug, Default)]
pub(super) struct Ancestry {
    /// The dependencies of all changes, one after the other.
    dependencies: Vec<u32>,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    /// Where its dependencies end.
    end: u32,
    /// It has heard of all changes before this one; with it, where that is itself.
    whole: u32,
}

/// Which changes are heard of.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    /// All before this one.
    whole: u32,
    /// A bit for each from where walking began.
    first: u32,
    beyond: Vec<u64>,
}

impl Ancestry {
    /// The number the next change gets.
    pub(super) fn next(&self) -> u32 {
        number(self.nodes.len())
    }

    /// What a change has heard of that depends on these. Costs a step for each that is not heard of by way of all
    /// before it: few, as everybody who hears of two heads joins them with his next change.
    pub(super) fn heard(&self, dependencies: &[u32]) -> Heard {
        let whole = dependencies
            .iter()
            .map(|number| self.nodes[*number as usize].whole)
            .max();
        let mut heard = Heard {
            whole: whole.unwrap_or(0),
            first: whole.unwrap_or(0),
            beyond: Vec::new(),
        };
        let mut open = dependencies.to_vec();
        while let Some(number) = open.pop() {
            if heard.add(number) {
                open.extend(self.of(number));
            }
        }
        while heard.has(heard.whole) {
            heard.whole += 1;
        }
        heard
    }

    /// Takes the next change in.
    pub(super) fn add(&mut self, dependencies: &[u32]) {
        let (heard, itself) = (self.heard(dependencies), self.next());
        let whole = if heard.whole == itself {
            itself + 1
        } else {
            heard.whole
        };
        self.dependencies.extend(dependencies);
        let end = number(self.dependencies.len());
        self.nodes.push(Node { end, whole });
    }

    /// A change and all that have heard of it.
    pub(super) fn with_dependants(&self, first: u32) -> HashSet<u32> {
        let mut found = HashSet::from([first]);
        for number in first..self.next() {
            if self
                .of(number)
                .iter()
                .any(|dependency| found.contains(dependency))
            {
                found.insert(number);
            }
        }
        found
    }

    fn of(&self, number: u32) -> &[u32] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.nodes[before].end);
        &self.dependencies[start as usize..self.nodes[number].end as usize]
    }
}

impl Heard {
    /// Whether that change is heard of.
    pub(super) fn has(&self, number: u32) -> bool {
        if number < self.whole {
            return true;
        }
        let bit = number - self.first;
        let word = self.beyond.get(bit as usize / 64);
        word.is_some_and(|word| word & 1 << (bit % 64) != 0)
    }

    /// Notes one; false where it was.
    fn add(&mut self, number: u32) -> bool {
        if self.has(number) {
            return false;
        }
        let bit = number - self.first;
        let word = bit as usize / 64;
        if self.beyond.len() <= word {
            self.beyond.resize(word + 1, 0);
        }
        self.beyond[word] |= 1 << (bit % 64);
        true
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a ledger is full long before")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0 ← 1 ← 2, 0 ← 3 ← 4, and 5 joins 2 and 4.
    fn two_branches() -> Ancestry {
        let mut ancestry = Ancestry::default();
        for dependencies in [&[][..], &[0], &[1], &[0], &[3], &[2, 4]] {
            ancestry.add(dependencies);
        }
        ancestry
    }

    #[test]
    fn a_branch_has_not_heard_of_the_other() {
        let ancestry = two_branches();
        let heard = |dependencies: &[u32]| {
            let heard = ancestry.heard(dependencies);
            (0..6).filter(|number| heard.has(*number)).collect::<Vec<_>>()
        };
        assert_eq!(heard(&[2]), [0, 1, 2]);
        assert_eq!(heard(&[4]), [0, 3, 4]);
        assert_eq!(heard(&[3, 1]), [0, 1, 3]);
    }

    #[test]
    fn all_that_have_heard_of_a_change_depend_on_it() {
        let ancestry = two_branches();
        assert_eq!(ancestry.with_dependants(1), HashSet::from([1, 2, 5]));
        assert_eq!(ancestry.with_dependants(0).len(), 6);
    }

    #[test]
    fn who_joins_both_has_heard_of_all() {
        let ancestry = two_branches();
        assert_eq!(ancestry.nodes[5].whole, 6);
        assert!((0..6).all(|number| ancestry.heard(&[5]).has(number)));
        assert!(ancestry.heard(&[5]).beyond.is_empty(), "nothing to walk");
    }
}
