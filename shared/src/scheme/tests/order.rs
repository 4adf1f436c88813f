//! Whatever the order of what comes in, the same comes out; and whatever comes in, something does.

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};

use super::*;

/// A year with gaps, with scores that cannot be, and with what no scheme knows.
fn year(scheme: &Scheme, random: &mut StdRng) -> Marks {
    let mut marks = Marks::default();
    for class in RaterClass::ALL {
        let sheets = (0..random.random_range(0..8)).map(|_| {
            let mut sheet = Sheet::new();
            for indicator in &scheme.indicators {
                if random.random_bool(0.8) {
                    let score = random.random_range(-50..=indicator.full_marks.0 + 50);
                    sheet.insert(indicator.id.clone(), Hundredths(score));
                }
            }
            if random.random_bool(0.1) {
                sheet.insert(String::from("unknown"), Hundredths(100));
            }
            sheet
        });
        let sheets = sheets.collect();
        marks.sheets.insert(class, sheets);
    }
    for _ in 0..random.random_range(0..6) {
        let which = random.random_range(0..=scheme.adjustments.len());
        let id = scheme.adjustments.get(which).map_or("unknown", |found| &found.id);
        marks.events.push(event(id, random.random_range(0..4)));
    }
    for veto in scheme
        .vetoes
        .iter()
        .map(|veto| veto.id.as_str())
        .chain(["unknown"])
    {
        if random.random_bool(0.2) {
            marks.vetoes.push(veto.to_owned());
        }
    }
    marks
}

fn shuffled(marks: &Marks, random: &mut StdRng) -> Marks {
    let mut other = marks.clone();
    other
        .sheets
        .values_mut()
        .for_each(|sheets| sheets.shuffle(random));
    // One event of three is the same as three of one.
    other.events = marks
        .events
        .iter()
        .flat_map(|happened| vec![event(&happened.adjustment, 1); happened.count as usize])
        .collect();
    let unseen = marks.events.iter().filter(|happened| happened.count == 0);
    other.events.extend(unseen.cloned());
    other.events.shuffle(random);
    other.vetoes.shuffle(random);
    other
}

#[test]
fn neither_the_order_of_sheets_nor_that_of_events_makes_a_difference() {
    for seed in 0..300 {
        let mut random = StdRng::seed_from_u64(seed);
        let mut scheme = [ready::front_line(), ready::technical(), ready::leaders(), small()]
            [random.random_range(0..4)]
        .clone();
        scheme.normalise = random.random_bool(0.3);
        for rater in &mut scheme.raters {
            rater.trim_highest = random.random_range(0..3);
            rater.trim_lowest = random.random_range(0..3);
        }
        let marks = year(&scheme, &mut random);
        let wanted = scheme.outcome(&marks);
        for _ in 0..5 {
            assert_eq!(
                scheme.outcome(&shuffled(&marks, &mut random)),
                wanted,
                "seed {seed}"
            );
        }
    }
}

#[test]
fn of_equal_sheets_it_does_not_matter_which_is_left_out() {
    let mut scheme = small();
    scheme.raters[0].trim_highest = 1;
    let orders: [&[&str]; 2] = [
        &["10 10 60", "0 20 60", "5 5 5"],
        &["0 20 60", "10 10 60", "5 5 5"],
    ];
    let [one, other] =
        orders.map(|sheets| scheme.outcome(&handed_in(&scheme, &[(RaterClass::Peer, sheets)])));
    assert_eq!(one, other);
    assert_eq!(one.classes[0].trimmed, 1);
}

#[test]
fn nothing_fails_under_a_scheme_that_cannot_be_used() {
    let extremes = [i64::MIN, -1, 0, 1, i64::MAX].map(Hundredths);
    for seed in 0..300 {
        let mut random = StdRng::seed_from_u64(seed);
        let mut scheme = small();
        let mut any = || extremes[random.random_range(0..extremes.len())];
        (scheme.base, scheme.floor, scheme.ceiling) = (any(), any(), any());
        (scheme.bonus_cap, scheme.deduction_cap) = (Some(any()), Some(any()));
        for indicator in &mut scheme.indicators {
            indicator.full_marks = any();
        }
        for adjustment in &mut scheme.adjustments {
            (adjustment.each, adjustment.cap) = (any(), Some(any()));
        }
        let mut sheet = || {
            scheme
                .indicators
                .iter()
                .map(|indicator| (indicator.id.clone(), any()))
                .collect()
        };
        let sheets = RaterClass::ALL.map(|class| (class, vec![sheet(), sheet()]));
        scheme.normalise = seed % 2 == 0;
        scheme.raters[0].weight_bp = u32::MAX;
        let marks = Marks {
            sheets: sheets.into(),
            events: scheme
                .adjustments
                .iter()
                .map(|found| event(&found.id, u32::MAX))
                .collect(),
            ..Marks::default()
        };
        assert!(scheme.outcome(&marks).total.is_some());
        assert!(!scheme.problems().is_empty());
    }
}

#[test]
fn equal_totals_share_a_place_unless_a_dimension_decides() {
    let mut scheme = small();
    let outcomes = ["10 10 60", "0 20 60", "10 20 70", "5 15 60", "0 0 0", "- - -"]
        .map(|written| scheme.outcome(&handed_in(&scheme, &[(RaterClass::Branch, &[written])])));
    // 80, 80, 100, 80, 0, none.
    assert_eq!(
        scheme.places(&outcomes),
        [Some(2), Some(2), Some(1), Some(2), Some(5), None]
    );
    scheme.ties = vec![Dimension::Achievement, Dimension::Ability];
    assert_eq!(
        scheme.places(&outcomes),
        [Some(4), Some(2), Some(1), Some(3), Some(5), None]
    );
}
