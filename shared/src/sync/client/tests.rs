//! Tests of the client: one tab, told by hand what its disk and the relay say.

use std::time::Duration;

use super::*;
use crate::id::{Chain, ChangeHash};
use crate::ledger::cell::Value;
use crate::ledger::document::Made;
use crate::limit;
use crate::protocol::{Fate, Later};
use tab::*;

mod hand_over;
mod held;
mod line;
mod tab;
mod upload;
mod voided;

#[test]
fn nothing_is_pushed_before_the_disk_has_it() {
    let mut tab = Tab::online();
    tab.types("一");
    assert_eq!(
        tab.counts(),
        Counts {
            saving: 1,
            pending: 1,
            ..Counts::default()
        }
    );
    assert_eq!(tab.shows(), text("一"), "it shows at once");
    let id = tab.effects.iter().find_map(|effect| {
        if let Effect::Save(save) = effect {
            Some(save.id)
        } else {
            None
        }
    });
    assert!(tab.pushed().is_empty());
    tab.happens(Event::Saved(id.unwrap()));
    assert_eq!(tab.pushed().len(), 1);
    assert_eq!(
        tab.counts(),
        Counts {
            sending: 1,
            pending: 1,
            ..Counts::default()
        }
    );
}

#[test]
fn the_count_falls_by_the_receipt_and_the_act_is_dropped_with_its_entry() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.is_told(made.hash, Fate::Stored(3));
    assert_eq!(tab.counts().pending, 0);
    assert!(
        !tab.effects.iter().any(|effect| matches!(effect, Effect::Save(_))),
        "the disk keeps the act"
    );
    tab.logs(LIN, &made);
    tab.receives_entries(2);
    let saved = |effect: &Effect| matches!(effect, Effect::Save(save) if save.entries.len() == 1 && save.drop_acts.len() == 1);
    assert!(tab.effects.iter().any(saved), "entry and act in one transaction");
}

#[test]
fn later_changes_nothing_but_the_next_try() {
    for later in [Later::Busy, Later::Rate, Later::Waits(ChangeHash([1; 32]))] {
        let mut tab = Tab::online();
        let made = tab.types_and_pushes("一");
        tab.is_told(made.hash, Fate::Later(later));
        assert_eq!((tab.counts().pending, tab.shows()), (1, text("一")));
        tab.passes(Duration::from_secs(1));
        assert!(tab.pushed().is_empty());
        tab.passes(Duration::from_secs(3));
        assert_eq!(tab.pushed(), [made], "the very change, once more");
    }
}

#[test]
fn what_is_put_off_for_long_is_sent_when_a_person_asks() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.is_told(made.hash, Fate::Later(Later::Full));
    tab.passes(Duration::from_secs(5));
    assert!(tab.pushed().is_empty());
    tab.happens(Event::TryNow);
    assert_eq!(tab.pushed(), [made]);
}

#[test]
fn a_refused_act_is_set_aside_and_the_rest_goes_on_under_another_actor() {
    let mut tab = Tab::online();
    tab.types("一");
    tab.saves();
    tab.types("二");
    tab.saves();
    let [first, second] = tab.pushed().try_into().unwrap();
    tab.is_told(first.hash, Fate::Refused(Refusal::NotPermitted));
    tab.saves();
    let again = tab.pushed();
    assert_eq!(again.len(), 1);
    assert_ne!(again[0].hash, second.hash);
    let actor = |made: &Made| crate::guard::decode(&made.bytes).unwrap().actor;
    assert_ne!(actor(&again[0]), actor(&second));
    assert_eq!(tab.shows(), text("二"));
    assert_eq!(
        tab.counts(),
        Counts {
            pending: 1,
            sending: 1,
            refused: 1,
            ..Counts::default()
        }
    );
    // Whatever is still said of the changes that are gone says nothing.
    tab.is_told(second.hash, Fate::Later(Later::Waits(first.hash)));
    tab.is_told(first.hash, Fate::Refused(Refusal::NotPermitted));
    assert_eq!(tab.counts().refused, 1);
}

#[test]
fn what_is_there_already_is_dropped_without_a_word() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.is_told(made.hash, Fate::Refused(Refusal::AlreadyThere));
    assert_eq!(tab.counts(), Counts::default());
    let dropped = |effect: &Effect| matches!(effect, Effect::Save(save) if save.drop_acts.len() == 1);
    assert!(tab.effects.iter().any(dropped));
}

#[test]
fn a_held_act_leaves_the_document_and_is_asked_after_on_the_next_connection() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.is_told(made.hash, Fate::Held);
    assert_eq!((tab.counts().held, tab.shows()), (1, Value::Empty));
    tab.saves();
    tab.happens(Event::Disconnected);
    tab.passes(limit::RETRY_LONGEST);
    tab.happens(Event::Connected);
    assert!(tab.pushed().is_empty(), "first the log");
    tab.receives_entries(tab.log.len());
    assert_eq!(tab.pushed(), [made]);
}

