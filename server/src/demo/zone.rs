//! The zone ledger of one branch in 2026: zones described and put in force in January, owners, goals, what owners report
//! every month, and the scores and grades of three quarters.

use shared::access::Role;
use shared::id::RowId;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::decision::DecisionKind;
use shared::ledger::key::Part;
use shared::ledger::kind::Kind;
use shared::ledger::kind::zone::{CREWS, FROM, GOALS, MEMBER, NAME, OWNERS, SCOPE, UNTIL, ZONE, ZONES};
use shared::sync::relay::NewEntry;

use super::book::{Book, Finding, Line, Sitting, text};
use super::people::Staffed;
use super::seed::{Choices, day, moment};

use drawn::{Term, Zone, drawn};
use plan::Plan;

mod drawn;
mod known;
pub(super) mod plan;
mod quarter;
mod words;

/// When zones are described.
const DESCRIBED: (u32, u32) = (1, 14);
/// When a zone is described that came to mind late.
const DESCRIBED_LATE: (u32, u32) = (9, 22);

/// The log of the ledger. Those who have retired have no zones.
pub(super) fn log(staffed: &Staffed, plan: &Plan, seal_key: &[u8; 32]) -> Vec<NewEntry> {
    let key = staffed.key(Kind::Zone, Part::Main);
    let mut book = Book::open(staffed.seed, key, seal_key, moment(1, 12, 8 * 60));
    let mut choices = staffed.seed.choices(&format!("{} zones", staffed.branch.name));
    let zones = drawn(staffed, plan, &mut choices);
    let (late, at_once): (Vec<&Zone>, Vec<&Zone>) = zones.iter().partition(|zone| zone.late);
    describe(&mut book, staffed, &at_once, DESCRIBED, &mut choices);
    let mut tab = book.written_by(staffed.login_of(Role::Secretary));
    let all = at_once.iter().map(|zone| Finding::plain(zone.row)).collect();
    let put_in_force = Sitting::on(ZONES, DecisionKind::PutInForce);
    tab.decides(moment(1, 20, 10 * 60), &put_in_force, all);
    for month in 1..=10 {
        quarter::change_owners(&mut book, staffed, &at_once, month);
        quarter::report(&mut book, staffed, &at_once, month, &mut choices);
        if month % 3 == 0 {
            quarter::grade(&mut book, staffed, &at_once, month / 3, &mut choices);
        }
        if month == DESCRIBED_LATE.0 {
            describe(&mut book, staffed, &late, DESCRIBED_LATE, &mut choices);
        }
    }
    book.close()
}

/// The organisation commissioner enters zones, with their first owners and their goals.
fn describe(
    book: &mut Book<'_>,
    staffed: &Staffed,
    zones: &[&Zone],
    (month, on): (u32, u32),
    choices: &mut Choices,
) {
    let at = |minute| moment(month, on, minute);
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    tab.adds(
        at(10 * 60),
        zones.iter().map(|zone| zone_line(zone, choices)).collect(),
    );
    let firsts = zones
        .iter()
        .flat_map(|zone| zone.terms.iter().filter(|term| term.from == day(1, 20)));
    let firsts = firsts.map(|term| term_line(staffed, term));
    tab.adds(at(10 * 60 + 30), firsts.collect());
    let goals = zones
        .iter()
        .flat_map(|zone| zone.goals.iter().enumerate().map(move |goal| (zone, goal)));
    let goals = goals.map(|(zone, (number, goal))| {
        let id = staffed
            .seed
            .row(at(11 * 60), &format!("{} goal {number}", zone.row));
        let cells = [
            (ZONE, text(zone.row.to_string())),
            ("theme", text(goal.theme)),
            ("text", text(&*goal.text)),
            ("measure", text(goal.measure)),
        ];
        Line::new(GOALS, id, cells)
    });
    tab.adds(at(11 * 60), goals.collect());
}

fn zone_line(zone: &Zone, choices: &mut Choices) -> Line {
    let contacts = zone.contacts.unwrap_or_else(|| 2 + i64::from(choices.below(7)));
    let cells = [
        ("code", text(&*zone.code)),
        (NAME, text(&*zone.name)),
        ("basis", text(zone.basis)),
        (SCOPE, text(&*zone.scope)),
        (CREWS, text(zone.crew.unwrap_or_default())),
        ("contacts", Value::Number(contacts)),
        ("activists", Value::Number(i64::from(choices.below(3)))),
        ("duties", text(*choices.one(&words::DUTIES))),
    ];
    Line::new(ZONES, zone.row, cells)
}

/// The row of a term of ownership.
fn term_row(staffed: &Staffed, term: &Term) -> RowId {
    let name = format!("{} owned by {} from {}", term.zone, term.member, term.from);
    staffed.seed.row(moment(1, 14, 10 * 60 + 30), &name)
}

fn term_line(staffed: &Staffed, term: &Term) -> Line {
    let cells = [
        (ZONE, text(term.zone.to_string())),
        (MEMBER, text(term.member.to_string())),
        ("role", text(term.role)),
        (FROM, text(term.from.to_string())),
    ];
    Line::new(OWNERS, term_row(staffed, term), cells)
}

/// The cell in which a term ends.
fn end_of(staffed: &Staffed, term: &Term) -> CellRef {
    CellRef::new(OWNERS, term_row(staffed, term), UNTIL)
}
