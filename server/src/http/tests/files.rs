//! Headers, caching, and what anybody may see.

use axum::http::{Method, StatusCode, header};
use shared::protocol::http::{Enterprise, Problem};

use super::{ENTERPRISE, World, body, json, request};

#[tokio::test]
async fn an_unknown_api_path_is_a_problem_and_never_the_page() {
    let world = World::new();
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/me/more",
        "/api/ledgers/x/y/z",
    ] {
        let response = world.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(json::<Problem>(response).await, Problem::NotFound, "{path}");
    }
}

#[tokio::test]
async fn files_are_cached_by_their_names() {
    let world = World::new();
    let cases = [
        ("/", "no-cache", "<!doctype html><title>app</title>"),
        ("/ledgers/0a0b", "no-cache", "<!doctype html><title>app</title>"),
        ("/sw.js", "no-cache", "worker"),
        (
            "/app-0123456789abcdef.js",
            "public, max-age=31536000, immutable",
            "plain",
        ),
    ];
    for (path, caching, wanted) in cases {
        let response = world.get(path).await;
        assert_eq!(response.headers()[header::CACHE_CONTROL], caching, "{path}");
        assert_eq!(body(response).await, wanted.as_bytes(), "{path}");
    }
    let missing = world.get("/app-ffffffffffffffff.js").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert_eq!(missing.headers()[header::CACHE_CONTROL], "no-store");
    assert_eq!(
        world.get("/..%2f..%2fCargo.toml").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_compressed_already_is_sent_so() {
    let world = World::new();
    for (accepts, encoding, wanted) in [("gzip, br", "br", "brotli"), ("gzip", "gzip", "gzip")] {
        let mut request = request(Method::GET, "/app-0123456789abcdef.js", "");
        request
            .headers_mut()
            .insert(header::ACCEPT_ENCODING, accepts.parse().unwrap());
        let response = world.ask(request).await;
        assert_eq!(response.headers()[header::CONTENT_ENCODING], encoding);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/javascript");
        assert_eq!(body(response).await, wanted.as_bytes());
    }
}

#[tokio::test]
async fn anybody_may_know_whose_relay_it_is() {
    let world = World::new();
    let shown: Enterprise = json(world.get("/api/enterprise").await).await;
    assert_eq!(
        (shown.id, shown.name.as_str(), shown.demo.len()),
        (ENTERPRISE, "青梧", 0)
    );
}
