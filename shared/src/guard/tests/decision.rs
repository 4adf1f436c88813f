//! Decisions as a later version will make them: they have no act yet.

use super::*;
use crate::ledger::schema::Schema;

/// Somebody who decides, knowing nothing of a ledger but its skeletons.
pub(crate) struct Decider(Automerge);

impl Decider {
    pub(crate) fn new(ledger: LedgerId, schema: &'static Schema, by: AccountId, actor: ActorId) -> Self {
        let mut doc = Automerge::new();
        let skeletons = skeleton::changes(ledger, schema);
        let skeletons = skeletons
            .iter()
            .map(|made| Change::from_bytes(made.bytes.clone()).unwrap());
        doc.apply_changes(skeletons.collect::<Vec<_>>()).unwrap();
        doc.set_author(Some(
            automerge::Author::from(by.as_bytes().as_slice()).into_owned(),
        ));
        doc.set_actor(automerge::ActorId::from(actor.0.as_slice()));
        Self(doc)
    }

    /// Makes a decision of this kind.
    pub(crate) fn decides(&mut self, id: RowId, kind: &str) -> Made {
        self.commits(|making, decisions| {
            let decision = making
                .put_object(decisions, id.to_string(), ObjType::Map)
                .unwrap();
            making.put(&decision, "kind", kind).unwrap();
        })
    }

    /// Gives a decision that was made another kind.
    pub(crate) fn alters(&mut self, id: RowId, kind: &str) -> Made {
        self.commits(|making, decisions| {
            let decision = making.get(decisions, id.to_string()).unwrap().unwrap().1;
            making.put(&decision, "kind", kind).unwrap();
        })
    }

    fn commits(
        &mut self,
        alter: impl Fn(&mut automerge::transaction::Transaction<'_>, &automerge::ObjId),
    ) -> Made {
        let decisions = self.0.get(ROOT, "decisions").unwrap().unwrap().1;
        let mut making = self.0.transaction();
        alter(&mut making, &decisions);
        let (hash, _) = making.commit_with(CommitOptions::default().with_time(1));
        let change = self.0.get_change_by_hash(&hash.unwrap()).unwrap();
        Made {
            hash: ChangeHash(change.hash().0),
            bytes: change.raw_bytes().to_vec(),
        }
    }
}
