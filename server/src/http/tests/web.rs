//! Every row of the table of routes, asked rightly and wrongly: what every answer carries, and who gets none.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use futures::stream;
use shared::protocol::http::{HEADER, Problem};

use super::world::{PLANT, Setting, plant};
use super::{World, body, json, own, request, sign_in_body};
use crate::http::Failure;
use crate::http::table::{Asks, ROWS};
use crate::storage::StorageError;
use asker::{Asker, carries, path, text, with_methods, worlds};

mod asker;

/// The methods that a route might have been meant for.
const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

#[tokio::test]
async fn every_route_answers_whom_it_should_and_keeps_nothing_in_caches() {
    for (name, world) in worlds() {
        let asker = Asker::new(name, world).await;
        // What ends the session comes last.
        let (ends, others): (Vec<_>, Vec<_>) = ROWS.iter().partition(|row| row.path == "/api/session");
        for (row, method) in others.into_iter().chain(ends).flat_map(with_methods) {
            let mut right = asker.right(row);
            right.method_mut().clone_from(&method);
            let answer = asker.asks(right).await;
            let refusals = [
                StatusCode::UNAUTHORIZED,
                StatusCode::FORBIDDEN,
                StatusCode::METHOD_NOT_ALLOWED,
            ];
            assert!(
                !refusals.contains(&answer.status()),
                "{name}: {method} {}",
                row.path
            );
            assert_eq!(
                answer.headers()[header::CACHE_CONTROL],
                "no-store",
                "{name}: {method} {}",
                row.path
            );
            assert!(method != Method::HEAD || body(answer).await.is_empty());
        }
    }
}

