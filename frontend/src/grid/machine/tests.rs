use super::*;

const EXTENT: Extent = Extent { rows: 20, columns: 6 };

/// A grid whose column 5 is locked and whose cell (1, 1) is in conflict.
fn feed(machine: &mut Machine, event: Event) -> Answer {
    let access = |place: Place| match (place.row, place.column) {
        (_, 5) => Access::Locked,
        (1, 1) => Access::Clash,
        _ => Access::Open,
    };
    machine.handle(
        event,
        &Setting {
            extent: EXTENT,
            page: 10,
            filled: &|_| false,
            access: &access,
        },
    )
}

fn at(row: usize, column: usize) -> Machine {
    let mut machine = Machine::default();
    feed(&mut machine, Event::Point(Place::new(row, column)));
    machine
}

fn press(machine: &mut Machine, press: Press) -> Vec<Effect> {
    feed(machine, Event::Key(press)).effects
}

const ENTER: Press = Key::Enter.alone();
const ESCAPE: Press = Key::Escape.alone();
const RIGHT: Press = Key::Arrow(Way::Right).alone();
const DOWN: Press = Key::Arrow(Way::Down).alone();

#[test]
fn typing_replaces_and_an_arrow_commits_and_moves() {
    let mut machine = at(2, 2);
    assert_eq!(
        feed(&mut machine, Event::Input),
        Answer::left([Effect::Began(Place::new(2, 2))])
    );
    assert_eq!(
        press(&mut machine, RIGHT),
        [Effect::Commit {
            at: Place::new(2, 2),
            pick: None
        }]
    );
    assert_eq!((machine.at(), machine.mode()), (Place::new(2, 3), Mode::Moving));
}

#[test]
fn after_f2_the_arrows_belong_to_the_caret() {
    let mut machine = at(2, 2);
    assert_eq!(
        press(&mut machine, Key::Function(2).alone()),
        [Effect::Open(Place::new(2, 2))]
    );
    assert_eq!(feed(&mut machine, Event::Key(RIGHT)), Answer::default());
    assert_eq!(machine.at(), Place::new(2, 2));
    assert_eq!(
        press(&mut machine, ENTER),
        [Effect::Commit {
            at: Place::new(2, 2),
            pick: None
        }]
    );
    assert_eq!(machine.at(), Place::new(3, 2));
}

#[test]
fn while_composing_keys_belong_to_the_input_method() {
    let mut machine = at(2, 2);
    feed(&mut machine, Event::CompositionStart);
    feed(&mut machine, Event::Input);
    for key in [
        ENTER,
        ESCAPE,
        RIGHT,
        DOWN,
        Key::Tab.alone(),
        Key::Character('a').with_ctrl(),
    ] {
        assert_eq!(feed(&mut machine, Event::Key(key)), Answer::default(), "{key:?}");
    }
    assert_eq!(machine.at(), Place::new(2, 2));
}

#[test]
fn a_composition_is_committed_exactly_once() {
    let mut machine = at(2, 2);
    let mut commits = 0;
    let events = [
        Event::CompositionStart,
        Event::Input,
        Event::Key(ENTER),
        Event::Input,
        Event::CompositionEnd,
        Event::Key(ENTER),
        Event::Blur,
        Event::Blur,
    ];
    for event in events {
        let effects = feed(&mut machine, event).effects;
        commits += effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Commit { .. }))
            .count();
    }
    assert_eq!(commits, 1);
    assert_eq!(machine.at(), Place::new(3, 2));
}

#[test]
fn escape_writes_nothing() {
    let mut machine = at(2, 2);
    feed(&mut machine, Event::Input);
    assert_eq!(press(&mut machine, ESCAPE), [Effect::Discard]);
    assert_eq!(feed(&mut machine, Event::Blur), Answer::default());
}

#[test]
fn what_cannot_stand_in_the_cell_stays_in_the_editor() {
    let mut machine = at(2, 2);
    feed(&mut machine, Event::Input);
    press(&mut machine, ENTER);
    feed(&mut machine, Event::Rejected(Place::new(2, 2)));
    assert_eq!(machine.at(), Place::new(2, 2));
    assert_eq!(machine.editing().unwrap().begun, Begun::Opening);
}

#[test]
fn pointing_at_another_cell_commits_first() {
    let mut machine = at(2, 2);
    feed(&mut machine, Event::Input);
    let answer = feed(&mut machine, Event::Point(Place::new(4, 4)));
    assert_eq!(
        answer.effects,
        [Effect::Commit {
            at: Place::new(2, 2),
            pick: None
        }]
    );
    assert_eq!(machine.at(), Place::new(4, 4));
}

