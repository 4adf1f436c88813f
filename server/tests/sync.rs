//! The sync socket over a real port: what a client is told, and when.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use serde_bytes::ByteBuf;
use server::account::hash_password;
use server::register::of_branch;
use server::server::{Server, ServerConfig, ServerError};
use server::storage::memory::MemoryStorage;
use server::storage::sqlite::SqliteStorage;
use server::storage::{Account, Enterprise, Session, SessionHash, Storage, StorageError, Unit};
use shared::access::{Grant, Rights, Role};
use shared::id::{
    AccountId, ActId, ActorId, Chain, ChangeHash, DeviceId, EnterpriseId, LedgerId, RowId, UnitId,
};
use shared::ledger::act::{Act, Deed, Entry as By, NewRow};
use shared::ledger::cell::Value;
use shared::ledger::document::{Document, Made};
use shared::ledger::key::LedgerKey;
use shared::ledger::kind::Kind;
use shared::ledger::order;
use shared::protocol::http::{HEADER, Listed};
use shared::protocol::{
    self, ClientMessage, Closing, Cursor, Entry, Fate, Hello, RelayMessage, VERSION, Welcome, read_from_relay,
};
use shared::sync::relay::{Batch, Loaded, Page, Place};
use shared::time::Timestamp;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

const ENTERPRISE: EnterpriseId = EnterpriseId::from_bytes([1; 16]);
const UNIT: UnitId = UnitId::from_bytes([2; 16]);
const LIN: AccountId = AccountId::from_bytes([3; 16]);
const GU: AccountId = AccountId::from_bytes([4; 16]);
const PATIENCE: Duration = Duration::from_secs(20);

/// A relay on a port of its own.
struct Relay {
    server: Arc<Server>,
    address: SocketAddr,
    running: JoinHandle<Result<(), ServerError>>,
    _site: tempfile::TempDir,
}

