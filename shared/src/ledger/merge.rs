//! Merge changes: empty changes by which the relay joins many heads into one.
//!
//! Seventy concurrent changes would give everybody's next commit seventy dependencies.

use automerge::{Change, ExpandedChange};

use super::document::Made;
use crate::guard::Checked;
use crate::id::{AccountId, ActorId, ChangeHash};
use crate::time::Timestamp;

/// What the relay writes as: an actor of its own, fresh for every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merger {
    /// The actor.
    pub actor: ActorId,
    /// The number of its next change.
    pub seq: u64,
}

/// An empty change that depends on `heads`. `last_operation` is the greatest last operation among them; the change
/// starts one after it, and as it is empty its own last operation is the same.
#[must_use]
pub fn merge(merger: Merger, heads: &[ChangeHash], last_operation: u64, now: Timestamp) -> Made {
    let author = AccountId::RELAY;
    // The footer by which Automerge names the author of an actor: a tag, a length, the bytes.
    let footer = if merger.seq == 1 {
        [&[1, 16], author.as_bytes().as_slice()].concat()
    } else {
        Vec::new()
    };
    let change = Change::from(ExpandedChange {
        operations: Vec::new(),
        actor_id: automerge::ActorId::from(merger.actor.0.as_slice()),
        hash: None,
        seq: merger.seq,
        start_op: last_operation
            .checked_add(1)
            .and_then(std::num::NonZeroU64::new)
            .expect("operations are far fewer"),
        time: now.0,
        message: None,
        deps: heads.iter().map(|head| automerge::ChangeHash(head.0)).collect(),
        extra_bytes: footer,
        author: None,
    });
    Made {
        hash: ChangeHash(change.hash().0),
        bytes: change.raw_bytes().to_vec(),
    }
}

/// Whether a checked change has no operations, as a relay's merges have and no officer's change.
#[must_use]
pub fn is_merge(change: &Checked) -> bool {
    change.operations.is_empty()
}
