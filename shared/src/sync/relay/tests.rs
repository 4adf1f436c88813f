//! Tests of the relay: told by hand who connects, what arrives and what its disk has done.

use super::*;
use crate::access::Role;
use crate::id::{ActorId, UnitId};
use crate::ledger::document::{Document, Made};
use crate::ledger::kind::Kind;
use crate::protocol::{Cursor, Fate, Later, Refusal};
use scene::*;

mod connecting;
mod held;
mod limits;
mod own;
mod rights;
mod scene;
mod voiding;

#[test]
fn what_is_permitted_is_stored_and_stays_so() {
    let mut scene = Scene::new();
    let made = scene.adds();
    assert_eq!(scene.pushes(1, &made.bytes), Fate::Stored(2));
    assert_eq!(
        scene.pushes(1, &made.bytes),
        Fate::Stored(2),
        "a known hash has the fate it has"
    );
    assert_eq!(scene.log.len(), 2);
    assert_eq!((scene.log[1].account, scene.log[1].carried_by), (LIN, None));
}

#[test]
fn what_comes_before_its_ground_waits() {
    let mut scene = Scene::new();
    let (first, second) = (scene.adds(), scene.types("text"));
    assert_eq!(
        scene.pushes(1, &second.bytes),
        Fate::Later(Later::Waits(first.hash))
    );
    assert_eq!(scene.pushes(1, &first.bytes), Fate::Stored(2));
    assert_eq!(scene.pushes(1, &second.bytes), Fate::Stored(3));
}

#[test]
fn what_another_may_write_is_stored_as_carried_and_what_he_may_not_is_held() {
    let mut scene = Scene::new();
    let (row, text, note) = (scene.adds(), scene.types("text"), scene.types("note"));
    assert_eq!(scene.pushes(2, &row.bytes), Fate::Stored(2));
    assert_eq!(scene.pushes(2, &text.bytes), Fate::Stored(3));
    assert_eq!((scene.log[2].account, scene.log[2].carried_by), (LIN, Some(GU)));
    assert_eq!(
        scene.pushes(2, &note.bytes),
        Fate::Held,
        "a column closed to Gu's role"
    );
    assert_eq!(
        scene.pushes(1, &note.bytes),
        Fate::Held,
        "it has the fate it has, whoever asks"
    );
    assert_eq!(scene.log.len(), 3);
}

#[test]
fn what_is_taken_in_goes_into_the_log_as_it_came() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.pushes(3, &row.bytes), Fate::Held);
    let held = NewEntry {
        ledger: LEDGER,
        hash: row.hash,
        account: LIN,
        device: DeviceId::from_bytes([1; 16]),
        carried_by: Some(YE),
        received_at: NOW,
        bytes: row.bytes.clone(),
        seal: seal(
            &SEAL_KEY,
            LEDGER,
            &row.hash,
            LIN,
            DeviceId::from_bytes([1; 16]),
            Some(YE),
        ),
    };
    let effects = scene.happens(Event::TakenIn(Box::new(held.clone())));
    assert_eq!(sent(&effects, 1).len(), 1, "whoever follows gets it");
    assert_eq!((scene.log[1].hash, scene.log[1].carried_by), (row.hash, Some(YE)));
    scene.happens(Event::TakenIn(Box::new(held)));
    assert_eq!(scene.log.len(), 2, "once");
    assert_eq!(scene.pushes(1, &row.bytes), Fate::Stored(2));
}

#[test]
fn refusals_say_why() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.pushes(1, &[0; 40]), Fate::Refused(Refusal::Malformed));
    assert_eq!(
        scene.pushes(1, &vec![0; crate::limit::CHANGE_BYTES + 1]),
        Fate::Refused(Refusal::TooLarge)
    );
    assert_eq!(scene.pushes(1, &row.bytes), Fate::Stored(2));
    let mut ye = Document::new(LEDGER, Kind::Pledge.schema(), YE, ActorId([3; 16]));
    ye.receive([(&row.hash, row.bytes.as_slice())]).unwrap();
    std::mem::swap(&mut scene.lin, &mut ye);
    let viewer = scene.types("text");
    assert_eq!(
        scene.pushes(3, &viewer.bytes),
        Fate::Refused(Refusal::NotPermitted)
    );
    scene.lin = Document::new(LEDGER, Kind::Pledge.schema(), LIN, ActorId([4; 16]));
    let twice = scene.adds();
    assert_eq!(
        scene.pushes(1, &twice.bytes),
        Fate::Refused(Refusal::AlreadyThere)
    );
}

#[test]
fn a_sealed_entry_comes_back_under_its_own_account_whoever_brings_it() {
    let mut scene = Scene::new();
    let row = scene.adds();
    let device = DeviceId::from_bytes([6; 16]);
    let sealed = Scene::entry(&row, seal(&SEAL_KEY, LEDGER, &row.hash, LIN, device, None));
    assert_eq!(scene.offers(3, sealed), Fate::Stored(2), "a viewer brings it");
    let Entry {
        account,
        device: from,
        carried_by,
        received_at,
        ..
    } = scene.log[1];
    assert_eq!(
        (account, from, carried_by, received_at),
        (LIN, device, None, Timestamp(5))
    );
}

