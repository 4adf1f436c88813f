//! An officer without a browser: signs in, gives orders, and pushes what no app would make.

use anyhow::{Context, Result, bail, ensure};
use futures::{SinkExt as _, StreamExt as _};
use serde::Serialize;
use shared::id::{AccountId, ActId, ActorId, Chain, ChangeHash, DeviceId, LedgerId, RowId};
use shared::ledger::act::{Act, Deed, Entry as By};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::document::{Document, Made};
use shared::ledger::kind::Kind;
use shared::protocol::http::{DeviceKind, HEADER, Me, SignIn};
use shared::protocol::{self, ClientMessage, Cursor, Fate, Hello, RelayMessage, VERSION, read_from_relay};
use shared::time::Timestamp;
use tests::story::{PASSWORD, Story};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

/// An officer without a browser.
pub(crate) struct Native {
    url: String,
    cookie: String,
    pub(crate) me: Me,
}

impl Native {
    pub(crate) async fn signs_in(story: &Story, login: &str) -> Result<Self> {
        let url = story.relay.url();
        let body = SignIn {
            login: login.to_owned(),
            password: PASSWORD.to_owned(),
            device: device(),
            kind: DeviceKind::Personal,
        };
        let request = reqwest::Client::new().post(format!("{url}/api/session"));
        let answer = request
            .header("origin", &url)
            .header(HEADER, "1")
            .json(&body)
            .send()
            .await?;
        let answer = answer.error_for_status()?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .context("no cookie")?
            .to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let me = answer.json().await?;
        Ok(Self { url, cookie, me })
    }

    pub(crate) async fn posts(&self, path: &str, body: &impl Serialize) -> Result<()> {
        let request = reqwest::Client::new().post(format!("{}{path}", self.url));
        let request = request
            .header("origin", &self.url)
            .header("cookie", &self.cookie)
            .header(HEADER, "1");
        let answer = request.json(body).send().await?;
        let (status, said) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{path}: {status} {said}");
        Ok(())
    }

    /// The pledge ledger as it is now, to be written by this account under a fresh actor.
    pub(crate) async fn document(&self, ledger: LedgerId, author: AccountId) -> Result<Document> {
        let mut socket = self
            .connects(vec![Cursor {
                ledger,
                seq: 0,
                chain: Chain::START,
                pending: 0,
            }])
            .await?;
        let actor = ActorId(*uuid::Uuid::new_v4().as_bytes());
        let mut document = Document::new(ledger, Kind::Pledge.schema(), author, actor);
        loop {
            if let RelayMessage::Entries { entries, last, .. } = hears(&mut socket).await? {
                document.receive(entries.iter().map(|entry| (&entry.hash, entry.bytes.as_slice())))?;
                if entries.last().is_none_or(|entry| entry.seq >= last) {
                    return Ok(document);
                }
            }
        }
    }

    /// Pushes changes, and gives their fates once each has one.
    pub(crate) async fn pushes(&self, ledger: LedgerId, made: &[Made]) -> Result<Vec<(ChangeHash, Fate)>> {
        let mut socket = self.connects(Vec::new()).await?;
        let changes = made.iter().map(|made| made.bytes.clone().into()).collect();
        says(&mut socket, &ClientMessage::Push { ledger, changes }).await?;
        let mut told = Vec::new();
        while told.len() < made.len() {
            if let RelayMessage::Fates { fates, .. } = hears(&mut socket).await? {
                told.extend(fates);
            }
        }
        Ok(told)
    }

    async fn connects(&self, ledgers: Vec<Cursor>) -> Result<Socket> {
        let mut request = format!("{}/sync", self.url.replacen("http", "ws", 1)).into_client_request()?;
        request.headers_mut().insert("cookie", self.cookie.parse()?);
        request.headers_mut().insert("origin", self.url.parse()?);
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
        let hello = Hello {
            protocol: VERSION,
            app: "test".to_owned(),
            device: device(),
            ledgers,
        };
        says(&mut socket, &ClientMessage::Hello(hello)).await?;
        Ok(socket)
    }
}

/// One cell written, whoever may write it.
pub(crate) fn writes(document: &mut Document, row: &str, column: &str, value: Value) -> Result<Vec<Made>> {
    let row: RowId = row.parse()?;
    let deed = Deed::Enter {
        by: By::Typed,
        rows: Vec::new(),
        cells: vec![(CellRef::new("items", row, column), value)],
    };
    let act = Act {
        id: ActId(uuid::Uuid::now_v7()),
        at: Timestamp(1_795_414_080_000),
        deed,
    };
    Ok(document.perform(&act)?.changes)
}

fn device() -> DeviceId {
    DeviceId::from_bytes([0x6e; 16])
}

async fn says(socket: &mut Socket, message: &ClientMessage) -> Result<()> {
    Ok(socket.send(Message::binary(protocol::write(message))).await?)
}

async fn hears(socket: &mut Socket) -> Result<RelayMessage> {
    loop {
        match tokio::time::timeout(tests::wait::PATIENCE, socket.next())
            .await?
            .context("the socket ended")??
        {
            Message::Binary(frame) => return Ok(read_from_relay(&frame)?),
            Message::Close(why) => bail!("the relay closed: {why:?}"),
            _ => {}
        }
    }
}
