//! A relay that speaks TLS under a name of the plant, and those who come to its door.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use server::account::hash_password;
use server::address::Addresses;
use server::certificate::{Authority, Files, Kept, Name, SERVER_VALID, Signed, sign};
use server::clock;
use server::server::{Listeners, Server, ServerConfig, ServerError};
use server::storage::memory::MemoryStorage;
use server::storage::{Account, Amendment, By, Enterprise, Storage as _, Unit};
use shared::access::{Grant, Rights, Role, UnitKind};
use shared::id::{AccountId, DeviceId, EnterpriseId, UnitId};
use shared::protocol::http::HEADER;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// The name people open.
pub(crate) const HOST: &str = "taizhang.plant.test";

/// How long anything here may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

const UNIT: UnitId = UnitId::from_bytes([2; 16]);

/// A relay on a port of its own, off loopback as far as its own rules go: its listener takes every address.
pub(crate) struct Relay {
    pub(crate) authority: Authority,
    pub(crate) folder: TempDir,
    pub(crate) main: SocketAddr,
    pub(crate) trust_page: SocketAddr,
    server: Arc<Server>,
    running: JoinHandle<Result<(), ServerError>>,
}

pub(crate) fn signed(authority: &Authority) -> Signed {
    sign(&[name()], authority, clock::now(), SERVER_VALID).unwrap()
}

pub(crate) fn name() -> Name {
    HOST.parse().unwrap()
}

impl Relay {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::make(&[name()], clock::now()).unwrap();
        fs::write(
            folder.path().join("index.html"),
            "<!doctype html><title>the app</title>",
        )
        .unwrap();
        fs::write(folder.path().join("ca.crt"), authority.certificate()).unwrap();
        put(&folder, &signed(&authority));
        let main = TcpListener::bind("0.0.0.0:0").await.unwrap();
        let trust_page = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let files = Files {
            chain: folder.path().join("server.crt"),
            key: folder.path().join("server.key"),
            authority: Some(folder.path().join("ca.crt")),
        };
        let at = |listener: &TcpListener| {
            SocketAddr::from(([127, 0, 0, 1], listener.local_addr().unwrap().port()))
        };
        let (main_at, trust_page_at) = (at(&main), at(&trust_page));
        let config = ServerConfig {
            addresses: Addresses {
                public: Some(format!("https://{HOST}:{}", main_at.port()).parse().unwrap()),
                ..Addresses::default()
            },
            certificate: Some(Arc::new(Kept::open(files, HOST).unwrap())),
            rights: Rights::default(),
            seal_key: [7; 32],
            site: folder.path().to_owned(),
            strict_transport: false,
            retention_years: 3,
        };
        let server = Arc::new(Server::new(config, Arc::new(storage())).unwrap());
        let running = tokio::spawn({
            let server = Arc::clone(&server);
            let trust_page = Some(trust_page);
            async move { server.listen(Listeners { main, trust_page }).await }
        });
        Self {
            authority,
            folder,
            main: main_at,
            trust_page: trust_page_at,
            server,
            running,
        }
    }

    /// Puts another certificate in the place of the one in use.
    pub(crate) fn put(&self, signed: &Signed) {
        put(&self.folder, signed);
    }

    /// A connection under TLS, of somebody who trusts the authority.
    pub(crate) async fn connect(&self) -> TlsStream<TcpStream> {
        self.try_connect().await.unwrap()
    }

    pub(crate) async fn try_connect(&self) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        let root = CertificateDer::from_pem_slice(self.authority.certificate().as_bytes()).unwrap();
        roots.add(root).unwrap();
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let stream = TcpStream::connect(self.main).await?;
        let host = ServerName::try_from(HOST).unwrap();
        TlsConnector::from(Arc::new(config)).connect(host, stream).await
    }

    /// What a browser's address bar holds after `https://`.
    pub(crate) fn host(&self) -> String {
        format!("{HOST}:{}", self.main.port())
    }

    /// The cookie of an officer who has signed in.
    pub(crate) async fn sign_in(&self) -> String {
        let device = DeviceId::from_bytes([9; 16]);
        let body = format!(r#"{{"login":"lin","password":"correct horse","device":"{device}"}}"#);
        let head = format!(
            "POST /api/session HTTP/1.1\r\nhost: {0}\r\norigin: https://{0}\r\n{HEADER}: 1\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {1}\r\n\r\n{body}",
            self.host(),
            body.len()
        );
        let answer = ask(&mut self.connect().await, &head).await;
        let line = answer
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .expect(&answer);
        line.split(';').next().unwrap().to_owned()
    }

    /// A request of an officer, or of anybody, that ends its connection.
    pub(crate) fn get(&self, path: &str, cookie: &str) -> String {
        let host = self.host();
        format!("GET {path} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n")
    }

    pub(crate) async fn stops(self) {
        self.server.shutdown();
        tokio::time::timeout(PATIENCE, self.running)
            .await
            .expect("the relay ends")
            .unwrap()
            .unwrap();
    }
}

fn put(folder: &TempDir, signed: &Signed) {
    fs::write(folder.path().join("server.key"), &signed.key).unwrap();
    fs::write(folder.path().join("server.crt"), &signed.text).unwrap();
}

/// Sends a request, and reads until the relay closes.
pub(crate) async fn ask(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer))
        .await
        .expect("an answer in time")
        .unwrap();
    String::from_utf8(answer).unwrap()
}

fn storage() -> MemoryStorage {
    let storage = MemoryStorage::new();
    let enterprise = Enterprise {
        id: EnterpriseId::from_bytes([1; 16]),
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    let unit = Unit {
        id: UNIT,
        name: "一支部".to_owned(),
        kind: UnitKind::Branch,
        parent: None,
    };
    storage.found(&enterprise, &[unit]).unwrap();
    let lin = Account {
        id: AccountId::from_bytes([3; 16]),
        login: "lin".to_owned(),
        name: "林".to_owned(),
        password: hash_password("correct horse", [3; 16]),
        first_password: false,
        grants: vec![Grant::new(UNIT, Role::Secretary)],
    };
    storage
        .amend(&By::relay(clock::now()), &Amendment::AddAccounts(vec![lin]))
        .unwrap();
    storage
}
