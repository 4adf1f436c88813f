//! What must hold of a ledger beyond what Automerge itself demands, read from decoded changes and nothing of the guard.

use std::collections::{HashMap, HashSet};

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, ChangeHash, ExpandedChange, ObjType, ScalarValue};
use shared::id::AccountId;
use shared::ledger::schema::{ORDER, REMOVED, Schema, Shape, Table};
use shared::limit;

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

    /// What the change would ruin, if anything.
    #[must_use]
    pub fn audit(&self, change: &ExpandedChange, bytes: usize) -> Option<Ruin> {
        if bytes + limit::ENTRY_ENVELOPE_BYTES > limit::FRAME_FROM_RELAY_BYTES {
            return Some(Ruin::Undeliverable);
        }
        self.audit_place(change)
            .or_else(|| self.audit_author(change))
            .or_else(|| self.audit_size(change, bytes))
            .or_else(|| {
                let mut fresh = Fresh::default();
                numbered(change).find_map(|(id, op)| self.audit_operation(id, op, &mut fresh))
            })
    }

    fn audit_place(&self, change: &ExpandedChange) -> Option<Ruin> {
        if change.deps.is_empty() {
            return Some(Ruin::SecondBeginning);
        }
        let mut last = 0;
        let mut seen = HashSet::new();
        for dependency in &change.deps {
            match self.changes.get(dependency) {
                Some(operation) if seen.insert(dependency) => last = last.max(*operation),
                _ => return Some(Ruin::BrokenGraph),
            }
        }
        let (before, spent) = self
            .actors
            .get(&change.actor_id)
            .map_or((0, 0), |(_, seq, last)| (*seq, *last));
        if Some(change.seq) != before.checked_add(1) {
            return Some(Ruin::BrokenSequence);
        }
        if !change.operations.is_empty() && change.start_op.get() <= spent {
            return Some(Ruin::OperationTwice);
        }
        (change.start_op.get() != last + 1).then_some(Ruin::BrokenCount)
    }

    fn audit_author(&self, change: &ExpandedChange) -> Option<Ruin> {
        let said: Option<AccountId> = match change.extra_bytes.as_slice() {
            [] => None,
            [1, 16, author @ ..] => match author.try_into() {
                Ok(author) => Some(AccountId::from_bytes(author)),
                Err(_) => return Some(Ruin::Ballast),
            },
            _ => return Some(Ruin::Ballast),
        };
        let owner = self.actors.get(&change.actor_id).map(|(account, ..)| *account);
        if let (Some(owner), Some(said)) = (owner, said)
            && owner != said
        {
            return Some(Ruin::FalseAuthor);
        }
        let is_relays = owner.or(said) == Some(AccountId::RELAY);
        (change.operations.is_empty() && !is_relays).then_some(Ruin::Empty)
    }

    fn audit_size(&self, change: &ExpandedChange, bytes: usize) -> Option<Ruin> {
        let predecessors: usize = change.operations.iter().map(|op| op.pred.len()).sum();
        let over = [
            (bytes, limit::CHANGE_BYTES),
            (change.operations.len(), limit::CHANGE_OPERATIONS),
            (predecessors, limit::CHANGE_PREDECESSORS),
            (change.deps.len(), limit::CHANGE_DEPENDENCIES),
            (
                change.message.as_ref().map_or(0, String::len),
                limit::CHANGE_MESSAGE_BYTES,
            ),
            (
                self.operations.len() + change.operations.len(),
                limit::LEDGER_OPERATIONS,
            ),
            (self.bytes + bytes, limit::LEDGER_BYTES),
        ];
        over.iter()
            .any(|(count, most)| count > most)
            .then_some(Ruin::OverLimit)
    }

    fn audit_operation(&self, id: OpId, op: &Op, fresh: &mut Fresh) -> Option<Ruin> {
        if self.spots.contains_key(&id) {
            return Some(Ruin::OperationTwice);
        }
        let mut seen = HashSet::new();
        for predecessor in op.pred.iter() {
            let spot = self
                .spots
                .get(predecessor)
                .map(|place| &self.operations[*place].1)
                .or_else(|| fresh.spots.get(predecessor));
            let is_here = spot.is_some_and(|spot| spot.object == op.obj && spot.key == op.key);
            if !is_here || predecessor.0 >= id.0 || !seen.insert(predecessor) {
                return Some(Ruin::Predecessor);
            }
        }
        let makes = match &op.action {
            OpType::Make(ObjType::Map) => true,
            OpType::Put(
                ScalarValue::Null | ScalarValue::Str(_) | ScalarValue::Int(_) | ScalarValue::Boolean(_),
            ) => false,
            _ => return Some(Ruin::Foreign),
        };
        let (Key::Map(key), ObjectId::Id(object), false) = (&op.key, &op.obj, op.insert) else {
            return Some(Ruin::Foreign);
        };
        let is_long =
            matches!(&op.action, OpType::Put(ScalarValue::Str(text)) if text.len() > limit::TEXT_BYTES);
        if is_long || key.len() > limit::KEY_BYTES {
            return Some(Ruin::OverLimit);
        }
        let born_now = fresh.objects.get(object).copied();
        let what = born_now.or_else(|| self.objects.get(object).copied());
        let flag = matches!(op.action, OpType::Put(ScalarValue::Boolean(_)));
        let ruin = match (what, makes) {
            (Some(What::Table(table)), true) if table.shape == Shape::Entry => {
                fresh.objects.insert(id.clone(), What::Row(table));
                self.audit_row(op, key, fresh)
            }
            (Some(What::Decisions), true) => {
                fresh.objects.insert(id.clone(), What::Decision);
                self.audit_row(op, key, fresh)
            }
            (Some(What::Table(table)), false) if table.shape == Shape::Matrix && !flag => {
                let parts: Vec<&str> = key.split('/').collect();
                (!(2..=3).contains(&parts.len())).then_some(Ruin::Foreign)
            }
            (Some(What::Decision), false) => born_now.is_none().then_some(Ruin::Decision),
            (Some(What::Row(table)), false) => audit_cell(table, key, flag, born_now.is_some()),
            _ => Some(Ruin::Foreign),
        };
        fresh.spots.insert(
            id,
            Spot {
                object: op.obj.clone(),
                key: op.key.clone(),
                makes,
            },
        );
        ruin
    }

    fn audit_row(&self, op: &Op, key: &str, fresh: &mut Fresh) -> Option<Ruin> {
        if key.parse::<shared::id::RowId>().is_err() {
            return Some(Ruin::Foreign);
        }
        let place = (op.obj.clone(), op.key.clone());
        (self.made.contains(&place) || !fresh.made.insert(place)).then_some(Ruin::RowTwice)
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

/// What the change under audit has made so far.
#[derive(Default)]
struct Fresh {
    objects: HashMap<OpId, What>,
    spots: HashMap<OpId, Spot>,
    made: HashSet<(ObjectId, Key)>,
}

fn audit_cell(table: &'static Table, key: &str, flag: bool, born_now: bool) -> Option<Ruin> {
    if [ORDER, REMOVED].contains(&key) {
        return flag.then_some(Ruin::Foreign);
    }
    match (table.column(key), key.split_once('/')) {
        (None, _) => Some(Ruin::UnknownColumn),
        (Some(column), _) if column.birth && !born_now => Some(Ruin::BirthCell),
        (Some(_), Some((_, element))) => {
            let is_person = element.parse::<shared::id::PersonId>().is_ok();
            (!is_person || !flag).then_some(Ruin::Foreign)
        }
        (Some(_), None) => None,
    }
}

/// The operations of a change, each with its id.
fn numbered(change: &ExpandedChange) -> impl Iterator<Item = (OpId, &Op)> {
    let ids = change.start_op.get()..;
    ids.zip(&change.operations)
        .map(|(id, op)| (OpId(id, change.actor_id.clone()), op))
}
