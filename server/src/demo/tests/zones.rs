use shared::ledger::kind::zone::{
    CREWS, FROM, GOALS, GRADES, LOGS, MEMBER as OWNER, NAME, OWNERS, QUARTER, UNTIL, ZONE, ZONES,
};

use super::*;

fn rows_of(storage: &MemoryStorage, table: &str) -> usize {
    sum(storage, Kind::Zone, |zones| zones.rows(table).len())
}

#[test]
fn there_are_as_many_zones_and_terms_as_a_real_enterprise_has() {
    with_every_seed(|storage| {
        assert_eq!(rows_of(storage, ZONES), 212);
        assert_eq!(rows_of(storage, OWNERS), 236);
        // Four are described and not in force: nobody owns them yet.
        let stand = |state| sum(storage, Kind::Zone, |zones| zones.stand(ZONES, state));
        assert_eq!((stand(State::Effective), stand(State::Draft)), (208, 4));
        assert!(rows_of(storage, LOGS) > 800);
        let mut without = 0;
        for zones in ledgers(storage, Kind::Zone, Part::Main) {
            let count = zones.rows(ZONES).len();
            assert!(count == 0 || (4..=14).contains(&count), "{count}");
            without += usize::from(count == 0);
        }
        assert_eq!(without, 1, "those who have retired");
    });
}

#[test]
fn twenty_four_zones_had_a_change_of_owner_and_every_one_in_force_has_one() {
    with_every_seed(|storage| {
        let (mut changed, mut ended) = (0, 0);
        for zones in ledgers(storage, Kind::Zone, Part::Main) {
            let terms = zones.rows(OWNERS);
            for zone in zones.rows(ZONES) {
                let of_zone: Vec<_> = terms
                    .iter()
                    .filter(|term| text_of(term, ZONE) == zone.id.to_string())
                    .collect();
                let over: Vec<_> = of_zone
                    .iter()
                    .filter(|term| !text_of(term, UNTIL).is_empty())
                    .collect();
                let in_force = zones.standing(ZONES, &zone).state == State::Effective;
                assert_eq!(in_force, of_zone.len() > over.len());
                changed += usize::from(!over.is_empty());
                ended += over.len();
                for former in over {
                    let owner = text_of(former, OWNER);
                    let next = of_zone
                        .iter()
                        .find(|term| text_of(term, FROM) > text_of(former, UNTIL));
                    assert_ne!(text_of(next.unwrap(), OWNER), owner);
                }
            }
        }
        assert_eq!((changed, ended), (24, 24));
    });
}

#[test]
fn a_zone_has_three_or_four_goals_and_covers_its_crew() {
    with_every_seed(|storage| {
        let mut crews = HashSet::new();
        for zones in ledgers(storage, Kind::Zone, Part::Main) {
            let goals = zones.rows(GOALS);
            for zone in zones.rows(ZONES) {
                let id = zone.id.to_string();
                let count = goals.iter().filter(|goal| text_of(goal, ZONE) == id).count();
                assert!((3..=4).contains(&count), "{count}");
                if !text_of(&zone, CREWS).is_empty() {
                    crews.insert((zones.key.unit, text_of(&zone, CREWS)));
                }
            }
        }
        assert_eq!(crews.len(), 64);
    });
}

#[test]
fn every_zone_in_force_is_graded_for_three_quarters_with_few_red_flags() {
    with_every_seed(|storage| {
        assert_eq!(rows_of(storage, GRADES), 208 * 3);
        for zones in ledgers(storage, Kind::Zone, Part::Main) {
            assert_eq!(zones.stand(GRADES, State::Graded), zones.rows(GRADES).len());
            let (mut all, mut flags) = (HashMap::<String, usize>::new(), HashMap::<String, usize>::new());
            for row in zones.rows(GRADES) {
                let grade = zones.standing(GRADES, &row).last().unwrap().made.value.clone();
                *all.entry(text_of(&row, QUARTER)).or_default() += 1;
                *flags.entry(text_of(&row, QUARTER)).or_default() += usize::from(grade == "red_flag");
            }
            for (quarter, flags) in flags {
                assert!(flags * 100 <= all[&quarter] * 30);
            }
        }
    });
}

#[test]
fn the_zones_of_the_stories_have_the_owners_they_have_there() {
    let seed = Seed::default();
    let branch = &everybody(seed)[0];
    let zones = Read::of(
        &ORDINARY,
        branch.key(Kind::Zone, Part::Main).id(seed.enterprise()),
    );
    let check = |code: &str, name: &str, owners: &[&str]| {
        let rows = zones.rows(ZONES);
        let zone = rows.iter().find(|row| text_of(row, "code") == code).unwrap();
        assert_eq!(text_of(zone, NAME), name);
        let terms = zones.rows(OWNERS);
        let of_zone = terms
            .iter()
            .filter(|term| text_of(term, ZONE) == zone.id.to_string());
        let found: Vec<String> = of_zone.map(|term| text_of(term, OWNER)).collect();
        let wanted = owners
            .iter()
            .map(|number| branch.member(number).unwrap().id.to_string());
        assert_eq!(found, wanted.collect::<Vec<_>>());
    };
    check("机加-01", "立车一线责任区", &["QW01005", "QW01008"]);
    check("机加-02", "卧镗精度责任区", &["QW01006"]);
    check("装配-05", "试车台安全责任区", &["QW01004", "QW01003"]);
    check("热工-03", "炉区节能责任区", &["QW01015"]);
    check("检验-02", "首件把关责任区", &["QW01011", "QW01013"]);
    check("综合-01", "新员工融入责任区", &["QW01002", "QW01010"]);
}
