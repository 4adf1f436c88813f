//! Who is turned away because there is no room, and what the log hears of it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use shared::limit::{BODY_BYTES, CONNECTIONS_PER_ACCOUNT};
use shared::protocol::http::Problem;

use super::{LIN, ORIGIN, World, json, own, request, sign_in_body};
use crate::crowd::{Crowd, Seat};
use crate::trouble::Trouble;

/// What a browser sends to open a socket, as far as the router sees it.
fn upgrade(cookie: &str) -> Request<Body> {
    let mut request = request(Method::GET, "/sync", "");
    for (name, value) in [
        (header::CONNECTION, "upgrade"),
        (header::UPGRADE, "websocket"),
        (header::SEC_WEBSOCKET_VERSION, "13"),
        (header::SEC_WEBSOCKET_KEY, "dGhlIHNhbXBsZSBub25jZQ=="),
        (header::ORIGIN, ORIGIN),
        (header::COOKIE, cookie),
    ] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    let line = hyper::upgrade::on(Request::new(()));
    request.extensions_mut().insert(line);
    request
}

async fn is_turned_away(world: &World, request: Request<Body>, trouble: Trouble) {
    assert!(!world.troubles.has_seen(trouble), "{trouble:?}");
    let answer = world.ask(request).await;
    assert!(matches!(json::<Problem>(answer).await, Problem::SlowDown { .. }));
    assert!(world.troubles.has_seen(trouble), "{trouble:?}");
}

#[tokio::test]
async fn that_all_sockets_are_taken_is_counted() {
    let world = World::new();
    let cookie = world.cookie().await;
    let all = u32::try_from(world.sockets.available_permits()).unwrap();
    let taken = world.sockets.try_acquire_many(all).unwrap();
    is_turned_away(&world, upgrade(&cookie), Trouble::SocketsFull).await;
    drop(taken);
    let answer = world.ask(upgrade(&cookie)).await;
    assert_eq!(answer.status(), StatusCode::SWITCHING_PROTOCOLS);
}

#[tokio::test]
async fn that_an_account_has_as_many_connections_as_it_may_is_counted() {
    let crowd = Crowd::default();
    let enter = || crowd.enter(IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
    let of_lin = |_| {
        let seat = enter();
        seat.is_of(LIN).unwrap();
        seat
    };
    let _all: Vec<Arc<Seat>> = (0..CONNECTIONS_PER_ACCOUNT).map(of_lin).collect();
    for path in ["/api/me", "/sync"] {
        let mut world = World::new();
        let cookie = world.cookie().await;
        world.line.seat = Some(enter());
        let mut request = upgrade(&cookie);
        *request.uri_mut() = path.parse().unwrap();
        is_turned_away(&world, request, Trouble::AccountFull).await;
    }
}

#[tokio::test]
async fn that_a_socket_of_a_proxy_is_one_too_many_of_its_account_is_counted() {
    let crowd = Crowd::default();
    let _all: Vec<Arc<Seat>> = (0..CONNECTIONS_PER_ACCOUNT)
        .map(|_| {
            let seat = crowd.enter_by_proxy().unwrap();
            seat.is_socket_of(LIN).unwrap();
            seat
        })
        .collect();
    let mut world = World::new();
    let cookie = world.cookie().await;
    world.line.seat = crowd.enter_by_proxy();
    is_turned_away(&world, upgrade(&cookie), Trouble::AccountFull).await;
}

#[tokio::test]
async fn that_a_body_is_too_long_is_counted_whether_it_says_so_or_not() {
    let long = sign_in_body("lin", &"x".repeat(BODY_BYTES));
    for says_so in [true, false] {
        let world = World::new();
        let mut request = own(request(Method::POST, "/api/session", &long));
        if says_so {
            request
                .headers_mut()
                .insert(header::CONTENT_LENGTH, long.len().into());
        }
        assert!(!world.troubles.has_seen(Trouble::LongBody));
        assert_eq!(world.ask(request).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert!(world.troubles.has_seen(Trouble::LongBody), "{says_so}");
    }
}
