//! Who said what, and when: from operations back to the changes they came in.

use automerge::{Automerge, ObjId, ReadDoc};

use super::read;
use crate::id::{AccountId, ActorId, ChangeHash};
use crate::ledger::act::OpRef;
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::conflict::{Conflict, Said};
use crate::time::Timestamp;

/// What people said at this key of this object, if they said different things.
pub(super) fn conflict(doc: &Automerge, object: &ObjId, cell: &CellRef) -> Option<Conflict> {
    let all = doc.get_all(object, cell.key.as_str()).ok()?;
    let mut values: Vec<Said> = all
        .iter()
        .map(|(found, op)| said(doc, read::value(found), op))
        .collect();
    if values.windows(2).all(|pair| pair[0].value == pair[1].value) {
        return None;
    }
    let mut before: Vec<Said> = Vec::new();
    for change in values.iter().filter_map(|said| said.change) {
        for earlier in at_dependencies(doc, object, &cell.key, change) {
            if !before.iter().any(|known| known.op == earlier.op) {
                before.push(earlier);
            }
        }
    }
    // What one side had before may be what another side says: then it is no value before, but one of the two.
    before.retain(|earlier| !values.iter().any(|said| said.op == earlier.op));
    values.sort_by_key(|said| (said.at, said.op));
    before.sort_by_key(|said| (said.at, said.op));
    Some(Conflict {
        cell: cell.clone(),
        before,
        values,
    })
}

/// What stood at the key when `change` was made.
fn at_dependencies(doc: &Automerge, object: &ObjId, key: &str, change: ChangeHash) -> Vec<Said> {
    let Some(change) = doc.get_change_by_hash(&automerge::ChangeHash(change.0)) else {
        return Vec::new();
    };
    let all = doc.get_all_at(object, key, change.deps()).unwrap_or_default();
    all.iter()
        .map(|(found, op)| said(doc, read::value(found), op))
        .collect()
}

/// The value of one operation with its author and time.
pub(super) fn said(doc: &Automerge, value: Value, op: &ObjId) -> Said {
    let meta = doc
        .hash_for_opid(op)
        .and_then(|hash| doc.get_change_meta_by_hash(&hash));
    let by = meta.as_ref().and_then(|meta| {
        let author = doc.get_author_for_actor(&meta.actor)?;
        author.as_bytes().try_into().ok().map(AccountId::from_bytes)
    });
    Said {
        value,
        by,
        at: meta.as_ref().map(|meta| Timestamp(meta.timestamp)),
        carried_by: None,
        op: op_ref(op),
        change: meta.map(|meta| ChangeHash(meta.hash.0)),
    }
}

/// The operation an Automerge id names; none for the root and for actors of another length.
pub(super) fn op_ref(op: &ObjId) -> Option<OpRef> {
    match op {
        ObjId::Root => None,
        ObjId::Id(counter, actor, _) => {
            let actor = ActorId::try_from(actor.to_bytes()).ok()?;
            Some(OpRef {
                counter: *counter,
                actor,
            })
        }
    }
}
