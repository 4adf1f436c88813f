//! Decisions, which rights tell apart by the kind they are born with.

use super::page::decisions;
use super::*;
use crate::access::table::RETURNED;
use crate::guard::tests::decision::Decider;
use crate::id::ActorId;

/// Kinds of decisions: the one the page names, one of its others, and one that nobody has heard of.
const KINDS: [&str; 3] = [RETURNED, "approved", "whatever"];

fn decider(by: AccountId, number: u8) -> Decider {
    Decider::new(LEDGER, Kind::Pledge.schema(), by, ActorId([number; 16]))
}

#[test]
fn a_decision_is_judged_by_its_kind_and_never_altered_into_another() {
    let above = from_above(Kind::Pledge);
    for status in [Status::Open, Status::Closed] {
        for (role, unit) in positions() {
            for (number, kind) in (0x30..).zip(KINDS) {
                let mut world = World::new(Kind::Pledge, status);
                world.joins(2, SOMEBODY, &[Grant::new(unit, role)]);
                let mark = decisions(kind)[role.word()];
                let mut decider = decider(SOMEBODY, number);
                let made = decider.decides(ROW, kind);
                let fate = world.pushes(2, &made);
                let asked = format!("{kind} by {role:?} in {unit}, {status:?}");
                let reads =
                    unit == UNIT && mark != '-' || unit == ABOVE && above.contains(&role.word().to_owned());
                match (unit == UNIT && mark == 'W', reads, status) {
                    (true, _, Status::Open) => assert!(matches!(fate, Fate::Stored(_)), "{asked}: {fate:?}"),
                    (true, _, Status::Closed) => assert_eq!(fate, Fate::Held, "{asked}"),
                    (false, true, _) => assert_eq!(fate, Fate::Refused(Refusal::NotPermitted), "{asked}"),
                    (false, false, _) => assert_eq!(fate, Fate::Refused(Refusal::UnknownLedger), "{asked}"),
                }
                assert_eq!(
                    world.pushes(2, &made),
                    fate,
                    "{asked}: replayed, it has the fate it has"
                );
                if matches!(fate, Fate::Stored(_)) {
                    let altered = decider.alters(ROW, "altered");
                    assert_eq!(
                        world.pushes(2, &altered),
                        Fate::Refused(Refusal::Malformed),
                        "{asked}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_carried_decision_is_stored_by_who_may_make_it_and_held_by_anybody_else() {
    for (role, unit) in positions() {
        for (number, kind) in (0x40..).zip(KINDS) {
            let mut world = World::new(Kind::Pledge, Status::Open);
            world.joins(2, SOMEBODY, &[Grant::new(unit, role)]);
            let fate = world.pushes(2, &decider(LIN, number).decides(ROW, kind));
            let asked = format!("{kind} of the secretary carried by {role:?} in {unit}");
            if unit == UNIT && decisions(kind)[role.word()] == 'W' {
                assert!(matches!(fate, Fate::Stored(_)), "{asked}: {fate:?}");
            } else {
                assert_eq!(fate, Fate::Held, "{asked}");
            }
        }
    }
}
