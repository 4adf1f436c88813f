//! A small index of one ledger, against which every operation of a change is judged without an Automerge document.
//!
//! Rebuilt from the log, never stored.

use std::collections::{HashMap, HashSet};

use super::{Action, Breach, Checked, Operation, is_matrix_key};
use crate::access::Site;
use crate::id::{AccountId, ActorId, ChangeHash, LedgerId, RowId};
use crate::ledger::act::OpRef;
use crate::ledger::schema::{DECISIONS, ORDER, Schema, Shape, Table};
use crate::ledger::skeleton;

mod cells;
mod history;
mod names;

use cells::{Born, judge_cell};
use history::History;
use names::{Names, Short};

/// The key of a decision's kind.
const KIND: &str = "kind";

/// What is known of one ledger.
#[derive(Clone, Debug)]
pub struct Index {
    schema: &'static Schema,
    history: History,
    names: Names,
    objects: HashMap<Short, Object>,
    /// Where every operation is: its object (none for the root) and its key.
    operations: HashMap<Short, (Option<Short>, u32)>,
    /// Rows and decisions that are there: their table's object and their key.
    made: HashSet<(Short, u32)>,
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Object {
    Table(&'static Table),
    Decisions,
    Row(&'static Table),
    Decision,
}

/// Why a change is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It breaks a rule.
    Breach(Breach),
    /// It makes a row that is there already.
    AlreadyThere,
    /// It depends on a change that is not known.
    Waits(ChangeHash),
    /// It writes to a table or column this program does not know.
    Newer,
    /// Its actor belongs to another account than it says.
    OtherAuthor,
    /// The ledger has as many operations as a ledger may have.
    Full,
}

/// One place a change writes to, for the rights to judge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Write {
    /// The table, or [`DECISIONS`].
    pub table: &'static str,
    /// The column; [`ORDER`] for a row's making; for a matrix the empty text.
    pub column: &'static str,
    /// The birth cell that rights look at: the kind of the decision that the change makes.
    pub birth: Option<Box<str>>,
}

impl Write {
    fn new(table: &'static str, column: &'static str) -> Self {
        Self {
            table,
            column,
            birth: None,
        }
    }

    /// The place, as the table of rights knows it.
    #[must_use]
    pub fn site(&self) -> Site<'_> {
        Site {
            table: self.table,
            column: self.column,
            birth: self.birth.as_deref(),
        }
    }
}

impl Index {
    /// The index of a ledger of which nothing but its skeletons is known.
    #[must_use]
    pub fn new(ledger: LedgerId, schema: &'static Schema) -> Self {
        let mut index = Self {
            schema,
            history: History::default(),
            names: Names::default(),
            objects: HashMap::new(),
            operations: HashMap::new(),
            made: HashSet::new(),
        };
        for made in skeleton::changes(ledger, schema) {
            let change = super::decode(&made.bytes).expect("skeletons are written by Automerge itself");
            index.admit_skeleton(&change);
        }
        index
    }

