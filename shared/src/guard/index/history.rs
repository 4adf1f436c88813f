//! The place of changes in history: who wrote which as what number, and where operations start.

use std::collections::{BTreeMap, HashMap};

use super::Verdict;
use super::ancestry::{Ancestry, Heard};
use crate::guard::{Checked, Rule, Rules};
use crate::id::{AccountId, ActorId, ChangeHash};

/// Every known change, as far as judging needs it.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    changes: HashMap<ChangeHash, Place>,
    ancestry: Ancestry,
    actors: HashMap<ActorId, Writer>,
    heads: BTreeMap<ChangeHash, u64>,
}

/// A change that is known.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// In the order in which changes were taken in.
    number: u32,
    /// Its last operation.
    last: u64,
}

#[derive(Clone, Copy, Debug)]
struct Writer {
    account: AccountId,
    seq: u64,
    /// Its last change.
    change: u32,
}

impl History {
    pub(super) fn has(&self, hash: &ChangeHash) -> bool {
        self.changes.contains_key(hash)
    }

    pub(super) fn heads(&self) -> Vec<(ChangeHash, u64)> {
        self.heads.iter().map(|(hash, last)| (*hash, *last)).collect()
    }

    pub(super) fn with_dependants(&self, hash: &ChangeHash) -> Vec<ChangeHash> {
        let Some(first) = self.changes.get(hash) else {
            return Vec::new();
        };
        let after = self.ancestry.with_dependants(first.number);
        let mut found: Vec<(u32, ChangeHash)> = self
            .changes
            .iter()
            .filter(|(_, place)| after.contains(&place.number))
            .map(|(hash, place)| (place.number, *hash))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, hash)| hash).collect()
    }

    pub(super) fn owner(&self, actor: &ActorId) -> Option<AccountId> {
        self.actors.get(actor).map(|writer| writer.account)
    }

    /// The number the next change gets.
    pub(super) fn next(&self) -> u32 {
        self.ancestry.next()
    }

    /// Judges a change's place, and says what it has heard of.
    pub(super) fn judge(&self, change: &Checked, rules: Rules) -> Result<Heard, Verdict> {
        rules.ask(Rule::SomeDependency, !change.dependencies.is_empty())?;
        let mut last = 0;
        let mut numbers = Vec::new();
        for dependency in &change.dependencies {
            match self.changes.get(dependency) {
                Some(place) => {
                    last = last.max(place.last);
                    numbers.push(place.number);
                }
                None if rules.demand(Rule::KnownDependencies) => return Err(Verdict::Waits(*dependency)),
                None => {}
            }
        }
        let heard = self.ancestry.heard(&numbers);
        let writer = self.actors.get(&change.actor);
        let next = writer.map_or(0, |writer| writer.seq).checked_add(1);
        rules.ask(Rule::Sequence, Some(change.seq) == next)?;
        let knows_itself = writer.is_none_or(|writer| heard.has(writer.change));
        rules.ask(Rule::OwnDependency, knows_itself)?;
        let is_narrow = u32::try_from(change.last_operation()).is_ok();
        rules.ask(Rule::CounterWidth, is_narrow)?;
        rules.ask(Rule::StartOperation, change.start == last + 1)?;
        if let (Some(writer), Some(author)) = (writer, change.author)
            && author != writer.account
            && rules.demand(Rule::SameAuthor)
        {
            return Err(Verdict::OtherAuthor);
        }
        rules.ask(Rule::FooterFirst, change.author.is_some() == (change.seq == 1))?;
        Ok(heard)
    }

    /// Takes a change in, and gives its number.
    pub(super) fn admit(&mut self, change: &Checked, account: AccountId) -> u32 {
        let mut numbers = Vec::new();
        for dependency in &change.dependencies {
            self.heads.remove(dependency);
            numbers.extend(self.changes.get(dependency).map(|place| place.number));
        }
        let (last, number) = (change.last_operation(), self.next());
        self.ancestry.add(&numbers);
        self.heads.insert(change.hash, last);
        self.changes.insert(change.hash, Place { number, last });
        let writer = self.actors.entry(change.actor).or_insert(Writer {
            account,
            seq: 0,
            change: number,
        });
        writer.seq = change.seq;
        writer.change = number;
        number
    }
}
