//! Reading what officers type.

use super::*;

fn column(kind: CellKind) -> Column {
    Column {
        id: "c",
        name: Term {
            zh: "列",
            en: "Column",
        },
        kind,
        birth: false,
        width: 8,
    }
}

fn check(kind: CellKind, typed: &str, wanted: Result<Value, CellProblem>) {
    let today = Date::new(2026, 11, 23).unwrap();
    assert_eq!(column(kind).read(typed, today), wanted, "{typed}");
}

const NUMBER: CellKind = CellKind::Number {
    min: 0,
    max: 100,
    unit: None,
};

#[test]
fn full_width_digits_are_numbers() {
    check(NUMBER, "８５", Ok(Value::Number(85)));
    check(NUMBER, "85%", Ok(Value::Number(85)));
    check(NUMBER, "101", Err(CellProblem::OutOfRange { min: 0, max: 100 }));
    check(NUMBER, "八", Err(CellProblem::NotANumber));
}

#[test]
fn text_is_counted_in_graphemes_not_in_bytes_or_code_points() {
    let family = "👨‍👩‍👧㛃𬱟";
    check(
        CellKind::Text { max: 3 },
        family,
        Ok(Value::Text(family.to_owned())),
    );
    check(
        CellKind::Text { max: 2 },
        family,
        Err(CellProblem::TooLong { count: 3, max: 2 }),
    );
}

#[test]
fn nothing_typed_is_the_empty_value() {
    for kind in [
        NUMBER,
        CellKind::Date,
        CellKind::Text { max: 5 },
        CellKind::Person,
    ] {
        check(kind, "  ", Ok(Value::Empty));
    }
}

#[test]
fn months_are_read_with_or_without_a_day() {
    for typed in [
        "2005-12",
        "200512",
        "2005.12",
        "2005年12月",
        "20051220",
        "2005-12-20",
    ] {
        check(CellKind::Month, typed, Ok(Value::Text("2005-12".to_owned())));
    }
    check(CellKind::Month, "2005-13", Err(CellProblem::NotADate));
}

#[test]
fn a_word_outside_the_list_is_refused() {
    const KINDS: CellKind = CellKind::Choice(&[Choice {
        code: "yearly",
        name: Term {
            zh: "年度",
            en: "Yearly",
        },
    }]);
    check(KINDS, "年度", Ok(Value::Text("yearly".to_owned())));
    check(KINDS, "每年", Err(CellProblem::NoSuchChoice));
    assert_eq!(column(KINDS).show(&Value::Text("yearly".to_owned())), "年度");
}
