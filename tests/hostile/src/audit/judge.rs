//! Going through a change, operation by operation.

use std::collections::{HashMap, HashSet};

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{ExpandedChange, ObjType, ScalarValue};
use shared::id::AccountId;
use shared::ledger::schema::{ORDER, REMOVED, Shape, Table};
use shared::limit;

use super::{Known, Ruin, Spot, What, numbered};

impl Known {
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
            (Some(What::Decision), false) => {
                let is_first = born_now.is_some() && fresh.born.insert((object.clone(), key.to_string()));
                (!is_first).then_some(Ruin::Decision)
            }
            (Some(What::Row(table)), false) => {
                let is_birth = table.column(key).is_some_and(|column| column.birth);
                if is_birth && !fresh.born.insert((object.clone(), key.to_string())) {
                    return Some(Ruin::BirthCell);
                }
                audit_cell(table, key, flag, born_now.is_some())
            }
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
}

/// What the change under audit has made so far.
#[derive(Default)]
struct Fresh {
    objects: HashMap<OpId, What>,
    spots: HashMap<OpId, Spot>,
    made: HashSet<(ObjectId, Key)>,
    /// Birth cells and words of decisions written.
    born: HashSet<(OpId, String)>,
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
