//! Every route, asked through the whole router.

use std::fs;

use axum::body::Body;
use axum::http::{Method, Request, Response, header};
use http_body_util::BodyExt as _;
use rand::rngs::StdRng;
use rand::{RngCore as _, SeedableRng as _};
use shared::access::{Grant, Role};
use shared::id::{AccountId, ChangeHash, DeviceId, EnterpriseId, LedgerId, Seal, UnitId};
use shared::protocol::http::HEADER;
use shared::sync::relay::{Batch, BatchId, NewEntry};
use shared::time::Timestamp;

mod above;
mod address;
mod files;
mod full;
mod ledgers;
mod password;
mod session;
mod set_up;
mod settings;
mod sheets;
mod web;
mod world;
mod year;

use crate::account::hash_password;
use crate::clock;
use crate::register::of_branch;
use crate::storage::memory::MemoryStorage;
use crate::storage::{Account, Amendment, By, Enterprise, Storage as _, Unit};
use world::World;

const ENTERPRISE: EnterpriseId = EnterpriseId::from_bytes([1; 16]);
const OURS: UnitId = UnitId::from_bytes([2; 16]);
const THEIRS: UnitId = UnitId::from_bytes([3; 16]);
const LIN: AccountId = AccountId::from_bytes([4; 16]);
const GU: AccountId = AccountId::from_bytes([5; 16]);
const ORIGIN: &str = "http://127.0.0.1:7878";
const PASSWORD: &str = "correct horse";

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

/// What no compression makes shorter.
fn noise(seed: u8) -> Vec<u8> {
    let mut bytes = vec![0; 100_000];
    StdRng::seed_from_u64(seed.into()).fill_bytes(&mut bytes);
    bytes
}

fn append(storage: &MemoryStorage, ledger: LedgerId, count: u8) {
    let new = |number| NewEntry {
        ledger,
        hash: ChangeHash([number; 32]),
        account: LIN,
        device: DeviceId::from_bytes([9; 16]),
        carried_by: None,
        received_at: Timestamp(i64::from(number)),
        bytes: noise(number),
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
