//! Signing in and out.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{Method, StatusCode, header};
use shared::access::{Grant, Role, RoleChange};
use shared::protocol::http::{DeviceKind, HEADER, Me, Notice, Problem};
use shared::time::Timestamp;

use super::world::{PLANT, Setting};
use super::{LIN, OURS, PASSWORD, World, cookie_of, json, own, request, sign_in_body};
use crate::account::{IDLE_SHARED, Token};
use crate::certificate::{Authority, Files, Kept, sign};
use crate::clock;
use crate::storage::{Amendment, By, Storage as _};

#[tokio::test]
async fn signing_in_gives_a_cookie_that_says_who_one_is() {
    let world = World::new();
    let response = world.sign_in(" Lin ", PASSWORD).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let line = response.headers()[header::SET_COOKIE]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(line.starts_with("__Host-taizhang="));
    // A device is a shared one until somebody says otherwise: its cookie ends with the browser.
    assert!(
        line.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"),
        "{line}"
    );
    let cookie = cookie_of(&response);
    let me: Me = json(response).await;
    assert_eq!(
        (me.account, me.login.as_str(), me.enterprise_name.as_str()),
        (LIN, "lin", "青梧")
    );
    assert_eq!(
        me.units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(),
        ["一支部"]
    );
    let colleagues: Vec<_> = me
        .colleagues
        .iter()
        .map(|colleague| colleague.name.as_str())
        .collect();
    assert_eq!(colleagues, ["LIN", "GU"], "those of his unit, and nobody else");
    assert_eq!(json::<Me>(world.get_as(&cookie, "/api/me").await).await, me);
}