#[tokio::test]
async fn no_route_answers_whom_it_should_not() {
    let foreign = "https://evil.example";
    for (name, world) in worlds() {
        let asker = Asker::new(name, world).await;
        for (row, method) in ROWS.iter().flat_map(with_methods) {
            let right = || {
                let mut right = asker.named(asker.right(row));
                right.method_mut().clone_from(&method);
                right
            };
            let without = |name: &str| {
                let mut request = right();
                request.headers_mut().remove(name);
                request
            };
            if row.asks != Asks::NoName && name != "loopback" {
                let mut elsewhere = right();
                elsewhere
                    .headers_mut()
                    .insert(header::HOST, "evil.example".parse().unwrap());
                asker
                    .is_refused(elsewhere, StatusCode::FORBIDDEN, "another name")
                    .await;
            }
            if row.changes() || row.asks == Asks::Socket {
                let mut of_another = right();
                of_another
                    .headers_mut()
                    .insert(header::ORIGIN, foreign.parse().unwrap());
                asker
                    .is_refused(of_another, StatusCode::FORBIDDEN, "another origin")
                    .await;
                asker
                    .is_refused(without("origin"), StatusCode::FORBIDDEN, "no origin")
                    .await;
            }
            if row.changes() {
                asker
                    .is_refused(
                        without(HEADER),
                        StatusCode::FORBIDDEN,
                        "no header, as from a form",
                    )
                    .await;
            }
            if matches!(row.asks, Asks::Beginner | Asks::Session | Asks::Socket) {
                asker
                    .is_refused(without("cookie"), StatusCode::UNAUTHORIZED, "no session")
                    .await;
                let mut forged = right();
                let cookie = format!("__Host-taizhang={}", "ab".repeat(32));
                forged
                    .headers_mut()
                    .insert(header::COOKIE, cookie.parse().unwrap());
                asker
                    .is_refused(forged, StatusCode::UNAUTHORIZED, "a forged session")
                    .await;
            }
            let of_path = |method: &Method| {
                let mut rows = ROWS.iter().filter(|other| other.path == row.path);
                rows.any(|other| with_methods(other).any(|(_, known)| known == *method))
            };
            for method in METHODS.iter().filter(|method| !of_path(method)) {
                let mut other = right();
                other.method_mut().clone_from(method);
                asker
                    .is_refused(other, StatusCode::METHOD_NOT_ALLOWED, "another method")
                    .await;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_body_is_longer_or_slower_than_its_route_allows() {
    let asker = Asker::new("loopback", World::new()).await;
    for row in ROWS.iter().filter(|row| row.changes()) {
        let long = "x".repeat(row.body_bytes + 1);
        let mut said = asker.right(row);
        said.headers_mut()
            .insert(header::CONTENT_LENGTH, long.len().into());
        let mut unsaid = asker.right(row);
        *said.body_mut() = Body::from(long.clone());
        *unsaid.body_mut() = Body::from_stream(stream::iter([Ok::<_, std::io::Error>(long)]));
        for request in [said, unsaid] {
            asker
                .is_refused(request, StatusCode::PAYLOAD_TOO_LARGE, "too long")
                .await;
        }
        let mut endless = asker.right(row);
        *endless.body_mut() = Body::from_stream(stream::pending::<Result<String, std::io::Error>>());
        asker
            .is_refused(endless, StatusCode::REQUEST_TIMEOUT, "too slow")
            .await;
    }
}

#[tokio::test]
async fn every_answer_beside_the_table_carries_the_same() {
    let hashed = "public, max-age=31536000, immutable";
    for (name, world) in worlds() {
        let asker = Asker::new(name, world).await;
        for (method, path, status, caching) in [
            (Method::GET, "/", 200, "no-cache"),
            (Method::GET, "/ledgers/pledge", 200, "no-cache"),
            (Method::HEAD, "/index.html", 200, "no-cache"),
            (Method::GET, "/sw.js", 200, "no-cache"),
            (Method::GET, "/app-0123456789abcdef.js", 200, hashed),
            (Method::GET, "/missing.js", 404, "no-store"),
            (Method::GET, "/..%2fserver.key", 404, "no-store"),
            (Method::POST, "/", 405, "no-store"),
            (Method::GET, "/api", 404, "no-store"),
            (Method::GET, "/api/", 404, "no-store"),
            (Method::POST, "/api/nothing", 404, "no-store"),
            (Method::GET, "/api/me/more", 404, "no-store"),
            (Method::GET, "/%61pi/x", 404, "no-store"),
            (Method::GET, "//api/x", 404, "no-store"),
            (Method::GET, "/API/x", 404, "no-store"),
            (Method::POST, "/API/session", 404, "no-store"),
            (Method::GET, "/api/ledgers/nonsense/log", 401, "no-store"),
        ] {
            let answer = asker.asks(request(method.clone(), path, "")).await;
            assert_eq!(answer.status().as_u16(), status, "{name}: {method} {path}");
            assert_eq!(
                answer.headers()[header::CACHE_CONTROL],
                caching,
                "{name}: {method} {path}"
            );
        }
        // Once it is known how to ask for what one has already, nothing is sent again.
        let tag = asker
            .asks(request(Method::GET, "/app-0123456789abcdef.js", ""))
            .await;
        if let Some(date) = tag.headers().get(header::LAST_MODIFIED) {
            let mut again = request(Method::GET, "/app-0123456789abcdef.js", "");
            again
                .headers_mut()
                .insert(header::IF_MODIFIED_SINCE, date.clone());
            assert_eq!(asker.asks(again).await.status(), StatusCode::NOT_MODIFIED);
        }
        let malformed = own(request(Method::POST, "/api/session", "{"));
        assert_eq!(asker.asks(malformed).await.status(), StatusCode::BAD_REQUEST);
        let guess = || {
            own(request(
                Method::POST,
                "/api/session",
                &sign_in_body("gu", "wrong"),
            ))
        };
        let mut answer = asker.asks(guess()).await;
        while answer.status() == StatusCode::UNAUTHORIZED {
            answer = asker.asks(guess()).await;
        }
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
        asker.world.relay.stop().await;
        let ill = asker.asks(request(Method::GET, "/healthz", "")).await;
        assert_eq!(ill.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test]
async fn what_failed_inside_is_not_told() {
    let answer =
        axum::response::IntoResponse::into_response(Failure::from(StorageError::Damaged("a secret")));
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    assert_eq!(json::<Problem>(answer).await, Problem::Failed);
}

#[tokio::test]
async fn the_page_for_those_in_the_clear_asks_the_public_address_alone() {
    let world = World::of(Setting {
        addresses: plant(),
        listens: "10.0.0.7:80",
        ..Setting::default()
    });
    for path in ["/", "/index.html", "/trust"] {
        let page = world.get(path).await;
        let policy = page.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned();
        carries(page.headers(), false, "/trust →");
        assert!(
            policy.contains(&format!("connect-src https://{PLANT};")),
            "{policy}"
        );
        let page = String::from_utf8(body(page).await).unwrap();
        assert!(page.contains(&format!("https://{PLANT}")), "{page}");
        assert!(
            !page.contains("{{") && !page.contains("<style") && !page.contains("style="),
            "{page}"
        );
        let inputs = ["<input", "<form", "<textarea"];
        assert!(
            !inputs.iter().any(|input| page.contains(input)),
            "no password is taken here: {page}"
        );
    }
    for row in ROWS.iter().filter(|row| !row.is_trust()) {
        let answer = world
            .ask(request(row.method.clone(), &path(row), &text(row)))
            .await;
        carries(answer.headers(), false, row.path);
        assert_eq!(
            answer.status(),
            StatusCode::NOT_FOUND,
            "{} {}",
            row.method,
            row.path
        );
    }
}

#[test]
fn no_route_stands_in_the_table_twice() {
    let all: BTreeSet<_> = ROWS.iter().map(|row| (row.path, row.method.as_str())).collect();
    assert_eq!(all.len(), ROWS.len());
}
