//! What a hand-over file takes with it, and what goes on after it.

use super::super::*;
use super::tab::*;
use crate::protocol::Fate;

#[test]
fn what_the_relay_lacks_is_handed_over_and_nothing_else() {
    let mut tab = Tab::online();
    assert!(tab.client.hand_over().is_empty());
    let first = tab.types_and_pushes("first");
    let second = tab.types_and_pushes("second");
    tab.is_told(first.hash, Fate::Stored(4));
    let handed = tab.client.hand_over();
    assert_eq!((handed.len(), handed[0].ledger), (1, LEDGER));
    assert_eq!(handed[0].changes, std::slice::from_ref(&second.bytes));
    assert_eq!(tab.client.ledger(LEDGER).unwrap().only_here(), 1);
    tab.is_told(second.hash, Fate::Stored(5));
    assert!(tab.client.hand_over().is_empty());
    assert_eq!(tab.client.ledger(LEDGER).unwrap().only_here(), 0);
}

#[test]
fn what_was_refused_is_handed_over_with_its_values_and_what_is_held_is_at_the_relay() {
    let mut tab = Tab::online();
    let refused = tab.types_and_pushes("refused");
    tab.is_told(refused.hash, Fate::Refused(Refusal::NotPermitted));
    tab.saves();
    let handed = tab.client.hand_over();
    assert_eq!((handed[0].changes.len(), handed[0].aside.len()), (0, 1));
    assert_eq!(handed[0].aside[0].deed, types("refused"));

    let mut tab = Tab::online();
    let held = tab.types_and_pushes("held");
    tab.is_told(held.hash, Fate::Held);
    assert!(tab.client.hand_over().is_empty());
}

#[test]
fn after_a_hand_over_one_goes_on_under_another_actor_and_the_pending_stay_as_they_are() {
    let mut tab = Tab::online();
    let before = tab.types_and_pushes("before");
    let actor = |bytes: &[u8]| crate::guard::decode(bytes).unwrap().actor;
    let same = tab.types_and_pushes("same");
    assert_eq!(actor(&before.bytes), actor(&same.bytes));
    let handed = tab.client.hand_over();
    let effects = tab.client.end_actors();
    tab.effects.extend(effects);
    tab.saves();
    assert_eq!(tab.client.hand_over(), handed);
    let after = tab.types_and_pushes("after");
    assert_ne!(actor(&before.bytes), actor(&after.bytes));
    assert_eq!(tab.shows(), crate::ledger::cell::Value::Text("after".into()));
}