#[tokio::test]
async fn on_a_personal_device_the_cookie_outlives_the_browser() {
    let world = World::new();
    let body = sign_in_body("lin", PASSWORD).replace('}', r#","kind":"personal"}"#);
    let response = world.ask(own(request(Method::POST, "/api/session", &body))).await;
    let line = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(
        line.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure"),
        "{line}"
    );
    let token: Token = cookie_of(&response)
        .strip_prefix("__Host-taizhang=")
        .unwrap()
        .parse()
        .unwrap();
    let session = world.storage.session(token.hash()).unwrap().unwrap();
    assert_eq!(session.kind, DeviceKind::Personal);
}

#[tokio::test]
async fn login_and_password_are_not_told_apart() {
    let world = World::new();
    for (login, password) in [("lin", "wrong"), ("nobody", PASSWORD), ("", "")] {
        let response = world.sign_in(login, password).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert!(!response.headers().contains_key(header::SET_COOKIE));
        assert_eq!(json::<Problem>(response).await, Problem::WrongPassword);
    }
}

#[tokio::test]
async fn who_guesses_has_to_wait() {
    let world = World::new();
    for _ in 0..4 {
        assert_eq!(
            world.sign_in("lin", "wrong").await.status(),
            StatusCode::UNAUTHORIZED
        );
    }
    let response = world.sign_in("lin", PASSWORD).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    assert_eq!(json::<Problem>(response).await, Problem::SlowDown { seconds: 1 });
    let wide = world.sign_in(" ＬＩＮ ", PASSWORD).await;
    assert_eq!(
        wide.status(),
        StatusCode::TOO_MANY_REQUESTS,
        "however it is typed"
    );
    assert_eq!(world.sign_in("gu", PASSWORD).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_login_is_the_same_however_wide_it_is_typed() {
    let world = World::new();
    assert_eq!(world.sign_in("Ｌｉｎ", PASSWORD).await.status(), StatusCode::OK);
    let long = "x".repeat(10_000);
    let answer = world.sign_in(&long, PASSWORD).await;
    assert_eq!(json::<Problem>(answer).await, Problem::WrongPassword);
}

#[tokio::test]
async fn what_changes_state_must_come_from_a_script_of_our_own_page() {
    let world = World::new();
    let right = || {
        own(request(
            Method::POST,
            "/api/session",
            &sign_in_body("lin", PASSWORD),
        ))
    };
    let mut bare = right();
    bare.headers_mut().remove(HEADER);
    let mut elsewhere = right();
    elsewhere
        .headers_mut()
        .insert(header::ORIGIN, "https://evil.example".parse().unwrap());
    let mut nowhere = right();
    nowhere.headers_mut().remove(header::ORIGIN);
    for request in [bare, elsewhere, nowhere] {
        let response = world.ask(request).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert_eq!(json::<Problem>(response).await, Problem::ForeignOrigin);
    }
    let mut other_port = right();
    other_port
        .headers_mut()
        .insert(header::ORIGIN, "http://localhost:9999".parse().unwrap());
    assert_eq!(world.ask(other_port).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_is_no_sign_in_is_malformed() {
    let world = World::new();
    let long = sign_in_body("lin", &"x".repeat(64 * 1024));
    for text in ["", "{}", "[1]", "{\"login\":5}"] {
        let response = world.ask(own(request(Method::POST, "/api/session", text))).await;
        assert_eq!(json::<Problem>(response).await, Problem::Malformed);
    }
    let response = world.ask(own(request(Method::POST, "/api/session", &long))).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(json::<Problem>(response).await, Problem::TooLarge);
    let mut form = own(request(
        Method::POST,
        "/api/session",
        &sign_in_body("lin", PASSWORD),
    ));
    form.headers_mut()
        .insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
    assert_eq!(json::<Problem>(world.ask(form).await).await, Problem::Malformed);
}

#[tokio::test]
async fn a_new_sign_in_ends_the_session_before_it() {
    let world = World::new();
    let first = world.cookie().await;
    let mut again = own(request(
        Method::POST,
        "/api/session",
        &sign_in_body("gu", PASSWORD),
    ));
    again.headers_mut().insert(header::COOKIE, first.parse().unwrap());
    let second = cookie_of(&world.ask(again).await);
    assert_ne!(first, second);
    assert_eq!(
        world.get_as(&first, "/api/me").await.status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(world.get_as(&second, "/api/me").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_relay() {
    let world = World::new();
    let cookie = world.cookie().await;
    let mut leave = own(request(Method::DELETE, "/api/session", ""));
    leave
        .headers_mut()
        .insert(header::COOKIE, cookie.parse().unwrap());
    let response = world.ask(leave).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert!(
        response.headers()[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    assert_eq!(
        json::<Problem>(world.get_as(&cookie, "/api/me").await).await,
        Problem::SignIn
    );
}

#[tokio::test]
async fn a_session_left_idle_has_expired() {
    let world = World::new();
    let cookie = world.cookie().await;
    let token: Token = cookie.strip_prefix("__Host-taizhang=").unwrap().parse().unwrap();
    let long_ago = Timestamp(clock::now().0 - i64::try_from(IDLE_SHARED.as_millis()).unwrap());
    world.storage.touch_session(token.hash(), long_ago).unwrap();
    let response = world.get_as(&cookie, "/api/ledgers").await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(json::<Problem>(response).await, Problem::SignIn);
    assert_eq!(world.storage.session(token.hash()).unwrap(), None, "and is gone");
}

#[tokio::test]
async fn administrators_are_told_that_the_certificate_ends_and_everybody_when() {
    let files = tempfile::tempdir().unwrap();
    let certificate = |valid: Duration| {
        let names = [PLANT.parse().unwrap()];
        let authority = Authority::make(&names, clock::now()).unwrap();
        let signed = sign(&names, &authority, clock::now(), valid).unwrap();
        let (chain, key) = (files.path().join("server.crt"), files.path().join("server.key"));
        std::fs::write(&chain, signed.text).unwrap();
        std::fs::write(&key, signed.key).unwrap();
        let files = Files {
            chain,
            key,
            authority: None,
        };
        Arc::new(Kept::open(files, PLANT).unwrap())
    };
    let months = |count: u64| Duration::from_hours(24 * 30 * count);
    for (valid, is_near) in [(months(2), false), (months(1), true), (Duration::ZERO, true)] {
        let certificate = certificate(valid);
        let world = World::of(Setting {
            certificate: Some(Arc::clone(&certificate)),
            ..Setting::default()
        });
        let grant = Grant::new(OURS, Role::Administrator);
        let by = By::relay(clock::now());
        let given = Amendment::ChangeRoles(LIN, vec![RoleChange::Give { grant }]);
        world.storage.amend(&by, &given).unwrap();
        let lin: Me = json(world.sign_in("lin", PASSWORD).await).await;
        let gu: Me = json(world.sign_in("gu", PASSWORD).await).await;
        let at = certificate.expires();
        let wanted = is_near.then_some(Notice::CertificateExpires { at });
        assert_eq!(lin.notices, wanted.into_iter().collect::<Vec<_>>(), "{valid:?}");
        assert_eq!(gu.notices, []);
        assert_eq!(
            (gu.certificate_expires, gu.administrators),
            (Some(at), vec!["LIN".to_owned()])
        );
    }
}
