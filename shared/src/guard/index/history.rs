//! The place of changes in history: who wrote which as what number, and where operations start.

use std::collections::{BTreeMap, HashMap};

use super::Verdict;
use crate::guard::{Breach, Checked};
use crate::id::{AccountId, ActorId, ChangeHash};

/// Every known change, as far as judging needs it.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    /// The last operation of each change.
    changes: HashMap<ChangeHash, u64>,
    actors: HashMap<ActorId, Writer>,
    heads: BTreeMap<ChangeHash, u64>,
}

#[derive(Clone, Copy, Debug)]
struct Writer {
    account: AccountId,
    seq: u64,
}

impl History {
    pub(super) fn has(&self, hash: &ChangeHash) -> bool {
        self.changes.contains_key(hash)
    }

    pub(super) fn heads(&self) -> Vec<(ChangeHash, u64)> {
        self.heads.iter().map(|(hash, last)| (*hash, *last)).collect()
    }

    pub(super) fn owner(&self, actor: &ActorId) -> Option<AccountId> {
        self.actors.get(actor).map(|writer| writer.account)
    }

    pub(super) fn judge(&self, change: &Checked) -> Result<(), Verdict> {
        if change.dependencies.is_empty() {
            return Err(Verdict::Breach(Breach::NoDependencies));
        }
        let mut last = 0;
        for dependency in &change.dependencies {
            match self.changes.get(dependency) {
                Some(operation) => last = last.max(*operation),
                None => return Err(Verdict::Waits(*dependency)),
            }
        }
        let writer = self.actors.get(&change.actor);
        if change.seq != writer.map_or(0, |writer| writer.seq) + 1 {
            return Err(Verdict::Breach(Breach::Sequence));
        }
        if change.start != last + 1 || u32::try_from(change.last_operation()).is_err() {
            return Err(Verdict::Breach(Breach::StartOperation));
        }
        match (writer, change.author) {
            (Some(writer), Some(author)) if author != writer.account => Err(Verdict::OtherAuthor),
            _ => Ok(()),
        }
    }

    pub(super) fn admit(&mut self, change: &Checked, account: AccountId) {
        for dependency in &change.dependencies {
            self.heads.remove(dependency);
        }
        let last = change.last_operation();
        self.heads.insert(change.hash, last);
        self.changes.insert(change.hash, last);
        let writer = self
            .actors
            .entry(change.actor)
            .or_insert(Writer { account, seq: 0 });
        writer.seq = change.seq;
    }
}
