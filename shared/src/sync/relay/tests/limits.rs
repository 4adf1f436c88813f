//! What one account, one device, one ledger may use, and that it is said when it is not enough.

use super::*;
use crate::ledger::act::{Deed, Entry as How};
use crate::ledger::cell::{CellRef, Value};
use crate::limit;

/// The limits that the relay says were hit.
fn hit(scene: &mut Scene) -> Vec<(Limit, AccountId)> {
    let said = scene.happens(Event::Tick);
    let hits = said.iter().filter_map(|effect| match effect {
        Effect::LimitsHit(hits) => Some(hits),
        _ => None,
    });
    hits.flatten().map(|hit| (hit.limit, hit.account)).collect()
}

#[test]
fn what_one_account_has_held_is_bounded_in_bytes() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.pushes(3, &row.bytes), Fate::Held);
    let (mut kept, mut fate) = (0, Fate::Held);
    while fate == Fate::Held {
        // Another text each time: the same is no change.
        let text = Value::Text(format!("{kept:032}").repeat(limit::TEXT_BYTES / 32));
        let cells =
            ["text", "measure", "self_text"].map(|key| (CellRef::new("items", ROW, key), text.clone()));
        let long = scene.makes(Deed::Enter {
            by: How::Typed,
            rows: Vec::new(),
            cells: cells.to_vec(),
        });
        fate = scene.pushes(3, &long.bytes);
        kept += usize::from(fate == Fate::Held) * long.bytes.len();
        assert!(kept <= limit::HELD_BYTES);
    }
    assert_eq!(fate, Fate::Later(Later::Full), "it stays on the device");
    assert!(kept > limit::HELD_BYTES / 2);
    assert_eq!(hit(&mut scene), [(Limit::Held, YE)]);
    assert_eq!(hit(&mut scene), [], "said once");
}

#[test]
fn more_than_a_burst_waits_and_is_said() {
    let mut scene = Scene::new();
    let row = scene.adds();
    let noise = vec![vec![0; 20].into(); limit::CHANGES_PER_PUSH];
    for _ in 0..limit::CHANGES_BURST as usize / limit::CHANGES_PER_PUSH {
        let changes = noise.clone();
        scene.says(
            2,
            ClientMessage::Push {
                ledger: LEDGER,
                changes,
            },
        );
    }
    assert_eq!(scene.pushes(2, &[0; 20]), Fate::Later(Later::Rate));
    // Everybody here sits at one device.
    assert_eq!(scene.pushes(1, &row.bytes), Fate::Later(Later::Rate));
    assert_eq!(hit(&mut scene), [(Limit::Rate, LIN), (Limit::Rate, GU)]);
}

#[test]
fn a_change_over_a_limit_is_said() {
    let mut scene = Scene::new();
    let too_long = vec![0; limit::CHANGE_BYTES + 1];
    assert_eq!(scene.pushes(1, &too_long), Fate::Refused(Refusal::TooLarge));
    assert_eq!(hit(&mut scene), [(Limit::Change, LIN)]);
}
