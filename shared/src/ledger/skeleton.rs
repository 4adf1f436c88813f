//! Skeleton changes: the tables of a ledger, made with one hash wherever and however often they are made.
//!
//! Two replicas that each made a table at one key would lose one of the two with all its cells; so tables come from
//! changes that are a pure function of ledger and schema: fixed actor, sequence 1, time 0, each depending on the one
//! before alone.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, ObjType, ROOT, ReadDoc};
use sha2::{Digest, Sha256};

use super::document::Made;
use super::schema::{DECISIONS, MIN_WRITER, Schema, Skeleton};
use crate::id::{ActorId, ChangeHash, LedgerId};

/// The skeleton changes of a ledger, oldest first. They open every log.
#[must_use]
pub fn changes(ledger: LedgerId, schema: &'static Schema) -> Vec<Made> {
    let mut doc = Automerge::new();
    schema
        .skeletons
        .iter()
        .enumerate()
        .map(|(number, skeleton)| make(&mut doc, ledger, schema, number, skeleton))
        .collect()
}

fn make(doc: &mut Automerge, ledger: LedgerId, schema: &Schema, number: usize, skeleton: &Skeleton) -> Made {
    doc.set_actor(automerge::ActorId::from(
        actor(ledger, schema.code, number).0.as_slice(),
    ));
    let mut making = doc.transaction();
    if number == 0 {
        making
            .put_object(ROOT, DECISIONS, ObjType::Map)
            .expect("a new map at the root");
    }
    making
        .put(ROOT, MIN_WRITER, i64::from(skeleton.min_writer))
        .expect("a scalar at the root");
    for table in skeleton.tables {
        making
            .put_object(ROOT, table.id, ObjType::Map)
            .expect("a new map at the root");
    }
    let (hash, _) = making.commit_with(CommitOptions::default().with_time(0));
    let hash = hash.expect("every skeleton makes a table or raises the version");
    let change = doc
        .get_change_by_hash(&hash)
        .expect("it was committed a line above");
    Made {
        hash: ChangeHash(hash.0),
        bytes: change.raw_bytes().to_vec(),
    }
}

fn actor(ledger: LedgerId, code: &str, number: usize) -> ActorId {
    let digest = Sha256::new()
        .chain_update(b"taizhang skeleton 1\0")
        .chain_update(ledger.0)
        .chain_update(code)
        .chain_update([0])
        .chain_update(
            u64::try_from(number)
                .expect("a handful of skeletons")
                .to_be_bytes(),
        )
        .finalize();
    let mut actor = [0; 16];
    actor.copy_from_slice(&digest[..16]);
    ActorId(actor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::kind::Kind;
    use crate::ledger::trial;

    const LEDGER: LedgerId = LedgerId([7; 16]);

    #[test]
    fn a_skeleton_made_twice_has_one_hash() {
        for kind in Kind::ALL {
            assert_eq!(changes(LEDGER, kind.schema()), changes(LEDGER, kind.schema()));
        }
        let other = changes(LedgerId([8; 16]), Kind::Pledge.schema());
        assert_ne!(changes(LEDGER, Kind::Pledge.schema())[0].hash, other[0].hash);
    }

    #[test]
    fn the_skeleton_of_the_pledge_ledger_never_changes() {
        // Written down on purpose: another hash here would cut every stored ledger off from its skeleton.
        let hash = changes(LEDGER, Kind::Pledge.schema())[0].hash.to_string();
        assert_eq!(
            hash,
            "650bee2807494aff228d2422ec3aaf0bf98903f7777f5fa8b178374bab5959f0"
        );
        let hash = changes(LEDGER, Kind::Roster.schema())[0].hash.to_string();
        assert_eq!(
            hash,
            "9e9e79a0b3e403b0048760d6a8deb5621f6ead4ec0692bbc3a4199ae9b454026"
        );
    }

    #[test]
    fn a_later_skeleton_depends_on_the_one_before_alone() {
        let made = changes(LEDGER, &trial::SCHEMA);
        assert_eq!(made.len(), 2);
        let first = automerge::Change::from_bytes(made[0].bytes.clone()).unwrap();
        let second = automerge::Change::from_bytes(made[1].bytes.clone()).unwrap();
        assert!(first.deps().is_empty());
        assert_eq!(second.deps(), [first.hash()]);
        assert_eq!((first.seq(), second.seq(), second.timestamp()), (1, 1, 0));
    }

    #[test]
    fn the_older_skeletons_hash_does_not_depend_on_newer_ones() {
        assert_eq!(
            changes(LEDGER, &trial::SCHEMA)[0],
            changes(LEDGER, &trial::OLDER)[0]
        );
    }
}
