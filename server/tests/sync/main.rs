//! The sync socket over a real port: what a client is told, and when.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod content;
mod gated;
mod held;
mod relay;
mod year;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use server::server::ServerError;
use server::storage::Storage;
use server::storage::sqlite::SqliteStorage;
use shared::access::RoleChange;
use shared::id::Chain;
use shared::protocol::{self, ClientMessage, Closing, Fate, RelayMessage, VERSION};
use tokio_tungstenite::tungstenite::Message;

use content::{GU, LIN, fill, in_memory, ledger, pledges, roster};
use gated::Gated;
use relay::{PATIENCE, Relay, hello};

#[tokio::test]
async fn what_one_officer_stores_another_sees_at_once() {
    let relay = Relay::over(in_memory()).await;
    let (mut lin, mut gu) = (relay.officer("lin").await, relay.officer("gu").await);
    gu.follows(0, Chain::START).await;
    let changes = pledges(LIN, 1, 3);
    lin.pushes(&changes).await;
    let fates = lin.is_told_fates_of(3).await;
    assert_eq!(fates.len(), 3);
    assert!(
        fates.iter().all(|(_, fate)| matches!(fate, Fate::Stored(_))),
        "{fates:?}"
    );
    let heard = gu.hears_until(&changes[2].hash).await;
    let seqs: Vec<u64> = heard.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (1..=heard.len() as u64).collect::<Vec<_>>(), "without gaps");
    let last = heard.last().unwrap();
    assert_eq!((last.account, &last.bytes), (LIN, &changes[2].bytes));
    relay.stops().await;
}

#[tokio::test]
async fn a_change_pushed_twice_is_stored_once() {
    let relay = Relay::over(in_memory()).await;
    let mut lin = relay.officer("lin").await;
    let changes = pledges(LIN, 1, 1);
    lin.pushes(&changes).await;
    let first = lin.is_told_fates().await;
    lin.pushes(&changes).await;
    assert_eq!(lin.is_told_fates().await, first);
    relay.stops().await;
}

#[tokio::test]
async fn a_restart_keeps_what_had_a_receipt() {
    let folder = tempfile::tempdir().unwrap();
    let open = || -> Arc<dyn Storage> { Arc::new(SqliteStorage::open(folder.path()).unwrap()) };
    let storage = open();
    fill(storage.as_ref());
    let relay = Relay::over(storage).await;
    let mut lin = relay.officer("lin").await;
    let changes = pledges(LIN, 1, 5);
    lin.pushes(&changes).await;
    lin.is_told_fates_of(changes.len()).await;
    relay.stops().await;

    let relay = Relay::over(open()).await;
    let mut gu = relay.officer("gu").await;
    gu.follows(0, Chain::START).await;
    let heard = gu.hears_until(&changes[4].hash).await;
    assert!(
        changes
            .iter()
            .all(|made| heard.iter().any(|entry| entry.hash == made.hash))
    );
    gu.follows(3, Chain([9; 32])).await;
    assert_eq!(gu.hears().await, RelayMessage::Diverged { ledger: ledger() });
    relay.stops().await;
}

#[tokio::test]
async fn a_frame_that_is_no_message_ends_the_connection_with_a_word() {
    let relay = Relay::over(in_memory()).await;
    let unknown = std::collections::BTreeMap::from([("dance", 5)]);
    let cases = [
        (Message::text("hello"), Closing::BadFrame),
        (Message::binary(vec![0xa1, 0x65]), Closing::BadFrame),
        (Message::binary(vec![0; 600 * 1024]), Closing::BadFrame),
        (
            Message::binary(protocol::write(&unknown)),
            Closing::UnknownMessage,
        ),
        (
            Message::binary(protocol::write(&hello(VERSION + 1))),
            Closing::Version { speaks: VERSION },
        ),
        (
            Message::binary(protocol::write(&ClientMessage::Unfollow { ledger: ledger() })),
            Closing::UnknownMessage,
        ),
    ];
    for (frame, closing) in cases {
        let mut stranger = relay.stranger("lin").await;
        stranger.sends(frame).await;
        stranger.is_told_to_go(closing).await;
    }
    relay.stops().await;
}

