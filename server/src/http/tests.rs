//! Every route, asked through the whole router.

use std::fs;
use std::io::Read as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use shared::access::{Grant, Rights, Role};
use shared::id::{AccountId, ChangeHash, DeviceId, EnterpriseId, LedgerId, Seal, UnitId};
use shared::protocol::Entry;
use shared::protocol::http::{Enterprise as ShownEnterprise, HEADER, Listed, Me, Problem};
use shared::sync::relay::{Batch, BatchId, NewEntry, RelayConfig};
use shared::time::Timestamp;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use super::{App, Parts, router};
use crate::account::{Accounts, IDLE, Token, hash_password};
use crate::address::Address;
use crate::clock;
use crate::register::of_branch;
use crate::relay;
use crate::storage::memory::MemoryStorage;
use crate::storage::{Account, Enterprise, Storage, Unit};

const ENTERPRISE: EnterpriseId = EnterpriseId::from_bytes([1; 16]);
const OURS: UnitId = UnitId::from_bytes([2; 16]);
const THEIRS: UnitId = UnitId::from_bytes([3; 16]);
const LIN: AccountId = AccountId::from_bytes([4; 16]);
const ORIGIN: &str = "http://127.0.0.1:7878";
const PASSWORD: &str = "correct horse";

struct World {
    storage: Arc<MemoryStorage>,
    router: Router,
    _site: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        Self::at(None, "127.0.0.1:7878")
    }

    fn at(public: Option<&str>, listens: &str) -> Self {
        let storage = Arc::new(filled());
        let site = site();
        let config = RelayConfig {
            enterprise: ENTERPRISE,
            version: "test".to_owned(),
            rights: Rights::default(),
            seal_key: [0; 32],
            seed: [0; 32],
        };
        let (relay, _running) = relay::start(config, Arc::clone(&storage) as Arc<dyn Storage>);
        let app = App::new(Parts {
            storage: Arc::clone(&storage) as Arc<dyn Storage>,
            accounts: Accounts::new(Arc::clone(&storage) as Arc<dyn Storage>),
            relay,
            address: Address::new(
                public.map(|public| public.parse().unwrap()),
                listens.parse().unwrap(),
            ),
            enterprise: storage.enterprise().unwrap().unwrap(),
            rights: Rights::default(),
            site: site.path().to_owned(),
            sockets: Arc::new(Semaphore::new(10)),
            strict_transport: true,
        });
        Self {
            storage,
            router: router(app),
            _site: site,
        }
    }

    async fn ask(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> Response<Body> {
        self.ask(request(Method::GET, path, "")).await
    }

    async fn get_as(&self, cookie: &str, path: &str) -> Response<Body> {
        let mut request = request(Method::GET, path, "");
        request
            .headers_mut()
            .insert(header::COOKIE, cookie.parse().unwrap());
        self.ask(request).await
    }

    async fn sign_in(&self, login: &str, password: &str) -> Response<Body> {
        self.ask(own(request(
            Method::POST,
            "/api/session",
            &sign_in_body(login, password),
        )))
        .await
    }

    /// The cookie of somebody who has signed in.
    async fn cookie(&self) -> String {
        let response = self.sign_in("lin", PASSWORD).await;
        assert_eq!(response.status(), StatusCode::OK);
        cookie_of(&response)
    }
}

fn cookie_of(response: &Response<Body>) -> String {
    let line = response.headers()[header::SET_COOKIE].to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}

fn request(method: Method, path: &str, body: &str) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "127.0.0.1:7878");
    request
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

/// The same from a script of the relay's own page.
fn own(mut request: Request<Body>) -> Request<Body> {
    request
        .headers_mut()
        .insert(header::ORIGIN, ORIGIN.parse().unwrap());
    request.headers_mut().insert(HEADER, "1".parse().unwrap());
    request
}

