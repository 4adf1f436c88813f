//! A relay on a real port, and clients at the other end of its socket.

use std::net::SocketAddr;
use std::sync::Arc;

use futures::{SinkExt as _, StreamExt as _};
use serde_bytes::ByteBuf;
use server::address::Addresses;
use server::server::{Server, ServerConfig, ServerError};
use server::storage::Storage;
use shared::access::Rights;
use shared::id::{Chain, ChangeHash, DeviceId};
use shared::ledger::document::Made;
use shared::protocol::http::HEADER;
use shared::protocol::{
    self, ClientMessage, Closing, Cursor, Entry, Fate, Hello, RelayMessage, VERSION, Welcome, read_from_relay,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::content::{ENTERPRISE, ledger, roster};

/// How long anything here may take.
pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// A relay on a port of its own.
pub(crate) struct Relay {
    pub(crate) server: Arc<Server>,
    address: SocketAddr,
    pub(crate) running: JoinHandle<Result<(), ServerError>>,
    _site: tempfile::TempDir,
}

impl Relay {
    pub(crate) async fn over(storage: Arc<dyn Storage>) -> Self {
        let site = tempfile::tempdir().unwrap();
        let config = ServerConfig {
            addresses: Addresses::default(),
            certificate: None,
            rights: Rights::default(),
            seal_key: [7; 32],
            site: site.path().to_owned(),
            strict_transport: false,
            retention_years: 3,
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
    pub(crate) async fn officer(&self, login: &str) -> Officer {
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
    pub(crate) async fn stranger(&self, login: &str) -> Officer {
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

    pub(crate) async fn sign_in(&self, login: &str) -> String {
        let device = DeviceId::from_bytes([9; 16]);
        let body = format!(r#"{{"login":"{login}","password":"correct horse","device":"{device}"}}"#);
        let answer = self.answers("POST", "/api/session", "", &body).await;
        let line = answer
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .expect(&answer);
        line.split(';').next().unwrap().to_owned()
    }

    /// The whole answer to a request of our own page.
    pub(crate) async fn answers(&self, method: &str, path: &str, cookie: &str, body: &str) -> String {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\n{HEADER}: 1\r\nconnection: close\r\n\
             cookie: {cookie}\r\ncontent-type: application/json\r\ncontent-length: {1}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
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

/// A client at the other end of the socket.
pub(crate) struct Officer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) cookie: String,
}

impl Officer {
    pub(crate) async fn says(&mut self, message: &ClientMessage) {
        self.sends(Message::binary(protocol::write(message))).await;
    }

    pub(crate) async fn sends(&mut self, frame: Message) {
        self.socket.send(frame).await.unwrap();
    }

    /// The next message; none once the relay has closed the socket.
    pub(crate) async fn hears_or_ends(&mut self) -> Option<RelayMessage> {
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
    pub(crate) async fn hears(&mut self) -> RelayMessage {
        loop {
            match self.hears_or_ends().await.expect("the relay goes on") {
                RelayMessage::Tick { .. } => {}
                message => return message,
            }
        }
    }

    pub(crate) async fn is_told_to_go(&mut self, why: Closing) {
        assert_eq!(self.hears().await, RelayMessage::Closing(why));
        assert_eq!(self.hears_or_ends().await, None);
    }

    pub(crate) async fn pushes(&mut self, changes: &[Made]) {
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
    /// The fates of so many changes, in however many messages.
    pub(crate) async fn is_told_fates_of(&mut self, changes: usize) -> Vec<(ChangeHash, Fate)> {
        let mut fates = Vec::new();
        while fates.len() < changes {
            fates.extend(self.is_told_fates().await);
        }
        fates
    }

    pub(crate) async fn is_told_fates(&mut self) -> Vec<(ChangeHash, Fate)> {
        loop {
            if let RelayMessage::Fates { fates, .. } = self.hears().await {
                return fates;
            }
        }
    }

    pub(crate) async fn follows(&mut self, seq: u64, chain: Chain) {
        self.says(&ClientMessage::Follow(Cursor {
            ledger: ledger(),
            seq,
            chain,
            pending: 0,
        }))
        .await;
    }

    pub(crate) async fn follows_roster(&mut self) {
        self.says(&ClientMessage::Follow(Cursor {
            ledger: roster(),
            seq: 0,
            chain: Chain::START,
            pending: 0,
        }))
        .await;
    }

    /// Entries until this one.
    pub(crate) async fn hears_until(&mut self, wanted: &ChangeHash) -> Vec<Entry> {
        let mut heard: Vec<Entry> = Vec::new();
        while !heard.iter().any(|entry| entry.hash == *wanted) {
            if let RelayMessage::Entries { entries, .. } = self.hears().await {
                heard.extend(entries);
            }
        }
        heard
    }
}

pub(crate) fn hello(protocol: u16) -> ClientMessage {
    let device = DeviceId::from_bytes([9; 16]);
    ClientMessage::Hello(Hello {
        protocol,
        app: "test".to_owned(),
        device,
        ledgers: Vec::new(),
    })
}
