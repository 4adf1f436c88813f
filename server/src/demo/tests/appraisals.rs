use shared::ledger::cell::Value;
use shared::ledger::decision::bound::of_parts;
use shared::ledger::kind::appraisal::{BOUND, OPINION, SCORES, TEXTS};
use shared::ledger::kind::roster::{MEMBERS, POST_CLASS};
use shared::scheme::{Hundredths, Scheme, ready};
use shared::setting::{self, SettingKind};

use super::*;

/// An appraisal in the order of its parts.
fn parts(storage: &MemoryStorage) -> Vec<[Read; 4]> {
    let [main, own, peers, mass] = Part::ALL.map(|part| ledgers(storage, Kind::Appraisal, part));
    main.into_iter()
        .zip(own)
        .zip(peers)
        .zip(mass)
        .map(|(((main, own), peers), mass)| [main, own, peers, mass])
        .collect()
}

fn scores(part: &Read) -> Vec<(String, i64)> {
    let snapshot = part.snapshot();
    let cells = snapshot.table(SCORES).cells.clone();
    let score = |value: &Value| match value {
        Value::Number(score) => *score,
        other => panic!("{other:?}"),
    };
    cells
        .into_iter()
        .map(|(key, cell)| (key, score(&cell.value)))
        .collect()
}

fn scheme(class: &str) -> Scheme {
    match class {
        "front-line" => ready::front_line(),
        "technical" => ready::technical(),
        _ => ready::leaders(),
    }
}

#[test]
fn there_are_about_thirty_three_thousand_scores_and_none_of_the_mass_rating() {
    with_every_seed(|storage| {
        let mut counts = [0; 4];
        let all = parts(storage);
        assert_eq!(all.len(), 26);
        for branch in &all {
            for (count, part) in counts.iter_mut().zip(branch) {
                *count += scores(part).len();
            }
        }
        let together: usize = counts.iter().sum();
        assert!((32_000..34_000).contains(&together), "{counts:?}");
        assert!(counts[0] > 9_000 && counts[1] > 9_000 && counts[2] > 9_000);
        assert_eq!(counts[3], 0);
    });
}

#[test]
fn every_score_is_one_of_the_scheme_of_the_members_post() {
    let settings = setting::defaults();
    for (rosters, branch) in ledgers(&ORDINARY, Kind::Roster, Part::Main)
        .iter()
        .zip(parts(&ORDINARY))
    {
        assert_eq!(rosters.key.unit, branch[0].key.unit);
        let classes: HashMap<String, String> = rosters
            .rows(MEMBERS)
            .iter()
            .map(|member| (member.id.to_string(), text_of(member, POST_CLASS)))
            .collect();
        for part in &branch {
            for class in ["front-line", "technical", "leader"] {
                let snapshot = part.snapshot();
                let bound = snapshot.table(BOUND).cells[&format!("scheme/{class}")]
                    .value
                    .clone();
                let version = setting::newest(&settings, SettingKind::Scheme, class).unwrap();
                assert_eq!(bound, Value::Text(version.digest.clone()));
            }
            let schemes = ["front-line", "technical", "leader"].map(|class| (class, scheme(class)));
            for (key, score) in scores(part) {
                let mut words = key.split('/');
                let class = &classes[words.next().unwrap()];
                let (_, scheme) = schemes.iter().find(|(code, _)| code == class).unwrap();
                let problem = scheme.problem_of_score(words.next().unwrap(), Hundredths(score));
                assert_eq!(problem, None, "{key}");
            }
        }
    }
}

#[test]
fn the_first_shop_is_two_thirds_filled() {
    with_every_seed(|storage| {
        // A member of the branch has been scored by everybody or by nobody of a class.
        let all = parts(storage);
        let unfinished: Vec<&[Read; 4]> = all
            .iter()
            .filter(|branch| scores(&branch[0]).len() != scores(&branch[1]).len())
            .collect();
        let [first] = unfinished.as_slice() else {
            panic!("{}", unfinished.len());
        };
        let wanted = 25 * 16 * 3;
        let filled: usize = first[..3].iter().map(|part| scores(part).len()).sum();
        assert!(
            filled * 100 > wanted * 60 && filled * 100 < wanted * 75,
            "{filled}"
        );
    });
}

#[test]
fn three_branches_have_opinions_and_grades_on_all_that_the_parts_hold() {
    with_every_seed(|storage| {
        let mut graded = 0;
        for branch in parts(storage) {
            let snapshots: Vec<Rc<Snapshot>> = branch.iter().map(Read::snapshot).collect();
            let opinions = snapshots[0].table(TEXTS);
            let decisions = snapshots[0].decisions.clone();
            graded += usize::from(!decisions.is_empty());
            let mut excellent = 0;
            for (subject, made) in decisions.iter() {
                let [made] = made.as_slice() else {
                    panic!("{made:?}")
                };
                let opinion = format!("{}/{OPINION}", subject.row);
                assert!(opinions.cells.contains_key(&opinion));
                let digest = of_parts(snapshots.iter().map(Rc::as_ref), subject);
                assert_eq!(made.made.digest, digest);
                excellent += usize::from(made.made.value == "excellent");
            }
            assert!(excellent * 3 <= decisions.len());
            assert_eq!(decisions.is_empty(), opinions.cells.is_empty());
        }
        assert_eq!(graded, 3);
    });
}

#[test]
fn nobody_on_probation_has_a_grade() {
    let staffed = everybody(Seed::default());
    for branch in parts(&ORDINARY) {
        for subject in branch[0].snapshot().decisions.keys() {
            let members = staffed.iter().flat_map(|branch| &branch.members);
            let member = members.into_iter().find(|member| member.id.0 == subject.row.0);
            assert!(member.is_some_and(|member| !member.probationary));
        }
    }
}
