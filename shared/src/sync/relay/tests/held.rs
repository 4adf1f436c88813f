//! What is kept for a person, and what becomes of it.

use super::*;

/// Lin's changes, brought by Ye, who may write nothing: all of them are held.
fn held(scene: &mut Scene, made: &[&Made]) {
    for made in made {
        assert_eq!(scene.pushes(3, &made.bytes), Fate::Held);
    }
}

fn entry(made: &Made) -> NewEntry {
    let device = DeviceId::from_bytes([1; 16]);
    NewEntry {
        ledger: LEDGER,
        hash: made.hash,
        account: LIN,
        device,
        carried_by: Some(YE),
        received_at: NOW,
        bytes: made.bytes.clone(),
        seal: seal(&SEAL_KEY, LEDGER, &made.hash, LIN, device, Some(YE)),
    }
}

#[test]
fn what_is_taken_in_before_its_ground_waits_for_it() {
    let mut scene = Scene::new();
    let (row, text) = (scene.adds(), scene.types("text"));
    held(&mut scene, &[&row, &text]);
    assert!(scene.happens(Event::TakenIn(Box::new(entry(&text)))).is_empty());
    assert_eq!(scene.log.len(), 1, "the row is not there yet");
    scene.happens(Event::TakenIn(Box::new(entry(&row))));
    let hashes: Vec<ChangeHash> = scene.log[1..].iter().map(|entry| entry.hash).collect();
    assert_eq!(hashes, [row.hash, text.hash]);
    assert!(scene.log[1..].iter().all(|entry| entry.carried_by == Some(YE)));
}

#[test]
fn what_is_turned_down_is_told_to_its_author_once_and_to_whoever_brings_it_again() {
    let mut scene = Scene::new();
    let row = scene.adds();
    held(&mut scene, &[&row]);
    let refused = Fate::Refused(Refusal::TurnedDown);
    let told = scene.happens(Event::TurnedDown(LEDGER, row.hash));
    let fates = RelayMessage::Fates {
        ledger: LEDGER,
        fates: vec![(row.hash, refused)],
    };
    assert_eq!(sent(&told, 1), [&fates]);
    assert_eq!(told.len(), 1, "whoever carried it is not told what became of it");
    assert!(scene.happens(Event::TurnedDown(LEDGER, row.hash)).is_empty());
    assert_eq!(scene.pushes(1, &row.bytes), refused);
    assert_eq!(scene.pushes(3, &row.bytes), refused);
    assert_eq!(scene.log.len(), 1);
}

#[test]
fn what_builds_on_something_turned_down_is_refused_with_it() {
    let mut scene = Scene::new();
    let (row, text) = (scene.adds(), scene.types("text"));
    held(&mut scene, &[&row]);
    scene.happens(Event::TurnedDown(LEDGER, row.hash));
    assert_eq!(scene.pushes(3, &text.bytes), Fate::Refused(Refusal::TurnedDown));
}

/// Gu's changes: first to a column that is closed to group leaders, then to one that is not.
fn of_gu(scene: &mut Scene) -> [Made; 2] {
    let row = scene.adds();
    assert!(matches!(scene.pushes(1, &row.bytes), Fate::Stored(_)));
    let mut gu = Document::new(LEDGER, Kind::Pledge.schema(), GU, ActorId([2; 16]));
    gu.receive([(&row.hash, row.bytes.as_slice())]).unwrap();
    ["note", "text"].map(|key| types(&mut gu, 100, key))
}

#[test]
fn what_is_carried_after_something_not_permitted_is_held_for_being_carried() {
    let mut scene = Scene::new();
    let [note, text] = of_gu(&mut scene);
    assert_eq!(scene.pushes(2, &note.bytes), Fate::Refused(Refusal::NotPermitted));
    assert_eq!(scene.pushes(1, &text.bytes), Fate::Held);
    assert_eq!(
        scene.pushes(2, &text.bytes),
        Fate::Held,
        "and so its author is told"
    );
}

#[test]
fn what_an_officer_writes_after_a_colleagues_held_change_is_not_taken_for_the_colleagues() {
    let mut scene = Scene::new();
    let [note, _] = of_gu(&mut scene);
    scene.pushes(2, &note.bytes);
    scene.lin.receive([(&note.hash, note.bytes.as_slice())]).unwrap();
    let after = scene.types("text");
    assert_eq!(
        scene.pushes(1, &after.bytes),
        Fate::Later(Later::Waits(note.hash))
    );
}

#[test]
fn what_is_turned_down_while_it_waits_for_its_ground_stays_out() {
    let mut scene = Scene::new();
    let (row, text) = (scene.adds(), scene.types("text"));
    held(&mut scene, &[&row, &text]);
    scene.happens(Event::TakenIn(Box::new(entry(&text))));
    scene.happens(Event::TurnedDown(LEDGER, text.hash));
    scene.happens(Event::TakenIn(Box::new(entry(&row))));
    let hashes: Vec<ChangeHash> = scene.log[1..].iter().map(|entry| entry.hash).collect();
    assert_eq!(hashes, [row.hash]);
}
