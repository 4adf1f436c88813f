//! A round of deliveries, whose relay the test speaks for.

use super::*;
use crate::id::{ActId, TabId};
use crate::ledger::act::{Act, Deed};
use crate::ledger::document::Made;
use crate::protocol::Later;

const LEDGER: LedgerId = LedgerId([7; 16]);
const NOW: Timestamp = Timestamp(1_000_000);

/// An act of so many changes of so many bytes.
fn act(number: u8, changes: u8, bytes: usize) -> Parcel {
    let deed = Deed::Restore {
        table: "items".to_owned(),
        rows: Vec::new(),
    };
    let act = Act {
        id: ActId::from_bytes([number; 16]),
        at: NOW,
        deed,
    };
    let made = |part| Made {
        hash: hash(number, part),
        bytes: vec![number; bytes],
    };
    Parcel {
        account: AccountId::from_bytes([2; 16]),
        ledger: LEDGER,
        kept: KeptAct {
            act,
            number: u64::from(number),
            tab: TabId::from_bytes([1; 16]),
            changes: (0..changes).map(made).collect(),
            status: Status::Pending,
        },
    }
}

fn hash(number: u8, part: u8) -> ChangeHash {
    let mut hash = [number; 32];
    hash[0] = part;
    ChangeHash(hash)
}

fn sent(messages: &[ClientMessage]) -> usize {
    let changes = |message: &ClientMessage| match message {
        ClientMessage::Push { changes, .. } => changes.len(),
        _ => 0,
    };
    messages.iter().map(changes).sum()
}

#[test]
fn an_act_in_the_log_is_delivered_once_all_its_changes_are() {
    let mut courier = Courier::with(vec![act(1, 2, 10)]);
    assert_eq!(sent(&courier.push(NOW)), 2);
    assert_eq!(courier.fates(LEDGER, &[(hash(1, 0), Fate::Stored(5))]), []);
    assert!(!courier.is_done());
    let done = courier.fates(LEDGER, &[(hash(1, 1), Fate::Stored(6))]);
    assert_eq!(done, [(act(1, 2, 10), Note::Delivered)]);
    assert!(courier.is_done());
}

#[test]
fn a_held_act_keeps_its_changes_and_a_refused_one_its_words() {
    let mut courier = Courier::with(vec![act(1, 1, 10), act(2, 1, 10), act(3, 1, 10)]);
    assert_eq!(sent(&courier.push(NOW)), 3);
    let fates = [
        (hash(1, 0), Fate::Held),
        (hash(2, 0), Fate::Refused(Refusal::Malformed)),
        (hash(3, 0), Fate::Refused(Refusal::AlreadyThere)),
    ];
    let notes: Vec<Note> = courier
        .fates(LEDGER, &fates)
        .into_iter()
        .map(|(_, note)| note)
        .collect();
    let [Note::Changed(held), Note::Changed(refused), Note::Gone] = notes.as_slice() else {
        panic!("{notes:?}");
    };
    assert_eq!((&held.status, held.changes.len()), (&Status::Held, 1));
    assert_eq!(refused.status, Status::Refused(Refusal::Malformed));
    assert_eq!(
        (refused.changes.len(), &refused.act),
        (0, &act(2, 1, 10).kept.act)
    );
}

#[test]
fn what_is_put_off_or_is_about_the_carrier_is_noted_nowhere() {
    let fates = [
        Fate::Later(Later::Busy),
        Fate::Refused(Refusal::NotPermitted),
        Fate::Refused(Refusal::UnknownLedger),
        Fate::Refused(Refusal::ActorNotYours),
    ];
    for fate in fates {
        let mut courier = Courier::with(vec![act(1, 1, 10)]);
        let _ = courier.push(NOW);
        assert_eq!(courier.fates(LEDGER, &[(hash(1, 0), fate)]), [], "{fate:?}");
        assert!(courier.is_done());
    }
}

#[test]
fn only_what_is_pending_is_delivered() {
    let mut held = act(1, 1, 10);
    held.kept.status = Status::Held;
    let courier = Courier::with(vec![held, act(2, 0, 0)]);
    assert!(courier.is_done());
}

#[test]
fn a_window_at_a_time_is_sent_and_one_act_always() {
    let large = limit::PUSH_WINDOW_BYTES / 2 + 1;
    let mut courier = Courier::with(vec![act(1, 3, large), act(2, 1, large), act(3, 1, 10)]);
    let first = courier.push(NOW);
    assert_eq!(
        (first.len(), sent(&first)),
        (3, 3),
        "one long act in several messages"
    );
    assert_eq!(courier.push(NOW), []);
    let stored = [0, 1, 2].map(|part| (hash(1, part), Fate::Stored(1)));
    assert_eq!(courier.fates(LEDGER, &stored).len(), 1);
    assert_eq!(sent(&courier.push(NOW)), 2, "the next two fit together");
}

#[test]
fn a_fate_that_does_not_come_makes_the_round_late() {
    let mut courier = Courier::with(vec![act(1, 1, 10)]);
    assert!(!courier.is_late(NOW.after(limit::FATE)));
    let _ = courier.push(NOW);
    assert!(!courier.is_late(NOW));
    assert!(courier.is_late(NOW.after(limit::FATE)));
}

#[test]
fn fates_of_another_ledger_or_of_ones_own_changes_are_passed_by() {
    let mut courier = Courier::with(vec![act(1, 1, 10)]);
    let _ = courier.push(NOW);
    assert_eq!(
        courier.fates(LedgerId([8; 16]), &[(hash(1, 0), Fate::Stored(1))]),
        []
    );
    assert_eq!(courier.fates(LEDGER, &[(hash(2, 0), Fate::Stored(1))]), []);
    assert!(!courier.is_done());
}
