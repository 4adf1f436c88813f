//! What turns out to ruin a ledger.

use super::*;
use crate::id::RowId;
use crate::ledger::act::{Act, Deed, Entry as How, NewRow};
use crate::protocol::void::{Content, records};

/// A row of Gu's, who knows nothing of Lin's work.
fn row_of_gu(number: u8) -> Made {
    let mut gu = Document::new(LEDGER, Kind::Pledge.schema(), GU, ActorId([number; 16]));
    let row = NewRow {
        table: "items".to_owned(),
        id: RowId::from_bytes([number; 16]),
        order: "80".to_owned(),
        cells: Vec::new(),
    };
    let deed = Deed::Enter {
        by: How::Typed,
        rows: vec![row],
        cells: Vec::new(),
    };
    let act = Act {
        id: crate::id::ActId(uuid::Uuid::from_u128(u128::from(number))),
        at: NOW,
        deed,
    };
    gu.perform(&act).unwrap().changes.remove(0)
}

#[test]
fn what_ruins_a_ledger_is_voided_with_what_depends_on_it_and_the_rest_goes_on() {
    let mut scene = Scene::new();
    let (row, text) = (scene.adds(), scene.types("text"));
    let beside = row_of_gu(0x21);
    for (id, made) in [(1, &row), (2, &beside), (1, &text)] {
        assert!(matches!(scene.pushes(id, &made.bytes), Fate::Stored(_)));
    }
    let told = scene.happens(Event::Unsound(LEDGER, row.hash));
    let record = scene.log.last().unwrap().clone();
    assert_eq!(record.content(), Some(Content::Void(vec![row.hash, text.hash])));
    assert_eq!((record.seq, record.account), (5, AccountId::RELAY));
    let sent = sent(&told, 1);
    let is_told = |message: &&&RelayMessage| matches!(message, RelayMessage::Entries { entries, .. } if entries[..] == [record.clone()]);
    assert!(sent.iter().any(|message| is_told(&message)), "{sent:?}");

    // Whoever still has it keeps it; what builds on it has nothing to build on.
    assert_eq!(scene.pushes(1, &row.bytes), Fate::Refused(Refusal::Ruinous));
    let late = scene.types("measure");
    assert_eq!(scene.pushes(1, &late.bytes), Fate::Later(Later::Waits(text.hash)));
    assert_eq!(scene.pushes(2, &row_of_gu(0x22).bytes), Fate::Stored(6));
    scene.happens(Event::Unsound(LEDGER, row.hash));
    assert_eq!(scene.log.len(), 6, "once is enough");
}

#[test]
fn a_newcomer_is_sent_the_place_of_what_was_voided_without_its_bytes() {
    let mut scene = Scene::new();
    let row = scene.adds();
    scene.pushes(1, &row.bytes);
    scene.happens(Event::Unsound(LEDGER, row.hash));
    let contents: Vec<_> = scene.log.iter().map(Entry::content).collect();
    assert_eq!(contents[1], Some(Content::Withheld));
    assert_eq!(contents[2], Some(Content::Void(vec![row.hash])));
}

#[test]
fn a_record_comes_back_to_a_relay_that_was_restored_and_what_it_voids_does_not() {
    let mut scene = Scene::new();
    let row = scene.adds();
    let record = records(&[row.hash]).remove(0);
    let device = DeviceId::from_bytes([0; 16]);
    let sealed = |made: &Made, account| Entry {
        seq: 3,
        hash: made.hash,
        account,
        device,
        carried_by: None,
        received_at: NOW,
        bytes: made.bytes.clone(),
        seal: seal(&SEAL_KEY, LEDGER, &made.hash, account, device, None),
    };
    let forged = Entry {
        seal: Seal([7; 32]),
        ..sealed(&record, AccountId::RELAY)
    };
    let malformed = Fate::Refused(Refusal::Malformed);
    assert_eq!(scene.offers(1, forged), malformed);
    assert_eq!(scene.pushes(1, &record.bytes), malformed);
    assert_eq!(
        scene.offers(1, sealed(&record, AccountId::RELAY)),
        Fate::Stored(2)
    );
    assert_eq!(
        scene.offers(1, sealed(&row, LIN)),
        Fate::Refused(Refusal::Ruinous)
    );
    assert_eq!(scene.pushes(2, &row_of_gu(0x21).bytes), Fate::Stored(3));
}

#[test]
fn nothing_is_added_while_something_is_being_voided() {
    let mut scene = Scene::new();
    let row = scene.adds();
    scene.pushes(1, &row.bytes);
    let effects = scene.relay.handle(NOW, Event::Unsound(LEDGER, row.hash));
    let [Effect::Commit(batch)] = &effects[..] else {
        panic!("{effects:?}");
    };
    let batch = batch.clone();
    let busy = Fate::Later(Later::Busy);
    assert_eq!(scene.pushes(2, &row_of_gu(0x21).bytes), busy);
    let places = batch.entries.iter().map(|new| scene.stores(new)).collect();
    scene.happens(Event::Committed(batch.id, places));
    assert_eq!(scene.pushes(2, &row_of_gu(0x21).bytes), Fate::Stored(4));
}

