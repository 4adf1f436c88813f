//! The shadow finds that a change ruins the ledger.

use rand::seq::IteratorRandom;
use shared::id::ChangeHash;
use shared::ledger::skeleton;
use shared::sync::relay::Event;

use super::Network;

impl Network {
    /// The shadow finds this change.
    pub fn shadow_finds(&mut self, change: ChangeHash) {
        self.tell(|| format!("the shadow finds {change}"));
        self.relay_handles(Event::Unsound(self.ledger, change));
    }

    /// The shadow finds any change but a skeleton.
    pub(super) fn shadow_finds_something(&mut self) {
        let skeletons = skeleton::changes(self.ledger, self.key.kind.schema());
        let is_skeleton = |hash: &ChangeHash| skeletons.iter().any(|made| made.hash == *hash);
        let hashes = self.station.store.changes().map(|entry| entry.hash);
        if let Some(change) = hashes.filter(|hash| !is_skeleton(hash)).choose(&mut self.dice) {
            self.shadow_finds(change);
        }
    }
}
