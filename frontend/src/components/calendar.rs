//! One month to pick a day from.

use shared::time::Date;
use yew::prelude::*;

use crate::i18n::{Message, use_language};

/// Properties of [`Calendar`].
#[derive(Clone, PartialEq, Properties)]
pub struct CalendarProps {
    /// The day that stands there now, if one does.
    pub shown: Option<Date>,
    /// Today.
    pub today: Date,
    /// Takes a day.
    pub on_pick: Callback<Date>,
}

/// One month to pick a day from.
#[component]
pub fn Calendar(
    CalendarProps {
        shown,
        today,
        on_pick,
    }: &CalendarProps,
) -> Html {
    let language = use_language();
    let start = shown.unwrap_or(*today);
    let month = use_state(|| month_of(start));
    let (year, number) = *month;
    let turn = |by: i32| {
        let setter = month.setter();
        Callback::from(move |_: MouseEvent| setter.set(turned(year, number, by)))
    };
    let lead = Date::new(year, number, 1).map_or(0, weekday);
    let days = (1..=31).filter_map(|day| Date::new(year, number, day)).map(|date| {
        html! {
            <button key={date.to_string()} class="calendar-day" type="button" tabindex="-1"
                aria-current={(date == *today).then_some("date")} aria-pressed={(Some(date) == *shown).then_some("true")}
                onclick={on_pick.reform(move |_: MouseEvent| date)}>{ day_of(date) }</button>
        }
    });
    html! {
        <div class="calendar">
            <div class="calendar-head">
                <button class="calendar-turn" type="button" tabindex="-1" onclick={turn(-1)}
                    aria-label={language.say(&Message::MonthBefore)}>{ "‹" }</button>
                <span>{ language.say(&Message::Month { year, month: number }) }</span>
                <button class="calendar-turn" type="button" tabindex="-1" onclick={turn(1)}
                    aria-label={language.say(&Message::MonthAfter)}>{ "›" }</button>
            </div>
            <div class="calendar-days">
                { for (0..7).map(|day| html! { <small class="calendar-weekday">{ language.say(&Message::Weekday(day)) }</small> }) }
                { for (0..lead).map(|_| html! { <span class="calendar-gap"></span> }) }
                { for days }
            </div>
        </div>
    }
}

fn month_of(date: Date) -> (i32, u8) {
    let text = date.to_string();
    (date.year(), text[5..7].parse().unwrap_or(1))
}

fn day_of(date: Date) -> String {
    date.to_string()[8..].trim_start_matches('0').to_owned()
}

fn turned(year: i32, month: u8, by: i32) -> (i32, u8) {
    let months = year * 12 + i32::from(month) - 1 + by;
    (
        months.div_euclid(12),
        u8::try_from(months.rem_euclid(12)).unwrap_or_default() + 1,
    )
}

/// The day of the week, Monday 0, by Zeller's congruence.
fn weekday(date: Date) -> usize {
    let (year, month) = month_of(date);
    let day: i32 = day_of(date).parse().unwrap_or(1);
    let (year, month) = if month < 3 {
        (year - 1, i32::from(month) + 12)
    } else {
        (year, i32::from(month))
    };
    let from_saturday =
        (day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400).rem_euclid(7);
    usize::try_from((from_saturday + 5) % 7).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let day = |year, month, day| weekday(Date::new(year, month, day).unwrap());
        assert_eq!(day(2026, 11, 23), 0);
        assert_eq!(day(2026, 1, 1), 3);
        assert_eq!(day(2024, 2, 29), 3);
        assert_eq!(day(2000, 1, 1), 5);
    }

    #[test]
    fn months_turn_over_the_year() {
        assert_eq!(turned(2026, 12, 1), (2027, 1));
        assert_eq!(turned(2026, 1, -1), (2025, 12));
    }
}
