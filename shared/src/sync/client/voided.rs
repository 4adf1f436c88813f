//! What was voided: it does not count any more, and what its author wrote with it is set aside for him.

use std::collections::HashSet;

use super::past::dependencies;
use super::replica::{Place, Replica};
use super::{KeptAct, Status};
use crate::id::{AccountId, ChangeHash, TabId};
use crate::ledger::act::Act;
use crate::protocol::{Entry, Refusal};

/// What an act is whose changes were voided.
pub(super) const VOIDED: Status = Status::Refused(Refusal::Ruinous);

/// What was set aside.
#[derive(Default)]
pub(super) struct Aside {
    pub(super) acts: Vec<KeptAct>,
    /// Whether a held act is among them.
    pub(super) releases: bool,
}

impl Replica {
    /// How many changes of its log were voided.
    #[must_use]
    pub fn voided(&self) -> usize {
        self.withheld().count()
    }

    /// The changes of its log that were voided.
    pub fn withheld(&self) -> impl Iterator<Item = ChangeHash> {
        let withheld = self.entries.iter().filter(|entry| entry.bytes.is_empty());
        withheld.map(|entry| entry.hash)
    }

    /// Whether a change of the log was voided.
    #[must_use]
    pub fn is_voided(&self, hash: &ChangeHash) -> bool {
        let is_its = |entry: &&Entry| entry.hash == *hash;
        self.entries
            .iter()
            .find(is_its)
            .is_some_and(|entry| entry.bytes.is_empty())
    }

    /// Sets aside what this account wrote and what was voided, as far as it can be read here: acts that had no receipt
    /// yet, and what is in the log, or in one of before, or comes just now. To be called before the bytes are forgotten.
    pub(super) fn set_voided_aside(
        &mut self,
        voided: &HashSet<ChangeHash>,
        news: &[Entry],
        (account, tab): (AccountId, TabId),
    ) -> Aside {
        let mut aside = self.set_pending_aside(voided);
        let known = self.entries.iter().chain(&self.orphans).chain(news);
        let mut theirs: Vec<&[u8]> = known
            .filter(|entry| entry.account == account && entry.is_change() && voided.contains(&entry.hash))
            .map(|entry| entry.bytes.as_slice())
            .collect();
        theirs.dedup();
        for act in self.document.acts_of(&theirs) {
            // What is here already is shown with all it wanted.
            if self.act_by_id(act.id).is_none() {
                aside.acts.push(self.aside(act, tab));
            }
        }
        aside
    }

    /// These, and what builds on them among the entries of an earlier log: the relay will never take that again.
    pub(super) fn with_orphans_on(&self, mut voided: HashSet<ChangeHash>) -> HashSet<ChangeHash> {
        // Each comes after what it depends on.
        for orphan in &self.orphans {
            if dependencies(&orphan.bytes)
                .iter()
                .any(|hash| voided.contains(hash))
            {
                voided.insert(orphan.hash);
            }
        }
        voided
    }

    /// Sets aside acts that had no receipt yet and of which a change was voided.
    pub(super) fn set_pending_aside(&mut self, voided: &HashSet<ChangeHash>) -> Aside {
        let mut aside = Aside::default();
        for kept in self.acts.values_mut() {
            if !kept.changes.iter().any(|made| voided.contains(&made.hash)) {
                continue;
            }
            for made in std::mem::take(&mut kept.changes) {
                self.changes.remove(&made.hash);
            }
            aside.releases |= kept.status == Status::Held;
            kept.status = VOIDED;
            aside.acts.push(kept.clone());
        }
        aside
    }

    fn aside(&mut self, act: Act, tab: TabId) -> KeptAct {
        let place: Place = (self.next_number(act.at), act.id);
        self.ended.remove(&act.id);
        let kept = KeptAct {
            act,
            number: place.0,
            tab,
            changes: Vec::new(),
            status: VOIDED,
        };
        self.acts.insert(place, kept.clone());
        kept
    }
}
