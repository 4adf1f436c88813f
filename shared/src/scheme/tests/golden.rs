//! Every figure here was worked out on paper; the working stands beside it.

use super::*;

/// The shares of the five dimensions, in percent.
fn check_dimensions(outcome: &Outcome, wanted: [&str; 5]) {
    let found: Vec<_> = outcome
        .by_dimension
        .iter()
        .map(|share| (share.dimension, share.shown()))
        .collect();
    let wanted: Vec<_> = Dimension::ALL.into_iter().zip(wanted.map(marks)).collect();
    assert_eq!(found, wanted);
}

#[test]
fn the_weights_of_the_dimensions_are_those_of_the_posts() {
    for (scheme, count, wanted) in [
        (ready::front_line(), 16, [20, 20, 20, 35, 5]),
        (ready::technical(), 17, [20, 25, 15, 30, 10]),
        (ready::leaders(), 17, [25, 20, 15, 25, 15]),
    ] {
        assert_eq!(scheme.problems(), [], "{}", scheme.name);
        assert_eq!(scheme.indicators.len(), count);
        let weights = Dimension::ALL.map(|dimension| scheme.full_marks_of(dimension));
        assert_eq!(weights, wanted.map(Hundredths::marks), "{}", scheme.name);
        assert_eq!(scheme.full_marks(), Hundredths::HUNDRED);
    }
    // 勤 and 绩 together: 20 + 35, 15 + 30, 15 + 25.
    for (scheme, cap) in [
        (ready::front_line(), 55),
        (ready::technical(), 45),
        (ready::leaders(), 40),
    ] {
        let violation = scheme
            .adjustments
            .iter()
            .find(|found| found.id == "violation")
            .unwrap();
        assert_eq!(violation.cap, Some(Hundredths::marks(cap)));
    }
}

#[test]
fn a_front_line_worker_whom_every_class_scored() {
    let scheme = ready::front_line();
    let mut year = handed_in(
        &scheme,
        &[
            //                        德        能      勤      绩          廉
            (
                RaterClass::SelfRating,
                &["6 5 5 4 | 8 7 5 | 8 7 5 | 12 10 8 5 | 3 2"],
            ), // 20+20+20+35+5 = 100
            (
                RaterClass::Peer,
                &[
                    "5.5 5 4 4 | 7 6 5 | 8 6 5 | 11 9 7.5 4 | 3 2", // 18.5+18+19+31.5+5 = 92
                    "6 4 4 3   | 7 6 4 | 7 6 4 | 11 9 7 3   | 3 2", // 17+17+17+30+5 = 86
                    "5 4 4 3   | 6 6 4 | 7 5 4 | 10 8 7 3   | 2 2", // 16+16+16+28+4 = 80
                ],
            ), // (92+86+80)/3 = 86
            (
                RaterClass::Mass,
                &[
                    "6 5 5 4 | 7 6 4 | 8 6 4 | 11 9 7 4   | 3 2", // 20+17+18+31+5 = 91
                    "5 4 4 4 | 7 6 4 | 7 6 4 | 10 9 7 3.5 | 3 1.5", // 17+17+17+29.5+4.5 = 85
                ],
            ), // (91+85)/2 = 88
            (RaterClass::Branch, &["5 5 4 4 | 7 6 4 | 8 6 4 | 11 9 7 4 | 3 2"]), // 18+17+18+31+5 = 89
        ],
    );
    let outcome = scheme.outcome(&year);
    assert_eq!(
        shown(&outcome),
        ["100", "86", "88", "89"].map(|total| Some(marks(total)))
    );
    assert_eq!(
        outcome
            .classes
            .iter()
            .map(|class| class.sheets)
            .collect::<Vec<_>>(),
        [1, 3, 2, 1]
    );
    // 100×0.1 + 86×0.3 + 88×0.2 + 89×0.4 = 10 + 25.8 + 17.6 + 35.6 = 89
    assert_eq!(outcome.total, Some(marks("89")));
    assert_eq!(outcome.suggested, Some(Grade::Qualified));
    // 德: 20×0.1 + (18.5+17+16)/3×0.3 + (20+17)/2×0.2 + 18×0.4 = 2 + 5.15 + 3.7 + 7.2 = 18.05 of 20 = 90.25 %
    // 能: 20×0.1 + (18+17+16)/3×0.3 + 17×0.2 + 17×0.4 = 2 + 5.1 + 3.4 + 6.8 = 17.3 of 20 = 86.5 %
    // 勤: 20×0.1 + (19+17+16)/3×0.3 + (18+17)/2×0.2 + 18×0.4 = 2 + 5.2 + 3.5 + 7.2 = 17.9 of 20 = 89.5 %
    // 绩: 35×0.1 + (31.5+30+28)/3×0.3 + (31+29.5)/2×0.2 + 31×0.4 = 3.5 + 8.95 + 6.05 + 12.4 = 30.9 of 35 = 88.2857… %
    // 廉: 5×0.1 + (5+5+4)/3×0.3 + (5+4.5)/2×0.2 + 5×0.4 = 0.5 + 1.4 + 0.95 + 2 = 4.85 of 5 = 97 %
    check_dimensions(&outcome, ["90.25", "86.5", "89.5", "88.29", "97"]);

    // Two meetings missed cost 2×2 = 4, below 6. Three improvements and two honours bring 3×1 + 2×2 = 7, of which 5
    // count.
    year.events = vec![
        event("meeting-missed", 2),
        event("improvement-adopted", 3),
        event("company-honour", 2),
    ];
    let outcome = scheme.outcome(&year);
    assert_eq!((outcome.deductions, outcome.bonuses), (marks("4"), marks("5")));
    // 89 − 4 + 5 = 90
    assert_eq!(outcome.total, Some(marks("90")));
    assert_eq!(outcome.suggested, Some(Grade::Excellent));

    year.vetoes = vec![String::from("accident")];
    let outcome = scheme.outcome(&year);
    assert_eq!(outcome.total, Some(marks("90")));
    assert_eq!(outcome.suggested, Some(Grade::Qualified));
    assert_eq!(outcome.vetoed, ["accident"]);
    assert_eq!(
        (outcome.missing, outcome.unknown, outcome.odd),
        (vec![], vec![], vec![])
    );
}

