//! What is served at which address, and to whose pages.

use axum::http::{Method, StatusCode, header};
use shared::protocol::http::{Enterprise, Me, Problem};

use super::world::{Setting, plant, to_plant};
use super::{ORIGIN, PASSWORD, World, body, json, own, request, sign_in_body};
use crate::address::Addresses;
use crate::line::Way;

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
async fn in_the_clear_off_loopback_no_password_is_taken() {
    let world = World::of(Setting {
        listens: "10.0.0.7:7878",
        ..Setting::default()
    });
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
    let text = String::from_utf8(body(page).await).unwrap();
    assert!(text.contains("此地址不能登录") && text.contains("统信 UOS"));
    let rest = [
        (Method::POST, "/api/session"),
        (Method::GET, "/api/enterprise"),
        (Method::GET, "/sync"),
        (Method::GET, "/healthz"),
        (Method::GET, "/trust/check"),
    ];
    for (method, path) in rest
        .into_iter()
        .chain([(Method::GET, "/sw.js"), (Method::POST, "/")])
    {
        assert_eq!(ask(method, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_proxy_that_the_configuration_names_brings_its_clients_to_the_app() {
    let behind = |proxies: &[&str]| {
        let addresses = Addresses {
            proxies: proxies.iter().map(|proxy| proxy.parse().unwrap()).collect(),
            ..plant()
        };
        let mut world = World::of(Setting {
            addresses,
            listens: "10.0.0.7:80",
            ..Setting::default()
        });
        world.line.from = "10.0.0.5".parse().unwrap();
        world
    };
    let forwarded = |client: &str| {
        let mut request = to_plant(own(request(
            Method::POST,
            "/api/session",
            &sign_in_body("lin", "wrong"),
        )));
        let headers = request.headers_mut();
        headers.insert("x-forwarded-proto", "https".parse().unwrap());
        headers.insert("x-forwarded-for", client.parse().unwrap());
        request
    };
    let world = behind(&["10.0.0.5"]);
    let answer = world.ask(forwarded("10.1.0.9")).await;
    assert_eq!(json::<Problem>(answer).await, Problem::WrongPassword);
    assert_eq!(
        behind(&["10.0.0.6"]).ask(forwarded("10.1.0.9")).await.status(),
        StatusCode::NOT_FOUND,
        "not a proxy of ours: in the clear there is no app"
    );

    // Who guesses is told to wait by his own address, and not by the proxy's.
    let signs_in = |client: &str, login: &str| {
        let mut request = forwarded(client);
        *request.body_mut() = sign_in_body(login, PASSWORD).into();
        request
    };
    let mut guesses = 0;
    while world
        .ask(signs_in("10.1.0.9", &format!("guess{guesses}")))
        .await
        .status()
        != StatusCode::TOO_MANY_REQUESTS
    {
        guesses += 1;
        assert!(guesses < 100);
    }
    let waits = world.ask(signs_in("10.1.0.9", "gu")).await;
    assert_eq!(waits.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        world.ask(signs_in("10.1.0.10", "gu")).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn only_who_came_by_https_is_told_to_come_by_https_alone() {
    let told = async |way, from: &str, forwarded: &str| {
        let addresses = Addresses {
            proxies: vec!["10.0.0.5".parse().unwrap()],
            ..plant()
        };
        let mut world = World::of(Setting {
            addresses,
            listens: "10.0.0.7:443",
            way,
            strict_transport: true,
            ..Setting::default()
        });
        world.line.from = from.parse().unwrap();
        let mut request = to_plant(request(Method::GET, "/", ""));
        let forwarded = forwarded.parse().unwrap();
        request.headers_mut().insert("x-forwarded-proto", forwarded);
        let answer = world.ask(request).await;
        answer.headers().contains_key(header::STRICT_TRANSPORT_SECURITY)
    };
    assert!(told(Way::Tls, "10.1.0.9", "http").await);
    assert!(told(Way::Plain, "10.0.0.5", "https").await, "to a proxy of ours");
    assert!(!told(Way::Plain, "10.0.0.5", "http").await);
    assert!(!told(Way::Plain, "10.1.0.9", "https").await, "no proxy of ours");
    assert!(!told(Way::TrustPageAlone, "10.1.0.9", "https").await);
}

#[tokio::test]
async fn at_an_address_of_before_one_is_told_where_the_app_is_now() {
    let world = World::in_the_plant();
    let ask = async |host: &str| {
        let mut request = request(Method::GET, "/api/enterprise", "");
        request.headers_mut().insert(header::HOST, host.parse().unwrap());
        world.ask(request).await
    };
    let now: Enterprise = json(ask("taizhang.example").await).await;
    assert_eq!(now.moved_to, None);
    let before: Enterprise = json(ask("old.example").await).await;
    assert_eq!(before.moved_to.as_deref(), Some("https://taizhang.example"));
    assert_eq!(ask("other.example").await.status(), StatusCode::FORBIDDEN);

    let mut sign_in = own(request(
        Method::POST,
        "/api/session",
        &sign_in_body("lin", PASSWORD),
    ));
    let headers = sign_in.headers_mut();
    headers.insert(header::HOST, "old.example".parse().unwrap());
    headers.insert(header::ORIGIN, "https://old.example".parse().unwrap());
    let me: Me = json(world.ask(sign_in).await).await;
    assert_eq!(
        me.moved_to.as_deref(),
        Some("https://taizhang.example"),
        "what is still there can be delivered"
    );
}
