//! What is served at which address, and to whose pages.

use axum::http::{Method, StatusCode, header};
use shared::protocol::http::Problem;

use super::{ORIGIN, PASSWORD, World, body, json, own, request, sign_in_body};

#[tokio::test]
async fn the_socket_wants_our_origin_and_a_session() {
    let world = World::new();
    let cookie = world.cookie().await;
    let upgrade = || {
        let mut request = request(Method::GET, "/sync", "");
        let headers = request.headers_mut();
        headers.insert(header::CONNECTION, "upgrade".parse().unwrap());
        headers.insert(header::UPGRADE, "websocket".parse().unwrap());
        headers.insert(header::SEC_WEBSOCKET_VERSION, "13".parse().unwrap());
        headers.insert(
            header::SEC_WEBSOCKET_KEY,
            "dGhlIHNhbXBsZSBub25jZQ==".parse().unwrap(),
        );
        request
    };
    let mut foreign = upgrade();
    foreign
        .headers_mut()
        .insert(header::ORIGIN, "http://evil.example".parse().unwrap());
    foreign
        .headers_mut()
        .insert(header::COOKIE, cookie.parse().unwrap());
    assert_eq!(
        json::<Problem>(world.ask(foreign).await).await,
        Problem::ForeignOrigin
    );
    let mut stranger = upgrade();
    stranger
        .headers_mut()
        .insert(header::ORIGIN, ORIGIN.parse().unwrap());
    assert_eq!(json::<Problem>(world.ask(stranger).await).await, Problem::SignIn);
    let mut no_upgrade = request(Method::GET, "/sync", "");
    no_upgrade
        .headers_mut()
        .insert(header::ORIGIN, ORIGIN.parse().unwrap());
    no_upgrade
        .headers_mut()
        .insert(header::COOKIE, cookie.parse().unwrap());
    assert_eq!(
        json::<Problem>(world.ask(no_upgrade).await).await,
        Problem::Malformed
    );
}

#[tokio::test]
async fn plain_http_off_loopback_takes_no_password() {
    let world = World::at(None, "10.0.0.7:7878");
    let ask = async |method: Method, path: &str| {
        let mut request = own(request(method, path, &sign_in_body("lin", PASSWORD)));
        request
            .headers_mut()
            .insert(header::HOST, "10.0.0.7:7878".parse().unwrap());
        request
            .headers_mut()
            .insert(header::ORIGIN, "http://10.0.0.7:7878".parse().unwrap());
        world.ask(request).await
    };
    let page = ask(Method::GET, "/").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    let text = String::from_utf8(body(page).await).unwrap();
    assert!(text.contains("public_origin") && text.contains("统信 UOS"));
    let rest = [
        (Method::POST, "/api/session"),
        (Method::GET, "/api/enterprise"),
        (Method::GET, "/sync"),
    ];
    for (method, path) in rest
        .into_iter()
        .chain([(Method::GET, "/sw.js"), (Method::POST, "/")])
    {
        assert_eq!(ask(method, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn under_https_the_cookie_never_leaves_it() {
    let world = World::at(Some("https://taizhang.example"), "10.0.0.7:7878");
    let mut request = own(request(
        Method::POST,
        "/api/session",
        &sign_in_body("lin", PASSWORD),
    ));
    request
        .headers_mut()
        .insert(header::HOST, "taizhang.example".parse().unwrap());
    request
        .headers_mut()
        .insert(header::ORIGIN, "https://taizhang.example".parse().unwrap());
    let response = world.ask(request).await;
    let line = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(
        line.starts_with("__Host-taizhang=") && line.ends_with("; Secure"),
        "{line}"
    );
    assert_eq!(
        response.headers()[header::STRICT_TRANSPORT_SECURITY],
        "max-age=63072000"
    );
}
