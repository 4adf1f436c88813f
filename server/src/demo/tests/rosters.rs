use shared::ledger::kind::roster::{CREW, CREWS, GROUPS, MEMBERS, NAME, POST_CLASS, STANDING};

use super::*;

#[test]
fn members_and_groups_are_all_there() {
    with_every_seed(|storage| {
        assert_eq!(
            sum(storage, Kind::Roster, |roster| roster.rows(MEMBERS).len()),
            640
        );
        assert_eq!(sum(storage, Kind::Roster, |roster| roster.rows(GROUPS).len()), 74);
    });
}

#[test]
fn sorts_of_posts_have_their_shares_and_the_retired_have_none() {
    with_every_seed(|storage| {
        let mut classes = HashMap::<String, usize>::new();
        for roster in ledgers(storage, Kind::Roster, Part::Main) {
            for member in roster.rows(MEMBERS) {
                let class = text_of(&member, POST_CLASS);
                assert_eq!(class.is_empty(), text_of(&member, STANDING) == "retired");
                *classes.entry(class).or_default() += 1;
            }
        }
        let of = |class: &str| classes.get(class).copied().unwrap_or_default();
        assert_eq!((of("front-line"), of("technical"), of("leader")), (294, 262, 51));
        assert_eq!(of(""), 33);
    });
}

#[test]
fn workshops_have_sixty_four_crews_nine_of_them_without_a_member() {
    with_every_seed(|storage| {
        let (mut crews, mut sections, mut without) = (0, BTreeSet::new(), 0);
        for roster in ledgers(storage, Kind::Roster, Part::Main) {
            let of_members: HashSet<String> = roster
                .rows(MEMBERS)
                .iter()
                .map(|member| text_of(member, CREW))
                .filter(|crew| !crew.is_empty())
                .collect();
            let rows = roster.rows(CREWS);
            let names: HashSet<String> = rows.iter().map(|crew| text_of(crew, NAME)).collect();
            assert!(of_members.is_subset(&names));
            crews += rows.len();
            without += names.difference(&of_members).count();
            sections.extend(rows.iter().map(|crew| text_of(crew, "section")));
        }
        assert_eq!((crews, sections.len(), without), (64, 11, 9));
    });
}
