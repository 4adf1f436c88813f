//! A small index of one ledger, against which every operation of a change is judged without an Automerge document.
//!
//! Rebuilt from the log, never stored.

use std::collections::{HashMap, HashSet};

use super::{Action, Checked, Rule, Rules};
use crate::access::Site;
use crate::id::{AccountId, ActorId, ChangeHash, LedgerId};
use crate::ledger::act::OpRef;
use crate::ledger::schema::{Schema, Table};
use crate::ledger::skeleton;

mod ancestry;
mod cells;
mod history;
mod names;
mod operations;

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
    operations: HashMap<Short, Spot>,
    /// Rows and decisions that are there: their table's object and their key.
    made: HashSet<(Short, u32)>,
    /// What all its changes have, in bytes.
    bytes: usize,
}

/// Where an operation is.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// Its object; none for the root.
    object: Option<Short>,
    key: u32,
    /// The number of its change.
    change: u32,
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
    Breach(Rule),
    /// It makes a row that is there already.
    AlreadyThere,
    /// It depends on a change that is not known.
    Waits(ChangeHash),
    /// It writes to a table or column this program does not know.
    Newer,
    /// Its actor belongs to another account than it says.
    OtherAuthor,
    /// The ledger has as many operations, or bytes, as a ledger may have.
    Full(Rule),
}

impl From<Rule> for Verdict {
    fn from(rule: Rule) -> Self {
        Self::Breach(rule)
    }
}

impl Verdict {
    /// The rule by which it is not taken.
    #[must_use]
    pub const fn rule(self) -> Rule {
        match self {
            Self::Breach(rule) | Self::Full(rule) => rule,
            Self::AlreadyThere => Rule::RowOnce,
            Self::Waits(_) => Rule::KnownDependencies,
            Self::Newer => Rule::KnownColumn,
            Self::OtherAuthor => Rule::SameAuthor,
        }
    }
}

/// One place a change writes to, for the rights to judge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Write {
    /// The table, or [`DECISIONS`](crate::ledger::schema::DECISIONS).
    pub table: &'static str,
    /// The column; [`ORDER`](crate::ledger::schema::ORDER) for a row's making; for a matrix the empty text.
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
            bytes: 0,
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

    /// How many operations it has.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.operations.len()
    }

    /// How many bytes its changes have.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// A change and all that depend on it, in the order in which they were taken in; none when it is not known.
    #[must_use]
    pub fn with_dependants(&self, hash: &ChangeHash) -> Vec<ChangeHash> {
        self.history.with_dependants(hash)
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
        self.judge_by(Rules::ALL, change)
    }

    /// Takes a judged change in. `owner` is the account its actor belongs to.
    pub fn admit(&mut self, change: &Checked, owner: AccountId) {
        let place = self.history.admit(change, owner);
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
            let change = place;
            self.operations.insert(id, Spot { object, key, change });
        }
        self.bytes += change.bytes.len();
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
}
