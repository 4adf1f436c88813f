use super::*;

const ON: &str = "2026-11-23";

/// So many open items of one member, due on the last day of November.
fn items(of: u8, count: u8) -> Vec<PledgeFact> {
    let item = |number| PledgeFact {
        row: row(number),
        member: person(of),
        due: Some(day("2026-11-30")),
        settled: false,
        posting: None,
    };
    (1..=count).map(item).collect()
}

fn pledges(items: Vec<PledgeFact>) -> PledgeFacts {
    PledgeFacts {
        members: members(1),
        items,
    }
}

#[test]
fn a_member_pledges_two_to_five_items() {
    let ada = || Subject::Member(person(1));
    let few = Detail::TooFew { found: 1, least: 2 };
    assert_eq!(found("pledge.items", pledges(items(1, 1)), ON), [(ada(), few)]);
    let many = Detail::TooMany { found: 6, most: 5 };
    assert_eq!(found("pledge.items", pledges(items(1, 6)), ON), [(ada(), many)]);
    assert_eq!(found("pledge.items", pledges(items(1, 2)), ON), []);
    assert_eq!(found("pledge.items", pledges(items(1, 5)), ON), []);
    // The items of another are not hers.
    let none = Detail::TooFew { found: 0, least: 2 };
    assert_eq!(found("pledge.items", pledges(items(2, 3)), ON), [(ada(), none)]);
}

#[test]
fn retired_and_ill_members_pledge_as_they_like() {
    for standing in Standing::ALL {
        let mut facts = pledges(Vec::new());
        facts.members[0].standing = standing;
        let asked = !matches!(standing, Standing::Retired | Standing::Ill);
        assert_eq!(
            found("pledge.items", facts, ON).len(),
            usize::from(asked),
            "{standing:?}"
        );
    }
}

#[test]
fn an_open_item_is_overdue_after_its_day() {
    let due = Detail::DueSince(day("2026-11-30"));
    let late = [(Subject::Pledge(row(1)), due)];
    assert_eq!(found("pledge.overdue", pledges(items(1, 1)), "2026-12-01"), late);
    assert_eq!(found("pledge.overdue", pledges(items(1, 1)), "2026-11-30"), []);
    let mut settled = items(1, 2);
    settled[0].settled = true;
    settled[1].due = None;
    assert_eq!(found("pledge.overdue", pledges(settled), "2026-12-01"), []);
}

#[test]
fn nothing_is_posted_without_approval() {
    let mut posted = items(1, 3);
    posted[0].posting = Some(PostingFact { approved: false });
    posted[1].posting = Some(PostingFact { approved: true });
    let first = [(Subject::Pledge(row(1)), Detail::Plain)];
    assert_eq!(found("posting.approved", pledges(posted.clone()), ON), first);
    posted.remove(0);
    assert_eq!(found("posting.approved", pledges(posted), ON), []);
}
