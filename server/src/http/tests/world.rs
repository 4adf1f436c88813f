//! A relay without a socket: its router, over a store in memory.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use shared::access::Rights;
use shared::sync::relay::RelayConfig;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use super::{ENTERPRISE, PASSWORD, cookie_of, filled, own, request, sign_in_body, site};
use crate::account::Accounts;
use crate::acts::Acts;
use crate::address::{Address, Addresses};
use crate::certificate::Kept;
use crate::http::{App, Parts, Setup, router};
use crate::line::{Line, Way};
use crate::relay::{self, RelayHandle};
use crate::sheets::{Requests, Sheets};
use crate::storage::Storage;
use crate::storage::memory::MemoryStorage;
use crate::trouble::Troubles;

/// The name people open in the plant.
pub(super) const PLANT: &str = "taizhang.example";

/// Where a relay is, and how its requests come.
pub(super) struct Setting {
    pub(super) addresses: Addresses,
    pub(super) listens: &'static str,
    pub(super) way: Way,
    pub(super) certificate: Option<Arc<Kept>>,
    pub(super) strict_transport: bool,
    pub(super) setup: Setup,
    pub(super) store: fn() -> MemoryStorage,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            addresses: Addresses::default(),
            listens: "127.0.0.1:7878",
            way: Way::Plain,
            certificate: None,
            strict_transport: false,
            setup: Setup::default(),
            store: filled,
        }
    }
}

pub(super) fn plant() -> Addresses {
    Addresses {
        public: Some(format!("https://{PLANT}").parse().unwrap()),
        former: vec!["https://old.example".parse().unwrap()],
        proxies: Vec::new(),
    }
}

/// The same request as it comes to the plant's relay.
pub(super) fn to_plant(mut request: Request<Body>) -> Request<Body> {
    request.headers_mut().insert(header::HOST, PLANT.parse().unwrap());
    if let Some(origin) = request.headers_mut().get_mut(header::ORIGIN) {
        *origin = format!("https://{PLANT}").parse().unwrap();
    }
    request
}

pub(super) struct World {
    pub(super) storage: Arc<MemoryStorage>,
    router: Router,
    /// How its requests come.
    pub(super) line: Line,
    pub(super) relay: RelayHandle,
    pub(super) sockets: Arc<Semaphore>,
    pub(super) troubles: Troubles,
    _site: tempfile::TempDir,
}

impl World {
    /// As `cargo run` serves it: in the clear, on loopback.
    pub(super) fn new() -> Self {
        Self::of(Setting::default())
    }

    /// As a plant sees it: under TLS, at a name.
    pub(super) fn in_the_plant() -> Self {
        Self::of(Setting {
            addresses: plant(),
            listens: "10.0.0.7:443",
            way: Way::Tls,
            ..Setting::default()
        })
    }

    pub(super) fn of(setting: Setting) -> Self {
        let storage = Arc::new((setting.store)());
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
            acts: Acts::new(Arc::clone(&storage) as Arc<dyn Storage>, relay.clone()),
            relay,
            address: Address::new(setting.addresses, setting.listens.parse().unwrap()),
            certificate: setting.certificate,
            enterprise: storage.enterprise().unwrap().unwrap(),
            rights: Rights::default(),
            sheets: Sheets::start(Arc::clone(&storage) as Arc<dyn Storage>, ENTERPRISE),
            requests: Requests::default(),
            site: site.path().to_owned(),
            setup: setting.setup,
            sockets: Arc::new(Semaphore::new(10)),
            troubles: Troubles::default(),
            strict_transport: setting.strict_transport,
        });
        Self {
            storage,
            line: Line {
                way: setting.way,
                ..Line::default()
            },
            relay: app.relay.clone(),
            sockets: Arc::clone(&app.sockets),
            troubles: app.troubles.clone(),
            router: router(app),
            _site: site,
        }
    }

    pub(super) async fn ask(&self, mut request: Request<Body>) -> Response<Body> {
        request.extensions_mut().insert(self.line.clone());
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(super) async fn get(&self, path: &str) -> Response<Body> {
        self.ask(request(Method::GET, path, "")).await
    }

    pub(super) async fn get_as(&self, cookie: &str, path: &str) -> Response<Body> {
        let mut request = request(Method::GET, path, "");
        request
            .headers_mut()
            .insert(header::COOKIE, cookie.parse().unwrap());
        self.ask(request).await
    }

    pub(super) async fn sign_in(&self, login: &str, password: &str) -> Response<Body> {
        self.ask(own(request(
            Method::POST,
            "/api/session",
            &sign_in_body(login, password),
        )))
        .await
    }

    /// The cookie of somebody who has signed in.
    pub(super) async fn cookie(&self) -> String {
        let response = self.sign_in("lin", PASSWORD).await;
        assert_eq!(response.status(), StatusCode::OK);
        cookie_of(&response)
    }
}
