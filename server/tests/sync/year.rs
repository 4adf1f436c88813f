//! A year's end over the real socket: who holds a ledger, and what a closed one does with what arrives.

use std::time::{Duration, Instant};

use shared::id::{Chain, DeviceId};
use shared::protocol::http::holders::Holder;
use shared::protocol::http::year::Closed;
use shared::protocol::{ClientMessage, Cursor, Fate};

use crate::content::{LIN, in_memory, ledger, pledges};
use crate::relay::{PATIENCE, Relay};

/// The body of an answer, read as JSON.
fn read<T: serde::de::DeserializeOwned>(answer: &str) -> T {
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).expect(answer)
}

#[tokio::test]
async fn a_device_is_known_by_what_it_said_when_it_began_to_follow() {
    let relay = Relay::over(in_memory()).await;
    let mut gu = relay.officer("gu").await;
    gu.says(&ClientMessage::Follow(Cursor {
        ledger: ledger(),
        seq: 0,
        chain: Chain::START,
        pending: 7,
    }))
    .await;
    gu.hears().await;
    let cookie = relay.sign_in("lin").await;
    let path = format!("/api/ledgers/{}/devices", ledger());
    let began = Instant::now();
    let holders = loop {
        let holders: Vec<Holder> = read(&relay.answers("GET", &path, &cookie, "").await);
        if !holders.is_empty() {
            break holders;
        }
        assert!(began.elapsed() < PATIENCE, "the device is listed");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let seen: Vec<_> = holders
        .iter()
        .map(|holder| (holder.device, holder.seq, holder.pending))
        .collect();
    assert_eq!(seen, [(DeviceId::from_bytes([9; 16]), 0, 7)]);
    relay.stops().await;
}

#[tokio::test]
async fn what_arrives_after_a_year_was_closed_is_held_and_stored_once_it_is_open_again() {
    let relay = Relay::over(in_memory()).await;
    let mut lin = relay.officer("lin").await;
    let [before, after, later] = [1, 2, 3].map(|actor| pledges(LIN, actor, 1));
    lin.pushes(&before).await;
    lin.is_told_fates().await;
    let path = format!("/api/ledgers/{}", ledger());
    let close = format!("{path}/close");
    let closed: Closed = read(&relay.answers("POST", &close, &lin.cookie, "").await);
    lin.pushes(&after).await;
    assert_eq!(lin.is_told_fates().await[0].1, Fate::Held);
    let reopen = format!("{path}/reopen");
    let opened = relay.answers("POST", &reopen, &lin.cookie, "").await;
    assert!(opened.starts_with("HTTP/1.1 204"), "{opened}");
    lin.pushes(&later).await;
    assert_eq!(lin.is_told_fates().await[0].1, Fate::Stored(closed.seq + 1));
    relay.stops().await;
}
