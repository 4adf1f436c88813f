use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The calendar of a year without a notice of any kind but for these days.
fn calendar(year: u16, holidays: &[&str], workdays: &[&str]) -> Calendar {
    Calendar {
        year,
        holidays: holidays.iter().map(|text| day(text)).collect(),
        workdays: workdays.iter().map(|text| day(text)).collect(),
    }
}

/// How many days of a published year are worked.
fn worked(year: i32) -> u32 {
    let calendars = Calendars::published();
    let first = Date::new(year, 1, 1).unwrap();
    let last = Date::new(year, 12, 31).unwrap();
    calendars.working_days_between(first, last).unwrap() + u32::from(calendars.is_working_day(first).unwrap())
}

#[test]
fn a_published_year_has_as_many_working_days_as_the_law_gives_it() {
    // 365 days without the weekends and the 13 statutory days off: whatever else is off is made up for. Of 2025 the
    // weekends take 104 days and of 2026 as many.
    assert_eq!(worked(2025), 365 - 104 - 13);
    assert_eq!(worked(2026), 365 - 104 - 13);
}

#[test]
fn the_days_of_a_notice_are_off_and_worked_as_it_says() {
    let calendars = Calendars::published();
    let is = |text: &str| calendars.is_working_day(day(text)).unwrap();
    for off in [
        "2025-01-01",
        "2025-02-04",
        "2025-06-02",
        "2025-10-08",
        "2026-01-02",
        "2026-02-16",
        "2026-02-23",
        "2026-05-05",
        "2026-06-19",
        "2026-09-25",
        "2026-10-07",
    ] {
        assert!(!is(off), "{off}");
    }
    for worked in [
        "2025-01-26",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
        "2026-10-08",
        "2026-11-23",
    ] {
        assert!(is(worked), "{worked}");
    }
    assert!(!is("2026-11-22"), "an ordinary Sunday");
}

#[test]
fn a_posting_skips_holidays_and_counts_make_up_days() {
    let calendars = Calendars::published();
    // Up on Thursday; Friday, Saturday (made up) and then nine days off.
    let posting = calendars.posting(day("2026-02-12"), 5).unwrap();
    assert_eq!(posting.until, day("2026-02-26"));
    assert!(posting.hangs_on(day("2026-02-12")) && posting.hangs_on(day("2026-02-26")));
    assert!(!posting.hangs_on(day("2026-02-11")) && !posting.hangs_on(day("2026-02-27")));
    // In an ordinary week it is a week.
    assert_eq!(
        calendars.posting_until(day("2026-11-16"), 5),
        Ok(day("2026-11-23"))
    );
}

#[test]
fn counting_undoes_adding_for_every_day_and_number() {
    let calendars = Calendars::published();
    let mut from = day("2025-01-01");
    while from < day("2026-12-01") {
        for count in [0, 1, 2, 5, 13] {
            let until = calendars.add_working_days(from, count).unwrap();
            assert_eq!(calendars.working_days_between(from, until), Ok(count), "{from}");
        }
        from = from.next().unwrap();
    }
}

#[test]
fn nothing_lies_between_a_day_and_an_earlier_one() {
    let calendars = Calendars::published();
    let between = |a: &str, b: &str| calendars.working_days_between(day(a), day(b));
    assert_eq!(between("2026-11-23", "2026-11-20"), Ok(0));
    assert_eq!(between("2026-11-23", "2026-11-23"), Ok(0));
}

#[test]
fn a_span_into_a_year_without_a_calendar_names_the_year() {
    let calendars = Calendars::published();
    let none = NoCalendar { year: 2027 };
    assert_eq!(calendars.is_working_day(day("2027-01-04")), Err(none));
    assert_eq!(calendars.add_working_days(day("2026-12-30"), 5), Err(none));
    assert_eq!(
        calendars.add_working_days(day("2026-12-30"), 1),
        Ok(day("2026-12-31"))
    );
    assert_eq!(
        calendars.working_days_between(day("2026-12-30"), day("2027-01-01")),
        Err(none)
    );
    assert_eq!(calendars.posting(day("2026-12-31"), 1), Err(none));
    assert_eq!(none.to_string(), "no calendar for 2027");
}

#[test]
fn what_is_wrong_with_a_calendar_is_said() {
    let check = |calendar: Calendar, wanted: &[CalendarProblem]| assert_eq!(calendar.problems(), wanted);
    check(calendar(2026, &["2026-01-01"], &["2026-01-04"]), &[]);
    let date = day("2025-12-31");
    check(
        calendar(2026, &["2025-12-31"], &[]),
        &[CalendarProblem::AnotherYear { date }],
    );
    let date = day("2026-01-05");
    check(
        calendar(2026, &[], &["2026-01-05"]),
        &[CalendarProblem::MakeUpOnWeekday { date }],
    );
    let date = day("2026-01-04");
    check(
        calendar(2026, &["2026-01-04"], &["2026-01-04"]),
        &[CalendarProblem::OffAndWorked { date }],
    );
}

#[test]
fn calendars_with_a_problem_or_of_one_year_are_refused() {
    let date = day("2025-12-31");
    assert_eq!(
        Calendars::new([calendar(2026, &["2025-12-31"], &[])]),
        Err(CalendarsError::Unsound {
            year: 2026,
            problem: CalendarProblem::AnotherYear { date }
        })
    );
    let year = calendar(2026, &[], &[]);
    assert_eq!(
        Calendars::new([year.clone(), year]),
        Err(CalendarsError::Twice { year: 2026 })
    );
}

#[test]
fn calendars_are_kept_as_a_list_of_years() {
    let year = calendar(2027, &["2027-01-01"], &["2027-01-02"]);
    let text = r#"[{"year":2027,"holidays":["2027-01-01"],"workdays":["2027-01-02"]}]"#;
    let calendars: Calendars = serde_json::from_str(text).unwrap();
    assert_eq!(calendars.iter().collect::<Vec<_>>(), [&year]);
    assert_eq!(serde_json::to_string(&calendars).unwrap(), text);
    let wrong = text.replace("01-02", "01-04");
    assert!(serde_json::from_str::<Calendars>(&wrong).is_err());
}