#[test]
fn a_skeleton_is_never_voided() {
    let mut scene = Scene::new();
    let skeleton = scene.log[0].hash;
    let told = scene.happens(Event::Unsound(LEDGER, skeleton));
    assert_eq!(told, [Effect::CannotVoid(LEDGER, skeleton)]);
    assert_eq!(scene.log.len(), 1);
    let row = scene.adds();
    assert_eq!(scene.pushes(1, &row.bytes), Fate::Stored(2), "work goes on");
}

#[test]
fn what_is_found_in_a_ledger_that_is_not_in_memory_is_voided_once_it_is() {
    let mut scene = Scene::new();
    let row = scene.adds();
    scene.pushes(1, &row.bytes);
    scene.relay = Relay::new(scene.relay.config.clone());
    assert_eq!(
        scene.relay.handle(NOW, Event::Unsound(LEDGER, row.hash)),
        [Effect::Load(LEDGER)]
    );
    assert_eq!(
        scene.relay.handle(NOW, Event::Unsound(LEDGER, row.hash)),
        [],
        "it is on its way"
    );
    let told = scene.carries_out(Effect::Load(LEDGER));
    assert!(told.contains(&Effect::Voided(LEDGER, vec![row.hash])), "{told:?}");
    assert_eq!(scene.log[1].content(), Some(Content::Withheld));
}

#[test]
fn a_ledger_that_cannot_be_read_is_left_for_a_person() {
    let mut scene = Scene::new();
    scene.relay = Relay::new(scene.relay.config.clone());
    let change = ChangeHash([7; 32]);
    scene.relay.handle(NOW, Event::Unsound(LEDGER, change));
    let cannot = [Effect::CannotVoid(LEDGER, change)];
    assert_eq!(scene.relay.handle(NOW, Event::Unreadable(LEDGER)), cannot);
    assert_eq!(scene.relay.handle(NOW, Event::Unsound(LEDGER, change)), cannot);
    assert_eq!(scene.log.len(), 1);
}

#[test]
fn what_is_found_while_the_disk_is_busy_is_voided_with_what_was_on_its_way() {
    let mut scene = Scene::new();
    let (row, text) = (scene.adds(), scene.types("text"));
    let push = |made: &Made| {
        let changes = vec![made.bytes.clone().into()];
        let ledger = LEDGER;
        Event::Received(ConnectionId(1), ClientMessage::Push { ledger, changes })
    };
    let first = scene.relay.handle(NOW, push(&row));
    let [Effect::Commit(batch)] = &first[..] else {
        panic!("{first:?}");
    };
    let batch = batch.clone();
    // It is on the disk, where the shadow sees it; the relay has not been told. What builds on it waits its turn.
    let places = batch.entries.iter().map(|new| scene.stores(new)).collect();
    assert_eq!(scene.relay.handle(NOW, push(&text)), []);
    assert_eq!(scene.relay.handle(NOW, Event::Unsound(LEDGER, row.hash)), []);
    let told = scene.happens(Event::Committed(batch.id, places));
    let voided = vec![row.hash, text.hash];
    assert!(told.contains(&Effect::Voided(LEDGER, voided.clone())), "{told:?}");
    assert_eq!(scene.log.len(), 4);
    assert_eq!(scene.log[3].content(), Some(Content::Void(voided)));
    assert_eq!(scene.pushes(2, &row_of_gu(0x21).bytes), Fate::Stored(5));
}

#[test]
fn what_depends_on_what_a_record_names_is_voided_with_it() {
    let mut scene = Scene::new();
    let (row, text) = (scene.adds(), scene.types("text"));
    let record = records(&[row.hash]).remove(0);
    let device = DeviceId::from_bytes([0; 16]);
    let sealed = Entry {
        seq: 3,
        hash: record.hash,
        account: AccountId::RELAY,
        device,
        carried_by: None,
        received_at: NOW,
        seal: seal(&SEAL_KEY, LEDGER, &record.hash, AccountId::RELAY, device, None),
        bytes: record.bytes,
    };
    for made in [&row, &text] {
        scene.pushes(1, &made.bytes);
    }
    // The relay was set back to before the record, and somebody has gone on writing.
    assert_eq!(scene.offers(2, sealed), Fate::Stored(4));
    let contents: Vec<_> = scene.log[1..].iter().map(Entry::content).collect();
    let void = |hash| Some(Content::Void(vec![hash]));
    let withheld = Some(Content::Withheld);
    assert_eq!(
        contents,
        [withheld.clone(), withheld, void(row.hash), void(text.hash)]
    );
    assert_eq!(scene.pushes(2, &row_of_gu(0x21).bytes), Fate::Stored(6));
}
