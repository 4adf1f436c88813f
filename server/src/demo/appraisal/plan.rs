//! How far each branch has come.

use crate::demo::branch::{FIRST_SHOP, RETIRED};
use crate::demo::people::Staffed;

/// So many branches have given first grades.
const GRADED: usize = 3;
/// A branch of no more members hands in mutual ratings on a sheet for each of two raters.
const SMALL: usize = 22;

/// What one branch has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::demo) struct Plan {
    pub(super) progress: Progress,
    /// The sheets of a mutual rating; none where it is one sheet without a name.
    pub(super) sheets: usize,
}

/// How far an appraisal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// About two thirds are filled in.
    Begun,
    /// All is, but for the mass rating.
    Scored,
    /// There are opinions, and first grades.
    Graded,
}

/// The plan of each branch. The first shop has something left to do.
pub(in crate::demo) fn plans(staffed: &[Staffed]) -> Vec<Plan> {
    let Some(first) = staffed.first() else {
        return Vec::new();
    };
    let others =
        (0..staffed.len()).filter(|place| ![FIRST_SHOP, RETIRED].contains(&staffed[*place].branch.name));
    let graded = first.seed.choices("graded branches").some(GRADED, others);
    let plan = |(place, branch): (usize, &Staffed)| Plan {
        progress: match branch.branch.name {
            FIRST_SHOP => Progress::Begun,
            _ if graded.contains(&place) => Progress::Graded,
            _ => Progress::Scored,
        },
        sheets: if branch.members.len() <= SMALL { 2 } else { 0 },
    };
    staffed.iter().enumerate().map(plan).collect()
}
