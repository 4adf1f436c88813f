//! Who asks a relay, and looks at what every answer must carry.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use shared::id::DeviceId;

use super::super::world::{Setting, plant, to_plant};
use super::super::{OURS, PASSWORD, World, cookie_of, own, pledges, request, sign_in_body};
use crate::http::table::Row;
use crate::line::Way;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Where a relay is: the table holds for each.
pub(super) fn worlds() -> [(&'static str, World); 3] {
    let plant = |strict_transport| {
        World::of(Setting {
            addresses: plant(),
            listens: "10.0.0.7:443",
            way: Way::Tls,
            strict_transport,
            ..Setting::default()
        })
    };
    [
        ("loopback", World::new()),
        ("plant", plant(false)),
        ("strict plant", plant(true)),
    ]
}

/// One relay while it is asked.
pub(super) struct Asker {
    pub(super) name: &'static str,
    pub(super) world: World,
    cookie: String,
}

impl Asker {
    pub(super) async fn new(name: &'static str, world: World) -> Self {
        let mut asker = Self {
            name,
            world,
            cookie: String::new(),
        };
        let sign_in = own(request(
            Method::POST,
            "/api/session",
            &sign_in_body("lin", PASSWORD),
        ));
        let answer = asker.asks(sign_in).await;
        assert_eq!(answer.status(), StatusCode::OK, "{name}");
        asker.cookie = cookie_of(&answer);
        asker
    }

    /// Asks under the relay's own name, and looks at what every answer must carry.
    pub(super) async fn asks(&self, request: Request<Body>) -> Response<Body> {
        let request = if self.name == "loopback" {
            request
        } else {
            to_plant(request)
        };
        self.asks_as_is(request).await
    }

    pub(super) async fn asks_as_is(&self, request: Request<Body>) -> Response<Body> {
        let asked = format!("{}: {} {}", self.name, request.method(), request.uri());
        let answer = self.world.ask(request).await;
        let asked = format!("{asked} → {}", answer.status());
        carries(answer.headers(), self.name == "strict plant", &asked);
        answer
    }

    /// A request of this row as a script of our own page makes it, for somebody who is signed in.
    pub(super) fn right(&self, row: &Row) -> Request<Body> {
        let mut right = own(request(row.method.clone(), &path(row), &text(row)));
        right
            .headers_mut()
            .insert(header::COOKIE, self.cookie.parse().unwrap());
        right
    }

    pub(super) async fn is_refused(&self, request: Request<Body>, status: StatusCode, why: &str) {
        let asked = format!("{}: {} {}: {why}", self.name, request.method(), request.uri());
        let answer = self.asks_as_is(request).await;
        assert_eq!(answer.status(), status, "{asked}");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store", "{asked}");
        assert_eq!(
            answer.headers()[header::CONTENT_TYPE],
            "application/json",
            "{asked}"
        );
        assert!(!answer.headers().contains_key(header::SET_COOKIE), "{asked}");
    }

    pub(super) fn named(&self, request: Request<Body>) -> Request<Body> {
        if self.name == "loopback" {
            request
        } else {
            to_plant(request)
        }
    }
}

pub(super) fn path(row: &Row) -> String {
    row.path
        .replace("{id}", &pledges(OURS).to_string())
        .replace("{kind}/{name}", "words/annual")
        .replace("{year}", "2026")
}

/// The methods by which a row is asked: who may get something may ask for its head alone.
pub(super) fn with_methods(row: &'static Row) -> impl Iterator<Item = (&'static Row, Method)> {
    let head = (row.method == Method::GET).then_some(Method::HEAD);
    [row.method.clone()]
        .into_iter()
        .chain(head)
        .map(move |method| (row, method))
}

/// A body that the route can read.
pub(super) fn text(row: &Row) -> String {
    if row.method == Method::POST && row.path == "/api/session" {
        sign_in_body("lin", PASSWORD)
    } else {
        format!(r#"{{"device":"{}"}}"#, DeviceId::from_bytes([9; 16]))
    }
}

/// What every answer carries, whatever it says.
pub(super) fn carries(headers: &HeaderMap, strict: bool, asked: &str) {
    let value = |name: &str| {
        headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap_or_default())
    };
    let policy = value("content-security-policy");
    let is_trust_page =
        policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; connect-src");
    assert!(
        policy == POLICY || (is_trust_page && asked.contains("/trust →")),
        "{asked}: {policy}"
    );
    for part in ["unsafe-inline", "unsafe-eval'", "*", "http:"] {
        assert!(
            !policy.replace("wasm-unsafe-eval", "").contains(part),
            "{asked}: {policy}"
        );
    }
    assert_eq!(value("x-content-type-options"), "nosniff", "{asked}");
    assert_eq!(value("referrer-policy"), "no-referrer", "{asked}");
    assert_eq!(value("cross-origin-opener-policy"), "same-origin", "{asked}");
    assert_eq!(value("cross-origin-resource-policy"), "same-origin", "{asked}");
    assert!(value("permissions-policy").contains("camera=()"), "{asked}");
    let wanted = if strict { "max-age=63072000" } else { "" };
    assert_eq!(value("strict-transport-security"), wanted, "{asked}");
    let shared = value("access-control-allow-origin");
    assert!(
        shared.is_empty() || asked.contains("/trust/check"),
        "{asked}: {shared}"
    );
    if let Some(cookie) = headers.get(header::SET_COOKIE) {
        let cookie = cookie.to_str().unwrap();
        let wanted = ["; Path=/;", "; HttpOnly", "; SameSite=Strict", "; Secure"];
        assert!(cookie.starts_with("__Host-taizhang="), "{asked}: {cookie}");
        assert!(
            wanted.iter().all(|part| cookie.contains(part)),
            "{asked}: {cookie}"
        );
        assert!(!cookie.contains("Domain"), "{asked}: {cookie}");
    }
}