#[test]
fn a_locked_cell_is_not_written_and_a_conflict_is_shown() {
    let mut machine = at(2, 5);
    assert_eq!(
        press(&mut machine, Key::Character('x').alone()),
        [Effect::Locked(Place::new(2, 5))]
    );
    let composing = feed(&mut machine, Event::CompositionStart).effects;
    assert_eq!(composing, [Effect::Discard, Effect::Locked(Place::new(2, 5))]);
    let mut machine = at(1, 1);
    assert_eq!(
        press(&mut machine, Key::Function(2).alone()),
        [Effect::Settle(Place::new(1, 1))]
    );
    assert_eq!(machine.mode(), Mode::Moving);
}

#[test]
fn shift_extends_and_escape_takes_back_the_copy_mark() {
    let mut machine = at(2, 2);
    press(&mut machine, Key::Arrow(Way::Down).with_shift());
    press(&mut machine, Key::Arrow(Way::Right).with_shift());
    assert_eq!(
        machine.selection(),
        Area {
            top: 2,
            left: 2,
            bottom: 3,
            right: 3
        }
    );
    feed(&mut machine, Event::Copied);
    assert_eq!(machine.copied(), Some(machine.selection()));
    press(&mut machine, ESCAPE);
    assert_eq!(machine.copied(), None);
    assert!(machine.selection().is_one_cell());
}

#[test]
fn a_block_is_pasted_where_the_selection_is_and_into_a_table_without_rows() {
    let mut machine = at(2, 2);
    assert_eq!(machine.pasting(EXTENT), Some(machine.selection()));
    let empty = Extent { rows: 0, ..EXTENT };
    assert_eq!(machine.pasting(empty), Some(Machine::default().selection()));
    assert_eq!(machine.pasting(Extent { columns: 0, ..EXTENT }), None);
    feed(&mut machine, Event::Input);
    assert_eq!(machine.pasting(EXTENT), None);
}

#[test]
fn arrows_choose_from_what_is_offered_and_enter_takes_it() {
    let mut machine = at(2, 2);
    feed(&mut machine, Event::Input);
    feed(
        &mut machine,
        Event::Offered(Some(Offer {
            count: 3,
            at: Some(0),
            many: false,
        })),
    );
    press(&mut machine, DOWN);
    assert_eq!(
        press(&mut machine, ENTER),
        [Effect::Commit {
            at: Place::new(2, 2),
            pick: Some(1)
        }]
    );
}

#[test]
fn a_set_takes_one_after_the_other() {
    let mut machine = at(2, 2);
    feed(&mut machine, Event::Input);
    feed(
        &mut machine,
        Event::Offered(Some(Offer {
            count: 2,
            at: Some(1),
            many: true,
        })),
    );
    assert_eq!(press(&mut machine, ENTER), [Effect::Toggle(1)]);
    assert!(machine.editing().is_some());
    feed(
        &mut machine,
        Event::Offered(Some(Offer {
            count: 2,
            at: None,
            many: true,
        })),
    );
    assert_eq!(
        press(&mut machine, ENTER),
        [Effect::Commit {
            at: Place::new(2, 2),
            pick: None
        }]
    );
}

#[test]
fn every_command_of_the_keyboard_has_its_effect() {
    let here = Place::new(2, 2);
    let one = Area::between(here, here);
    let cases = [
        (Key::Delete.alone(), Effect::Clear(one)),
        (Key::Character('d').with_ctrl(), Effect::Fill(one)),
        (Key::Character('z').with_ctrl(), Effect::Undo),
        (Key::Character('y').with_ctrl(), Effect::Redo),
        (Key::Character(';').with_ctrl(), Effect::Today(here)),
        (Key::Character('f').with_ctrl(), Effect::Find),
        (Key::Enter.with_ctrl(), Effect::AddRow(here)),
        (Key::Character(' ').alone(), Effect::Card(here)),
        (Key::Function(1).alone(), Effect::Keys),
        (Key::Function(6).alone(), Effect::Leave),
        (Key::Function(6).with_shift(), Effect::LeaveBack),
    ];
    for (key, wanted) in cases {
        let answer = feed(&mut at(2, 2), Event::Key(key));
        assert_eq!(
            (answer.effects.as_slice(), answer.taken),
            ([wanted].as_slice(), true),
            "{key:?}"
        );
    }
    let mut machine = at(2, 2);
    feed(&mut machine, Event::Input);
    assert_eq!(press(&mut machine, Key::Enter.with_alt()), [Effect::Break]);
}

#[test]
fn copy_and_paste_are_left_to_the_clipboard() {
    for character in ['c', 'x', 'v'] {
        assert_eq!(
            feed(&mut at(2, 2), Event::Key(Key::Character(character).with_ctrl())),
            Answer::default()
        );
    }
}
