//! What happens to zones in the course of the year: owners change, owners report, quarters are scored and graded.

use shared::access::Role;
use shared::id::RowId;
use shared::ledger::act::Entry;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::decision::DecisionKind;
use shared::ledger::kind::zone::{GRADES, LOGS, MONTH, QUARTER, ZONE};

use super::drawn::Zone;
use super::{end_of, term_line, words};
use crate::demo::YEAR;
use crate::demo::book::{Book, Finding, Line, Sitting, text};
use crate::demo::people::Staffed;
use crate::demo::seed::{Choices, moment};

/// Zones of a hundred that report in a month.
const REPORTING: u32 = 45;
/// Zones of a hundred with a red flag at the most.
const RED_FLAGS: usize = 30;

/// The organisation commissioner ends the terms that ended with the last month, and enters the next owners.
pub(super) fn change_owners(book: &mut Book<'_>, staffed: &Staffed, zones: &[&Zone], month: u32) {
    for zone in zones {
        let [former, next] = zone.terms.as_slice() else {
            continue;
        };
        let Some(until) = former.until.filter(|_| u32::from(next.from.month()) == month) else {
            continue;
        };
        let at = moment(month, 7, 9 * 60 + 30);
        let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
        let end = vec![(end_of(staffed, former), text(until.to_string()))];
        tab.writes(at, Entry::Typed, end);
        tab.adds(moment(month, 7, 9 * 60 + 32), vec![term_line(staffed, next)]);
    }
}

/// What some owners report of a month, as the organisation commissioner enters it.
pub(super) fn report(
    book: &mut Book<'_>,
    staffed: &Staffed,
    zones: &[&Zone],
    month: u32,
    choices: &mut Choices,
) {
    let at = moment(month, 28, 16 * 60);
    let mut lines = Vec::new();
    for zone in zones {
        if !choices.in_a_hundred(REPORTING) {
            continue;
        }
        let mut said = |of: &[&str]| text(choices.one(of).replace("{o}", zone.object));
        let cells = [
            (ZONE, text(zone.row.to_string())),
            (MONTH, text(format!("{YEAR}-{month:02}"))),
            ("done", said(&words::DONE)),
            ("problems", said(&words::PROBLEMS)),
            ("advice", said(&words::ADVICE)),
            ("talks", Value::Number(i64::from(choices.below(7)))),
        ];
        let id = staffed.seed.row(at, &format!("{} log {month}", zone.row));
        lines.push(Line::new(LOGS, id, cells));
    }
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    tab.adds(at, lines);
}

/// The row of a zone's quarter.
fn quarter_row(staffed: &Staffed, zone: &Zone, quarter: u32) -> RowId {
    let at = moment(quarter * 3, 22, 10 * 60);
    staffed.seed.row(at, &format!("{} quarter {quarter}", zone.row))
}

/// A quarter of a branch: owners and groups score, then the branch; the secretary gives the grades.
pub(super) fn grade(
    book: &mut Book<'_>,
    staffed: &Staffed,
    zones: &[&Zone],
    quarter: u32,
    choices: &mut Choices,
) {
    let month = quarter * 3;
    let flags = choices.some(zones.len() * RED_FLAGS / 100, 0..zones.len());
    let mut lines = Vec::new();
    let mut scores = Vec::new();
    let mut grades = Vec::new();
    for (place, zone) in zones.iter().enumerate() {
        let grade = if flags.contains(&place) {
            "red_flag"
        } else if choices.in_a_hundred(4) {
            "warning"
        } else {
            "sound"
        };
        let (least, why) = match grade {
            "red_flag" => (90, ""),
            "warning" => (70, *choices.one(&words::WARNED)),
            _ if choices.in_a_hundred(60) => (80, *choices.one(&words::DEDUCTIONS)),
            _ => (84, ""),
        };
        let most = if grade == "sound" { 6 } else { 9 };
        let branch = i64::from(least + choices.below(most)) * 100;
        let group = (branch + i64::from(choices.below(4)) * 50).min(10_000);
        let own = (group + i64::from(choices.below(5)) * 50).min(10_000);
        let row = quarter_row(staffed, zone, quarter);
        let cells = [
            (ZONE, text(zone.row.to_string())),
            (QUARTER, text(format!("q{quarter}"))),
            ("self_score", Value::Number(own)),
            ("group_score", Value::Number(group)),
            ("deductions", text(why)),
        ];
        lines.push(Line::new(GRADES, row, cells));
        scores.push((CellRef::new(GRADES, row, "branch_score"), Value::Number(branch)));
        grades.push(Finding::choice(row, grade));
    }
    if zones.is_empty() {
        return;
    }
    let mut tab = book.written_by(staffed.login_of_leader(0));
    tab.adds(moment(month, 22, 10 * 60), lines);
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    tab.writes(moment(month, 23, 15 * 60), Entry::Typed, scores);
    let mut tab = book.written_by(staffed.login_of(Role::Secretary));
    let sitting = Sitting::on(GRADES, DecisionKind::Graded);
    tab.decides(moment(month, 24, 16 * 60), &sitting, grades);
}
