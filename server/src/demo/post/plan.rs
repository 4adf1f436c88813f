//! How many posts each branch has, and how they end.

use super::known::KNOWN;
use crate::demo::branch::RETIRED;
use crate::demo::people::Staffed;
use crate::demo::share::shares;

/// The posts of the enterprise.
const POSTS: usize = 62;
/// So many of them are held by several together.
const COLLECTIVE: usize = 15;
/// So many lose their plaque.
const REVOKED: usize = 5;
/// So many are warned.
const WARNED: usize = 3;

/// What one branch has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::demo) struct Plan {
    /// Posts that no story knows.
    pub(super) more: usize,
    /// Whether one of those is held by several together.
    pub(super) collective: bool,
    /// How the last of those ends.
    pub(super) last: End,
    /// The number of its first plaque.
    pub(super) first_plaque: usize,
}

/// How a post ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum End {
    /// It keeps its plaque.
    #[default]
    Kept,
    /// It is warned.
    Warned,
    /// Its plaque is taken down.
    Revoked,
}

/// The plan of each branch: posts by its members. A branch of the stories has those of the stories, and the fewer others.
pub(in crate::demo) fn plans(staffed: &[Staffed]) -> Vec<Plan> {
    let known = |branch: &Staffed| {
        let of_it = KNOWN.iter().filter(|known| known.branch == branch.branch.name);
        of_it.count()
    };
    let collective = KNOWN.iter().filter(|known| known.form == "collective").count();
    let members = |branch: &Staffed| match (branch.branch.name, known(branch)) {
        (RETIRED, _) => 0,
        (_, 0) => branch.members.len(),
        // About one post for ten members.
        (_, known) => branch.members.len().saturating_sub(known * 10),
    };
    let more = shares(
        POSTS - KNOWN.len(),
        &staffed.iter().map(members).collect::<Vec<_>>(),
    );
    let mut plans: Vec<Plan> = more
        .iter()
        .map(|more| Plan {
            more: *more,
            ..Plan::default()
        })
        .collect();
    let Some(first) = staffed.first() else {
        return plans;
    };
    let mut choices = first.seed.choices("posts out of the ordinary");
    let others = || (0..more.len()).filter(|place| more[*place] > 0 && known(&staffed[*place]) == 0);
    for place in choices.some(COLLECTIVE - collective, others()) {
        plans[place].collective = true;
    }
    for (number, place) in choices.some(REVOKED + WARNED, others()).into_iter().enumerate() {
        plans[place].last = if number < REVOKED {
            End::Revoked
        } else {
            End::Warned
        };
    }
    let mut plaque = 1;
    for (plan, branch) in plans.iter_mut().zip(staffed) {
        plan.first_plaque = plaque;
        plaque += known(branch) + plan.more;
    }
    plans
}
