//! Relays that die, are set back or damaged; readers that are slow; accounts that send too much.

use std::time::Duration;

use shared::access::Role::{GroupLeader, Secretary};
use shared::limit;
use shared::protocol::{ClientMessage, Fate, Later, RelayMessage};
use tests::network::{At, Network, row};

const LIN: usize = 0;
const GU: usize = 1;

#[test]
fn there_is_no_receipt_before_the_fsync() {
    let mut network = Network::of(10, &[Secretary]);
    let stranger = network.stranger(LIN);
    let hello = network.hello(LIN);
    network.says(stranger, hello);
    let (ledger, made) = (network.ledger(), network.apart(LIN, 20));
    let push = ClientMessage::Push {
        ledger,
        changes: vec![made.bytes.into()],
    };
    network.sends(stranger, push);
    assert_eq!(network.told(stranger), []);
    network.commit_steps();
    assert!(network.store().has(&made.hash));
    assert_eq!(
        network.told(stranger),
        [],
        "the disk has it, the relay does not know yet"
    );
    network.commit_steps();
    let told = network.told(stranger);
    assert!(
        matches!(&told[..], [RelayMessage::Fates { fates, .. }] if matches!(fates[0].1, Fate::Stored(_)))
    );
}

#[test]
fn a_relay_killed_between_commit_and_receipt_loses_and_doubles_nothing() {
    let mut network = Network::of(11, &[Secretary, GroupLeader]);
    network.types(LIN, row(1), "text", "一次");
    network.disk_finishes(LIN);
    network.takes_pushes();
    network.commit_steps();
    let stored = network.store().log.len();
    network.kills_relay();
    assert_eq!(network.replica(LIN).counts().pending, 1);
    network.starts_relay();
    network.heals().unwrap();
    assert_eq!(network.store().log.len(), stored);
}

#[test]
fn a_relay_set_back_gets_everything_back_from_the_devices() {
    let mut network = Network::of(12, &[Secretary, GroupLeader]);
    let older = network.store().clone();
    network.types(GU, row(1), "text", "作者的浏览器已关");
    network.types(LIN, row(2), "text", "作者还在");
    network.comes_to_rest().unwrap();
    // Gu's browser is closed for good: what she wrote is on Lin's device alone.
    network.leaves(GU);
    network.sets_back(older);
    assert!(network.store().log.len() < 4);
    network.comes_to_rest().unwrap();
    assert_eq!(network.divergences(LIN), 1);
    let authors: Vec<_> = network
        .store()
        .log
        .iter()
        .map(|entry| (entry.account, entry.carried_by))
        .collect();
    assert!(
        authors.contains(&(network.device(GU).account, None)),
        "under her own name: {authors:?}"
    );
    network.heals().unwrap();
    assert_eq!(
        network.shows(LIN, row(1), "text").as_deref(),
        Some("作者的浏览器已关")
    );
}

#[test]
fn a_receipt_from_before_the_relay_was_set_back_is_no_proof() {
    let mut network = Network::of(13, &[Secretary]);
    let older = network.store().clone();
    network.types(LIN, row(1), "text", "收到回执");
    network.disk_finishes(LIN);
    // The receipt arrives, its entry does not: the cursor is where the older copy is.
    network.relay_works();
    network.receives_one(At { device: LIN, tab: 0 });
    assert_eq!(network.replica(LIN).counts().pending, 0);
    network.sets_back(older);
    network.heals().unwrap();
    assert_eq!(network.divergences(LIN), 0);
    assert_eq!(network.store().log.len(), 3);
}

#[test]
fn a_slow_reader_resumes_from_its_cursor() {
    let mut network = Network::of(14, &[Secretary, GroupLeader]);
    network.stalls(GU);
    let long = "长".repeat(10_000);
    let changes = 3 * limit::READER_BACKLOG_BYTES / (3 * 10_000);
    for number in 0..changes {
        network.types(LIN, row(1), "text", &format!("{number}{long}"));
    }
    network.comes_to_rest().unwrap();
    let sent = network.bytes_under_way(GU);
    assert!(
        sent < 2 * limit::READER_BACKLOG_BYTES,
        "the relay keeps {sent} bytes for one reader"
    );
    network.lives(limit::READER_BLOCKED / 2);
    network.reads_on(GU);
    network.heals().unwrap();
    assert_eq!(network.divergences(GU), 0);
}

#[test]
fn a_reader_that_takes_nothing_is_disconnected_and_comes_back() {
    let mut network = Network::of(15, &[Secretary, GroupLeader]);
    network.stalls(GU);
    let long = "长".repeat(10_000);
    for number in 0..limit::READER_BACKLOG_BYTES / 20_000 {
        network.types(LIN, row(1), "text", &format!("{number}{long}"));
    }
    network.lives(limit::READER_BLOCKED + Duration::from_secs(2));
    assert!(network.is_closing(GU));
    network.reads_on(GU);
    network.heals().unwrap();
}

#[test]
fn whoever_sends_too_much_waits_and_everything_arrives() {
    let mut network = Network::of(16, &[Secretary]);
    let stranger = network.stranger(LIN);
    let hello = network.hello(LIN);
    network.says(stranger, hello);
    let ledger = network.ledger();
    for _ in 0..limit::CHANGES_BURST / 1_000 {
        let changes = vec![Vec::new().into(); 1_000];
        network.says(stranger, ClientMessage::Push { ledger, changes });
    }
    let made = network.apart(LIN, 30);
    let told = network.says(
        stranger,
        ClientMessage::Push {
            ledger,
            changes: vec![made.bytes.into()],
        },
    );
    let fate = Fate::Later(Later::Rate);
    assert!(
        matches!(&told[..], [RelayMessage::Fates { fates, .. }] if *fates == [(made.hash, fate)]),
        "{told:?}"
    );
    // The bucket is the account's, whichever connection it uses.
    for number in 0..50 {
        network.types(LIN, row(1), "text", &format!("第{number}次"));
    }
    network.disk_finishes(LIN);
    network.relay_works();
    assert!(network.store().log.len() < 2 + 50, "some have to wait");
    network.heals().unwrap();
    assert_eq!(network.store().log.len(), 2 + 50);
}

#[test]
fn a_damaged_entry_is_not_taken_in() {
    let mut network = Network::of(17, &[Secretary, GroupLeader]);
    let at = At { device: GU, tab: 0 };
    network.types(LIN, row(1), "text", "完好");
    network.disk_finishes(LIN);
    network.relay_works();
    assert!(network.damages_entry(at));
    let before = network.replica(GU).cursor();
    network.receives_one(at);
    assert_eq!(
        network.replica(GU).cursor().0,
        0,
        "the whole log is asked for anew"
    );
    assert_ne!(before.0, 0);
    assert_eq!(network.shows(GU, row(1), "text"), None);
    assert_eq!(
        network.replica(GU).snapshot().table("items").rows.len(),
        4,
        "what was there stays"
    );
    network.comes_to_rest().unwrap();
    assert_eq!(network.shows(GU, row(1), "text").as_deref(), Some("完好"));
    assert_eq!(network.divergences(GU), 1);
}
