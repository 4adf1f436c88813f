//! What the relay has voided.

use super::*;
use crate::ledger::act::Deed;
use crate::ledger::cell::CellRef;
use crate::protocol::void::records;

impl Tab {
    /// The relay voids these, and the entries after this one arrive.
    fn voids(&mut self, changes: &[ChangeHash], after: usize) {
        for entry in self.log.iter_mut().filter(|entry| changes.contains(&entry.hash)) {
            entry.bytes.clear();
        }
        self.logs(AccountId::RELAY, &records(changes).remove(0));
        self.receives_entries(after);
    }

    fn aside(&self) -> Vec<(Deed, Status)> {
        let replica = self.client.ledger(LEDGER).unwrap();
        let aside = replica.set_aside();
        aside
            .map(|kept| (kept.act.deed.clone(), kept.status.clone()))
            .collect()
    }
}

#[test]
fn what_was_in_the_log_is_set_aside_for_its_author_and_shown_to_nobody() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.is_told(made.hash, Fate::Stored(3));
    tab.logs(LIN, &made);
    tab.receives_entries(2);
    tab.saves();
    assert_eq!((tab.shows(), tab.counts()), (text("一"), Counts::default()));

    tab.voids(&[made.hash], 3);
    assert_eq!(tab.shows(), Value::Empty);
    assert_eq!(
        tab.aside(),
        [(types("一"), Status::Refused(Refusal::Ruinous))],
        "with its values"
    );
    let replica = tab.client.ledger(LEDGER).unwrap();
    assert_eq!((replica.voided(), replica.cursor().0), (1, 4));
    assert_eq!(tab.client.divergences(), 0);
    let saved = |effect: &Effect| matches!(effect, Effect::Save(save) if save.acts.len() == 1 && save.entries.len() == 2 && save.entries.iter().any(|entry| entry.hash == made.hash && entry.bytes.is_empty()));
    assert!(tab.effects.iter().any(saved), "all of it in one transaction");
}

#[test]
fn what_was_voided_before_its_entry_came_is_set_aside_and_not_taken_for_uploaded() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.is_told(made.hash, Fate::Stored(3));
    tab.logs(LIN, &made);
    tab.voids(&[made.hash], 2);
    assert_eq!(tab.aside(), [(types("一"), Status::Refused(Refusal::Ruinous))]);
    assert_eq!((tab.shows(), tab.counts().pending), (Value::Empty, 0));
}

#[test]
fn what_is_pending_upon_a_voided_change_is_made_again_without_it() {
    let mut tab = Tab::online();
    let gu_types = Deed::Enter {
        by: crate::ledger::act::Entry::Typed,
        rows: Vec::new(),
        cells: vec![(CellRef::new("items", ROW, "measure"), text("会损坏台账"))],
    };
    let ruinous = perform(&mut tab.gu, 2, gu_types);
    tab.logs(GU, &ruinous);
    tab.receives_entries(2);
    tab.types("一");
    tab.saves();
    let first = tab.pushed().remove(0);
    assert_eq!(
        crate::guard::decode(&first.bytes).unwrap().dependencies,
        [ruinous.hash]
    );
    tab.is_told(first.hash, Fate::Later(Later::Waits(ruinous.hash)));

    tab.voids(&[ruinous.hash], 3);
    tab.saves();
    let again = tab.pushed();
    assert_eq!(again.len(), 1);
    let depends = crate::guard::decode(&again[0].bytes).unwrap().dependencies;
    assert_eq!(depends, [tab.log[1].hash], "on the row that is still there");
    assert_eq!((tab.shows(), tab.counts().pending), (text("一"), 1));
    assert_eq!(tab.aside(), [], "Gu's words are for Gu to see");
}

#[test]
fn what_was_typed_into_a_voided_row_is_set_aside() {
    let mut tab = Tab::online();
    tab.types("一");
    tab.saves();
    tab.voids(&[tab.log[1].hash], 2);
    assert_eq!(tab.aside(), [(types("一"), Status::NoLongerApplies)]);
}

#[test]
fn a_device_opened_afresh_shows_what_it_had_set_aside() {
    let mut tab = Tab::online();
    let made = tab.types_and_pushes("一");
    tab.logs(LIN, &made);
    tab.receives_entries(2);
    tab.saves();
    tab.voids(&[made.hash], 3);
    let replica = tab.client.ledger(LEDGER).unwrap();
    let kept = Kept {
        entries: replica.log().to_vec(),
        orphans: Vec::new(),
        acts: replica.set_aside().cloned().collect(),
    };
    let mut afresh = Tab {
        client: Client::new(config()),
        effects: Vec::new(),
        ..tab
    };
    afresh.opens(kept);
    assert_eq!(afresh.aside(), [(types("一"), Status::Refused(Refusal::Ruinous))]);
    assert_eq!(afresh.shows(), Value::Empty);
    assert_eq!(afresh.client.ledger(LEDGER).unwrap().cursor().0, 4);
}
