//! What turns out to ruin the ledger is voided, and everybody goes on without it.

use shared::access::Role::{GroupLeader, Secretary};
use shared::id::ChangeHash;
use shared::protocol::Refusal;
use shared::sync::client::Status;
use tests::network::{Network, row};

const LIN: usize = 0;
const GU: usize = 1;

/// The last change of the log.
fn last(network: &Network) -> ChangeHash {
    network.store().changes().last().expect("a log of changes").hash
}

#[test]
fn whoever_was_offline_with_work_on_top_goes_on_without_what_was_voided() {
    let mut network = Network::of(40, &[Secretary, GroupLeader]);
    network.types(LIN, row(1), "text", "会损坏台账");
    network.comes_to_rest().unwrap();
    let ruinous = last(&network);
    network.separates(GU);
    network.types(GU, row(2), "text", "离线写的");
    network.types(LIN, row(3), "text", "接着写的");
    network.comes_to_rest().unwrap();
    network.shadow_finds(ruinous);
    network.joins(GU);
    network.heals().unwrap();
    for officer in [LIN, GU] {
        let shown = |number| network.shows(officer, row(number), "text");
        assert_eq!(
            shown(2).as_deref(),
            Some("离线写的"),
            "what was pending is made again"
        );
        assert_ne!(shown(1).as_deref(), Some("会损坏台账"));
        assert_ne!(
            shown(3).as_deref(),
            Some("接着写的"),
            "it depended on what was voided"
        );
        assert_eq!(network.replica(officer).voided(), 2);
        assert_eq!(network.divergences(officer), 0);
    }
    // Lin finds both again, with their values; Gu has lost nothing.
    let aside: Vec<_> = network.replica(LIN).set_aside().collect();
    assert_eq!(aside.len(), 2);
    let ruinous = Status::Refused(Refusal::Ruinous);
    assert!(aside.iter().all(|kept| kept.status == ruinous), "{aside:?}");
    assert_eq!(network.replica(GU).set_aside().count(), 0);
}

#[test]
fn a_relay_set_back_to_before_it_voided_something_hears_of_it_again() {
    let mut network = Network::of(41, &[Secretary, GroupLeader]);
    network.types(LIN, row(1), "text", "会损坏台账");
    network.comes_to_rest().unwrap();
    let (ruinous, older) = (last(&network), network.store().clone());
    network.shadow_finds(ruinous);
    network.comes_to_rest().unwrap();
    assert!(!network.store().counts(&ruinous));
    network.sets_back(older);
    assert!(
        network.store().counts(&ruinous),
        "the older copy knows nothing of it"
    );
    network.heals().unwrap();
    assert!(!network.store().counts(&ruinous));
    assert_eq!(network.replica(LIN).set_aside().count(), 1);
}

#[test]
fn a_relay_that_dies_between_record_and_reading_anew_goes_on_without_what_was_voided() {
    let mut network = Network::of(42, &[Secretary, GroupLeader]);
    network.types(LIN, row(1), "text", "会损坏台账");
    network.comes_to_rest().unwrap();
    network.shadow_finds(last(&network));
    network.commit_steps();
    network.kills_relay();
    network.starts_relay();
    network.types(GU, row(2), "text", "重启以后");
    network.heals().unwrap();
    assert_eq!(network.shows(LIN, row(2), "text").as_deref(), Some("重启以后"));
    assert_eq!(network.replica(LIN).set_aside().count(), 1);
}
