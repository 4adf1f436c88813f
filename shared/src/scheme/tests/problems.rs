//! Everything that can be wrong with a scheme is said, and nothing else.

use super::*;

/// What is said of the small scheme once this is done to it.
#[track_caller]
fn check(spoil: impl FnOnce(&mut Scheme), wanted: &[SchemeProblem]) {
    let mut scheme = small();
    assert_eq!(scheme.problems(), []);
    spoil(&mut scheme);
    assert_eq!(scheme.problems(), wanted);
}

fn id(id: &str) -> String {
    id.to_owned()
}

#[test]
fn a_scheme_has_a_name_and_something_to_score() {
    check(|scheme| scheme.name = id(" "), &[SchemeProblem::NoName]);
    check(
        |scheme| {
            scheme.indicators.clear();
            scheme.raters.clear();
            scheme.bonus_cap = None;
        },
        &[SchemeProblem::NothingToScore],
    );
}

#[test]
fn ids_are_well_formed_and_there_once() {
    for wrong in ["", "a b", "A", "德", "a/b", "a23456789012345678901234567890123"] {
        check(
            |scheme| scheme.indicators[0].id = id(wrong),
            &[SchemeProblem::MalformedId { id: id(wrong) }],
        );
    }
    check(
        |scheme| scheme.indicators[0].id = id("a-12345678901234567890123456789z"),
        &[],
    );
    check(
        |scheme| scheme.indicators[1].id = id("v"),
        &[SchemeProblem::IdTwice { id: id("v") }],
    );
    check(
        |scheme| scheme.vetoes[0].id = id("rework"),
        &[SchemeProblem::IdTwice { id: id("rework") }],
    );
    check(
        |scheme| scheme.vetoes[0].text = id(""),
        &[SchemeProblem::NoText { id: id("accident") }],
    );
}

#[test]
fn full_marks_are_positive_and_anchors_within_them() {
    for full_marks in [-100, 0, 100_001, i64::MIN, i64::MAX].map(Hundredths) {
        let mut scheme = small();
        scheme.base = Hundredths::HUNDRED;
        scheme.indicators[0].full_marks = full_marks;
        assert_eq!(
            scheme.problems(),
            [SchemeProblem::FullMarks {
                id: id("v"),
                full_marks
            }]
        );
    }
    check(
        |scheme| scheme.indicators[0].anchors = Some(vec![]),
        &[SchemeProblem::NoAnchors { id: id("v") }],
    );
    let outside = |anchor| SchemeProblem::AnchorOutside { id: id("v"), anchor };
    check(
        |scheme| scheme.indicators[0].anchors = Some([0, 1_000, 1_001, -1].map(Hundredths).into()),
        &[outside(Hundredths(1_001)), outside(Hundredths(-1))],
    );
}

#[test]
fn an_event_costs_something_and_its_bound_is_no_less() {
    for each in [-100, 0, 100_001].map(Hundredths) {
        check(
            |scheme| {
                scheme.adjustments[3].each = each;
            },
            &[SchemeProblem::Each {
                id: id("pledge-unkept"),
                each,
            }],
        );
    }
    check(
        |scheme| scheme.adjustments[0].cap = Some(Hundredths(199)),
        &[SchemeProblem::CapBelowEach {
            id: id("meeting-missed"),
            cap: Hundredths(199),
        }],
    );
}

#[test]
fn the_weights_of_those_who_count_make_the_whole() {
    check(
        |scheme| scheme.raters[0].weight_bp = 6_001,
        &[SchemeProblem::WeightSum { sum_bp: 10_001 }],
    );
    check(
        |scheme| scheme.raters[0].counts = false,
        &[SchemeProblem::WeightSum { sum_bp: 4_000 }],
    );
    check(
        |scheme| scheme.raters.clear(),
        &[SchemeProblem::WeightSum { sum_bp: 0 }],
    );
    check(
        |scheme| {
            scheme.raters[0].weight_bp = 0;
            scheme.raters[1].weight_bp = 10_000;
        },
        &[SchemeProblem::NoWeight {
            class: RaterClass::Peer,
        }],
    );
    check(
        |scheme| scheme.raters[0].class = RaterClass::Branch,
        &[SchemeProblem::RaterTwice {
            class: RaterClass::Branch,
        }],
    );
    check(
        |scheme| {
            scheme.indicators.clear();
            scheme.base = Hundredths::HUNDRED;
        },
        &[SchemeProblem::NothingForRaters],
    );
}

