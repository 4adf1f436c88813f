//! Several officers, several tabs.

use shared::access::Role::{GroupLeader, OrganisationCommissioner, Secretary};
use shared::id::ChangeHash;
use shared::limit::HEADS_BEFORE_MERGE;
use shared::protocol::ClientMessage;
use tests::network::{At, Network, row};

const LIN: usize = 0;
const GU: usize = 1;
const YE: usize = 2;

#[test]
fn three_officers_find_four_conflicts_and_no_more() {
    let mut network = Network::of(1, &[Secretary, OrganisationCommissioner, GroupLeader]);
    network.separates(GU);
    network.separates(YE);
    for (column, texts) in [
        ("text", ["一", "二", "三"]),
        ("measure", ["一", "二", "一"]),
        ("note", ["一", "一", "一"]),
    ] {
        for (officer, text) in [LIN, GU, YE].into_iter().zip(texts) {
            network.types(officer, row(1), column, text);
        }
    }
    for (officer, text) in [(LIN, "四"), (GU, "五")] {
        network.types(officer, row(2), "text", text);
        network.types(officer, row(2), "target", "同");
    }
    // Two agree before the third is heard: the conflict comes with the third.
    network.types(LIN, row(3), "text", "六");
    network.types(GU, row(3), "text", "六");
    network.types(YE, row(3), "text", "七");
    network.joins(GU);
    network.comes_to_rest().unwrap();
    network.joins(YE);
    network.heals().unwrap();
    for officer in [LIN, GU, YE] {
        let snapshot = network.replica(officer).snapshot();
        let conflicts: Vec<String> = snapshot.conflicts().iter().map(ToString::to_string).collect();
        assert_eq!(conflicts.len(), 4, "{conflicts:?}");
    }
    let cell = shared::ledger::cell::CellRef::new("items", row(1), "text");
    let conflict = network.replica(LIN).conflict(&cell).unwrap();
    assert_eq!(conflict.values.len(), 3);
    let settle = shared::ledger::act::Deed::Settle {
        cell,
        value: conflict.values[0].value.clone(),
        seen: conflict.seen(),
    };
    network.acts(YE, settle);
    network.heals().unwrap();
    assert_eq!(network.replica(GU).snapshot().conflicts().len(), 3);
}

#[test]
fn a_conflict_is_not_settled_over_a_value_that_was_not_shown() {
    let mut network = Network::of(9, &[Secretary, OrganisationCommissioner, GroupLeader]);
    network.separates(GU);
    network.separates(YE);
    for (officer, text) in [(LIN, "一"), (GU, "二"), (YE, "三")] {
        network.types(officer, row(1), "text", text);
    }
    network.joins(GU);
    network.comes_to_rest().unwrap();
    let cell = shared::ledger::cell::CellRef::new("items", row(1), "text");
    let shown = network.replica(LIN).conflict(&cell).unwrap();
    network.joins(YE);
    network.comes_to_rest().unwrap();
    let settle = shared::ledger::act::Deed::Settle {
        value: shown.values[0].value.clone(),
        seen: shown.seen(),
        cell: cell.clone(),
    };
    assert!(!network.tries(LIN, settle), "a third value stands there by now");
    assert_eq!(network.replica(LIN).conflict(&cell).unwrap().values.len(), 3);
}

#[test]
fn what_a_killed_tab_left_is_delivered_by_the_other() {
    let mut network = Network::of(2, &[Secretary, GroupLeader]);
    let second = network.opens(LIN);
    network.comes_to_rest().unwrap();
    network.separates(LIN);
    network.types_in(second, row(1), "text", "第二个标签页");
    network.types(LIN, row(2), "text", "第一个标签页");
    network.lives(std::time::Duration::from_secs(1));
    // The first tab sees what the second has written, before either is online.
    assert_eq!(
        network.shows(LIN, row(1), "text").as_deref(),
        Some("第二个标签页")
    );
    network.kills(second);
    network.joins(LIN);
    network.heals().unwrap();
    assert_eq!(network.shows(GU, row(1), "text").as_deref(), Some("第二个标签页"));
    assert_eq!(network.shows(GU, row(2), "text").as_deref(), Some("第一个标签页"));
}

#[test]
fn what_was_not_saved_when_the_tab_died_was_never_announced() {
    let mut network = Network::of(3, &[Secretary]);
    let second = network.opens(LIN);
    network.comes_to_rest().unwrap();
    network.types_in(second, row(1), "text", "未保存");
    assert_eq!(network.replica_in(second).counts().saving, 1);
    assert_eq!(network.shows(LIN, row(1), "text"), None);
    network.disk_finishes(LIN);
    assert_eq!(network.replica_in(second).counts().saving, 0);
    network.heals().unwrap();
}

#[test]
fn seventy_heads_become_few() {
    let mut network = Network::of(4, &[Secretary]);
    let stranger = network.stranger(LIN);
    let hello = network.hello(LIN);
    network.says(stranger, hello);
    for number in 10..80 {
        let made = network.apart(LIN, number);
        let ledger = network.ledger();
        network.says(
            stranger,
            ClientMessage::Push {
                ledger,
                changes: vec![made.bytes.into()],
            },
        );
    }
    network.heals().unwrap();
    let heads = network.replica(LIN).heads();
    assert!(heads.len() <= HEADS_BEFORE_MERGE, "{} heads", heads.len());
    let table = network.replica(LIN).snapshot().table("items");
    assert_eq!(table.rows.len(), 4 + 70);
    // What is written now depends on few.
    let before: Vec<ChangeHash> = network.store().log.iter().map(|entry| entry.hash).collect();
    network.types_in(At { device: LIN, tab: 0 }, row(1), "text", "之后");
    network.heals().unwrap();
    let last = network
        .store()
        .log
        .iter()
        .find(|entry| !before.contains(&entry.hash))
        .unwrap();
    assert!(shared::guard::decode(&last.bytes).unwrap().dependencies.len() <= HEADS_BEFORE_MERGE);
}
