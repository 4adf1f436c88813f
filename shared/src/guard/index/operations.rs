//! Judging the operations of a change, one after the other.

use std::collections::{HashMap, HashSet};

use super::ancestry::Heard;
use super::cells::{Born, judge_cell};
use super::names::Short;
use super::{Index, KIND, Object, Spot, Verdict, Write};
use crate::guard::{Action, Checked, Operation, Rule, Rules, is_matrix_key};
use crate::id::{AccountId, RowId};
use crate::ledger::act::OpRef;
use crate::ledger::decision::Word;
use crate::ledger::schema::{DECISIONS, ORDER, Shape, Table};
use crate::limit;

/// What the change under judgement has heard of, and what it has made so far.
struct Fresh {
    heard: Heard,
    rules: Rules,
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
        let is_born = match self.objects.get(&object) {
            Some(Object::Decision) => true,
            Some(Object::Row(table)) => table.column(&operation.key).is_some_and(|column| column.birth),
            _ => false,
        };
        if is_born {
            let place = (object, operation.key.clone());
            let before = self.born.insert(place, operation.word.clone());
            self.rules.ask(Rule::BornOnce, before.is_none())?;
        }
        Ok(())
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

impl Index {
    /// As [`Index::judge`], by these rules.
    ///
    /// # Errors
    ///
    /// Says why it is not taken.
    pub fn judge_by(&self, rules: Rules, change: &Checked) -> Result<Vec<Write>, Verdict> {
        let heard = self.history.judge(change, rules)?;
        // Merges are the relay's; nobody else's change may do nothing.
        let account = self.owner(&change.actor).or(change.author);
        let may_be_empty = account == Some(AccountId::RELAY);
        rules.ask(Rule::NotEmpty, may_be_empty || !change.operations.is_empty())?;
        let full = |rule, count, most| rules.within(rule, count as u64, most).map_err(Verdict::Full);
        let operations = self.operations.len() + change.operations.len();
        full(Rule::LedgerOperations, operations, limit::LEDGER_OPERATIONS)?;
        full(
            Rule::LedgerBytes,
            self.bytes + change.bytes.len(),
            limit::LEDGER_BYTES,
        )?;
        let mut fresh = Fresh {
            heard,
            rules,
            objects: HashMap::new(),
            made: HashSet::new(),
            operations: HashMap::new(),
            born: HashMap::new(),
        };
        let mut writes = Vec::new();
        for (number, operation) in change.operations.iter().enumerate() {
            let id = OpRef {
                counter: change.start + number as u64,
                actor: change.actor,
            };
            let write = self.judge_operation(operation, id, &mut fresh)?;
            self.judge_predecessors(operation, &fresh)?;
            fresh.judge_birth(operation)?;
            fresh
                .operations
                .insert(id, (operation.object, operation.key.clone()));
            if write.table != DECISIONS && !writes.contains(&write) {
                writes.push(write);
            }
        }
        for made in fresh.decisions() {
            let is_known = made
                .birth
                .as_ref()
                .is_some_and(|word| word.parse::<Word>().is_ok());
            if !is_known && rules.demand(Rule::KnownColumn) {
                return Err(Verdict::Newer);
            }
            writes.push(made);
        }
        Ok(writes)
    }

    fn judge_operation(&self, operation: &Operation, id: OpRef, fresh: &mut Fresh) -> Result<Write, Verdict> {
        let rules = fresh.rules;
        let nowhere = Write::new("", "");
        // Only skeletons write at the root, and their exact hashes are known already.
        let Some(object) = operation.object else {
            rules.ask(Rule::NotAtRoot, false)?;
            return Ok(nowhere);
        };
        if let Some(made) = fresh.objects.get(&object) {
            return judge_cell(*made, operation, Born::Now, rules);
        }
        let known = self
            .names
            .find(object)
            .and_then(|short| Some((short, *self.objects.get(&short)?)));
        let Some((short, what)) = known else {
            rules.ask(Rule::KnownObject, false)?;
            return Ok(nowhere);
        };
        let maker = self.operations.get(&short);
        let is_heard = maker.is_some_and(|spot| fresh.heard.has(spot.change));
        rules.ask(Rule::ObjectHeard, is_heard)?;
        match (what, operation.action) {
            (Object::Table(table), Action::MakeMap) if table.shape == Shape::Entry => {
                self.judge_making(short, operation, fresh)?;
                fresh.objects.insert(id, Object::Row(table));
                Ok(Write::new(table.id, ORDER))
            }
            (Object::Decisions, Action::MakeMap) => {
                self.judge_making(short, operation, fresh)?;
                fresh.objects.insert(id, Object::Decision);
                Ok(Write::new(DECISIONS, KIND))
            }
            (
                Object::Table(Table {
                    id,
                    shape: Shape::Matrix,
                    ..
                }),
                Action::Put,
            ) => {
                rules.ask(Rule::MatrixKey, is_matrix_key(&operation.key))?;
                Ok(Write::new(id, ""))
            }
            (Object::Row(_) | Object::Decision, _) => judge_cell(what, operation, Born::Before, rules),
            (Object::Table(_) | Object::Decisions, _) => {
                rules.ask(Rule::Place, false)?;
                Ok(nowhere)
            }
        }
    }

    fn judge_making(&self, table: Short, operation: &Operation, fresh: &mut Fresh) -> Result<(), Verdict> {
        let rules = fresh.rules;
        rules.ask(Rule::RowKey, operation.key.parse::<RowId>().is_ok())?;
        let is_there = self
            .names
            .find_key(&operation.key)
            .is_some_and(|key| self.made.contains(&(table, key)));
        let is_new = !is_there && fresh.made.insert((table, operation.key.clone()));
        if is_new || !rules.demand(Rule::RowOnce) {
            Ok(())
        } else {
            Err(Verdict::AlreadyThere)
        }
    }

    fn judge_predecessors(&self, operation: &Operation, fresh: &Fresh) -> Result<(), Verdict> {
        let rules = fresh.rules;
        let mut seen = HashSet::new();
        for predecessor in &operation.predecessors {
            match (fresh.operations.get(predecessor), self.spot(*predecessor)) {
                (Some((object, key)), _) => {
                    let is_here = *object == operation.object && *key == operation.key;
                    rules.ask(Rule::PredecessorPlace, is_here)?;
                }
                (None, Some(spot)) => {
                    rules.ask(Rule::PredecessorPlace, self.is_at(spot, operation))?;
                    rules.ask(Rule::PredecessorHeard, fresh.heard.has(spot.change))?;
                }
                (None, None) => rules.ask(Rule::PredecessorPlace, false)?,
            }
            rules.ask(Rule::PredecessorOnce, seen.insert(*predecessor))?;
        }
        Ok(())
    }

    fn spot(&self, operation: OpRef) -> Option<Spot> {
        let short = self.names.find(operation)?;
        self.operations.get(&short).copied()
    }

    /// Whether that is the object and key of this operation.
    fn is_at(&self, spot: Spot, operation: &Operation) -> bool {
        let object = operation.object.map(|object| self.names.find(object));
        object.is_none_or(|known| known.is_some())
            && spot.object == object.flatten()
            && self.names.find_key(&operation.key) == Some(spot.key)
    }
}
