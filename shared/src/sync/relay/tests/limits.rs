//! What one account, one device, one ledger may use, and that it is said when it is not enough.

use super::*;
use crate::access::Role;
use crate::ledger::act::{Deed, Entry as How};
use crate::ledger::cell::{CellRef, Value};
use crate::limit;
use crate::protocol::{Hello, VERSION};

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
    fill_what_is_held(&mut scene);
    assert_eq!(hit(&mut scene), [(Limit::Held, YE)]);
    assert_eq!(hit(&mut scene), [], "said once");
}

#[test]
fn what_one_account_has_held_is_bounded_over_all_ledgers() {
    let mut scene = Scene::new();
    fill_what_is_held(&mut scene);
    let actor = ActorId([4; 16]);
    scene.lin = Document::new(OTHER_LEDGER, Kind::Pledge.schema(), LIN, actor);
    let (row, long) = (scene.adds(), long(&mut scene, 0));
    let push = |scene: &mut Scene, made: &Made| {
        let changes = vec![made.bytes.clone().into()];
        let ledger = OTHER_LEDGER;
        fate(&scene.says(3, ClientMessage::Push { ledger, changes }))
    };
    assert_eq!(
        push(&mut scene, &row),
        Fate::Held,
        "there is room for a short one"
    );
    assert_eq!(push(&mut scene, &long), Fate::Later(Later::Full));
}

/// Lin writes much into the row; another text for every number, since the same is no change.
fn long(scene: &mut Scene, number: usize) -> Made {
    let text = Value::Text(format!("{number:032}").repeat(limit::TEXT_BYTES / 32));
    let cells = ["text", "measure", "self_text"].map(|key| (CellRef::new("items", ROW, key), text.clone()));
    scene.makes(Deed::Enter {
        by: How::Typed,
        rows: Vec::new(),
        cells: cells.to_vec(),
    })
}

/// Ye brings changes of Lin until no more are kept for her.
fn fill_what_is_held(scene: &mut Scene) {
    let row = scene.adds();
    assert_eq!(scene.pushes(3, &row.bytes), Fate::Held);
    let (mut kept, mut fate) = (0, Fate::Held);
    while fate == Fate::Held {
        let long = long(scene, kept);
        fate = scene.pushes(3, &long.bytes);
        kept += usize::from(fate == Fate::Held) * long.bytes.len();
        assert!(kept <= limit::HELD_BYTES);
    }
    assert_eq!(fate, Fate::Later(Later::Full), "it stays on the device");
    assert!(kept > limit::HELD_BYTES / 2);
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
    let fate = scene.pushes(1, &row.bytes);
    assert!(
        matches!(fate, Fate::Stored(_)),
        "a colleague at the same device has a bucket of his own"
    );
    assert_eq!(hit(&mut scene), [(Limit::Rate, GU)]);
}

#[test]
fn a_change_over_a_limit_is_said() {
    let mut scene = Scene::new();
    let too_long = vec![0; limit::CHANGE_BYTES + 1];
    assert_eq!(scene.pushes(1, &too_long), Fate::Refused(Refusal::TooLarge));
    assert_eq!(hit(&mut scene), [(Limit::Change, LIN)]);
}

#[test]
fn who_leaves_fates_unread_is_sent_no_entries_and_then_cut_off() {
    let mut scene = Scene::new();
    let noise = ClientMessage::Push {
        ledger: LEDGER,
        changes: vec![vec![0; 20].into(); limit::CHANGES_PER_PUSH],
    };
    let pushes = limit::READER_BACKLOG_BYTES / (limit::CHANGES_PER_PUSH * limit::FATE_BYTES);
    for _ in 0..pushes {
        scene.says(2, noise.clone());
    }
    let read = scene.follows(2, 0, Chain([9; 32]));
    assert_eq!(read.len(), 1, "there is room yet");
    scene.says(2, noise);
    assert_eq!(scene.follows(2, 0, Chain([9; 32])), [], "there is none any more");
    let drained = scene.happens(Event::Drained(ConnectionId(2)));
    assert_eq!(drained, read, "what was asked for is read once there is");
    let page = Page {
        ledger: LEDGER,
        after: 0,
        chain_before: Some(Chain::START),
        entries: Vec::new(),
        chain: Chain::START,
        last: 1,
    };
    let told = scene.happens(Event::Read(ConnectionId(2), page));
    assert_eq!(
        sent(&told, 2),
        [&RelayMessage::Diverged { ledger: LEDGER }],
        "and by the chain it was asked for with"
    );
}

#[test]
fn whoever_does_not_read_his_fates_in_time_is_disconnected() {
    let mut scene = Scene::new();
    let noise = ClientMessage::Push {
        ledger: LEDGER,
        changes: vec![vec![0; 20].into(); limit::CHANGES_PER_PUSH],
    };
    for _ in 0..=limit::READER_BACKLOG_BYTES / (limit::CHANGES_PER_PUSH * limit::FATE_BYTES) {
        scene.says(2, noise.clone());
    }
    let patience = i64::try_from(limit::READER_BLOCKED.as_millis()).unwrap();
    let at = |scene: &mut Scene, more| scene.relay.handle(Timestamp(NOW.0 + more), Event::Tick);
    let early = at(&mut scene, patience - 1);
    assert!(!early.contains(&Effect::Close(ConnectionId(2))));
    let late = at(&mut scene, patience);
    assert!(late.contains(&Effect::Close(ConnectionId(2))));
}

#[test]
fn a_hello_is_followed_as_far_as_one_connection_may_follow() {
    let mut scene = Scene::new();
    let officer = Officer {
        account: GU,
        device: DEVICE,
        grants: vec![Grant::new(UNIT, Role::GroupLeader)],
    };
    scene.happens(Event::Connected(ConnectionId(9), officer));
    let cursor = |number: usize| {
        let mut ledger = [1; 16];
        ledger[..8].copy_from_slice(&number.to_be_bytes());
        Cursor {
            ledger: LedgerId(ledger),
            seq: 0,
            chain: Chain::START,
            pending: 0,
        }
    };
    let hello = Hello {
        protocol: VERSION,
        app: "test".to_owned(),
        device: DEVICE,
        ledgers: (0..=limit::LEDGERS_PER_CONNECTION).map(cursor).collect(),
    };
    let effects = scene.says(9, ClientMessage::Hello(hello));
    let answers = sent(&effects, 9).len() - 1;
    assert_eq!(answers, limit::LEDGERS_PER_CONNECTION, "beside the welcome");
}
