use super::*;

const ON: &str = "2026-11-23";

/// A zone in effect all year for these crews, owned by these members without an end.
fn zone(number: u8, crews: &[&str], owners: &[u8]) -> ZoneFact {
    ZoneFact {
        row: row(number),
        crews: crews.iter().map(|&crew| crew.to_owned()).collect(),
        from: Some(day("2026-01-01")),
        until: None,
        owners: owners.iter().map(|&owner| term(owner, None, None)).collect(),
        red_flag: false,
    }
}

fn term(owner: u8, from: Option<&str>, until: Option<&str>) -> TermFact {
    TermFact {
        person: person(owner),
        from: from.map(day),
        until: until.map(day),
    }
}

/// A branch with so many members and these zones, all of its quarters filed.
fn facts(members_count: u8, zones: Vec<ZoneFact>) -> ZoneFacts {
    ZoneFacts {
        year: 2026,
        crews: Vec::new(),
        members: members(members_count),
        zones,
        filed: Quarter::ALL.into(),
    }
}

#[test]
fn every_crew_is_covered() {
    let mut of_crews = facts(2, vec![zone(1, &["装配一班 "], &[1])]);
    of_crews.crews = vec!["装配一班".to_owned(), "热处理班".to_owned()];
    of_crews.members[1].crew = Some("机加班".to_owned());
    let crew = |name: &str| (Subject::Crew(name.to_owned()), Detail::Plain);
    let uncovered = [crew("机加班"), crew("热处理班")];
    assert_eq!(found("zone.every-crew", of_crews.clone(), ON), uncovered);
    // The crew of a member who is not at work is asked about only if the branch has it.
    of_crews.members[1].standing = Standing::Retired;
    assert_eq!(found("zone.every-crew", of_crews.clone(), ON), uncovered[1..]);
    of_crews.zones.push(zone(2, &["热处理班"], &[2]));
    assert_eq!(found("zone.every-crew", of_crews.clone(), ON), []);
    // A zone that is closed covers nobody.
    of_crews.zones[1].until = Some(day("2026-06-30"));
    assert_eq!(found("zone.every-crew", of_crews, ON), uncovered[1..]);
}

#[test]
fn every_member_at_work_owns_a_zone() {
    let missing = [(Subject::Member(person(2)), Detail::Plain)];
    assert_eq!(
        found("zone.every-member", facts(2, vec![zone(1, &[], &[1])]), ON),
        missing
    );
    assert_eq!(
        found("zone.every-member", facts(2, vec![zone(1, &[], &[1, 2])]), ON),
        []
    );
}

#[test]
fn members_away_are_not_asked_for_a_zone() {
    for standing in Standing::ALL {
        let mut alone = facts(1, Vec::new());
        alone.members[0].standing = standing;
        let asked = standing == Standing::Active;
        assert_eq!(
            found("zone.every-member", alone, ON).len(),
            usize::from(asked),
            "{standing:?}"
        );
    }
}

#[test]
fn every_zone_has_an_owner() {
    let unowned = [(Subject::Zone(row(1)), Detail::Plain)];
    assert_eq!(
        found("zone.owner", facts(1, vec![zone(1, &[], &[])]), ON),
        unowned
    );
    assert_eq!(found("zone.owner", facts(1, vec![zone(1, &[], &[1])]), ON), []);
}

#[test]
fn a_zone_is_not_left_with_owners_whose_term_has_ended() {
    let ended = term(1, None, Some("2026-06-30"));
    let mut left = zone(1, &[], &[]);
    left.owners = vec![ended];
    let since = [(Subject::Zone(row(1)), Detail::DueSince(day("2026-06-30")))];
    assert_eq!(found("zone.owner-term", facts(1, vec![left.clone()]), ON), since);
    assert_eq!(
        found("zone.owner", facts(1, vec![left.clone()]), ON),
        [],
        "not found twice"
    );
    assert_eq!(
        found("zone.owner-term", facts(1, vec![left.clone()]), "2026-06-30"),
        []
    );
    // With a successor the ended term is the zone's past.
    left.owners.push(term(2, Some("2026-07-01"), None));
    assert_eq!(found("zone.owner-term", facts(2, vec![left]), ON), []);
}

