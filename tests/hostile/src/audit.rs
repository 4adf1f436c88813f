//! What must hold of a ledger beyond what Automerge itself demands, read from decoded changes and nothing of the guard.

use std::collections::{HashMap, HashSet};

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, ChangeHash, ExpandedChange, ObjType};
use shared::id::AccountId;
use shared::ledger::schema::{Schema, Table};

mod judge;

/// How a change that Automerge takes without a word ruins a ledger all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ruin {
    /// It depends on nothing: it would be a second beginning.
    SecondBeginning,
    /// It depends on what is not there, or twice on one change.
    BrokenGraph,
    /// Its actor's numbers have a gap or a fork.
    BrokenSequence,
    /// Its operations start elsewhere than after its dependencies.
    BrokenCount,
    /// It says that it is somebody else's, or its actor is and it says nothing.
    FalseAuthor,
    /// An officer's change that does nothing.
    Empty,
    /// An operation id that is there already.
    OperationTwice,
    /// A predecessor that is not an earlier operation of the same place, or one named twice.
    Predecessor,
    /// An operation, a value or a place that ledgers do not have.
    Foreign,
    /// A row or decision made again.
    RowTwice,
    /// A birth cell written after its row was made.
    BirthCell,
    /// A decision written after it was made.
    Decision,
    /// A column the app does not know.
    UnknownColumn,
    /// Bytes that mean nothing to anybody and are carried along for ever.
    Ballast,
    /// More than `shared::limit` allows, counted on what was decoded.
    OverLimit,
    /// Longer than a frame from the relay: nobody could be sent it.
    Undeliverable,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Table(&'static Table),
    Decisions,
    Row(&'static Table),
    Decision,
}

/// An operation that is known: where it is, and which change it is of.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The object it is in.
    pub object: ObjectId,
    /// Its key there.
    pub key: Key,
    /// Whether it makes a map.
    pub makes: bool,
}

/// All that is known of a ledger.
#[derive(Clone, Debug)]
pub struct Known {
    schema: &'static Schema,
    /// The last operation of every change.
    pub changes: HashMap<ChangeHash, u64>,
    /// Every actor's account, last number and last operation.
    pub actors: HashMap<ActorId, (AccountId, u64, u64)>,
    /// Every operation, in the order of the log.
    pub operations: Vec<(OpId, Spot)>,
    spots: HashMap<OpId, usize>,
    objects: HashMap<OpId, What>,
    made: HashSet<(ObjectId, Key)>,
    bytes: usize,
}

impl Known {
    /// Nothing is known yet of a ledger of this kind.
    #[must_use]
    pub fn new(schema: &'static Schema) -> Self {
        Self {
            schema,
            changes: HashMap::new(),
            actors: HashMap::new(),
            operations: Vec::new(),
            spots: HashMap::new(),
            objects: HashMap::new(),
            made: HashSet::new(),
            bytes: 0,
        }
    }

    /// Takes a change in that is as it should be.
    pub fn take(&mut self, change: &ExpandedChange, hash: ChangeHash, account: AccountId, bytes: usize) {
        let last = change.start_op.get() - 1 + change.operations.len() as u64;
        self.changes.insert(hash, last);
        self.actors
            .insert(change.actor_id.clone(), (account, change.seq, last));
        self.bytes += bytes;
        for (id, op) in numbered(change) {
            if let OpType::Make(ObjType::Map) = op.action {
                let what = match (&op.obj, self.what(&op.obj)) {
                    (ObjectId::Root, _) => Some(self.at_root(&op.key)),
                    (_, Some(What::Table(table))) => Some(What::Row(table)),
                    (_, Some(What::Decisions)) => Some(What::Decision),
                    _ => None,
                };
                self.objects.extend(what.map(|what| (id.clone(), what)));
                self.made.insert((op.obj.clone(), op.key.clone()));
            }
            self.spots.insert(id.clone(), self.operations.len());
            let makes = matches!(op.action, OpType::Make(_));
            self.operations.push((
                id,
                Spot {
                    object: op.obj.clone(),
                    key: op.key.clone(),
                    makes,
                },
            ));
        }
    }

    fn what(&self, object: &ObjectId) -> Option<What> {
        match object {
            ObjectId::Root => None,
            ObjectId::Id(id) => self.objects.get(id).copied(),
        }
    }

    fn at_root(&self, key: &Key) -> What {
        let table = match key {
            Key::Map(key) => self.schema.table(key),
            Key::Seq(_) => None,
        };
        table.map_or(What::Decisions, What::Table)
    }
}

/// The operations of a change, each with its id.
fn numbered(change: &ExpandedChange) -> impl Iterator<Item = (OpId, &Op)> {
    let ids = change.start_op.get()..;
    ids.zip(&change.operations)
        .map(|(id, op)| (OpId(id, change.actor_id.clone()), op))
}
