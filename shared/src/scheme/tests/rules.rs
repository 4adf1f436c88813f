//! One rule of adding up at a time.

use super::*;

#[test]
fn a_class_that_did_not_score_leaves_its_weight_to_the_others() {
    let scheme = small();
    // 80×0.6 + 100×0.4 = 88
    let both = total_of(
        &scheme,
        &[(RaterClass::Peer, &["8 16 56"]), (RaterClass::Branch, &[FULL])],
    );
    assert_eq!(both.total, Some(marks("88")));
    let one = total_of(&scheme, &[(RaterClass::Peer, &["8 16 56"])]);
    assert_eq!(one.total, Some(marks("80")));
    assert_eq!(
        one.classes.iter().map(|class| class.sheets).collect::<Vec<_>>(),
        [1, 0]
    );
    assert_eq!(one.missing, [Missing::Class(RaterClass::Branch)]);
}

#[test]
fn without_any_class_there_is_no_total_and_no_grade() {
    let outcome = total_of(&small(), &[]);
    assert_eq!((outcome.total, outcome.suggested), (None, None));
    assert_eq!(outcome.by_dimension, []);
    let blank = total_of(&small(), &[(RaterClass::Peer, &["- - -"])]);
    assert_eq!(blank.total, None);
    assert_eq!(
        blank.missing,
        [RaterClass::Peer, RaterClass::Branch].map(Missing::Class)
    );
}

#[test]
fn a_class_that_scored_an_indicator_on_no_sheet_is_not_counted() {
    let outcome = total_of(
        &small(),
        &[
            (RaterClass::Peer, &["10 - 70", "9 - 70"]),
            (RaterClass::Branch, &["8 16 56"]),
        ],
    );
    assert_eq!(shown(&outcome), [None, Some(marks("80"))]);
    assert_eq!(outcome.total, Some(marks("80")));
    assert_eq!(
        outcome.missing,
        [Missing::Indicator {
            class: RaterClass::Peer,
            indicator: String::from("a")
        }]
    );
    // What it did score can still be seen: (10+9)/2 of 10 = 95 %.
    let seen = &outcome.classes[0].by_dimension;
    assert_eq!(
        seen.iter().map(|share| share.dimension).collect::<Vec<_>>(),
        [Dimension::Virtue, Dimension::Achievement]
    );
    assert_eq!(seen[0].shown(), marks("95"));
}

#[test]
fn a_class_that_does_not_count_is_shown_beside_the_total() {
    let mut scheme = small();
    scheme.raters.push(Rater {
        class: RaterClass::SelfRating,
        weight_bp: 9_000,
        counts: false,
        trim_highest: 0,
        trim_lowest: 0,
    });
    assert_eq!(scheme.problems(), []);
    let outcome = total_of(
        &scheme,
        &[
            (RaterClass::SelfRating, &[FULL]),
            (RaterClass::Branch, &["8 16 56"]),
        ],
    );
    assert_eq!(shown(&outcome), [None, Some(marks("80")), Some(marks("100"))]);
    assert_eq!(outcome.total, Some(marks("80")));
    assert_eq!(
        total_of(&scheme, &[(RaterClass::SelfRating, &[FULL])]).total,
        None
    );
}

#[test]
fn what_the_scheme_does_not_know_is_listed_and_not_counted() {
    let scheme = small();
    let mut year = handed_in(
        &scheme,
        &[(RaterClass::Peer, &["8 16 56"]), (RaterClass::Mass, &[FULL])],
    );
    for score in [1, 2] {
        let mut stranger = Sheet::from([(String::from("gone"), Hundredths(score))]);
        year.sheets
            .get_mut(&RaterClass::Peer)
            .unwrap()
            .push(stranger.clone());
        stranger.clear();
        year.sheets.get_mut(&RaterClass::Peer).unwrap().push(stranger);
    }
    year.events = vec![event("praise", 4), event("praise", 1)];
    year.vetoes = vec![String::from("mood")];
    let outcome = scheme.outcome(&year);
    assert_eq!(outcome.total, Some(marks("80")));
    assert_eq!(outcome.classes[0].sheets, 1);
    assert_eq!(
        outcome.unknown,
        [
            Unknown::Class(RaterClass::Mass),
            Unknown::Indicator(String::from("gone")),
            Unknown::Adjustment(String::from("praise")),
            Unknown::Veto(String::from("mood")),
        ]
    );
    assert_eq!(outcome.vetoed, [""; 0]);
}

#[test]
fn a_member_on_probation_gets_a_total_and_no_grade() {
    let scheme = small();
    let year = Marks {
        probationary: true,
        ..handed_in(&scheme, &[(RaterClass::Branch, &[FULL])])
    };
    let outcome = scheme.outcome(&year);
    assert_eq!((outcome.total, outcome.suggested), (Some(marks("100")), None));
}

