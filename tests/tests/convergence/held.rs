//! What is not permitted, and what a person has to look at first.

use shared::access::Role::{GroupLeader, Secretary, Viewer};
use shared::ledger::act::{Deed, Entry};
use shared::ledger::cell::{CellRef, Value};
use shared::protocol::{ClientMessage, Fate, Refusal, RelayMessage};
use shared::sync::client::Status;
use tests::network::{At, CLOSED, Network, row};

const LIN: usize = 0;
const GU: usize = 1;

fn votes(number: i64) -> Deed {
    let cells = vec![(CellRef::new("items", row(1), CLOSED), Value::Number(number))];
    Deed::Enter {
        by: Entry::Typed,
        rows: Vec::new(),
        cells,
    }
}

#[test]
fn of_201_offline_edits_the_first_is_not_permitted_and_200_arrive() {
    let mut network = Network::of(5, &[Secretary, GroupLeader]);
    network.separates(GU);
    network.acts(GU, votes(7));
    for number in 0..200_u8 {
        network.types(GU, row(1 + number % 4), "text", &format!("第{number}次"));
    }
    let before = network.store().log.len();
    network.joins(GU);
    network.heals().unwrap();
    assert_eq!(network.store().log.len(), before + 200);
    let aside: Vec<_> = network.replica(GU).set_aside().collect();
    assert_eq!(aside.len(), 1);
    assert_eq!(
        (&aside[0].act.deed, &aside[0].status),
        (&votes(7), &Status::Refused(Refusal::NotPermitted))
    );
    assert_eq!(network.shows(LIN, row(4), "text").as_deref(), Some("第199次"));
    assert_eq!(network.replica(LIN).snapshot().conflicts(), []);
}

#[test]
fn what_is_performed_again_does_not_go_over_what_others_said_meanwhile() {
    let mut network = Network::of(6, &[Secretary, GroupLeader]);
    network.acts(GU, votes(7));
    network.types(GU, row(1), "text", "班组长写的");
    // While Gu's disk is busy Lin's words arrive; only then is Gu's first act refused.
    network.types(LIN, row(1), "text", "书记写的");
    network.disk_finishes(LIN);
    network.relay_works();
    network.receives_one(At { device: GU, tab: 0 });
    assert_eq!(network.replica(GU).cursor().0, 3);
    network.heals().unwrap();
    let conflicts = network.replica(LIN).snapshot().conflicts();
    assert_eq!(conflicts, [CellRef::new("items", row(1), "text")]);
}

#[test]
fn a_refused_act_is_shown_until_it_is_dismissed() {
    let mut network = Network::of(7, &[Secretary, GroupLeader]);
    network.acts(GU, votes(7));
    network.heals().unwrap();
    assert_eq!(network.replica(GU).counts().refused, 1);
    let act = network.replica(GU).set_aside().next().unwrap().act.id;
    network.dismisses(GU, act);
    network.heals().unwrap();
    assert_eq!(network.replica(GU).counts().refused, 0);
    assert!(network.device(GU).disk.acts.is_empty());
}

/// Gu adds row 9 offline and writes into it; a viewer delivers the row, which is then held.
fn held_row() -> Network {
    const YE: usize = 2;
    let mut network = Network::of(8, &[Secretary, GroupLeader, Viewer]);
    network.separates(GU);
    network.adds_row(GU, row(9));
    network.lives(std::time::Duration::from_secs(1));
    let kept = network
        .device(GU)
        .disk
        .acts
        .values()
        .next()
        .expect("the act is kept on disk");
    let changes = kept
        .changes
        .iter()
        .map(|made| made.bytes.clone().into())
        .collect();
    let stranger = network.stranger(YE);
    let hello = network.hello(YE);
    network.says(stranger, hello);
    let ledger = network.ledger();
    let told = network.says(stranger, ClientMessage::Push { ledger, changes });
    assert!(
        matches!(&told[..], [RelayMessage::Fates { fates, .. }] if fates[0].1 == Fate::Held),
        "{told:?}"
    );
    network.types(GU, row(9), "text", "等一等");
    network.types(GU, row(1), "text", "不必等");
    network.joins(GU);
    network.heals().expect("everybody agrees in the end");
    network
}

#[test]
fn a_held_act_and_what_builds_on_it_wait_and_nothing_else_does() {
    let network = held_row();
    assert_eq!(network.replica(GU).counts().held, 2);
    assert_eq!(network.shows(LIN, row(1), "text").as_deref(), Some("不必等"));
    assert!(
        network
            .replica(LIN)
            .snapshot()
            .table("items")
            .row(row(9))
            .is_none()
    );
}

#[test]
fn once_taken_in_what_waited_is_performed() {
    let mut network = held_row();
    network.takes_in_oldest();
    network.heals().unwrap();
    assert_eq!(network.replica(GU).counts().held, 0);
    assert_eq!(network.shows(LIN, row(9), "text").as_deref(), Some("等一等"));
}

#[test]
fn what_a_relay_set_back_no_longer_holds_is_delivered_in_person() {
    let mut network = held_row();
    let mut forgotten = network.store().clone();
    forgotten.forget_held();
    network.sets_back(forgotten);
    network.heals().unwrap();
    assert_eq!(network.replica(GU).counts().held, 0);
    assert_eq!(network.shows(LIN, row(9), "text").as_deref(), Some("等一等"));
}
