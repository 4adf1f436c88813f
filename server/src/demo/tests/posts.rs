use shared::ledger::kind::post::{CHECKS, HOLDERS, HUNG_ON, PLAQUE, POSTS, TITLE};

use super::*;

#[test]
fn there_are_as_many_posts_of_each_sort_as_a_real_enterprise_has() {
    with_every_seed(|storage| {
        let mut forms = HashMap::<String, usize>::new();
        for posts in ledgers(storage, Kind::Post, Part::Main) {
            for post in posts.rows(POSTS) {
                let form = text_of(&post, "form");
                let holders = post.people(HOLDERS).count();
                assert!(if form == "individual" {
                    holders == 1
                } else {
                    holders >= 3
                });
                assert!(text_of(&post, "deeds").chars().count() >= 300);
                *forms.entry(form).or_default() += 1;
            }
        }
        assert_eq!((forms["individual"], forms["collective"]), (47, 15));
    });
}

#[test]
fn all_were_hung_five_were_revoked_and_three_are_warned() {
    with_every_seed(|storage| {
        let decided = |kind| sum(storage, Kind::Post, |posts| posts.decided(kind));
        for kind in [
            DecisionKind::Nominated,
            DecisionKind::Agreed,
            DecisionKind::Posted,
            DecisionKind::Named,
            DecisionKind::Hung,
        ] {
            assert_eq!(decided(kind), 62, "{kind:?}");
        }
        let stand = |state| sum(storage, Kind::Post, |posts| posts.stand(POSTS, state));
        assert_eq!(
            (stand(State::Hung), stand(State::Warned), stand(State::Revoked)),
            (54, 3, 5)
        );
        assert_eq!(sum(storage, Kind::Post, |posts| posts.rows(CHECKS).len()), 62 * 2);
    });
}

#[test]
fn every_plaque_has_a_number_of_its_own_and_the_office_named_its_post() {
    let office = Seed::default().account(ADMINISTRATOR);
    let mut plaques = HashSet::new();
    for posts in ledgers(&ORDINARY, Kind::Post, Part::Main) {
        for post in posts.rows(POSTS) {
            let standing = posts.standing(POSTS, &post);
            let by = |kind| standing.last_of(Word::Decide(kind)).map(|decision| decision.by);
            assert_eq!(by(DecisionKind::Named), Some(office));
            assert!(by(DecisionKind::Revoked).is_none_or(|by| by == office));
            assert_eq!(text_of(&post, HUNG_ON), "2026-04-20");
            assert!(plaques.insert(text_of(&post, PLAQUE)));
        }
    }
    assert_eq!(plaques.len(), 62);
}

#[test]
fn the_posts_of_the_stories_are_held_by_those_who_hold_them_there() {
    let seed = Seed::default();
    let staffed = everybody(seed);
    let check = |branch: &str, title: &str, holders: &[&str]| {
        let staffed = staffed.iter().find(|of| of.branch.name == branch).unwrap();
        let posts = Read::of(
            &ORDINARY,
            staffed.key(Kind::Post, Part::Main).id(seed.enterprise()),
        );
        let rows = posts.rows(POSTS);
        let post = rows.iter().find(|row| text_of(row, TITLE) == title).unwrap();
        assert_eq!(posts.standing(POSTS, post).state, State::Hung);
        let found: BTreeSet<String> = post.people(HOLDERS).map(|id| id.to_string()).collect();
        let name = |id: &String| {
            let member = staffed.members.iter().find(|member| member.id.to_string() == *id);
            member.unwrap().number.clone()
        };
        let found: BTreeSet<String> = found.iter().map(name).collect();
        if holders.is_empty() {
            return found.len();
        }
        assert_eq!(found, holders.iter().map(|number| (*number).to_owned()).collect());
        found.len()
    };
    check(FIRST_SHOP, "首检示范岗", &["QW01011"]);
    check(FIRST_SHOP, "工艺改进示范岗", &["QW01007"]);
    check(FIRST_SHOP, "师徒传承示范岗", &["QW01009"]);
    check(FIRST_SHOP, "服务响应示范岗", &["QW01012"]);
    assert_eq!(check(FIRST_SHOP, "夜班值守示范岗", &[]), 4);
    assert_eq!(check("热处理车间党支部", "炉区节能示范岗", &[]), 5);
}
