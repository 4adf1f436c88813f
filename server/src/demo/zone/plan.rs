//! How many zones each branch has, and how much happens to them.

use crate::demo::branch::{FIRST_SHOP, RETIRED};
use crate::demo::people::{Staffed, crews};
use crate::demo::share::shares;

/// The zones of the enterprise.
const ZONES: usize = 212;
/// So many of them change their owner in the year.
const CHANGES: usize = 24;
/// So many are described in September for a crew without a member: nobody owns them yet, and they are not in force.
const LATE: usize = 4;

/// What one branch has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::demo) struct Plan {
    pub(super) zones: usize,
    /// How many change their owner.
    pub(super) changes: usize,
    /// Whether the zone of a crew without a member is described late.
    pub(super) late: bool,
}

/// The plan of each branch: zones by its members, changes by its zones. The first shop has a late one.
pub(in crate::demo) fn plans(staffed: &[Staffed]) -> Vec<Plan> {
    let members = |branch: &Staffed| match branch.branch.name {
        RETIRED => 0,
        _ => branch.members.len(),
    };
    let zones = shares(ZONES, &staffed.iter().map(members).collect::<Vec<_>>());
    let changes = shares(CHANGES, &zones);
    let mut plans: Vec<Plan> = zones
        .into_iter()
        .zip(changes)
        .map(|(zones, changes)| Plan {
            zones,
            changes,
            late: false,
        })
        .collect();
    let Some(first) = staffed.first() else {
        return plans;
    };
    let has_late = |place: &usize| crews(staffed[*place].branch.name).any(|crew| crew.1.is_none());
    let with_late = (0..staffed.len()).filter(has_late);
    let (mut late, others): (Vec<usize>, Vec<usize>) =
        with_late.partition(|place| staffed[*place].branch.name == FIRST_SHOP);
    let more = LATE.saturating_sub(late.len());
    late.extend(first.seed.choices("late zones").some(more, others));
    for place in late {
        plans[place].late = true;
    }
    plans
}
