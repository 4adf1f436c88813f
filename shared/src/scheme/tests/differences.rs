//! Everything that a new version moves is listed.

use super::*;

/// What is listed once this is done to the small scheme.
#[track_caller]
fn check(change: impl FnOnce(&mut Scheme), wanted: &[Difference]) {
    let old = small();
    assert_eq!(differences(&old, &old), []);
    let mut new = small();
    change(&mut new);
    assert_eq!(differences(&old, &new), wanted);
    assert_eq!(differences(&new, &old).len(), wanted.len());
}

fn id(id: &str) -> String {
    id.to_owned()
}

#[test]
fn what_a_new_version_scores_otherwise_is_listed() {
    let [small, large] = [20, 25].map(Hundredths::marks);
    check(
        |scheme| scheme.indicators[1].full_marks = large,
        &[Difference::FullMarks {
            id: id("a"),
            old: small,
            new: large,
        }],
    );
    check(
        |scheme| scheme.indicators[1].dimension = Dimension::Integrity,
        &[Difference::Dimension {
            id: id("a"),
            old: Dimension::Ability,
            new: Dimension::Integrity,
        }],
    );
    check(
        |scheme| scheme.indicators[1].anchors = Some(vec![small]),
        &[Difference::Anchors {
            id: id("a"),
            old: None,
            new: Some(vec![small]),
        }],
    );
    check(
        |scheme| scheme.indicators[1].text = id("other"),
        &[Difference::Text {
            part: Part::Indicator,
            id: id("a"),
            old: id("text"),
            new: id("other"),
        }],
    );
    check(
        |scheme| scheme.indicators[1].id = id("b"),
        &[
            Difference::Removed {
                part: Part::Indicator,
                id: id("a"),
            },
            Difference::Added {
                part: Part::Indicator,
                id: id("b"),
            },
        ],
    );
    check(|scheme| scheme.indicators.swap(0, 2), &[Difference::Order]);
    check(
        |scheme| scheme.name = id("other"),
        &[Difference::Name {
            old: id("small"),
            new: id("other"),
        }],
    );
    check(
        |scheme| scheme.normalise = true,
        &[Difference::Normalise {
            old: false,
            new: true,
        }],
    );
}

#[test]
fn what_a_new_version_adds_and_takes_off_otherwise_is_listed() {
    let part = Part::Adjustment;
    check(
        |scheme| scheme.adjustments[1].kind = AdjustmentKind::Bonus,
        &[Difference::Kind {
            id: id("rework"),
            old: AdjustmentKind::Deduction,
            new: AdjustmentKind::Bonus,
        }],
    );
    let [one, two, eight] = [1, 2, 8].map(Hundredths::marks);
    check(
        |scheme| scheme.adjustments[1].each = two,
        &[Difference::Each {
            id: id("rework"),
            old: one,
            new: two,
        }],
    );
    check(
        |scheme| scheme.adjustments[1].cap = None,
        &[Difference::Cap {
            id: id("rework"),
            old: Some(eight),
            new: None,
        }],
    );
    check(
        |scheme| drop(scheme.adjustments.remove(1)),
        &[Difference::Removed {
            part,
            id: id("rework"),
        }],
    );
    check(
        |scheme| scheme.vetoes[0].best = Grade::Unqualified,
        &[Difference::Best {
            id: id("accident"),
            old: Grade::Qualified,
            new: Grade::Unqualified,
        }],
    );
    check(
        |scheme| drop(scheme.vetoes.pop()),
        &[Difference::Removed {
            part: Part::Veto,
            id: id("falsification"),
        }],
    );
}

#[test]
fn whom_a_new_version_asks_otherwise_is_listed() {
    let class = RaterClass::Branch;
    check(
        |scheme| {
            scheme.raters[1] = Rater {
                class,
                weight_bp: 3_000,
                counts: false,
                trim_highest: 1,
                trim_lowest: 2,
            };
        },
        &[
            Difference::Weight {
                class,
                old: 4_000,
                new: 3_000,
            },
            Difference::Counts {
                class,
                old: true,
                new: false,
            },
            Difference::TrimHighest {
                class,
                old: 0,
                new: 1,
            },
            Difference::TrimLowest {
                class,
                old: 0,
                new: 2,
            },
        ],
    );
    check(
        |scheme| scheme.raters[1].class = RaterClass::Mass,
        &[
            Difference::RaterRemoved { class },
            Difference::RaterAdded {
                class: RaterClass::Mass,
            },
        ],
    );
    check(|scheme| scheme.raters.reverse(), &[Difference::Order]);
}

#[test]
fn what_a_new_version_grades_otherwise_is_listed() {
    let moved = |amount, old: Option<u16>, new: Option<u16>| Difference::Amount {
        amount,
        old: old.map(Hundredths::marks),
        new: new.map(Hundredths::marks),
    };
    check(
        |scheme| {
            scheme.base = Hundredths::marks(1);
            scheme.floor = Hundredths::marks(2);
            scheme.ceiling = Hundredths::marks(99);
            scheme.deduction_cap = Some(Hundredths::marks(30));
            scheme.bonus_cap = None;
            scheme.cutoffs.qualified = Hundredths::marks(75);
        },
        &[
            moved(Amount::Base, Some(0), Some(1)),
            moved(Amount::Floor, Some(0), Some(2)),
            moved(Amount::Ceiling, Some(100), Some(99)),
            moved(Amount::DeductionCap, None, Some(30)),
            moved(Amount::BonusCap, Some(5), None),
            moved(Amount::Cutoff(Grade::Qualified), Some(80), Some(75)),
        ],
    );
    let old = small().quota;
    let new = Quota {
        rounding: Rounding::Up,
        ..old
    };
    check(|scheme| scheme.quota = new, &[Difference::Quota { old, new }]);
    check(
        |scheme| scheme.ties = vec![Dimension::Virtue],
        &[Difference::Ties {
            old: vec![],
            new: vec![Dimension::Virtue],
        }],
    );
}

#[test]
fn two_versions_that_differ_never_show_no_difference() {
    let mut old = small();
    old.indicators.push(old.indicators[0].clone());
    let new = old.clone();
    old.indicators[3].full_marks = Hundredths(1);
    assert_eq!(differences(&old, &new), [Difference::Order]);
}
