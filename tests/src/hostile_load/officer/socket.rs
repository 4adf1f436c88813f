//! A socket that speaks as the app does.

use anyhow::{Context as _, Result, bail};
use futures::{SinkExt as _, StreamExt as _};
use shared::id::Chain;
use shared::limit::FATE;
use shared::protocol::{self, ClientMessage, Cursor, Entry, Hello, RelayMessage, VERSION, read_from_relay};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::hostile_load::scene::{Known, Scene};

/// A socket on which hello has been said.
pub(in crate::hostile_load) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens a socket, follows the ledger, and gives its whole log.
    pub(in crate::hostile_load) async fn opens(scene: &Scene, who: &Known) -> Result<(Self, Vec<Entry>)> {
        let mut request = format!("ws://{}/sync", scene.socket()).into_client_request()?;
        let headers = request.headers_mut();
        headers.insert("cookie", who.cookie.parse()?);
        headers.insert("origin", format!("http://{}", scene.socket()).parse()?);
        let (socket, _) = tokio_tungstenite::connect_async_with_config(request, None, true).await?;
        let mut socket = Self(socket);
        let cursor = Cursor {
            ledger: who.ledger,
            seq: 0,
            chain: Chain::START,
            pending: 0,
        };
        let hello = Hello {
            protocol: VERSION,
            app: "hostile load".to_owned(),
            device: who.device,
            ledgers: vec![cursor],
        };
        socket.says(&ClientMessage::Hello(hello)).await?;
        let mut log: Vec<Entry> = Vec::new();
        loop {
            if let RelayMessage::Entries { entries, last, .. } = socket.hears().await? {
                log.extend(entries);
                if log.last().is_some_and(|entry| entry.seq >= last) {
                    return Ok((socket, log));
                }
            }
        }
    }

    pub(super) async fn says(&mut self, message: &ClientMessage) -> Result<()> {
        Ok(self.0.send(Message::binary(protocol::write(message))).await?)
    }

    /// The next message; safe to give up on.
    pub(super) async fn hears(&mut self) -> Result<RelayMessage> {
        loop {
            let heard = tokio::time::timeout(FATE * 2, self.0.next()).await;
            match heard.context("the relay fell silent")? {
                Some(Ok(Message::Binary(frame))) => return Ok(read_from_relay(&frame)?),
                Some(Ok(Message::Close(_))) | None => bail!("the relay closed the officer's socket"),
                Some(Ok(_)) => {}
                Some(Err(problem)) => bail!("the officer's socket broke: {problem}"),
            }
        }
    }
}
