//! Every cell of the table of rights, pushed at a relay.
//!
//! What is expected is read from `docs/rights.md`, the page that people have looked at, not from the table itself.

use super::super::*;
use super::scene::{LIN, UNIT};
use crate::access::{Role, Status};
use crate::id::{RowId, UnitId};
use crate::ledger::act::Deed;
use crate::ledger::key::Part;
use crate::ledger::kind::Kind;
use crate::ledger::schema::{ORDER, REMOVED, Shape};
use crate::protocol::{Fate, Refusal};
use page::{from_above, mark, page};
use world::{World, add, cells, put, put_in_matrix};

mod decisions;
mod page;
mod world;

const LEDGER: LedgerId = LedgerId([7; 16]);
const ABOVE: UnitId = UnitId::from_bytes([6; 16]);
const ELSEWHERE: UnitId = UnitId::from_bytes([4; 16]);
const SOMEBODY: AccountId = AccountId::from_bytes([9; 16]);
const ROW: RowId = RowId::from_bytes([9; 16]);
const NOW: Timestamp = Timestamp(1_795_414_080_000);

/// A kind of ledger and one of its parts.
type Book = (Kind, Part);

/// Every part of every kind.
fn books() -> Vec<Book> {
    let parts = |kind: Kind| kind.parts().iter().map(move |part| (kind, *part));
    Kind::ALL.into_iter().flat_map(parts).collect()
}

/// The roles, each held where.
fn positions() -> impl Iterator<Item = (Role, UnitId)> {
    Role::ALL
        .into_iter()
        .flat_map(|role| [UNIT, ABOVE, ELSEWHERE].map(|unit| (role, unit)))
}

#[test]
fn exactly_what_the_page_says_is_stored_held_or_refused_also_when_the_write_loses() {
    let page = page();
    let mut walked = 0;
    for book in books() {
        for status in [Status::Open, Status::Closed] {
            for (role, unit) in positions() {
                let mut world = World::new(book, status);
                world.joins(2, SOMEBODY, &[Grant::new(unit, role)]);
                for (number, (table, columns, deed)) in (100..).zip(cells(book)) {
                    let change = world.change(SOMEBODY, number, deed);
                    let reads = match unit {
                        UNIT => mark(&page, book, table, &columns, role) != '-',
                        ABOVE => from_above(book).contains(&role.word().to_owned()),
                        _ => false,
                    };
                    let writes = unit == UNIT && mark(&page, book, table, &columns, role) == 'W';
                    let fate = world.pushes(2, &change);
                    let asked = format!("{book:?} {table} {columns:?}, {role:?} in {unit}, {status:?}");
                    match (writes, reads, status) {
                        (true, _, Status::Open) => {
                            assert!(matches!(fate, Fate::Stored(_)), "{asked}: {fate:?}");
                        }
                        (true, _, Status::Closed | Status::Forgotten) => {
                            assert_eq!(fate, Fate::Held, "{asked}");
                        }
                        (false, true, _) => assert_eq!(fate, Fate::Refused(Refusal::NotPermitted), "{asked}"),
                        (false, false, _) => {
                            assert_eq!(fate, Fate::Refused(Refusal::UnknownLedger), "{asked}");
                        }
                    }
                    assert_eq!(
                        world.pushes(2, &change),
                        fate,
                        "{asked}: replayed, it has the fate it has"
                    );
                    walked += 1;
                }
            }
        }
    }
    assert_eq!(
        walked,
        books().into_iter().map(|book| cells(book).len()).sum::<usize>() * 2 * 24
    );
}

