use shared::ledger::kind::pledge::PROGRESS;
use shared::ledger::life;

use super::*;

#[test]
fn every_pledge_is_in_force_but_those_approved_before_they_were_changed_are_told() {
    with_every_seed(|storage| {
        let decided = |kind| sum(storage, Kind::Pledge, |pledges| pledges.decided(kind));
        assert_eq!(
            sum(storage, Kind::Pledge, |pledges| pledges.rows(ITEMS).len()),
            1_908
        );
        assert_eq!(
            sum(storage, Kind::Pledge, |pledges| pledges
                .stand(ITEMS, State::InForce)),
            1_908
        );
        assert!(sum(storage, Kind::Pledge, |pledges| pledges.rows(PROGRESS).len()) > 600);
        assert_eq!(decided(DecisionKind::Returned), 24);
        assert_eq!(decided(DecisionKind::Submitted), 1_908 + 24);
        // Seven of the eleven amended ones were approved anew.
        for kind in [DecisionKind::Approved, DecisionKind::Posted, DecisionKind::Begun] {
            assert_eq!(decided(kind), 1_908 + 7);
        }
    });
}

#[test]
fn eleven_were_amended_after_posting_and_four_of_them_wait_for_an_approval() {
    with_every_seed(|storage| {
        let way = life::way(Kind::Pledge, ITEMS, DecisionKind::Approved).unwrap();
        let (mut amended, mut waiting) = (0, 0);
        for pledges in ledgers(storage, Kind::Pledge, Part::Main) {
            for row in pledges.rows(ITEMS) {
                let standing = pledges.standing(ITEMS, &row);
                let mut approved = standing
                    .path
                    .iter()
                    .filter(|decision| decision.made.word == Word::Decide(DecisionKind::Approved));
                let first = approved.next().unwrap();
                let last = approved.next().unwrap_or(first);
                amended += usize::from(first.has_moved_on(&row, way));
                waiting += usize::from(last.has_moved_on(&row, way));
            }
        }
        assert_eq!((amended, waiting), (11, 4));
    });
}

#[test]
fn those_sent_back_are_of_different_members_and_say_something_else_now() {
    with_every_seed(|storage| {
        let mut members = HashSet::new();
        for pledges in ledgers(storage, Kind::Pledge, Part::Main) {
            for row in pledges.rows(ITEMS) {
                let standing = pledges.standing(ITEMS, &row);
                let Some(returned) = standing.last_of(Word::Decide(DecisionKind::Returned)) else {
                    continue;
                };
                let before = pledges.document.decided_on(returned).unwrap();
                assert_ne!(before.value(TEXT), row.value(TEXT));
                assert!(!returned.made.note.is_empty());
                members.insert(text_of(&row, MEMBER));
            }
        }
        assert_eq!(members.len(), 24);
    });
}

#[test]
fn a_posting_hangs_for_five_working_days_and_is_over_before_pledges_begin() {
    for pledges in ledgers(&ORDINARY, Kind::Pledge, Part::Main) {
        for row in pledges.rows(ITEMS) {
            let standing = pledges.standing(ITEMS, &row);
            let posted = standing.last_of(Word::Decide(DecisionKind::Posted)).unwrap();
            let begun = standing.last_of(Word::Decide(DecisionKind::Begun)).unwrap();
            let days = posted.made.from.zip(posted.made.until).unwrap();
            let calendars = shared::calendar::Calendars::published();
            assert_eq!(calendars.working_days_between(days.0, days.1), Ok(5));
            assert!(posted.at.date() <= days.0 && days.1 < begun.at.date());
        }
    }
}

#[test]
fn the_people_of_the_stories_pledge_what_they_pledge_there() {
    let seed = Seed::default();
    let branch = everybody(seed)
        .into_iter()
        .find(|branch| branch.branch.name == FIRST_SHOP)
        .unwrap();
    let key = branch.key(Kind::Pledge, Part::Main);
    let said: HashSet<(String, String)> = Read::of(&ORDINARY, key.id(seed.enterprise()))
        .rows(ITEMS)
        .iter()
        .map(|row| (text_of(row, MEMBER), text_of(row, TEXT)))
        .collect();
    let check = |number: &str, name: &str, beginning: &str| {
        let member = branch.member(number).unwrap();
        assert_eq!(member.name, name);
        let found = said
            .iter()
            .any(|(id, text)| *id == member.id.to_string() && text.starts_with(beginning));
        assert!(found, "{name}: {beginning}");
    };
    check("QW01008", "陈建", "每班开工前用三分钟");
    check("QW01009", "陈建", "每周四午休在装配现场");
    check("QW01007", "罗庭", "六月底前");
    check("QW01011", "唐念初", "不代签、不漏检");
    check("QW01010", "魏子安", "每月精读一篇");
    check("QW01012", "赵闻溪", "建立本车间易损件");
    check("QW01014", "何砚秋", "每月至少两次到夜班");
    check("QW01002", "顾若川", "给新进的八名学徒");
    check("QW01015", "程亦宁", "大修期间");
    check("QW01016", "邵青山", "身体许可时每季度");
}
