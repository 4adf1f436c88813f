//! Tables worked out by hand, and what holds for every scheme.

use super::*;

mod differences;
mod golden;
mod order;
mod problems;
mod rules;
mod sheets;
mod versions;

/// Marks as they are written by hand: `8`, `7.5`, `0.25`.
fn marks(written: &str) -> Hundredths {
    let (whole, rest) = written.split_once('.').unwrap_or((written, "0"));
    let rest: i64 = format!("{rest:0<2}").parse().unwrap();
    Hundredths(whole.parse::<i64>().unwrap() * 100 + rest)
}

/// One sheet as it is written by hand: scores in the scheme's order, `|` between dimensions, `-` where none was given.
fn sheet(scheme: &Scheme, written: &str) -> Sheet {
    let scores: Vec<&str> = written.split_whitespace().filter(|word| *word != "|").collect();
    assert_eq!(scores.len(), scheme.indicators.len(), "{written}");
    scheme
        .indicators
        .iter()
        .zip(scores)
        .filter(|(_, score)| *score != "-")
        .map(|(indicator, score)| (indicator.id.clone(), marks(score)))
        .collect()
}

/// Sheets by class, and nothing else.
fn handed_in(scheme: &Scheme, sheets: &[(RaterClass, &[&str])]) -> Marks {
    let read = |written: &&str| sheet(scheme, written);
    Marks {
        sheets: sheets
            .iter()
            .map(|(class, written)| (*class, written.iter().map(read).collect()))
            .collect(),
        ..Marks::default()
    }
}

fn event(adjustment: &str, count: u32) -> Occurrence {
    Occurrence {
        adjustment: adjustment.to_owned(),
        count,
    }
}

/// Three indicators of 10, 20 and 70 marks; other members weigh 60 %, the branch 40 %.
fn small() -> Scheme {
    let indicator = |(id, dimension, full_marks)| Indicator {
        id: String::from(id),
        dimension,
        text: String::from("text"),
        full_marks: Hundredths::marks(full_marks),
        anchors: None,
    };
    let rater = |(class, weight_bp)| Rater {
        class,
        weight_bp,
        counts: true,
        trim_highest: 0,
        trim_lowest: 0,
    };
    Scheme {
        name: String::from("small"),
        indicators: [
            ("v", Dimension::Virtue, 10),
            ("a", Dimension::Ability, 20),
            ("w", Dimension::Achievement, 70),
        ]
        .map(indicator)
        .into(),
        raters: [(RaterClass::Peer, 6_000), (RaterClass::Branch, 4_000)]
            .map(rater)
            .into(),
        ..ready::front_line()
    }
}

/// The totals of the classes as shown, in the scheme's order.
fn shown(outcome: &Outcome) -> Vec<Option<Hundredths>> {
    outcome.classes.iter().map(ClassTotal::shown).collect()
}

/// Full marks on everything in the small scheme.
const FULL: &str = "10 20 70";

/// What these sheets alone come to.
fn total_of(scheme: &Scheme, sheets: &[(RaterClass, &[&str])]) -> Outcome {
    scheme.outcome(&handed_in(scheme, sheets))
}