    /// Whether the change is known.
    #[must_use]
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.history.has(hash)
    }

    /// The changes nothing depends on yet, with the last operation of each; sorted.
    #[must_use]
    pub fn heads(&self) -> Vec<(ChangeHash, u64)> {
        self.history.heads()
    }

    /// The account an actor belongs to.
    #[must_use]
    pub fn owner(&self, actor: &ActorId) -> Option<AccountId> {
        self.history.owner(actor)
    }

    /// Judges a change, and says where it writes.
    ///
    /// # Errors
    ///
    /// Says why it is not taken.
    pub fn judge(&self, change: &Checked) -> Result<Vec<Write>, Verdict> {
        self.history.judge(change)?;
        if self.operations.len() + change.operations.len() > crate::limit::LEDGER_OPERATIONS {
            return Err(Verdict::Full);
        }
        let mut fresh = Fresh::default();
        let mut writes = Vec::new();
        for (number, operation) in change.operations.iter().enumerate() {
            let id = OpRef {
                counter: change.start + number as u64,
                actor: change.actor,
            };
            let write = self.judge_operation(operation, id, &mut fresh)?;
            self.judge_predecessors(operation, id, &fresh)?;
            fresh.judge_birth(operation)?;
            fresh
                .operations
                .insert(id, (operation.object, operation.key.clone()));
            if write.table != DECISIONS && !writes.contains(&write) {
                writes.push(write);
            }
        }
        writes.extend(fresh.decisions());
        Ok(writes)
    }

    /// Takes a judged change in. `owner` is the account its actor belongs to.
    pub fn admit(&mut self, change: &Checked, owner: AccountId) {
        self.history.admit(change, owner);
        for (number, operation) in change.operations.iter().enumerate() {
            let id = self.names.short(OpRef {
                counter: change.start + number as u64,
                actor: change.actor,
            });
            let object = operation.object.map(|object| self.names.short(object));
            let key = self.names.key(&operation.key);
            if operation.action == Action::MakeMap {
                let made = match object.and_then(|object| self.objects.get(&object)) {
                    Some(Object::Table(table)) => Some(Object::Row(table)),
                    Some(Object::Decisions) => Some(Object::Decision),
                    _ => None,
                };
                if let (Some(made), Some(object)) = (made, object) {
                    self.objects.insert(id, made);
                    self.made.insert((object, key));
                }
            }
            self.operations.insert(id, (object, key));
        }
    }

    fn admit_skeleton(&mut self, change: &Checked) {
        self.admit(change, AccountId::RELAY);
        for (number, operation) in change.operations.iter().enumerate() {
            if operation.action == Action::MakeMap && operation.object.is_none() {
                let id = self.names.short(OpRef {
                    counter: change.start + number as u64,
                    actor: change.actor,
                });
                let object = self
                    .schema
                    .table(&operation.key)
                    .map_or(Object::Decisions, Object::Table);
                self.objects.insert(id, object);
            }
        }
    }

    fn judge_operation(&self, operation: &Operation, id: OpRef, fresh: &mut Fresh) -> Result<Write, Verdict> {
        let breach = |breach| Err(Verdict::Breach(breach));
        // Only skeletons write at the root, and their exact hashes are known already.
        let Some(object) = operation.object else {
            return breach(Breach::Object);
        };
        if let Some(made) = fresh.objects.get(&object) {
            return judge_cell(*made, operation, Born::Now);
        }
        let Some(short) = self.names.find(object) else {
            return breach(Breach::Object);
        };
        match (self.objects.get(&short), operation.action) {
            (Some(Object::Table(table)), Action::MakeMap) if table.shape == Shape::Entry => {
                self.judge_making::<RowId>(short, operation, fresh)?;
                fresh.objects.insert(id, Object::Row(table));
                Ok(Write::new(table.id, ORDER))
            }
            (Some(Object::Decisions), Action::MakeMap) => {
                self.judge_making::<RowId>(short, operation, fresh)?;
                fresh.objects.insert(id, Object::Decision);
                Ok(Write::new(DECISIONS, KIND))
            }
            (Some(Object::Table(table)), Action::Put) if table.shape == Shape::Matrix => {
                if is_matrix_key(&operation.key) {
                    Ok(Write::new(table.id, ""))
                } else {
                    breach(Breach::Key)
                }
            }
            (Some(made @ (Object::Row(_) | Object::Decision)), _) => {
                judge_cell(*made, operation, Born::Before)
            }
            (Some(_), _) => breach(Breach::Operation),
            (None, _) => breach(Breach::Object),
        }
    }

    fn judge_making<Id: std::str::FromStr>(
        &self,
        table: Short,
        operation: &Operation,
        fresh: &mut Fresh,
    ) -> Result<(), Verdict> {
        if operation.key.parse::<Id>().is_err() {
            return Err(Verdict::Breach(Breach::Key));
        }
        let there = self
            .names
            .find_key(&operation.key)
            .is_some_and(|key| self.made.contains(&(table, key)));
        if there || !operation.predecessors.is_empty() || !fresh.made.insert((table, operation.key.clone())) {
            return Err(Verdict::AlreadyThere);
        }
        Ok(())
    }

    fn judge_predecessors(&self, operation: &Operation, id: OpRef, fresh: &Fresh) -> Result<(), Verdict> {
        let mut seen = HashSet::new();
        for predecessor in &operation.predecessors {
            let same_place = match fresh.operations.get(predecessor) {
                Some((object, key)) => *object == operation.object && *key == operation.key,
                None => self.is_at(*predecessor, operation),
            };
            if !same_place || predecessor.counter >= id.counter || !seen.insert(*predecessor) {
                return Err(Verdict::Breach(Breach::Predecessor));
            }
        }
        Ok(())
    }

    /// Whether a known operation is at the object and key of this one.
    fn is_at(&self, known: OpRef, operation: &Operation) -> bool {
        let Some((object, key)) = self
            .names
            .find(known)
            .and_then(|known| self.operations.get(&known))
        else {
            return false;
        };
        let wanted = operation.object.map(|object| self.names.find(object));
        wanted.is_none_or(|wanted| wanted.is_some())
            && *object == wanted.flatten()
            && self.names.find_key(&operation.key) == Some(*key)
    }
}

/// What the change under judgement has made so far.
#[derive(Default)]
struct Fresh {
    objects: HashMap<OpRef, Object>,
    made: HashSet<(Short, String)>,
    operations: HashMap<OpRef, (Option<OpRef>, String)>,
    /// What decisions and birth cells were given, each once.
    born: HashMap<(OpRef, String), Option<Box<str>>>,
}

impl Fresh {
    /// What is written for good is written once: a second value, even in the same change, would stand beside it.
    fn judge_birth(&mut self, operation: &Operation) -> Result<(), Verdict> {
        let Some(object) = operation.object else {
            return Ok(());
        };
        let breach = match self.objects.get(&object) {
            Some(Object::Decision) => Breach::Decision,
            Some(Object::Row(table)) if table.column(&operation.key).is_some_and(|column| column.birth) => {
                Breach::BirthCell
            }
            _ => return Ok(()),
        };
        let before = self
            .born
            .insert((object, operation.key.clone()), operation.word.clone());
        if before.is_some() {
            Err(Verdict::Breach(breach))
        } else {
            Ok(())
        }
    }

    /// The decisions made, each with its kind.
    fn decisions(&self) -> impl Iterator<Item = Write> {
        let made = self.objects.iter().filter(|(_, made)| **made == Object::Decision);
        made.map(|(id, _)| Write {
            birth: self.born.get(&(*id, KIND.to_owned())).cloned().flatten(),
            ..Write::new(DECISIONS, KIND)
        })
    }
}
