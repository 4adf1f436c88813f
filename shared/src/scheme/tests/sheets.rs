//! Which sheets count, and which scores on them.

use super::*;

/// The small scheme, with sheets of other members left out.
fn trimming(trim_highest: u8, trim_lowest: u8) -> Scheme {
    let mut scheme = small();
    scheme.raters[0].trim_highest = trim_highest;
    scheme.raters[0].trim_lowest = trim_lowest;
    scheme
}

#[test]
fn the_highest_and_the_lowest_sheet_are_left_out() {
    let sheets: (_, &[&str]) = (RaterClass::Peer, &["10 20 70", "9 18 63", "8 16 56", "0 0 1"]);
    // (90+80)/2 = 85
    let outcome = total_of(&trimming(1, 1), &[sheets]);
    assert_eq!(outcome.total, Some(marks("85")));
    assert_eq!((outcome.classes[0].sheets, outcome.classes[0].trimmed), (2, 2));
    // (90+80+1)/3 = 57
    assert_eq!(total_of(&trimming(1, 0), &[sheets]).total, Some(marks("57")));
    // (100+90)/2 = 95
    assert_eq!(total_of(&trimming(0, 2), &[sheets]).total, Some(marks("95")));
}

#[test]
fn nothing_is_left_out_where_too_little_would_remain() {
    let two: (_, &[&str]) = (RaterClass::Peer, &["10 20 70", "8 16 56"]);
    let outcome = total_of(&trimming(1, 1), &[two]);
    assert_eq!(outcome.total, Some(marks("90")));
    assert_eq!((outcome.classes[0].sheets, outcome.classes[0].trimmed), (2, 0));
    // The highest sheet is the only one that scores the second indicator: 9 + 20 + 63.
    let holey: (_, &[&str]) = (RaterClass::Peer, &["10 20 70", "8 - 56"]);
    assert_eq!(total_of(&trimming(1, 0), &[holey]).total, Some(marks("92")));
    assert_eq!(total_of(&trimming(255, 255), &[two]).total, Some(marks("90")));
}

#[test]
fn sheets_with_gaps_are_compared_by_what_they_score() {
    // 79 of 80 is more than 98 of 100: the sheet with the gap goes.
    let sheets: (_, &[&str]) = (RaterClass::Peer, &["10 - 69", "9 19 70", "5 10 35"]);
    // (98+50)/2 = 74
    assert_eq!(total_of(&trimming(1, 0), &[sheets]).total, Some(marks("74")));
}

#[test]
fn scores_count_within_their_bounds_and_are_listed_beyond_them() {
    let scheme = small();
    let mut year = handed_in(&scheme, &[(RaterClass::Peer, &["12 20 70", "8 16 56"])]);
    year.sheets.get_mut(&RaterClass::Peer).unwrap()[1].insert(String::from("v"), Hundredths(-300));
    let outcome = scheme.outcome(&year);
    // (100 + 0+16+56)/2 = 86
    assert_eq!(outcome.total, Some(marks("86")));
    let odd = |score, problem| OddScore {
        class: RaterClass::Peer,
        indicator: String::from("v"),
        score: Hundredths(score),
        problem,
    };
    let full_marks = marks("10");
    assert_eq!(
        outcome.odd,
        [
            odd(-300, ScoreProblem::Negative),
            odd(1200, ScoreProblem::AboveFullMarks { full_marks })
        ]
    );
}

#[test]
fn a_score_between_the_anchors_counts_and_is_listed() {
    let mut scheme = small();
    scheme.indicators[0].anchors = Some([10, 8, 6].map(Hundredths::marks).into());
    assert_eq!(scheme.problems(), []);
    let outcome = total_of(&scheme, &[(RaterClass::Peer, &["7 20 70"])]);
    assert_eq!(outcome.total, Some(marks("97")));
    assert_eq!(outcome.odd[0].problem, ScoreProblem::NotAnAnchor);
    for (indicator, score, problem) in [
        ("v", 800, None),
        ("v", 700, Some(ScoreProblem::NotAnAnchor)),
        ("v", -1, Some(ScoreProblem::Negative)),
        ("a", 1999, None),
        ("x", 1, Some(ScoreProblem::NoSuchIndicator)),
        (
            "w",
            7001,
            Some(ScoreProblem::AboveFullMarks {
                full_marks: marks("70"),
            }),
        ),
    ] {
        assert_eq!(scheme.problem_of_score(indicator, Hundredths(score)), problem);
    }
}

#[test]
fn a_class_with_more_gaps_than_fractions_can_hold_is_still_added_up_alike() {
    // Seventy indicators, each left open on another number of 150 sheets: the means have no common denominator that
    // fits.
    let mut scheme = small();
    scheme.indicators = (0..70)
        .map(|number| Indicator {
            id: format!("i{number}"),
            full_marks: Hundredths::marks(1),
            ..scheme.indicators[0].clone()
        })
        .collect();
    let score = |number: i64, sheet: i64| Hundredths((number * 31 + sheet * 17) % 101);
    let mut sheets: Vec<Sheet> = (0..150)
        .map(|sheet| {
            (0..70)
                .filter(|number| sheet < 150 - number)
                .map(|number| (format!("i{number}"), score(number, sheet)))
                .collect()
        })
        .collect();
    let marks = |sheets: &Vec<Sheet>| Marks {
        sheets: [(RaterClass::Peer, sheets.clone())].into(),
        ..Marks::default()
    };
    let one = scheme.outcome(&marks(&sheets));
    sheets.reverse();
    assert_eq!(scheme.outcome(&marks(&sheets)), one);
    // In whole millionths of a hundredth, cut off: at most seventy of them too few.
    let millionths: i64 = (0..70)
        .map(|number| {
            let of = 150 - number;
            (0..of).map(|sheet| score(number, sheet).0).sum::<i64>() * 1_000_000 / of
        })
        .sum();
    let sum = one.classes[0].sum.unwrap();
    let near = |millionths: i64| Ratio::new(i128::from(millionths), 1_000_000);
    assert!(near(millionths - 1) < sum && sum < near(millionths + 71), "{sum}");
}