#[test]
fn a_technician_whom_no_mass_representative_scored_and_whose_colleague_left_a_cell_open() {
    let scheme = ready::technical();
    let mut year = handed_in(
        &scheme,
        &[
            //                        德        能       勤      绩         廉
            (
                RaterClass::SelfRating,
                &["5 6 4 4 | 9 8 6 | 6 5 4 | 11 8 6 4 | 5 3 1"],
            ), // 19+23+15+29+9 = 95
            (
                RaterClass::Peer,
                &[
                    "5 5 4 3 | 9 7 6 | 5 4 4 | 11 7 5 4 | 5 3 2", // 17+22+13+27+10 = 89
                    "6 5 3 4 | 9 7 6 | 5 5 3 | 11 7 6 3 | 5 3 2", // 18+22+13+27+10 = 90
                    "5 6 4 3 | 8 7 - | 6 4 3 | 10 8 5 3 | 5 3 1", // 18+15+13+26+9 = 81 without the open one
                ],
            ), // (83+84+81)/3 on sixteen indicators, and (6+6)/2 on the open one: 248/3 + 6 = 266/3 = 88.666…
            (
                RaterClass::Branch,
                &["5 6 4 4 | 9 7 6 | 6 4 3 | 11 7 5 4 | 5 3 2"],
            ), // 19+22+13+27+10 = 91
        ],
    );
    let outcome = scheme.outcome(&year);
    assert_eq!(
        shown(&outcome),
        [Some(marks("95")), Some(marks("88.67")), None, Some(marks("91"))]
    );
    // In hundredths of a mark.
    assert_eq!(outcome.classes[1].sum, Some(Ratio::new(26_600, 3)));
    assert_eq!(outcome.missing, [Missing::Class(RaterClass::Mass)]);
    // Without the 20 % of the masses: (95×10 + 266/3×30 + 91×40)/80 = (950 + 2,660 + 3,640)/80 = 7,250/80 = 90.625
    assert_eq!(outcome.total, Some(marks("90.63")));
    assert_eq!(outcome.suggested, Some(Grade::Excellent));
    // 德: (19×10 + 53/3×30 + 19×40)/80 = (190 + 530 + 760)/80 = 18.5 of 20 = 92.5 %
    // 能: (23×10 + (26/3+7+6)×30 + 22×40)/80 = (230 + 650 + 880)/80 = 22 of 25 = 88 %
    // 勤: (15×10 + 39/3×30 + 13×40)/80 = (150 + 390 + 520)/80 = 13.25 of 15 = 88.333… %
    // 绩: (29×10 + 80/3×30 + 27×40)/80 = (290 + 800 + 1,080)/80 = 27.125 of 30 = 90.41666… %
    // 廉: (9×10 + 29/3×30 + 10×40)/80 = (90 + 290 + 400)/80 = 9.75 of 10 = 97.5 %
    check_dimensions(&outcome, ["92.5", "88", "88.33", "90.42", "97.5"]);

    // Nine pieces reworked would cost 9, and cost 8 at the most; one violation costs 3: 90.625 − 11 = 79.625
    year.events = vec![event("violation", 1), event("rework", 9)];
    let outcome = scheme.outcome(&year);
    assert_eq!((outcome.deductions, outcome.bonuses), (marks("11"), marks("0")));
    assert_eq!(outcome.total, Some(marks("79.63")));
    assert_eq!(outcome.suggested, Some(Grade::BasicallyQualified));
}

