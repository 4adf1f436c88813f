//! The changes of a ledger that are kept for a person, and how much of it each account has brought.

use std::collections::HashMap;

use super::{ConnectionId, HeldChange, Standing};
use crate::id::{AccountId, ChangeHash};
use crate::limit;

/// What one ledger keeps.
#[derive(Debug, Default)]
pub(super) struct Keep {
    /// Kept for a person, or decided about, and not in the log.
    held: HashMap<ChangeHash, HeldChange>,
    /// On their way to the disk.
    holding: HashMap<ChangeHash, Holding>,
    brought: HashMap<AccountId, Weight>,
}

/// A held change on its way to the disk, and who waits for its fate.
#[derive(Debug)]
pub(super) struct Holding {
    pub(super) held: HeldChange,
    pub(super) waiting: Vec<ConnectionId>,
}

/// How much is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    changes: usize,
    bytes: usize,
}

impl Keep {
    /// As the store has it.
    pub(super) fn new(held: Vec<HeldChange>) -> Self {
        let mut keep = Self::default();
        for held in held {
            keep.weighs(held);
            keep.held.insert(held.hash, held);
        }
        keep
    }

    /// What is known of a change that is kept, or about to be.
    pub(super) fn get(&self, hash: &ChangeHash) -> Option<HeldChange> {
        let holding = || self.holding.get(hash).map(|holding| holding.held);
        self.held(hash).or_else(holding)
    }

    /// What is known of a change that is kept, on the disk.
    pub(super) fn held(&self, hash: &ChangeHash) -> Option<HeldChange> {
        self.held.get(hash).copied()
    }

    /// Whether anything is on its way to the disk.
    pub(super) fn is_busy(&self) -> bool {
        !self.holding.is_empty()
    }

    /// Who waits for the fate of a change on its way to the disk.
    pub(super) fn waiting(&mut self, hash: &ChangeHash) -> Option<&mut Vec<ConnectionId>> {
        self.holding.get_mut(hash).map(|holding| &mut holding.waiting)
    }

    /// Whether a change is on its way to the disk.
    pub(super) fn is_holding(&self, hash: &ChangeHash) -> bool {
        self.holding.contains_key(hash)
    }

    /// A change goes to the disk.
    pub(super) fn begins(&mut self, holding: Holding) {
        self.weighs(holding.held);
        self.holding.insert(holding.held.hash, holding);
    }

    /// A change that went to the disk is there.
    pub(super) fn is_kept(&mut self, hash: &ChangeHash) -> Option<Holding> {
        let holding = self.holding.remove(hash)?;
        self.held.insert(*hash, holding.held);
        Some(holding)
    }

    /// A change is in the log, and kept no longer.
    pub(super) fn is_stored(&mut self, hash: &ChangeHash) {
        if let Some(held) = self.held.remove(hash)
            && held.standing != Standing::TakenIn
        {
            self.forgets(held);
        }
    }

    /// The change as it stands now, if that is news.
    pub(super) fn decided(&mut self, hash: &ChangeHash, standing: Standing) -> Option<HeldChange> {
        let held = self.held.get_mut(hash)?;
        let before = *held;
        held.standing = standing;
        let after = *held;
        self.forgets(before);
        self.weighs(after);
        (before.standing != standing).then_some(after)
    }

    /// How much is kept of what this account has brought, whoever it says has written it. What was turned down counts,
    /// since it is kept; what was taken in leaves.
    pub(super) fn weight(&self, account: AccountId) -> Weight {
        self.brought.get(&account).copied().unwrap_or_default()
    }

    fn weighs(&mut self, held: HeldChange) {
        if held.standing != Standing::TakenIn {
            let weight = self.brought.entry(held.brought_by).or_default();
            *weight = weight.and(Weight::of(held.bytes));
        }
    }

    fn forgets(&mut self, held: HeldChange) {
        if held.standing != Standing::TakenIn
            && let Some(weight) = self.brought.get_mut(&held.brought_by)
        {
            weight.changes = weight.changes.saturating_sub(1);
            weight.bytes = weight.bytes.saturating_sub(held.bytes);
        }
    }
}

impl Weight {
    /// One change.
    pub(super) const fn of(bytes: usize) -> Self {
        Self { changes: 1, bytes }
    }

    /// Both together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            changes: self.changes + other.changes,
            bytes: self.bytes + other.bytes,
        }
    }

    /// Whether one account may have so much kept for it.
    pub(super) const fn is_bearable(self) -> bool {
        self.changes <= limit::HELD_CHANGES && self.bytes <= limit::HELD_BYTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Hold;

    const YE: AccountId = AccountId::from_bytes([3; 16]);

    fn held(hash: u8, standing: Standing) -> HeldChange {
        HeldChange {
            hash: ChangeHash([hash; 32]),
            account: AccountId::from_bytes([1; 16]),
            brought_by: YE,
            why: Hold::Carried,
            standing,
            bytes: 100,
        }
    }

    fn weight(changes: usize) -> Weight {
        Weight {
            changes,
            bytes: changes * 100,
        }
    }

    #[test]
    fn what_an_account_has_brought_weighs_until_it_is_taken_in_or_in_the_log() {
        let mut keep = Keep::new(vec![
            held(1, Standing::Waiting),
            held(2, Standing::TurnedDown),
            held(3, Standing::TakenIn),
        ]);
        assert_eq!(keep.weight(YE), weight(2));
        keep.begins(Holding {
            held: held(4, Standing::Waiting),
            waiting: Vec::new(),
        });
        assert_eq!(keep.weight(YE), weight(3), "also on its way to the disk");
        keep.is_kept(&ChangeHash([4; 32])).unwrap();
        assert_eq!(keep.weight(YE), weight(3));
        keep.decided(&ChangeHash([1; 32]), Standing::TakenIn).unwrap();
        assert_eq!(keep.weight(YE), weight(2));
        keep.decided(&ChangeHash([1; 32]), Standing::TurnedDown).unwrap();
        assert_eq!(keep.weight(YE), weight(3), "somebody else has said otherwise");
        keep.is_stored(&ChangeHash([4; 32]));
        keep.is_stored(&ChangeHash([3; 32]));
        assert_eq!(keep.weight(YE), weight(2));
    }
}