impl Relay {
    async fn over(storage: Arc<dyn Storage>) -> Self {
        let site = tempfile::tempdir().unwrap();
        let config = ServerConfig {
            public_origin: None,
            rights: Rights::default(),
            seal_key: [7; 32],
            site: site.path().to_owned(),
            strict_transport: false,
        };
        let server = Arc::new(Server::new(config, storage).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let running = tokio::spawn({
            let server = Arc::clone(&server);
            async move { server.listen(listener).await }
        });
        Self {
            server,
            address,
            running,
            _site: site,
        }
    }

    /// An officer who has signed in and said hello.
    async fn officer(&self, login: &str) -> Officer {
        let mut officer = self.stranger(login).await;
        officer.says(&hello(VERSION)).await;
        assert!(matches!(
            officer.hears().await,
            RelayMessage::Welcome(Welcome {
                enterprise: ENTERPRISE,
                ..
            })
        ));
        officer
    }

    /// An officer who has signed in and not said hello.
    async fn stranger(&self, login: &str) -> Officer {
        let cookie = self.sign_in(login).await;
        let mut request = format!("ws://{}/sync", self.address)
            .into_client_request()
            .unwrap();
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        request
            .headers_mut()
            .insert("origin", format!("http://{}", self.address).parse().unwrap());
        let config = WebSocketConfig::default().max_message_size(Some(4 << 20));
        let (socket, _) = tokio_tungstenite::connect_async_with_config(request, Some(config), false)
            .await
            .unwrap();
        Officer { socket, cookie }
    }

    async fn sign_in(&self, login: &str) -> String {
        let device = DeviceId::from_bytes([9; 16]);
        let body = format!(r#"{{"login":"{login}","password":"correct horse","device":"{device}"}}"#);
        let request = format!(
            "POST /api/session HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\n{HEADER}: 1\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {1}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let line = answer
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .expect(&answer);
        line.split(';').next().unwrap().to_owned()
    }

    async fn stops(self) {
        self.server.shutdown();
        tokio::time::timeout(PATIENCE, self.running)
            .await
            .expect("the relay ends")
            .unwrap()
            .unwrap();
    }
}

/// A client at the other end of the socket.
struct Officer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    cookie: String,
}

impl Officer {
    async fn says(&mut self, message: &ClientMessage) {
        self.sends(Message::binary(protocol::write(message))).await;
    }

    async fn sends(&mut self, frame: Message) {
        self.socket.send(frame).await.unwrap();
    }

    /// The next message; none once the relay has closed the socket.
    async fn hears_or_ends(&mut self) -> Option<RelayMessage> {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next())
                .await
                .expect("the relay says something");
            match frame {
                Some(Ok(Message::Binary(frame))) => return Some(read_from_relay(&frame).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next message that is not a tick.
    async fn hears(&mut self) -> RelayMessage {
        loop {
            match self.hears_or_ends().await.expect("the relay goes on") {
                RelayMessage::Tick { .. } => {}
                message => return message,
            }
        }
    }

    async fn is_told_to_go(&mut self, why: Closing) {
        assert_eq!(self.hears().await, RelayMessage::Closing(why));
        assert_eq!(self.hears_or_ends().await, None);
    }

    async fn pushes(&mut self, changes: &[Made]) {
        let changes = changes
            .iter()
            .map(|made| ByteBuf::from(made.bytes.clone()))
            .collect();
        self.says(&ClientMessage::Push {
            ledger: ledger(),
            changes,
        })
        .await;
    }

    /// The fates of the next message of fates.
    async fn is_told_fates(&mut self) -> Vec<(ChangeHash, Fate)> {
        loop {
            if let RelayMessage::Fates { fates, .. } = self.hears().await {
                return fates;
            }
        }
    }

    async fn follows(&mut self, seq: u64, chain: Chain) {
        self.says(&ClientMessage::Follow(Cursor {
            ledger: ledger(),
            seq,
            chain,
            pending: 0,
        }))
        .await;
    }

    /// Entries until this one.
    async fn hears_until(&mut self, wanted: &ChangeHash) -> Vec<Entry> {
        let mut heard: Vec<Entry> = Vec::new();
        while !heard.iter().any(|entry| entry.hash == *wanted) {
            if let RelayMessage::Entries { entries, .. } = self.hears().await {
                heard.extend(entries);
            }
        }
        heard
    }
}

fn hello(protocol: u16) -> ClientMessage {
    let device = DeviceId::from_bytes([9; 16]);
    ClientMessage::Hello(Hello {
        protocol,
        app: "test".to_owned(),
        device,
        ledgers: Vec::new(),
    })
}

fn key() -> LedgerKey {
    of_branch(ENTERPRISE, UNIT, 2026)
        .find(|(_, key)| key.kind == Kind::Pledge)
        .unwrap()
        .1
}

fn ledger() -> LedgerId {
    key().id(ENTERPRISE)
}

/// Changes that each add a pledge, as this account's app makes them.
fn pledges(account: AccountId, actor: u8, count: u8) -> Vec<Made> {
    let mut document = Document::new(ledger(), key().kind.schema(), account, ActorId([actor; 16]));
    let mut add = |number: u8| {
        let row = NewRow {
            table: "items".to_owned(),
            id: RowId::from_bytes([actor, number, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1]),
            order: order::between(None, None),
            cells: vec![("text".to_owned(), Value::Text(format!("每周点检一次 {number}")))],
        };
        let deed = Deed::Enter {
            by: By::Typed,
            rows: vec![row],
            cells: Vec::new(),
        };
        let act = Act {
            id: ActId::from_bytes([number; 16]),
            at: Timestamp(1_770_000_000_000),
            deed,
        };
        document.perform(&act).unwrap().changes
    };
    (1..=count).flat_map(&mut add).collect()
}

fn fill(storage: &dyn Storage) {
    let enterprise = Enterprise {
        id: ENTERPRISE,
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    storage
        .found(
            &enterprise,
            &[Unit {
                id: UNIT,
                name: "一支部".to_owned(),
                parent: None,
            }],
        )
        .unwrap();
    let account = |id, login: &str| Account {
        id,
        login: login.to_owned(),
        name: login.to_owned(),
        password: hash_password("correct horse", [5; 16]),
        grants: vec![Grant {
            unit: UNIT,
            role: Role::Secretary,
        }],
    };
    storage
        .add_accounts(&[account(LIN, "lin"), account(GU, "gu")])
        .unwrap();
    storage
        .add_ledgers(&of_branch(ENTERPRISE, UNIT, 2026).collect::<Vec<_>>())
        .unwrap();
}

fn in_memory() -> Arc<MemoryStorage> {
    let storage = MemoryStorage::new();
    fill(&storage);
    Arc::new(storage)
}

#[tokio::test]
async fn what_one_officer_stores_another_sees_at_once() {
    let relay = Relay::over(in_memory()).await;
    let (mut lin, mut gu) = (relay.officer("lin").await, relay.officer("gu").await);
    gu.follows(0, Chain::START).await;
    let changes = pledges(LIN, 1, 3);
    lin.pushes(&changes).await;
    let fates = lin.is_told_fates().await;
    assert_eq!(fates.len(), 3);
    assert!(
        fates.iter().all(|(_, fate)| matches!(fate, Fate::Stored(_))),
        "{fates:?}"
    );
    let heard = gu.hears_until(&changes[2].hash).await;
    let seqs: Vec<u64> = heard.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (1..=heard.len() as u64).collect::<Vec<_>>(), "without gaps");
    let last = heard.last().unwrap();
    assert_eq!((last.account, &last.bytes), (LIN, &changes[2].bytes));
    relay.stops().await;
}

#[tokio::test]
async fn a_change_pushed_twice_is_stored_once() {
    let relay = Relay::over(in_memory()).await;
    let mut lin = relay.officer("lin").await;
    let changes = pledges(LIN, 1, 1);
    lin.pushes(&changes).await;
    let first = lin.is_told_fates().await;
    lin.pushes(&changes).await;
    assert_eq!(lin.is_told_fates().await, first);
    relay.stops().await;
}

#[tokio::test]
async fn a_restart_keeps_what_had_a_receipt() {
    let folder = tempfile::tempdir().unwrap();
    let open = || -> Arc<dyn Storage> { Arc::new(SqliteStorage::open(folder.path()).unwrap()) };
    let storage = open();
    fill(storage.as_ref());
    let relay = Relay::over(storage).await;
    let mut lin = relay.officer("lin").await;
    let changes = pledges(LIN, 1, 5);
    lin.pushes(&changes).await;
    lin.is_told_fates().await;
    relay.stops().await;

    let relay = Relay::over(open()).await;
    let mut gu = relay.officer("gu").await;
    gu.follows(0, Chain::START).await;
    let heard = gu.hears_until(&changes[4].hash).await;
    assert!(
        changes
            .iter()
            .all(|made| heard.iter().any(|entry| entry.hash == made.hash))
    );
    gu.follows(3, Chain([9; 32])).await;
    assert_eq!(gu.hears().await, RelayMessage::Diverged { ledger: ledger() });
    relay.stops().await;
}

#[tokio::test]
async fn a_frame_that_is_no_message_ends_the_connection_with_a_word() {
    let relay = Relay::over(in_memory()).await;
    let unknown = std::collections::BTreeMap::from([("dance", 5)]);
    let cases = [
        (Message::text("hello"), Closing::BadFrame),
        (Message::binary(vec![0xa1, 0x65]), Closing::BadFrame),
        (Message::binary(vec![0; 600 * 1024]), Closing::BadFrame),
        (
            Message::binary(protocol::write(&unknown)),
            Closing::UnknownMessage,
        ),
        (
            Message::binary(protocol::write(&hello(VERSION + 1))),
            Closing::Version { speaks: VERSION },
        ),
        (
            Message::binary(protocol::write(&ClientMessage::Unfollow { ledger: ledger() })),
            Closing::UnknownMessage,
        ),
    ];
    for (frame, closing) in cases {
        let mut stranger = relay.stranger("lin").await;
        stranger.sends(frame).await;
        stranger.is_told_to_go(closing).await;
    }
    relay.stops().await;
}

#[tokio::test]
async fn who_says_no_hello_is_told_to_go() {
    let relay = Relay::over(in_memory()).await;
    let mut stranger = relay.stranger("lin").await;
    stranger.is_told_to_go(Closing::NoHello).await;
    relay.stops().await;
}

#[tokio::test]
async fn a_session_that_ends_takes_its_socket_with_it_and_no_other() {
    let storage = in_memory();
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let (mut lin, mut gu) = (relay.officer("lin").await, relay.officer("gu").await);
    let token: server::account::Token = lin.cookie.strip_prefix("taizhang=").unwrap().parse().unwrap();
    storage.end_session(token.hash()).unwrap();
    lin.is_told_to_go(Closing::SignIn).await;
    gu.pushes(&pledges(GU, 2, 1)).await;
    assert_eq!(gu.is_told_fates().await.len(), 1);
    relay.stops().await;
}

#[tokio::test]
async fn a_role_taken_away_closes_the_socket() {
    let storage = in_memory();
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let mut lin = relay.officer("lin").await;
    storage.grant(LIN, &[]).unwrap();
    lin.is_told_to_go(Closing::SignIn).await;
    relay.stops().await;
}

#[tokio::test]
async fn a_relay_that_stops_says_goodbye() {
    let relay = Relay::over(in_memory()).await;
    let mut lin = relay.officer("lin").await;
    relay.server.shutdown();
    lin.is_told_to_go(Closing::Stopping).await;
    relay.stops().await;
}

/// A storage whose commits wait until they are let through, or fail.
struct Gated {
    storage: Arc<MemoryStorage>,
    open: Mutex<bool>,
    opened: Condvar,
    fails: AtomicBool,
}

impl Gated {
    fn over(storage: Arc<MemoryStorage>) -> Arc<Self> {
        Arc::new(Self {
            storage,
            open: Mutex::new(false),
            opened: Condvar::new(),
            fails: AtomicBool::new(false),
        })
    }

    fn lets_through(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

#[tokio::test]
async fn no_receipt_comes_before_the_commit() {
    let storage = Gated::over(in_memory());
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let mut lin = relay.officer("lin").await;
    let changes = pledges(LIN, 1, 2);
    lin.pushes(&changes).await;
    // What is answered without the disk comes; the receipt does not.
    lin.follows(0, Chain::START).await;
    assert!(matches!(lin.hears().await, RelayMessage::Entries { entries, .. } if entries.is_empty()));
    storage.lets_through();
    let fates = lin.is_told_fates().await;
    assert!(
        fates
            .iter()
            .any(|(hash, fate)| *hash == changes[1].hash && matches!(fate, Fate::Stored(_)))
    );
    relay.stops().await;
}

#[tokio::test]
async fn a_failed_commit_ends_the_relay_without_a_receipt() {
    let storage = Gated::over(in_memory());
    storage.fails.store(true, Ordering::Relaxed);
    storage.lets_through();
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let mut lin = relay.officer("lin").await;
    lin.pushes(&pledges(LIN, 1, 1)).await;
    assert_eq!(lin.hears_or_ends().await, None);
    let ended = tokio::time::timeout(PATIENCE, relay.running)
        .await
        .expect("the relay ends")
        .unwrap();
    assert!(matches!(ended, Err(ServerError::Relay(_))), "{ended:?}");
}

impl Storage for Gated {
    fn commit(&self, batch: &Batch) -> Result<Vec<Place>, StorageError> {
        drop(
            self.opened
                .wait_while(self.open.lock().unwrap(), |open| !*open)
                .unwrap(),
        );
        if self.fails.load(Ordering::Relaxed) {
            return Err(StorageError::Damaged("on purpose"));
        }
        self.storage.commit(batch)
    }

    fn enterprise(&self) -> Result<Option<Enterprise>, StorageError> {
        self.storage.enterprise()
    }
    fn found(&self, enterprise: &Enterprise, units: &[Unit]) -> Result<(), StorageError> {
        self.storage.found(enterprise, units)
    }
    fn units(&self) -> Result<Vec<Unit>, StorageError> {
        self.storage.units()
    }
    fn add_unit(&self, unit: &Unit) -> Result<(), StorageError> {
        self.storage.add_unit(unit)
    }
    fn add_accounts(&self, accounts: &[Account]) -> Result<(), StorageError> {
        self.storage.add_accounts(accounts)
    }
    fn accounts(&self) -> Result<Vec<Account>, StorageError> {
        self.storage.accounts()
    }
    fn account(&self, id: AccountId) -> Result<Option<Account>, StorageError> {
        self.storage.account(id)
    }
    fn account_of(&self, login: &str) -> Result<Option<Account>, StorageError> {
        self.storage.account_of(login)
    }
    fn grant(&self, account: AccountId, grants: &[Grant]) -> Result<(), StorageError> {
        self.storage.grant(account, grants)
    }
    fn begin_session(&self, session: &Session, instead_of: Option<SessionHash>) -> Result<(), StorageError> {
        self.storage.begin_session(session, instead_of)
    }
    fn session(&self, hash: SessionHash) -> Result<Option<Session>, StorageError> {
        self.storage.session(hash)
    }
    fn touch_session(&self, hash: SessionHash, at: Timestamp) -> Result<(), StorageError> {
        self.storage.touch_session(hash, at)
    }
    fn end_session(&self, hash: SessionHash) -> Result<(), StorageError> {
        self.storage.end_session(hash)
    }
    fn add_ledgers(&self, ledgers: &[(LedgerId, LedgerKey)]) -> Result<(), StorageError> {
        self.storage.add_ledgers(ledgers)
    }
    fn ledgers(&self) -> Result<Vec<Listed>, StorageError> {
        self.storage.ledgers()
    }
    fn load(&self, ledger: LedgerId) -> Result<Option<Loaded>, StorageError> {
        self.storage.load(ledger)
    }
    fn page(&self, ledger: LedgerId, after: u64) -> Result<Option<Page>, StorageError> {
        self.storage.page(ledger, after)
    }
}
