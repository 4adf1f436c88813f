//! Acts that the relay keeps for a person, until that person has decided.

use super::*;
use crate::protocol::Refusal;

#[test]
fn an_act_that_was_refused_and_then_taken_in_is_no_longer_set_aside() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.is_told(made.hash, Fate::Refused(Refusal::NotPermitted));
    assert_eq!((tab.counts().refused, tab.shows()), (1, Value::Empty));
    tab.saves();
    tab.logs(LIN, &made);
    tab.receives_entries(2);
    assert_eq!((tab.counts(), tab.shows()), (Counts::default(), text("一")));
    let dropped = tab
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Save(save) if save.drop_acts.len() == 1));
    assert!(dropped, "nor on the disk");
}

#[test]
fn an_act_that_is_turned_down_while_its_author_is_there_is_set_aside_at_once() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.is_told(made.hash, Fate::Held);
    assert_eq!(tab.counts().held, 1);
    tab.is_told(made.hash, Fate::Refused(Refusal::TurnedDown));
    assert_eq!((tab.counts().held, tab.counts().refused), (0, 1));
    let aside = tab.client.ledger(LEDGER).unwrap().set_aside().next().unwrap();
    assert_eq!(aside.changes, [made], "by which the relay's list names it");
}

#[test]
fn a_fate_of_what_is_not_here_is_nothing_to_this_tab() {
    let mut tab = Tab::online();
    tab.is_told(ChangeHash([7; 32]), Fate::Refused(Refusal::TurnedDown));
    assert_eq!(tab.counts(), Counts::default());
}
