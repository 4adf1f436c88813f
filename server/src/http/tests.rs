//! Every route, asked through the whole router.

use std::fs;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use shared::access::{Grant, Rights, Role};
use shared::id::{AccountId, ChangeHash, DeviceId, EnterpriseId, LedgerId, Seal, UnitId};
use shared::protocol::http::HEADER;
use shared::sync::relay::{Batch, BatchId, NewEntry, RelayConfig};
use shared::time::Timestamp;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

mod address;
mod files;
mod ledgers;
mod session;

use super::{App, Parts, Setup, router};
use crate::account::{Accounts, hash_password};
use crate::address::Address;
use crate::clock;
use crate::register::of_branch;
use crate::relay;
use crate::storage::memory::MemoryStorage;
use crate::storage::{Account, Amendment, By, Enterprise, Storage, Unit};

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
            setup: Setup::default(),
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
        kind: shared::access::UnitKind::Branch,
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
        first_password: false,
        grants: vec![Grant::new(unit, Role::Secretary)],
    };
    storage
        .amend(
            &By::relay(clock::now()),
            &Amendment::AddAccounts(vec![
                account(4, "lin", OURS),
                account(5, "gu", OURS),
                account(6, "su", THEIRS),
            ]),
        )
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
