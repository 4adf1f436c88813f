//! The second look: decode, encode again, compare; then nothing but what ledgers have.

use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{Change, ExpandedChange, ObjType, ScalarValue};

use super::caught::caught;
use super::rule::Rule;
use super::rules::Rules;
use super::{Action, Checked, Operation};
use crate::id::{AccountId, ActorId, ChangeHash};
use crate::ledger::act::OpRef;
use crate::limit;
use crate::time::Timestamp;

/// Decodes a change that has passed [`super::scan`].
///
/// # Errors
///
/// Names the rule it breaks. A panic of Automerge is caught where panics can be: not in a browser.
pub fn decode(bytes: &[u8]) -> Result<Checked, Rule> {
    Rules::ALL.decode(bytes)
}

impl Rules {
    /// As [`decode`], by these rules.
    ///
    /// # Errors
    ///
    /// Names the rule it breaks.
    pub fn decode(self, bytes: &[u8]) -> Result<Checked, Rule> {
        let (hash, change) = if self.demand(Rule::DecodePanic) {
            caught(|| self.expand(bytes)).unwrap_or(Err(Rule::DecodePanic))
        } else {
            self.expand(bytes)
        }?;
        let actor = ActorId::try_from(change.actor_id.to_bytes()).map_err(|_| Rule::Decodes)?;
        let mut dependencies: Vec<ChangeHash> = change.deps.iter().map(|dep| ChangeHash(dep.0)).collect();
        dependencies.sort_unstable();
        let is_once = dependencies.windows(2).all(|pair| pair[0] != pair[1]);
        self.ask(Rule::DependencyOnce, is_once)?;
        Ok(Checked {
            hash,
            actor,
            seq: change.seq,
            start: change.start_op.get(),
            dependencies,
            author: self.author(&change)?,
            time: Timestamp(change.time),
            operations: change
                .operations
                .into_iter()
                .map(|op| self.operation(op))
                .collect::<Result<_, _>>()?,
            bytes: bytes.to_vec(),
        })
    }

    fn expand(self, bytes: &[u8]) -> Result<(ChangeHash, ExpandedChange), Rule> {
        let change = Change::from_bytes(bytes.to_vec()).map_err(|_| Rule::Decodes)?;
        let expanded = change.decode();
        if self.demand(Rule::Canonical) {
            let again = Change::from(expanded.clone());
            self.ask(Rule::Canonical, again.raw_bytes() == bytes)?;
        }
        Ok((ChangeHash(change.hash().0), expanded))
    }

    /// The author's footer, or nothing: whatever else stands in the extra bytes would be carried along for ever.
    fn author(self, change: &ExpandedChange) -> Result<Option<AccountId>, Rule> {
        match change.extra_bytes.as_slice() {
            [1, 16, author @ ..] if author.len() == 16 => {
                let author = author.try_into().map_err(|_| Rule::Footer)?;
                Ok(Some(AccountId::from_bytes(author)))
            }
            extra => self.ask(Rule::Footer, extra.is_empty()).map(|()| None),
        }
    }

    fn operation(self, op: automerge::legacy::Op) -> Result<Operation, Rule> {
        let action = match &op.action {
            OpType::Make(ObjType::Map) => Action::MakeMap,
            OpType::Put(ScalarValue::Boolean(_)) => Action::PutFlag,
            OpType::Put(value) => {
                let is_ours = matches!(
                    value,
                    ScalarValue::Null | ScalarValue::Str(_) | ScalarValue::Int(_)
                );
                self.ask(Rule::Scalar, is_ours)?;
                if let ScalarValue::Str(text) = value {
                    self.within(Rule::TextBytes, text.len() as u64, limit::TEXT_BYTES)?;
                }
                Action::Put
            }
            other => {
                self.ask(Rule::Action, false)?;
                match other {
                    OpType::Make(_) => Action::MakeMap,
                    _ => Action::Put,
                }
            }
        };
        let key = match op.key {
            Key::Map(key) => key.to_string(),
            Key::Seq(_) => {
                self.ask(Rule::MapKey, false)?;
                String::new()
            }
        };
        self.ask(Rule::Insert, !op.insert)?;
        let object = match &op.obj {
            ObjectId::Root => None,
            ObjectId::Id(id) => Some(op_ref(id)?),
        };
        let predecessors = op.pred.iter().map(op_ref).collect::<Result<_, _>>()?;
        let word = match &op.action {
            OpType::Put(ScalarValue::Str(text)) if text.len() <= limit::WORD_BYTES => {
                Some(text.as_str().into())
            }
            _ => None,
        };
        Ok(Operation {
            object,
            key,
            action,
            word,
            predecessors,
        })
    }
}

fn op_ref(id: &OpId) -> Result<OpRef, Rule> {
    let actor = ActorId::try_from(id.actor().to_bytes()).map_err(|_| Rule::Decodes)?;
    Ok(OpRef {
        counter: id.counter(),
        actor,
    })
}
