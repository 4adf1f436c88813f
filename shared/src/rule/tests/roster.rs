use super::*;

const ON: &str = "2026-11-23";

fn branch(members: Vec<MemberFact>) -> RosterFacts {
    RosterFacts {
        members,
        ..RosterFacts::default()
    }
}

fn with_committee(full_members: u8, on_it: u32) -> RosterFacts {
    let committee = Some(CommitteeFact {
        members: on_it,
        elected_on: Some(day("2023-11-22")),
    });
    RosterFacts {
        committee,
        ..branch(members(full_members))
    }
}

#[test]
fn a_branch_has_three_full_members() {
    let mut two = members(3);
    two[0].probationary = true;
    let few = Detail::TooFew { found: 2, least: 3 };
    assert_eq!(
        found("branch.full-members", branch(two), ON),
        [(Subject::Branch, few)]
    );
    assert_eq!(found("branch.full-members", branch(members(3)), ON), []);
}

#[test]
fn a_branch_has_at_most_fifty_members_probationary_ones_too() {
    let mut many = members(51);
    many[0].probationary = true;
    let too_many = Detail::TooMany { found: 51, most: 50 };
    assert_eq!(
        found("branch.members", branch(many), ON),
        [(Subject::Branch, too_many)]
    );
    assert_eq!(found("branch.members", branch(members(50)), ON), []);
}

#[test]
fn a_joint_branch_is_of_at_most_five_units() {
    let of = |units| RosterFacts {
        joint_units: units,
        ..branch(members(5))
    };
    let too_many = Detail::TooMany { found: 6, most: 5 };
    assert_eq!(
        found("branch.joint-units", of(Some(6)), ON),
        [(Subject::Branch, too_many)]
    );
    assert_eq!(found("branch.joint-units", of(Some(5)), ON), []);
    assert_eq!(found("branch.joint-units", of(None), ON), []);
}

#[test]
fn seven_full_members_have_a_committee_of_three_to_seven() {
    let size = |full_members, on_it| found("committee.size", with_committee(full_members, on_it), ON);
    let few = Detail::TooFew { found: 2, least: 3 };
    assert_eq!(size(7, 2), [(Subject::Branch, few)]);
    let many = Detail::TooMany { found: 8, most: 7 };
    assert_eq!(size(30, 8), [(Subject::Branch, many)]);
    assert_eq!(size(7, 3), []);
    assert_eq!(size(30, 7), []);
    // Six have a secretary alone, and where nothing is known nothing is asked.
    assert_eq!(size(6, 0), []);
    assert_eq!(found("committee.size", branch(members(30)), ON), []);
}

#[test]
fn a_committee_is_reminded_when_its_three_years_are_over() {
    let facts = with_committee(7, 3);
    let since = Detail::DueSince(day("2026-11-22"));
    assert_eq!(
        found("committee.term", facts.clone(), ON),
        [(Subject::Branch, since)]
    );
    assert_eq!(found("committee.term", facts, "2026-11-22"), []);
    assert_eq!(found("committee.term", branch(members(30)), ON), []);
}