#[test]
fn of_one_sheet_none_is_left_out() {
    for (trim_highest, trim_lowest) in [(1, 0), (0, 1)] {
        let class = RaterClass::SelfRating;
        check(
            |scheme| {
                scheme.raters[0] = Rater {
                    class,
                    trim_highest,
                    trim_lowest,
                    ..scheme.raters[0]
                }
            },
            &[SchemeProblem::TrimWithoutEffect { class }],
        );
    }
}

#[test]
fn amounts_stay_in_range() {
    let outside = |amount, value| SchemeProblem::OutOfRange {
        amount,
        value: Hundredths(value),
    };
    check(
        |scheme| scheme.base = Hundredths(100_001),
        &[outside(Amount::Base, 100_001)],
    );
    check(
        |scheme| scheme.floor = Hundredths(-1),
        &[outside(Amount::Floor, -1)],
    );
    check(
        |scheme| scheme.ceiling = Hundredths(i64::MAX),
        &[outside(Amount::Ceiling, i64::MAX)],
    );
    check(
        |scheme| scheme.bonus_cap = Some(Hundredths(-1)),
        &[outside(Amount::BonusCap, -1)],
    );
    check(
        |scheme| scheme.deduction_cap = Some(Hundredths(-1)),
        &[outside(Amount::DeductionCap, -1)],
    );
    check(
        |scheme| scheme.cutoffs.basically_qualified = Hundredths(-1),
        &[outside(Amount::Cutoff(Grade::BasicallyQualified), -1)],
    );
}

#[test]
fn totals_and_grades_can_be_reached() {
    let (floor, ceiling) = (Hundredths::marks(100), Hundredths::HUNDRED);
    check(
        |scheme| scheme.floor = floor,
        &[SchemeProblem::CeilingNotAboveFloor { floor, ceiling }],
    );
    for (excellent, qualified, basically_qualified) in [(80, 80, 60), (90, 60, 60), (70, 80, 60)] {
        check(
            |scheme| {
                scheme.cutoffs = Cutoffs {
                    excellent: Hundredths::marks(excellent),
                    qualified: Hundredths::marks(qualified),
                    basically_qualified: Hundredths::marks(basically_qualified),
                }
            },
            &[SchemeProblem::CutoffsNotDescending],
        );
    }
    let out_of_reach = |cutoff, most| SchemeProblem::ExcellentOutOfReach {
        cutoff: Hundredths::marks(cutoff),
        most: Hundredths::marks(most),
    };
    // 10 + 20 + 54 and a bonus of 5 at the most; brought to 100 it is enough.
    check(
        |scheme| scheme.indicators[2].full_marks = Hundredths::marks(54),
        &[out_of_reach(90, 89)],
    );
    check(
        |scheme| {
            scheme.indicators[2].full_marks = Hundredths::marks(54);
            scheme.normalise = true;
        },
        &[],
    );
    check(
        |scheme| scheme.ceiling = Hundredths::marks(85),
        &[out_of_reach(90, 85)],
    );
}

#[test]
fn vetoes_quotas_and_ties_mean_something() {
    check(
        |scheme| scheme.vetoes[0].best = Grade::Excellent,
        &[SchemeProblem::VetoWithoutEffect { id: id("accident") }],
    );
    check(|scheme| scheme.quota.whole = 0, &[SchemeProblem::QuotaOfNothing]);
    check(
        |scheme| scheme.quota.part = 4,
        &[SchemeProblem::QuotaAboveAll { part: 4, whole: 3 }],
    );
    check(|scheme| scheme.quota.part = 3, &[]);
    let dimension = Dimension::Virtue;
    check(
        |scheme| scheme.ties = vec![dimension, dimension],
        &[SchemeProblem::TieTwice { dimension }],
    );
}
