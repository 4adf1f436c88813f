//! Ledgers and their logs.

use std::io::Read as _;
use std::time::Duration;

use axum::http::{StatusCode, header};
use futures::StreamExt as _;
use shared::id::LedgerId;
use shared::protocol::Entry;
use shared::protocol::http::{Listed, Problem};
use shared::time::Timestamp;
use tokio::runtime::Builder;

use super::{OURS, THEIRS, World, append, body, json, pledges};

#[tokio::test]
async fn an_officer_sees_the_ledgers_of_his_branch_alone() {
    let world = World::new();
    append(&world.storage, pledges(OURS), 2);
    let cookie = world.cookie().await;
    let ledgers: Vec<Listed> = json(world.get_as(&cookie, "/api/ledgers").await).await;
    assert_eq!(ledgers.len(), 8);
    assert!(ledgers.iter().all(|listed| listed.key.unit == OURS));
    let listed = ledgers.iter().find(|listed| listed.id == pledges(OURS)).unwrap();
    assert_eq!((listed.last, listed.last_at), (2, Some(Timestamp(2))));
}

#[tokio::test]
async fn a_log_comes_as_one_compressed_stream_from_where_one_asks() {
    let world = World::new();
    let ours = pledges(OURS);
    append(&world.storage, ours, 7);
    let cookie = world.cookie().await;
    for (query, wanted) in [
        ("", 1..=7),
        ("?after=0", 1..=7),
        ("?after=5", 6..=7),
        ("?after=6", 7..=7),
    ] {
        let response = world
            .get_as(&cookie, &format!("/api/ledgers/{ours}/log{query}"))
            .await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(body(response).await.as_slice())
            .read_to_end(&mut plain)
            .unwrap();
        let mut rest = plain.as_slice();
        let mut seqs = Vec::new();
        while !rest.is_empty() {
            let entry: Entry = ciborium::from_reader(&mut rest).unwrap();
            assert_eq!(entry.bytes.len(), 100_000);
            seqs.push(entry.seq);
        }
        assert_eq!(seqs, wanted.collect::<Vec<u64>>(), "{query}");
    }
}

#[test]
fn readers_who_take_their_time_hold_nobody_up() {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(2)
        .build()
        .unwrap();
    let readers = async {
        let world = World::new();
        append(&world.storage, pledges(OURS), 12);
        let cookie = world.cookie().await;
        let mut slow = Vec::new();
        for _ in 0..4 {
            let path = format!("/api/ledgers/{}/log", pledges(OURS));
            let mut log = world.get_as(&cookie, &path).await.into_body().into_data_stream();
            log.next().await.unwrap().unwrap();
            slow.push(log);
        }
        let me = world.get_as(&cookie, "/api/me").await;
        assert_eq!(me.status(), StatusCode::OK);
        for mut log in slow {
            let mut bytes = 0;
            while let Some(chunk) = log.next().await {
                bytes += chunk.unwrap().len();
            }
            assert!(bytes > 1_000_000, "the rest is still there");
        }
    };
    let done = runtime.block_on(async { tokio::time::timeout(Duration::from_secs(20), readers).await });
    done.expect("nobody waits for a thread that waits for a reader");
}

#[tokio::test]
async fn what_one_may_not_read_is_not_there() {
    let world = World::new();
    let cookie = world.cookie().await;
    for id in [
        pledges(THEIRS).to_string(),
        LedgerId([9; 16]).to_string(),
        "nonsense".to_owned(),
    ] {
        let response = world.get_as(&cookie, &format!("/api/ledgers/{id}/log")).await;
        assert_eq!(json::<Problem>(response).await, Problem::NotFound, "{id}");
    }
    let response = world
        .get_as(&cookie, &format!("/api/ledgers/{}/log?after=x", pledges(OURS)))
        .await;
    assert_eq!(json::<Problem>(response).await, Problem::Malformed);
    assert_eq!(
        world
            .get(&format!("/api/ledgers/{}/log", pledges(OURS)))
            .await
            .status(),
        StatusCode::UNAUTHORIZED
    );
}