#[test]
fn a_seal_that_is_not_ours_proves_nothing() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.offers(3, Scene::entry(&row, Seal([1; 32]))), Fate::Held);
    let mut scene = Scene::new();
    let row = scene.adds();
    let of_another = seal(
        &[9; 32],
        LEDGER,
        &row.hash,
        LIN,
        DeviceId::from_bytes([6; 16]),
        None,
    );
    assert_eq!(scene.offers(2, Scene::entry(&row, of_another)), Fate::Stored(2));
    assert_eq!(scene.log[1].carried_by, Some(GU));
}

#[test]
fn a_sealed_entry_comes_back_though_an_older_copy_of_the_store_holds_it() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.pushes(3, &row.bytes), Fate::Held);
    let device = DeviceId::from_bytes([6; 16]);
    let sealed = Scene::entry(&row, seal(&SEAL_KEY, LEDGER, &row.hash, LIN, device, None));
    assert_eq!(scene.offers(2, sealed), Fate::Stored(2));
}

#[test]
fn a_cursor_whose_chain_is_not_the_logs_has_diverged() {
    let mut scene = Scene::new();
    let page = |after, chain_before, chain| Page {
        ledger: LEDGER,
        after,
        chain_before,
        entries: Vec::new(),
        chain,
        last: 1,
    };
    let chain = scene.chain;
    for (seq, theirs, before) in [(1, Chain([9; 32]), Some(chain)), (40, Chain([9; 32]), None)] {
        let asked = scene.follows(2, seq, theirs);
        assert_eq!(
            asked,
            [Effect::Read {
                connection: ConnectionId(2),
                ledger: LEDGER,
                after: seq
            }]
        );
        let told = scene.happens(Event::Read(ConnectionId(2), page(seq, before, chain)));
        assert_eq!(sent(&told, 2), [&RelayMessage::Diverged { ledger: LEDGER }]);
    }
}

#[test]
fn what_queues_during_an_fsync_goes_with_the_next() {
    let mut scene = Scene::new();
    let (row, text, note) = (scene.adds(), scene.types("text"), scene.types("note"));
    let push = |made: &Made| {
        let changes = vec![made.bytes.clone().into()];
        Event::Received(
            ConnectionId(1),
            ClientMessage::Push {
                ledger: LEDGER,
                changes,
            },
        )
    };
    let first = scene.relay.handle(NOW, push(&row));
    let [Effect::Commit(first)] = &first[..] else {
        panic!("{first:?}")
    };
    assert_eq!(scene.relay.handle(NOW, push(&text)), []);
    assert_eq!(scene.relay.handle(NOW, push(&note)), []);
    let places = first.entries.iter().map(|new| scene.stores(new)).collect();
    let next = scene.relay.handle(NOW, Event::Committed(first.id, places));
    let batch = next.iter().find_map(|effect| {
        if let Effect::Commit(batch) = effect {
            Some(batch)
        } else {
            None
        }
    });
    let hashes: Vec<ChangeHash> = batch.unwrap().entries.iter().map(|new| new.hash).collect();
    assert_eq!(hashes, [text.hash, note.hash]);
}

#[test]
fn a_ledger_the_store_lacks_is_forgotten_only_by_who_holds_nothing_of_it() {
    let mut scene = Scene::new();
    let ledger = LedgerId([1; 16]);
    let follow = |seq| {
        ClientMessage::Follow(Cursor {
            ledger,
            seq,
            chain: Chain::START,
            pending: 0,
        })
    };
    assert_eq!(
        sent(&scene.says(1, follow(0)), 1),
        [&RelayMessage::Forget { ledger }]
    );
    assert_eq!(scene.says(1, follow(3)), []);
}

#[test]
fn whoever_loses_the_right_to_read_is_sent_nothing_more() {
    let mut scene = Scene::new();
    scene.follows(2, 1, scene.chain);
    let elsewhere = Grant::new(UnitId::from_bytes([6; 16]), Role::GroupLeader);
    let effects = scene.happens(Event::Granted(GU, vec![elsewhere]));
    assert_eq!(sent(&effects, 2), [&RelayMessage::Forget { ledger: LEDGER }]);
    let row = scene.adds();
    let changes = vec![row.bytes.into()];
    let effects = scene.says(
        1,
        ClientMessage::Push {
            ledger: LEDGER,
            changes,
        },
    );
    assert!(sent(&effects, 2).is_empty());
}

#[test]
fn an_account_without_roles_stays_to_deliver_what_its_device_holds() {
    let mut scene = Scene::new();
    scene.happens(Event::Granted(GU, Vec::new()));
    let row = scene.adds();
    assert_eq!(
        scene.pushes(2, &row.bytes),
        Fate::Held,
        "it is Lin's, carried by Gu"
    );
}