#[test]
fn a_leader_whose_total_is_a_third_of_something() {
    let scheme = ready::leaders();
    let mut year = handed_in(
        &scheme,
        &[
            //                        德        能      勤      绩         廉
            (
                RaterClass::SelfRating,
                &["7 6 6 5 | 7 6 7 | 8 3 4 | 9 6 5 4 | 6 5 4"],
            ), // 24+20+15+24+15 = 98
            (
                RaterClass::Peer,
                &[
                    "7 5 5 4 | 6 5 6 | 7 3 4 | 9 5 4 4 | 6 5 4", // 21+17+14+22+15 = 89
                    "7 6 5 5 | 6 5 6 | 7 2 4 | 9 5 5 4 | 6 5 4", // 23+17+13+23+15 = 91
                ],
            ), // 90
            (
                RaterClass::Mass,
                &[
                    "8 6 6 5 | 7 6 7 | 8 3 4 | 10 6 5 4 | 6 5 4", // 25+20+15+25+15 = 100
                    "6 4 4 4 | 5 5 5 | 6 2 3 | 8 5 4 3  | 5 4 3", // 18+15+11+20+12 = 76
                    "7 5 5 4 | 6 5 6 | 6 2 3 | 8 5 4 3  | 5 4 3", // 21+17+11+20+12 = 81
                ],
            ), // 257/3 = 85.666…
            (RaterClass::Branch, &["7 5 5 4 | 6 5 6 | 7 3 3 | 9 5 4 3 | 6 5 4"]), // 21+17+13+21+15 = 87
        ],
    );
    let outcome = scheme.outcome(&year);
    assert_eq!(
        shown(&outcome),
        ["98", "90", "85.67", "87"].map(|total| Some(marks(total)))
    );
    // 98×0.1 + 90×0.3 + 257/3×0.2 + 87×0.4 = 9.8 + 27 + 17.1333… + 34.8 = 88.7333…
    // Had 85.67 been taken instead of 257/3, it would be 88.734: what is shown is not what is added up.
    assert_eq!(outcome.total, Some(marks("88.73")));
    // 德: 24×0.1 + 22×0.3 + 64/3×0.2 + 21×0.4 = 2.4 + 6.6 + 4.2666… + 8.4 = 21.6666… of 25 = 86.666… %
    // 能: 20×0.1 + 17×0.3 + 52/3×0.2 + 17×0.4 = 2 + 5.1 + 3.4666… + 6.8 = 17.3666… of 20 = 86.8333… %
    // 勤: 15×0.1 + 13.5×0.3 + 37/3×0.2 + 13×0.4 = 1.5 + 4.05 + 2.4666… + 5.2 = 13.21666… of 15 = 88.111… %
    // 绩: 24×0.1 + 22.5×0.3 + 65/3×0.2 + 21×0.4 = 2.4 + 6.75 + 4.3333… + 8.4 = 21.88333… of 25 = 87.5333… %
    // 廉: 15×0.1 + 15×0.3 + 13×0.2 + 15×0.4 = 1.5 + 4.5 + 2.6 + 6 = 14.6 of 15 = 97.333… %
    check_dimensions(&outcome, ["86.67", "86.83", "88.11", "87.53", "97.33"]);

    // A pledge not kept costs 2; help in an emergency brings 2, and again 2, an honour 2: 6, of which 5 count.
    year.events = vec![
        event("pledge-unkept", 1),
        event("emergency-help", 2),
        event("company-honour", 1),
    ];
    let outcome = scheme.outcome(&year);
    // 88.7333… − 2 + 5 = 91.7333…
    assert_eq!(outcome.total, Some(marks("91.73")));
    assert_eq!(outcome.suggested, Some(Grade::Excellent));
}