#[test]
fn an_act_set_aside_is_dismissed_and_nothing_else_is() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    let act = tab.client.ledgers[&LEDGER].acts.values().next().unwrap().act.id;
    assert_eq!(tab.client.dismiss(LEDGER, act), [], "it is pending");
    tab.is_told(made.hash, Fate::Refused(Refusal::TooLarge));
    assert_eq!(tab.counts().refused, 1);
    tab.saves();
    let effects = tab.client.dismiss(LEDGER, act);
    assert!(
        matches!(&effects[..], [Effect::Save(save), Effect::Changed(_)] if save.drop_acts == [act]),
        "{effects:?}"
    );
    assert_eq!(tab.counts(), Counts::default());
}

#[test]
fn undoing_asks_when_somebody_has_changed_the_cell_since() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("林");
    tab.gu.receive([(&made.hash, made.bytes.as_slice())]).unwrap();
    let change = perform(&mut tab.gu, 2, types("顾"));
    tab.logs(LIN, &made);
    tab.logs(GU, &change);
    tab.receives_entries(2);
    assert_eq!(tab.shows(), text("顾"));
    let asked = tab.client.undo(tab.now, LEDGER, Over::Own);
    assert_eq!(asked, Err(UndoProblem::ChangedSince(vec![cell()])));
    assert_eq!(tab.shows(), text("顾"), "nothing was done");
    tab.client.undo(tab.now, LEDGER, Over::Others).unwrap();
    assert_eq!(tab.shows(), Value::Empty);
    assert_eq!(
        tab.client.undo(tab.now, LEDGER, Over::Own),
        Err(UndoProblem::Nothing)
    );
}

#[test]
fn a_transaction_that_failed_is_tried_again_before_anything_else() {
    let mut tab = Tab::online();
    tab.types("一");
    let Some(Effect::Save(first)) = tab
        .effects
        .iter()
        .find(|effect| matches!(effect, Effect::Save(_)))
        .cloned()
    else {
        panic!("it is saved");
    };
    tab.effects.clear();
    tab.happens(Event::SaveFailed(first.id));
    tab.types("二");
    assert!(tab.client.storage_failed());
    assert!(
        !tab.effects.iter().any(|effect| matches!(effect, Effect::Save(_))),
        "nothing overtakes it"
    );
    tab.passes(Duration::from_secs(10));
    assert!(tab.effects.contains(&Effect::Save(first)));
    tab.saves();
    assert!(!tab.client.storage_failed());
    assert_eq!(tab.pushed().len(), 2);
}

#[test]
fn a_ledger_that_must_go_is_deleted_once_nothing_of_it_is_pending() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.happens(Event::Received(RelayMessage::Forget { ledger: LEDGER }));
    assert!(!tab.effects.contains(&Effect::Forget(LEDGER)));
    tab.is_told(made.hash, Fate::Stored(3));
    tab.logs(LIN, &made);
    tab.receives_entries(2);
    assert!(tab.effects.contains(&Effect::Forget(LEDGER)));
    assert!(tab.client.ledger(LEDGER).is_none());
}

#[test]
fn what_stands_beyond_a_damaged_entry_is_kept_and_offered() {
    let mut online = Tab::online();
    let mut entries = online.log.clone();
    entries[0].bytes[20] ^= 1;
    let beyond = entries[1].hash;
    online.client = Client::new(config());
    online.opens(Kept {
        entries,
        ..Kept::default()
    });
    let replica = online.client.ledger(LEDGER).unwrap();
    assert_eq!(replica.cursor(), (0, Chain::START));
    assert_eq!(
        replica.orphans.iter().map(|entry| entry.hash).collect::<Vec<_>>(),
        [beyond]
    );
}

#[test]
fn a_value_names_who_brought_it_in_its_authors_stead() {
    let mut tab = Tab::online();
    tab.types_and_pushes("一");
    let made = perform(&mut tab.gu, 2, types("二"));
    tab.logs(GU, &made);
    tab.log.last_mut().unwrap().carried_by = Some(LIN);
    tab.receives_entries(tab.log.len() - 1);
    let conflict = tab.client.ledger(LEDGER).unwrap().conflict(&cell()).unwrap();
    let said: Vec<_> = conflict
        .values
        .iter()
        .map(|said| (said.by, said.carried_by))
        .collect();
    assert!(
        said.contains(&(Some(GU), Some(LIN))) && said.contains(&(Some(LIN), None)),
        "{said:?}"
    );
}

#[test]
fn an_act_that_was_refused_does_not_stand_in_the_way_of_undo() {
    let mut tab = Tab::online();
    tab.types_and_pushes("一");
    let performed = tab.client.perform(tab.now, LEDGER, adds(1, "新")).unwrap();
    tab.effects.extend(performed.effects);
    tab.saves();
    let refused = tab.pushed().remove(0);
    tab.is_told(refused.hash, Fate::Refused(Refusal::NotPermitted));
    tab.client.undo(tab.now, LEDGER, Over::Own).unwrap();
    assert_eq!(tab.shows(), Value::Empty, "the act before it is taken back");
}