#[tokio::test]
async fn who_says_no_hello_is_told_to_go() {
    let relay = Relay::over(in_memory()).await;
    let mut stranger = relay.stranger("lin").await;
    stranger.is_told_to_go(Closing::NoHello).await;
    relay.stops().await;
}

#[tokio::test]
async fn a_session_that_ends_takes_its_socket_with_it_and_no_other() {
    let storage = in_memory();
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let (mut lin, mut gu) = (relay.officer("lin").await, relay.officer("gu").await);
    let token: server::account::Token = lin
        .cookie
        .strip_prefix("__Host-taizhang=")
        .unwrap()
        .parse()
        .unwrap();
    storage.end_session(token.hash()).unwrap();
    lin.is_told_to_go(Closing::SignIn).await;
    gu.pushes(&pledges(GU, 2, 1)).await;
    assert_eq!(gu.is_told_fates().await.len(), 1);
    relay.stops().await;
}

#[tokio::test]
async fn a_role_taken_away_closes_the_socket() {
    let storage = in_memory();
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let mut lin = relay.officer("lin").await;
    let by = server::storage::By::relay(server::clock::now());
    let held = storage.account(LIN).unwrap().unwrap().grants;
    let revoked = held.into_iter().map(|grant| RoleChange::Revoke { grant });
    let revoked = server::storage::Amendment::ChangeRoles(LIN, revoked.collect());
    storage.amend(&by, &revoked).unwrap();
    lin.is_told_to_go(Closing::SignIn).await;
    relay.stops().await;
}

#[tokio::test]
async fn a_relay_that_stops_says_goodbye() {
    let relay = Relay::over(in_memory()).await;
    let mut lin = relay.officer("lin").await;
    relay.server.shutdown();
    lin.is_told_to_go(Closing::Stopping).await;
    relay.stops().await;
}

#[tokio::test]
async fn no_receipt_comes_before_the_commit() {
    let storage = Gated::over(in_memory());
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let mut lin = relay.officer("lin").await;
    let changes = pledges(LIN, 1, 2);
    lin.pushes(&changes).await;
    // What is answered without the disk comes; the receipt does not.
    lin.follows(0, Chain::START).await;
    assert!(matches!(lin.hears().await, RelayMessage::Entries { entries, .. } if entries.is_empty()));
    storage.lets_through();
    let fates = lin.is_told_fates_of(2).await;
    assert!(
        fates
            .iter()
            .any(|(hash, fate)| *hash == changes[1].hash && matches!(fate, Fate::Stored(_)))
    );
    relay.stops().await;
}

#[tokio::test]
async fn a_ledger_that_cannot_be_read_takes_nothing_and_leaves_the_others_alone() {
    let storage = Gated::over(in_memory());
    *storage.damaged.lock().unwrap() = Some(ledger());
    storage.lets_through();
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let mut lin = relay.officer("lin").await;
    lin.pushes(&pledges(LIN, 1, 1)).await;
    let fates = lin.is_told_fates().await;
    assert!(
        matches!(fates[..], [(_, Fate::Later(_))]),
        "kept on the device: {fates:?}"
    );
    lin.follows_roster().await;
    assert!(matches!(lin.hears().await, RelayMessage::Entries { ledger, .. } if ledger == roster()));
    relay.stops().await;
}

#[tokio::test]
async fn a_failed_commit_ends_the_relay_without_a_receipt() {
    let storage = Gated::over(in_memory());
    storage.fails.store(true, Ordering::Relaxed);
    storage.lets_through();
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let mut lin = relay.officer("lin").await;
    lin.pushes(&pledges(LIN, 1, 1)).await;
    assert_eq!(lin.hears_or_ends().await, None);
    let ended = tokio::time::timeout(PATIENCE, relay.running)
        .await
        .expect("the relay ends")
        .unwrap();
    assert!(matches!(ended, Err(ServerError::Relay(_))), "{ended:?}");
}
