//! The second look: decode, encode again, compare; then nothing but what ledgers have.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{Change, ExpandedChange, ObjType, ScalarValue};

use super::{Action, Breach, Checked, Operation};
use crate::id::{AccountId, ActorId, ChangeHash};
use crate::ledger::act::OpRef;
use crate::time::Timestamp;

/// Decodes a change that has passed [`super::scan`].
///
/// # Errors
///
/// Names the rule it breaks. A panic of Automerge is caught where panics can be: not in a browser.
pub fn decode(bytes: &[u8]) -> Result<Checked, Breach> {
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        let change = Change::from_bytes(bytes.to_vec()).map_err(|_| Breach::Undecodable)?;
        let expanded = change.decode();
        let again = Change::from(expanded.clone());
        if again.raw_bytes() == bytes {
            Ok((ChangeHash(change.hash().0), expanded))
        } else {
            Err(Breach::NotCanonical)
        }
    }));
    let (hash, change) = decoded.unwrap_or(Err(Breach::Undecodable))?;
    let actor = ActorId::try_from(change.actor_id.to_bytes()).map_err(|_| Breach::ActorLength)?;
    let mut dependencies: Vec<ChangeHash> = change.deps.iter().map(|dep| ChangeHash(dep.0)).collect();
    dependencies.sort_unstable();
    if dependencies.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Breach::DependencyTwice);
    }
    Ok(Checked {
        hash,
        actor,
        seq: change.seq,
        start: change.start_op.get(),
        dependencies,
        author: author(&change)?,
        time: Timestamp(change.time),
        operations: change
            .operations
            .into_iter()
            .map(operation)
            .collect::<Result<_, _>>()?,
        bytes: bytes.to_vec(),
    })
}

/// The author's footer, or nothing: whatever else stands in the extra bytes would be carried along for ever.
fn author(change: &ExpandedChange) -> Result<Option<AccountId>, Breach> {
    match change.extra_bytes.as_slice() {
        [] => Ok(None),
        [1, 16, author @ ..] => author
            .try_into()
            .map(|author| Some(AccountId::from_bytes(author)))
            .map_err(|_| Breach::ExtraBytes),
        _ => Err(Breach::ExtraBytes),
    }
}

fn operation(op: automerge::legacy::Op) -> Result<Operation, Breach> {
    let action = match &op.action {
        OpType::Make(ObjType::Map) => Action::MakeMap,
        OpType::Put(ScalarValue::Null | ScalarValue::Str(_) | ScalarValue::Int(_)) => Action::Put,
        OpType::Put(ScalarValue::Boolean(_)) => Action::PutFlag,
        OpType::Put(_) => return Err(Breach::Value),
        _ => return Err(Breach::Operation),
    };
    if let OpType::Put(ScalarValue::Str(text)) = &op.action
        && text.len() > crate::limit::TEXT_BYTES
    {
        return Err(Breach::OverLimit);
    }
    let key = match op.key {
        Key::Map(key) if key.len() <= crate::limit::KEY_BYTES => key.to_string(),
        _ => return Err(Breach::Key),
    };
    if op.insert {
        return Err(Breach::Operation);
    }
    let object = match &op.obj {
        ObjectId::Root => None,
        ObjectId::Id(id) => Some(op_ref(id)?),
    };
    let predecessors = op.pred.iter().map(op_ref).collect::<Result<_, _>>()?;
    let word = match &op.action {
        OpType::Put(ScalarValue::Str(text)) if text.len() <= crate::limit::WORD_BYTES => {
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

fn op_ref(id: &OpId) -> Result<OpRef, Breach> {
    let actor = ActorId::try_from(id.actor().to_bytes()).map_err(|_| Breach::ActorLength)?;
    Ok(OpRef {
        counter: id.counter(),
        actor,
    })
}