#[test]
fn carried_from_another_device_what_the_carrier_may_write_is_stored_and_all_else_is_held() {
    let page = page();
    for book in books() {
        for (role, unit) in positions() {
            let mut world = World::new(book, Status::Open);
            world.joins(2, SOMEBODY, &[Grant::new(unit, role)]);
            for (number, (table, columns, deed)) in (100..).zip(cells(book)) {
                // Its author says he is Lin: true or forged, it is carried.
                let change = world.change(LIN, number, deed);
                let writes = unit == UNIT && mark(&page, book, table, &columns, role) == 'W';
                let fate = world.pushes(2, &change);
                let asked = format!("{book:?} {table} {columns:?}, carried by {role:?} in {unit}");
                let may_its_author = mark(&page, book, table, &columns, Role::Secretary) == 'W';
                match (may_its_author, writes) {
                    (true, true) => assert!(matches!(fate, Fate::Stored(_)), "{asked}: {fate:?}"),
                    (true, false) => assert_eq!(fate, Fate::Held, "{asked}"),
                    (false, _) => assert_eq!(fate, Fate::Refused(Refusal::NotPermitted), "{asked}"),
                }
            }
        }
    }
}

#[test]
fn what_its_author_never_could_write_is_refused_whoever_carries_it() {
    let page = page();
    for book in books() {
        for role in Role::ALL {
            let mut world = World::new(book, Status::Open);
            world.joins(2, SOMEBODY, &[Grant::new(UNIT, role)]);
            for (number, (table, columns, deed)) in (100..).zip(cells(book)) {
                let change = world.change(SOMEBODY, number, deed);
                let by = |role| mark(&page, book, table, &columns, role);
                let fate = world.pushes(1, &change);
                let asked = format!("{book:?} {table} {columns:?} of {role:?}, carried by a secretary");
                match (by(role), by(Role::Secretary)) {
                    ('W', 'W') => assert!(matches!(fate, Fate::Stored(_)), "{asked}: {fate:?}"),
                    ('W', _) => assert_eq!(fate, Fate::Held, "{asked}"),
                    ('R', _) => assert_eq!(fate, Fate::Refused(Refusal::NotPermitted), "{asked}"),
                    _ => assert_eq!(fate, Fate::Refused(Refusal::UnknownLedger), "{asked}"),
                }
            }
        }
    }
}

#[test]
fn what_is_carried_for_an_account_the_relay_does_not_know_is_held() {
    let mut world = World::new((Kind::Pledge, Part::Main), Status::Open);
    let (table, _, deed) = cells((Kind::Pledge, Part::Main)).remove(0);
    let change = world.change(SOMEBODY, 100, deed);
    assert_eq!(world.pushes(1, &change), Fate::Held, "{table}");
}

#[test]
fn what_a_role_could_write_before_it_ended_is_held_and_nothing_else_is() {
    let page = page();
    for book in books() {
        for role in Role::ALL {
            let ended = Grant {
                revoked: true,
                ..Grant::new(UNIT, role)
            };
            let mut world = World::new(book, Status::Open);
            world.joins(2, SOMEBODY, &[ended]);
            for (number, (table, columns, deed)) in (100..).zip(cells(book)) {
                let change = world.change(SOMEBODY, number, deed);
                let wanted = match mark(&page, book, table, &columns, role) {
                    'W' => Fate::Held,
                    'R' => Fate::Refused(Refusal::NotPermitted),
                    _ => Fate::Refused(Refusal::UnknownLedger),
                };
                assert_eq!(
                    world.pushes(2, &change),
                    wanted,
                    "{book:?} {table} {columns:?} {role:?}"
                );
                if wanted == Fate::Held {
                    let carried = world.change(SOMEBODY, number + 10_000, put_again(book, table, &columns));
                    assert_eq!(
                        world.pushes(1, &carried),
                        Fate::Held,
                        "by a secretary: whatever arrives is held"
                    );
                }
            }
        }
    }
}

/// Another write to the same column, or another row.
fn put_again((kind, _): Book, table: &str, columns: &[&str]) -> Deed {
    let table = kind.schema().table(table).unwrap();
    if table.shape == Shape::Matrix {
        return put_in_matrix(table, "四");
    }
    match columns {
        [column]
            if ![ORDER, REMOVED].contains(column)
                && !table
                    .column(column)
                    .is_none_or(crate::ledger::column::Column::is_set) =>
        {
            put(table, column, "四")
        }
        _ => add(table, RowId::from_bytes([6; 16])),
    }
}
