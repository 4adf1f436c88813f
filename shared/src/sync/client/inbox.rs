//! What somebody has to look at: acts that the relay keeps for a person, and what a change kept there would do.

use super::replica::Replica;
use super::{KeptAct, Status};
use crate::guard::Rule;
use crate::id::ChangeHash;
use crate::ledger::proposal::Proposal;

impl Replica {
    /// Acts kept at the relay for a person, and those that wait with them, oldest first.
    pub fn held(&self) -> impl Iterator<Item = &KeptAct> {
        self.acts
            .values()
            .filter(|kept| matches!(kept.status, Status::Held | Status::WaitsForHeld))
    }

    /// Whether a change is in the log as far as that is here.
    #[must_use]
    pub fn is_in_log(&self, hash: &ChangeHash) -> bool {
        self.in_log.contains(hash)
    }

    /// What each of these changes would do to the ledger as it is now; a rule of the guard that one breaks instead.
    pub fn proposals<'a>(&self, held: impl IntoIterator<Item = &'a [u8]>) -> Vec<Result<Proposal, Rule>> {
        self.document.proposals(held)
    }
}