fn sign_in_body(login: &str, password: &str) -> String {
    let device = DeviceId::from_bytes([9; 16]);
    format!(r#"{{"login":"{login}","password":"{password}","device":"{device}"}}"#)
}

async fn body(response: Response<Body>) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

async fn json<T: serde::de::DeserializeOwned>(response: Response<Body>) -> T {
    serde_json::from_slice(&body(response).await).unwrap()
}

fn filled() -> MemoryStorage {
    let storage = MemoryStorage::new();
    let unit = |id, name: &str| Unit {
        id,
        name: name.to_owned(),
        parent: None,
    };
    let enterprise = Enterprise {
        id: ENTERPRISE,
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    storage
        .found(&enterprise, &[unit(OURS, "一支部"), unit(THEIRS, "二支部")])
        .unwrap();
    let account = |byte, login: &str, unit| Account {
        id: AccountId::from_bytes([byte; 16]),
        login: login.to_owned(),
        name: login.to_uppercase(),
        password: hash_password(PASSWORD, [byte; 16]),
        grants: vec![Grant {
            unit,
            role: Role::Secretary,
        }],
    };
    storage
        .add_accounts(&[
            account(4, "lin", OURS),
            account(5, "gu", OURS),
            account(6, "su", THEIRS),
        ])
        .unwrap();
    for unit in [OURS, THEIRS] {
        storage
            .add_ledgers(&of_branch(ENTERPRISE, unit, 2026).collect::<Vec<_>>())
            .unwrap();
    }
    storage
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("index.html", "<!doctype html><title>app</title>");
    write("sw.js", "worker");
    write("app-0123456789abcdef.js", "plain");
    write("app-0123456789abcdef.js.br", "brotli");
    write("app-0123456789abcdef.js.gz", "gzip");
    folder
}

fn pledges(unit: UnitId) -> LedgerId {
    of_branch(ENTERPRISE, unit, 2026)
        .find(|(_, key)| key.year.is_some())
        .unwrap()
        .0
}

fn append(storage: &MemoryStorage, ledger: LedgerId, count: u8) {
    let new = |number| NewEntry {
        ledger,
        hash: ChangeHash([number; 32]),
        account: LIN,
        device: DeviceId::from_bytes([9; 16]),
        carried_by: None,
        received_at: Timestamp(i64::from(number)),
        bytes: vec![number; 100_000],
        seal: Seal([0; 32]),
    };
    storage
        .commit(&Batch {
            id: BatchId(1),
            entries: (1..=count).map(new).collect(),
            held: vec![],
        })
        .unwrap();
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_a_page_safe() {
    let world = World::new();
    let foreign_host = Request::builder()
        .uri("/")
        .header(header::HOST, "evil.example")
        .body(Body::empty())
        .unwrap();
    let requests = [
        (request(Method::GET, "/", ""), 200),
        (request(Method::GET, "/sw.js", ""), 200),
        (request(Method::GET, "/missing.js", ""), 404),
        (request(Method::GET, "/api/enterprise", ""), 200),
        (request(Method::GET, "/api/nothing", ""), 404),
        (request(Method::GET, "/api", ""), 404),
        (request(Method::GET, "/api/", ""), 404),
        (request(Method::GET, "/api/me", ""), 401),
        (request(Method::PUT, "/api/me", ""), 405),
        (request(Method::POST, "/", ""), 405),
        (request(Method::GET, "/healthz", ""), 200),
        (request(Method::GET, "/sync", ""), 403),
        (foreign_host, 403),
    ];
    for (request, status) in requests {
        let asked = format!("{} {}", request.method(), request.uri());
        let response = world.ask(request).await;
        assert_eq!(response.status().as_u16(), status, "{asked}");
        let value = |name: &str| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        assert!(
            value("content-security-policy").starts_with("default-src 'none'; script-src 'self'"),
            "{asked}"
        );
        assert_eq!(value("x-content-type-options"), "nosniff", "{asked}");
        assert_eq!(value("referrer-policy"), "no-referrer", "{asked}");
        assert_eq!(value("cross-origin-opener-policy"), "same-origin", "{asked}");
        assert_eq!(value("cross-origin-resource-policy"), "same-origin", "{asked}");
        assert!(value("permissions-policy").contains("camera=()"), "{asked}");
        assert_eq!(value("strict-transport-security"), "", "{asked}: plain http");
    }
}

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
    assert!(!missing.headers().contains_key(header::CACHE_CONTROL));
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
    let shown: ShownEnterprise = json(world.get("/api/enterprise").await).await;
    assert_eq!(
        (shown.id, shown.name.as_str(), shown.demo.len()),
        (ENTERPRISE, "青梧", 0)
    );
}

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
    assert!(line.starts_with("taizhang="));
    assert!(
        line.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict"),
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
    assert_eq!(world.sign_in("gu", PASSWORD).await.status(), StatusCode::OK);
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
    for text in ["", "{}", "[1]", "{\"login\":5}", &long] {
        let response = world.ask(own(request(Method::POST, "/api/session", text))).await;
        assert_eq!(json::<Problem>(response).await, Problem::Malformed);
    }
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
    let token: Token = cookie.strip_prefix("taizhang=").unwrap().parse().unwrap();
    let long_ago = Timestamp(clock::now().0 - i64::try_from(IDLE.as_millis()).unwrap());
    world.storage.touch_session(token.hash(), long_ago).unwrap();
    let response = world.get_as(&cookie, "/api/ledgers").await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(json::<Problem>(response).await, Problem::SignIn);
    assert_eq!(world.storage.session(token.hash()).unwrap(), None, "and is gone");
}

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
