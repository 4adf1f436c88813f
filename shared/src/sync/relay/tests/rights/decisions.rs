//! Decisions, which rights tell apart by the word they are born with.

use super::page::{decided_from_above, decisions};
use super::*;
use crate::guard::tests::decision::Decider;
use crate::id::ActorId;
use crate::protocol::Later;

fn decider(book: Book, by: AccountId, number: u8) -> Decider {
    Decider::new(LEDGER, book.0.schema(), by, ActorId([number; 16]))
}

/// The main parts of all kinds in which something is decided.
fn decided_books() -> impl Iterator<Item = Book> {
    books().into_iter().filter(|book| !decisions(*book).is_empty())
}

/// Whether the page lets somebody in this position make a decision of this word.
fn writes(book: Book, role: Role, unit: UnitId, word: &str) -> bool {
    match unit {
        UNIT => decisions(book)[word][role.word()] == 'W',
        ABOVE => decided_from_above(book, role).contains(&word.to_owned()),
        _ => false,
    }
}

#[test]
fn a_decision_is_judged_by_its_word_and_never_altered_into_another() {
    let mut walked = 0;
    for book in decided_books() {
        let above = from_above(book);
        for status in [Status::Open, Status::Closed] {
            for (role, unit) in positions() {
                let mut world = World::new(book, status);
                world.joins(2, SOMEBODY, &[Grant::new(unit, role)]);
                for (number, (word, marks)) in (0x30..).zip(decisions(book)) {
                    let row = RowId::from_bytes([number; 16]);
                    let mut decider = decider(book, SOMEBODY, number);
                    let made = decider.decides(row, &word);
                    let fate = world.pushes(2, &made);
                    let asked = format!("{word} by {role:?} in {unit}, {book:?}, {status:?}");
                    let reads = unit == UNIT && marks[role.word()] != '-'
                        || unit == ABOVE && above.contains(&role.word().to_owned());
                    match (writes(book, role, unit, &word), reads, status) {
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
                        world.pushes(2, &made),
                        fate,
                        "{asked}: replayed, it has the fate it has"
                    );
                    if matches!(fate, Fate::Stored(_)) {
                        let altered = decider.alters(row, "altered");
                        assert_eq!(
                            world.pushes(2, &altered),
                            Fate::Refused(Refusal::Malformed),
                            "{asked}"
                        );
                    }
                    walked += 1;
                }
            }
        }
    }
    assert!(walked > 2 * 24 * 30, "every word of every kind: {walked}");
}

#[test]
fn a_carried_decision_is_stored_by_who_may_make_it_and_held_by_anybody_else() {
    let book = (Kind::Pledge, Part::Main);
    for (role, unit) in positions() {
        for (number, word) in (0x40..).zip(["approved", "returned", "withdraw_posted"]) {
            let mut world = World::new(book, Status::Open);
            world.joins(2, SOMEBODY, &[Grant::new(unit, role)]);
            let fate = world.pushes(2, &decider(book, LIN, number).decides(ROW, word));
            let asked = format!("{word} of the secretary carried by {role:?} in {unit}");
            if writes(book, role, unit, word) {
                assert!(matches!(fate, Fate::Stored(_)), "{asked}: {fate:?}");
            } else {
                assert_eq!(fate, Fate::Held, "{asked}");
            }
        }
    }
}

#[test]
fn a_decision_that_this_relay_does_not_know_waits_for_a_newer_one() {
    let book = (Kind::Pledge, Part::Main);
    let mut world = World::new(book, Status::Open);
    let made = decider(book, LIN, 0x50).decides(ROW, "blessed");
    assert_eq!(world.pushes(1, &made), Fate::Later(Later::RelayOlder));
}