#[test]
fn of_several_vetoes_the_hardest_holds_and_none_makes_a_grade_better() {
    let mut scheme = small();
    scheme.vetoes[1].best = Grade::Unqualified;
    let mut year = handed_in(&scheme, &[(RaterClass::Branch, &["7 14 49"])]);
    year.vetoes = vec![String::from("accident")];
    // 70 suggests basically qualified; a veto that leaves qualified open changes nothing.
    assert_eq!(scheme.outcome(&year).suggested, Some(Grade::BasicallyQualified));
    year.vetoes = vec![String::from("discipline-case"), String::from("accident")];
    let outcome = scheme.outcome(&year);
    assert_eq!(outcome.suggested, Some(Grade::Unqualified));
    assert_eq!(outcome.vetoed, ["accident", "discipline-case"]);
    assert_eq!(outcome.total, Some(marks("70")));
}

#[test]
fn a_total_stays_between_floor_and_ceiling() {
    let scheme = small();
    let mut year = handed_in(&scheme, &[(RaterClass::Branch, &[FULL])]);
    year.events = vec![event("company-honour", 1)];
    assert_eq!(scheme.outcome(&year).total, Some(marks("100")));
    year.events = vec![event("pledge-unkept", 60)];
    let outcome = scheme.outcome(&year);
    assert_eq!(
        (outcome.deductions, outcome.total),
        (marks("120"), Some(marks("0")))
    );
    assert_eq!(outcome.suggested, Some(Grade::Unqualified));
    year.events = vec![event("pledge-unkept", u32::MAX); 3];
    assert_eq!(scheme.outcome(&year).total, Some(marks("0")));
}

#[test]
fn deductions_together_stop_at_their_bound() {
    let scheme = Scheme {
        deduction_cap: Some(Hundredths::marks(10)),
        ..small()
    };
    let mut year = handed_in(&scheme, &[(RaterClass::Branch, &[FULL])]);
    year.events = vec![event("meeting-missed", 9), event("rework", 9)];
    let outcome = scheme.outcome(&year);
    // 6 and 8 by themselves, 10 together.
    assert_eq!(
        outcome
            .applied
            .iter()
            .map(|applied| applied.amount)
            .collect::<Vec<_>>(),
        [marks("6"), marks("8")]
    );
    assert_eq!(outcome.total, Some(marks("90")));
}

#[test]
fn a_scheme_may_start_from_100_and_only_deduct() {
    let scheme = Scheme {
        base: Hundredths::HUNDRED,
        indicators: Vec::new(),
        raters: Vec::new(),
        ..small()
    };
    assert_eq!(scheme.problems(), []);
    let year = Marks {
        events: vec![event("rework", 3), event("violation", 2)],
        ..Marks::default()
    };
    let outcome = scheme.outcome(&year);
    // 100 − 3 − 6 = 91
    assert_eq!(
        (outcome.total, outcome.suggested),
        (Some(marks("91")), Some(Grade::Excellent))
    );
    assert_eq!((outcome.classes, outcome.missing), (vec![], vec![]));
    assert_eq!(scheme.outcome(&Marks::default()).total, Some(marks("100")));
}

#[test]
fn a_scheme_may_start_from_80_and_add_at_most_20() {
    let scheme = Scheme {
        base: Hundredths::marks(80),
        indicators: Vec::new(),
        raters: Vec::new(),
        bonus_cap: Some(Hundredths::marks(20)),
        ..small()
    };
    assert_eq!(scheme.problems(), []);
    let year = |honours| Marks {
        events: vec![event("company-honour", honours)],
        ..Marks::default()
    };
    assert_eq!(scheme.outcome(&year(7)).total, Some(marks("94")));
    assert_eq!(scheme.outcome(&year(11)).total, Some(marks("100")));
}

#[test]
fn a_scheme_may_start_from_70_and_have_30_scored() {
    let mut scheme = small();
    scheme.base = Hundredths::marks(70);
    scheme.indicators.truncate(2);
    assert_eq!(scheme.problems(), []);
    let outcome = scheme.outcome(&handed_in(&scheme, &[(RaterClass::Branch, &["9 15.5"])]));
    // 70 + 24.5
    assert_eq!(outcome.total, Some(marks("94.5")));
}

#[test]
fn what_a_class_gives_is_brought_to_100_where_the_scheme_says_so() {
    let mut scheme = small();
    scheme.normalise = true;
    scheme.indicators.truncate(2);
    assert_eq!(scheme.problems(), []);
    let outcome = scheme.outcome(&handed_in(&scheme, &[(RaterClass::Branch, &["9 16"])]));
    // 25 of 30 = 83.333…
    assert_eq!(outcome.total, Some(marks("83.33")));
}
