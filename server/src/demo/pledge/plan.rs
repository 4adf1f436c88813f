//! Which pledges take a longer way: sent back once before their approval, or changed after it.

use crate::demo::branch::FIRST_SHOP;
use crate::demo::people::Staffed;
use crate::demo::seed::Choices;

/// In so many branches one item is sent back once.
const RETURNED: usize = 24;
/// In so many branches one item is changed after it was posted.
const AMENDED: usize = 11;
/// So many of those wait for a new approval.
const WAITING: usize = 4;

/// What is out of the ordinary in one branch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::demo) struct Plan {
    /// One item is sent back before it is approved.
    pub(super) returned: bool,
    /// One item is changed after it was posted.
    pub(super) amended: Option<Amended>,
    /// Its pledges hang a week later than others'.
    pub(super) late: bool,
}

/// What becomes of an item that is changed after it was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amended {
    /// It is approved and posted anew.
    Anew,
    /// Nobody has approved it yet (批准后已改).
    Waiting,
}

/// The plan of each branch. The first shop has one of both, still waiting.
pub(in crate::demo) fn plans(staffed: &[Staffed]) -> Vec<Plan> {
    // There is one board for two branches.
    let mut plans: Vec<Plan> = (0..staffed.len())
        .map(|place| Plan {
            late: place % 2 == 1,
            ..Plan::default()
        })
        .collect();
    let Some(first) = staffed.first() else {
        return plans;
    };
    let mut choices = first.seed.choices("pledges out of the ordinary");
    for branch in with_first_shop(RETURNED, staffed, &mut choices) {
        plans[branch].returned = true;
    }
    for (number, branch) in with_first_shop(AMENDED, staffed, &mut choices)
        .into_iter()
        .enumerate()
    {
        plans[branch].amended = Some(if number < WAITING {
            Amended::Waiting
        } else {
            Amended::Anew
        });
    }
    plans
}

/// So many branches, the first shop at their head.
fn with_first_shop(count: usize, staffed: &[Staffed], choices: &mut Choices) -> Vec<usize> {
    let is_first = |place: &usize| staffed[*place].branch.name == FIRST_SHOP;
    let (mut chosen, others): (Vec<usize>, Vec<usize>) = (0..staffed.len()).partition(is_first);
    let more = count.saturating_sub(chosen.len());
    chosen.extend(choices.some(more, others));
    chosen
}
