//! The roster of one branch: its groups, its members and its crews, as the organisation commissioner took them over.

use shared::access::Role;
use shared::id::RowId;
use shared::ledger::act::{Entry, NewRow};
use shared::ledger::cell::Value;
use shared::ledger::key::Part;
use shared::ledger::kind::Kind;
use shared::ledger::kind::roster::{CREW, CREWS, GROUP, GROUPS, MEMBERS, NAME, NUMBER, POST, POST_CLASS};
use shared::ledger::order;
use shared::sync::relay::NewEntry;

use super::book::{Book, text};
use super::people::{Member, Staffed, workshops};
use super::seed::moment;

/// The log of the roster.
pub(super) fn log(staffed: &Staffed, seal_key: &[u8; 32]) -> Vec<NewEntry> {
    let key = staffed.key(Kind::Roster, Part::Main);
    let mut book = Book::open(staffed.seed, key, seal_key, moment(1, 4, 8 * 60));
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    tab.enters(moment(1, 4, 9 * 60), Entry::Imported, groups(staffed));
    tab.enters(moment(1, 4, 9 * 60 + 20), Entry::Imported, members(staffed));
    let crews = crews(staffed);
    if !crews.is_empty() {
        tab.enters(moment(1, 4, 9 * 60 + 40), Entry::Imported, crews);
    }
    book.close()
}

fn group_row(staffed: &Staffed, group: usize) -> RowId {
    let name = format!("{} {}", staffed.branch.name, staffed.branch.groups[group]);
    staffed.seed.row(moment(1, 4, 9 * 60), &name)
}

fn groups(staffed: &Staffed) -> Vec<NewRow> {
    let names = staffed.branch.groups;
    let places = order::several(None, None, names.len());
    let rows = names
        .iter()
        .zip(places)
        .enumerate()
        .map(|(group, (name, order))| {
            let mut cells = vec![(NAME.to_owned(), text(*name))];
            cells.extend(
                staffed
                    .leader_of(group)
                    .map(|leader| ("leader".to_owned(), text(leader.id.to_string()))),
            );
            NewRow {
                table: GROUPS.to_owned(),
                id: group_row(staffed, group),
                order,
                cells,
            }
        });
    rows.collect()
}

fn members(staffed: &Staffed) -> Vec<NewRow> {
    let places = order::several(None, None, staffed.members.len());
    let rows = staffed.members.iter().zip(places).map(|(member, order)| NewRow {
        table: MEMBERS.to_owned(),
        id: RowId(member.id.0),
        order,
        cells: cells(staffed, member),
    });
    rows.collect()
}

fn cells(staffed: &Staffed, member: &Member) -> Vec<(String, Value)> {
    let cells = [
        (NAME, text(&*member.name)),
        (NUMBER, text(&*member.number)),
        ("sex", text(member.sex)),
        ("born", text(&*member.born)),
        ("joined", text(&*member.joined)),
        (GROUP, text(group_row(staffed, member.group).to_string())),
        (POST, text(&*member.post)),
        ("probationary", Value::Flag(member.probationary)),
        ("standing", text(member.standing)),
    ];
    let known = [(POST_CLASS, member.post_class), (CREW, member.crew)];
    let known = known
        .into_iter()
        .filter_map(|(column, value)| Some((column, text(value?))));
    cells
        .into_iter()
        .chain(known)
        .map(|(column, value)| (column.to_owned(), value))
        .collect()
}

/// The crews of its workshops, as the enterprise counts them.
fn crews(staffed: &Staffed) -> Vec<NewRow> {
    let at = moment(1, 4, 9 * 60 + 40);
    let mut choices = staffed.seed.choices(&format!("{} crews", staffed.branch.name));
    let crews: Vec<_> = workshops(staffed.branch.name)
        .flat_map(|workshop| workshop.crews.iter().map(move |crew| (workshop.name, crew.0)))
        .collect();
    let places = order::several(None, None, crews.len());
    let rows = crews
        .into_iter()
        .zip(places)
        .map(|((section, name), order)| NewRow {
            table: CREWS.to_owned(),
            id: staffed
                .seed
                .row(at, &format!("{} crew {name}", staffed.branch.name)),
            order,
            cells: vec![
                (NAME.to_owned(), text(name)),
                ("section".to_owned(), text(section)),
                (
                    "people".to_owned(),
                    Value::Number(i64::from(9 + choices.below(24))),
                ),
            ],
        });
    rows.collect()
}
