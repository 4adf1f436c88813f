//! One member, as the roster knows him.

use shared::id::PersonId;

use crate::demo::branch::{Branch, FIRST_SHOP, RETIRED, Work};
use crate::demo::name::Name;
use crate::demo::seed::{Choices, Seed};

/// Members of the branch of the retired who do not pledge.
const NOT_PLEDGING: usize = 4;

/// One member.
#[derive(Clone, Debug)]
pub(in crate::demo) struct Member {
    pub(in crate::demo) id: PersonId,
    pub(in crate::demo) name: String,
    pub(in crate::demo) number: String,
    pub(in crate::demo) sex: &'static str,
    pub(in crate::demo) born: String,
    pub(in crate::demo) joined: String,
    pub(in crate::demo) group: usize,
    pub(in crate::demo) post: String,
    /// The code of what sort of post it is; none for those who have retired.
    pub(in crate::demo) post_class: Option<&'static str>,
    /// The crew he works in, in a workshop.
    pub(in crate::demo) crew: Option<&'static str>,
    pub(in crate::demo) probationary: bool,
    pub(in crate::demo) standing: &'static str,
    /// Whether he pledges: for those who have retired it is voluntary.
    pub(in crate::demo) pledges: bool,
}

impl Member {
    pub(in crate::demo) fn is_retired(&self) -> bool {
        self.standing == "retired"
    }

    /// Whether he is at work, and can be given something to do.
    pub(in crate::demo) fn is_at_work(&self) -> bool {
        self.standing == "active"
    }
}

/// The member of this number in the branch at this place.
pub(super) fn member(
    seed: Seed,
    place: usize,
    branch: &Branch,
    number: usize,
    name: Name,
    (group, post): (usize, &str),
    choices: &mut Choices,
) -> Member {
    let works_number = format!("QW{:02}{:03}", place + 1, number + 1);
    let retired = branch.work == Work::Retired || post.starts_with("退休");
    // One probationary member in each branch; those who have retired have none, so the seventh has two.
    let probationary = if branch.name == FIRST_SHOP {
        name.written == "魏子安"
    } else {
        branch.name != RETIRED
            && (number + 1 == branch.members || (place == 6 && number + 2 == branch.members))
    };
    let age = match (retired, probationary) {
        (true, _) => 62 + choices.below(18),
        (_, true) => 22 + choices.below(10),
        _ => 26 + choices.below(32),
    };
    let born = 2026 - age;
    let joined = if probationary {
        2026
    } else {
        (born + 20 + choices.below(14)).min(2025)
    };
    let standing = match choices.below(100) {
        _ if retired => "retired",
        0..=2 if number > 8 => {
            if choices.in_a_hundred(50) {
                "ill"
            } else {
                "seconded"
            }
        }
        3..=6 if number > 8 => "floating",
        _ => "active",
    };
    Member {
        id: seed.person(&works_number),
        sex: if choices.in_a_hundred(30) { "f" } else { "m" },
        born: format!("{born}-{:02}", 1 + choices.below(12)),
        joined: format!(
            "{joined}-{:02}",
            if probationary {
                1 + choices.below(6)
            } else {
                1 + choices.below(12)
            }
        ),
        number: works_number,
        name: name.written,
        pledges: branch.name != RETIRED || number + NOT_PLEDGING < branch.members,
        group,
        post: post.to_owned(),
        // Given once everybody is there.
        post_class: None,
        crew: None,
        probationary,
        standing,
    }
}