#[test]
fn a_member_owns_at_most_three_zones() {
    let mut four: Vec<ZoneFact> = (1..=4).map(|number| zone(number, &[], &[1])).collect();
    let many = Detail::TooMany { found: 4, most: 3 };
    let wanted = [(Subject::Member(person(1)), many)];
    assert_eq!(found("zone.per-member", facts(1, four.clone()), ON), wanted);
    four[0].owners[0].until = Some(day("2026-11-22"));
    assert_eq!(found("zone.per-member", facts(1, four), ON), []);
}

#[test]
fn at_most_thirty_per_cent_are_red_flag_zones() {
    let flagged = |flags: u8, of: u8| {
        let zones = (1..=of).map(|number| ZoneFact {
            red_flag: number <= flags,
            ..zone(number, &[], &[1])
        });
        found("zone.red-flags", facts(1, zones.collect()), ON)
    };
    let many = Detail::TooMany { found: 4, most: 3 };
    assert_eq!(flagged(4, 10), [(Subject::Branch, many)]);
    assert_eq!(flagged(3, 10), []);
    assert_eq!(flagged(0, 0), []);
}

#[test]
fn a_quarter_is_filed_by_the_25th_of_its_last_month() {
    let mut year = facts(1, vec![zone(1, &[], &[1])]);
    year.filed = [Quarter::First, Quarter::Second].into();
    let filing = |on| found("zone.quarterly-filing", year.clone(), on);
    let of_branch = |detail| (Subject::Branch, detail);
    let third = day("2026-09-25");
    assert_eq!(filing("2026-08-31"), []);
    assert_eq!(filing("2026-09-01"), [of_branch(Detail::DueOn(third))]);
    assert_eq!(filing("2026-09-25"), [of_branch(Detail::DueOn(third))]);
    assert_eq!(filing("2026-09-26"), [of_branch(Detail::DueSince(third))]);
    let fourth = Detail::DueOn(day("2026-12-25"));
    assert_eq!(
        filing("2026-12-01"),
        [of_branch(Detail::DueSince(third)), of_branch(fourth)]
    );
    assert_eq!(
        found(
            "zone.quarterly-filing",
            facts(1, vec![zone(1, &[], &[1])]),
            "2026-12-31"
        ),
        []
    );
    // Without a zone there is nothing to file.
    year.zones.clear();
    assert_eq!(found("zone.quarterly-filing", year, "2026-12-31"), []);
}

#[test]
fn the_owners_of_any_day_can_be_listed() {
    let mut handed_on = zone(1, &[], &[]);
    handed_on.owners = vec![
        term(1, None, Some("2026-06-30")),
        term(2, Some("2026-07-01"), None),
        term(3, Some("2026-03-01"), None),
    ];
    let mut closed = zone(2, &[], &[1]);
    closed.until = Some(day("2026-06-30"));
    let facts = facts(3, vec![handed_on, closed]);
    let check = |on: &str, wanted: &[(u8, &[u8])]| {
        let listed = |&(zone, owners): &(u8, &[u8])| ZoneOwners {
            row: row(zone),
            owners: owners.iter().map(|&owner| person(owner)).collect(),
        };
        let wanted: Vec<ZoneOwners> = wanted.iter().map(listed).collect();
        assert_eq!(facts.owners_on(day(on)), wanted, "{on}");
    };
    check("2025-12-31", &[]);
    check("2026-01-01", &[(1, &[1]), (2, &[1])]);
    check("2026-06-30", &[(1, &[1, 3]), (2, &[1])]);
    check("2026-07-01", &[(1, &[2, 3])]);
}
