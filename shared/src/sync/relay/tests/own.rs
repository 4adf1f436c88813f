//! What the relay itself writes.

use super::*;
use crate::id::{ActId, LedgerId, RowId};
use crate::ledger::act::{Act, Deed, Entry as How, NewRow};
use crate::protocol::RelayMessage;

/// A row that the relay makes, under this actor.
fn row(ledger: LedgerId, actor: u8) -> Vec<Made> {
    let schema = Kind::Pledge.schema();
    let mut document = Document::new(ledger, schema, AccountId::RELAY, ActorId([actor; 16]));
    let act = Act {
        id: ActId::from_bytes([actor; 16]),
        at: NOW,
        deed: Deed::Enter {
            by: How::Imported,
            rows: vec![NewRow {
                table: "items".to_owned(),
                id: RowId::from_bytes([77; 16]),
                order: "80".to_owned(),
                cells: Vec::new(),
            }],
            cells: Vec::new(),
        },
    };
    document.perform(&act).unwrap().changes
}

#[test]
fn it_goes_into_the_log_once_and_to_everybody_who_follows() {
    let mut scene = Scene::new();
    let made = row(LEDGER, 50);
    let effects = scene.happens(Event::Own(LEDGER, made.clone()));
    let entries = sent(&effects, 1).into_iter().find_map(|message| match message {
        RelayMessage::Entries { entries, .. } => Some(entries),
        _ => None,
    });
    let entries = entries.expect("Lin follows");
    assert_eq!(
        (entries[0].hash, entries[0].account),
        (made[0].hash, AccountId::RELAY)
    );
    let before = scene.log.len();
    scene.happens(Event::Own(LEDGER, made));
    scene.happens(Event::Own(LEDGER, row(LEDGER, 51)));
    assert_eq!(scene.log.len(), before, "the row is there already");
}

#[test]
fn it_waits_for_its_ledger_and_is_nothing_where_there_is_none() {
    let mut scene = Scene::new();
    let before = scene.log.len();
    scene.happens(Event::Own(OTHER_LEDGER, row(OTHER_LEDGER, 50)));
    let skeletons = Kind::Pledge.schema().skeletons.len();
    assert_eq!(scene.log.len(), before + skeletons + 1);
    let missing = LedgerId([99; 16]);
    scene.happens(Event::Own(missing, row(missing, 50)));
    assert_eq!(scene.log.len(), before + skeletons + 1);
}

#[test]
fn a_ledger_whose_term_is_over_is_forgotten_by_everybody() {
    let mut scene = Scene::new();
    let effects = scene.happens(Event::StatusChanged(LEDGER, Status::Forgotten));
    let forget = RelayMessage::Forget { ledger: LEDGER };
    assert_eq!(sent(&effects, 1), [&forget]);
    let (seq, chain) = (scene.log.len() as u64, scene.chain);
    assert_eq!(sent(&scene.follows(2, seq, chain), 2), [&forget]);
    let made = scene.adds();
    assert_eq!(
        scene.pushes(1, &made.bytes),
        Fate::Refused(Refusal::UnknownLedger)
    );
    let before = scene.log.len();
    scene.happens(Event::Own(LEDGER, row(LEDGER, 50)));
    assert_eq!(scene.log.len(), before);
}
