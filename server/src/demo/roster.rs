//! The roster of one branch: its groups, then its members, as the organisation commissioner took them over.

use shared::access::Role;
use shared::id::RowId;
use shared::ledger::act::{Deed, Entry, NewRow};
use shared::ledger::cell::Value;
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::ledger::kind::roster::{GROUP, GROUPS, MEMBERS, NAME, NUMBER, POST};
use shared::ledger::order;
use shared::sync::relay::NewEntry;

use super::book::Book;
use super::people::{Member, Staffed};
use super::seed::{self, moment};

/// The log of the roster.
pub(super) fn log(staffed: &Staffed, seal_key: &[u8; 32]) -> Vec<NewEntry> {
    let unit = seed::unit(staffed.branch.name);
    let key = LedgerKey {
        unit,
        year: None,
        kind: Kind::Roster,
        part: Part::Main,
    };
    let mut book = Book::open(key, seal_key, moment(1, 4, 8 * 60));
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    let rows = groups(staffed);
    tab.does(
        moment(1, 4, 9 * 60),
        Deed::Enter {
            by: Entry::Imported,
            rows,
            cells: Vec::new(),
        },
    );
    let rows = members(staffed);
    tab.does(
        moment(1, 4, 9 * 60 + 20),
        Deed::Enter {
            by: Entry::Imported,
            rows,
            cells: Vec::new(),
        },
    );
    book.close()
}

fn group_row(staffed: &Staffed, group: usize) -> RowId {
    let name = format!("{} {}", staffed.branch.name, staffed.branch.groups[group]);
    seed::row(moment(1, 4, 9 * 60), &name)
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
    cells
        .into_iter()
        .map(|(column, value)| (column.to_owned(), value))
        .collect()
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}
