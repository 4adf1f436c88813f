//! Ledgers and their logs.

use std::io::Read as _;

use axum::http::{StatusCode, header};
use shared::id::LedgerId;
use shared::protocol::Entry;
use shared::protocol::http::{Listed, Problem};
use shared::time::Timestamp;

use super::{OURS, THEIRS, World, append, body, json, pledges};

#[tokio::test]
async fn an_officer_sees_the_ledgers_of_his_branch_alone() {
    let world = World::new();
    append(&world.storage, pledges(OURS), 2);
    let cookie = world.cookie().await;
    let ledgers: Vec<Listed> = json(world.get_as(&cookie, "/api/ledgers").await).await;
    assert_eq!(ledgers.len(), 2);
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
