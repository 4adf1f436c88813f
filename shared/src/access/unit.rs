//! The tree of party organisations: 党委 → 党总支 → 党支部.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::UnitId;

/// What a unit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 党委.
    PartyCommittee,
    /// 党总支.
    GeneralBranch,
    /// 党支部: it alone keeps ledgers.
    #[default]
    Branch,
}

impl UnitKind {
    /// Every kind, from the top of the tree down.
    pub const ALL: [Self; 3] = [Self::PartyCommittee, Self::GeneralBranch, Self::Branch];

    /// Whether a unit of this kind may stand directly below one of that kind, or (with none) at the top.
    #[must_use]
    pub const fn may_stand_below(self, above: Option<Self>) -> bool {
        match above {
            // An enterprise may have a single branch and nothing above it.
            None | Some(Self::PartyCommittee) => true,
            Some(Self::GeneralBranch) => matches!(self, Self::Branch),
            Some(Self::Branch) => false,
        }
    }
}

/// Where a role is held, seen from the unit whose ledger it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// In that unit itself.
    Own,
    /// In a unit above it.
    Above,
    /// In a unit that is neither.
    Elsewhere,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 3] = [Self::Own, Self::Above, Self::Elsewhere];
}

/// Which unit stands below which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Units(BTreeMap<UnitId, UnitId>);

impl Units {
    /// How `held_in` stands to `unit`. A circle, which no relay of ours makes, ends at its first unit.
    #[must_use]
    pub fn relation(&self, held_in: UnitId, unit: UnitId) -> Relation {
        if held_in == unit {
            return Relation::Own;
        }
        if self.above(unit).any(|above| above == held_in) {
            Relation::Above
        } else {
            Relation::Elsewhere
        }
    }

    /// The units above `unit`, nearest first.
    pub fn above(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        let mut at = unit;
        // No path is longer than there are units.
        (0..self.0.len()).map_while(move |_| {
            at = *self.0.get(&at)?;
            Some(at)
        })
    }
}

impl FromIterator<(UnitId, UnitId)> for Units {
    /// From pairs of a unit and the one above it.
    fn from_iter<I: IntoIterator<Item = (UnitId, UnitId)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTEE: UnitId = UnitId::from_bytes([1; 16]);
    const GENERAL: UnitId = UnitId::from_bytes([2; 16]);
    const BRANCH: UnitId = UnitId::from_bytes([3; 16]);
    const OTHER: UnitId = UnitId::from_bytes([4; 16]);

    #[test]
    fn whoever_stands_on_the_way_up_is_above_and_nobody_else() {
        let units: Units = [(BRANCH, GENERAL), (GENERAL, COMMITTEE), (OTHER, COMMITTEE)]
            .into_iter()
            .collect();
        assert_eq!(units.relation(BRANCH, BRANCH), Relation::Own);
        assert_eq!(units.relation(GENERAL, BRANCH), Relation::Above);
        assert_eq!(units.relation(COMMITTEE, BRANCH), Relation::Above);
        assert_eq!(units.relation(BRANCH, COMMITTEE), Relation::Elsewhere);
        assert_eq!(units.relation(OTHER, BRANCH), Relation::Elsewhere);
    }

    #[test]
    fn a_circle_ends() {
        let units: Units = [(BRANCH, GENERAL), (GENERAL, BRANCH)].into_iter().collect();
        assert_eq!(units.relation(OTHER, BRANCH), Relation::Elsewhere);
    }

    #[test]
    fn a_branch_has_nothing_below_it_and_a_general_branch_only_branches() {
        let below = |above| UnitKind::ALL.map(|kind| kind.may_stand_below(Some(above)));
        assert_eq!(below(UnitKind::PartyCommittee), [true, true, true]);
        assert_eq!(below(UnitKind::GeneralBranch), [false, false, true]);
        assert_eq!(below(UnitKind::Branch), [false; 3]);
    }
}
