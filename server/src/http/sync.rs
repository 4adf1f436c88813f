//! The socket at `/sync`: frames in, frames out; what they mean the state machine decides.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures::stream::{SplitSink, SplitStream};
use futures::{SinkExt as _, StreamExt as _};
use shared::limit;
use shared::protocol::http::Problem;
use shared::protocol::{ClientMessage, Closing, FrameError, read_from_client};
use shared::sync::relay::{ConnectionId, Event, Officer};
use tungstenite::error::ProtocolError;

use super::{App, Failure};
use crate::account::{SignedIn, Use};
use crate::crowd::Seat;
use crate::line::Line;
use crate::pace::Pace;
use crate::relay::{Deliveries, RelayHandle};
use crate::trouble::Trouble;

/// Default buffers cost 134 KiB an idle connection, these 6.
const BUFFER_BYTES: usize = 4 * 1024;
/// The most that is buffered towards one socket.
const MAX_WRITE_BUFFER_BYTES: usize = 1024 * 1024;
/// How long the last frames may take once the relay has closed a connection.
const LAST_FRAMES: Duration = Duration::from_secs(2);
/// How long the other side may take to close as well: shut at once, it might lose the last word.
const LINGER: Duration = Duration::from_millis(500);
/// How soon an ended session or role is noticed: with the last frames and the lingering, five seconds for a client that
/// reads nothing.
const SESSION_CHECK: Duration = Duration::from_secs(2);

/// `GET /sync`
pub(super) async fn open(
    State(app): State<App>,
    signed_in: SignedIn,
    line: Option<Extension<Line>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Failure> {
    let Ok(upgrade) = upgrade else {
        return Err(Problem::Malformed.into());
    };
    let upgrade = upgrade
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(MAX_WRITE_BUFFER_BYTES)
        .max_message_size(limit::FRAME_FROM_CLIENT_BYTES)
        .max_frame_size(limit::FRAME_FROM_CLIENT_BYTES);
    let full = Problem::SlowDown {
        seconds: limit::FULL_AGAIN_SECONDS,
    };
    let seat = line.and_then(|Extension(line)| line.seat);
    let account = signed_in.account.id;
    let is_one_too_many = |seat: &Arc<Seat>| seat.is_socket_of(account).is_err();
    if seat.as_ref().is_some_and(is_one_too_many) {
        app.troubles.saw(Trouble::AccountFull, account);
        return Err(full.into());
    }
    let Ok(room) = Arc::clone(&app.sockets).try_acquire_owned() else {
        app.troubles.saw(Trouble::SocketsFull, account);
        return Err(full.into());
    };
    Ok(upgrade.on_upgrade(async move |socket| {
        let pace = seat
            .as_ref()
            .and_then(|seat| seat.pace())
            .cloned()
            .unwrap_or_default();
        converse(app, signed_in, socket, &pace).await;
        drop((room, seat));
    }))
}

async fn converse(app: App, signed_in: SignedIn, socket: WebSocket, pace: &Arc<Pace>) {
    let officer = Officer {
        account: signed_in.account.id,
        device: signed_in.session.device,
        grants: signed_in.account.grants.clone(),
    };
    let Some((id, deliveries)) = app.relay.connect(officer).await else {
        return;
    };
    tracing::debug!(connection = id.0, account = %signed_in.account.id, "connected");
    let (sink, stream) = socket.split();
    let wrote = AtomicBool::new(false);
    {
        let receiving = receive(&app, &signed_in, id, stream, pace, &wrote);
        tokio::pin!(receiving);
        tokio::select! {
            () = &mut receiving => {}
            () = deliver(&app.relay, id, sink, deliveries) => {
                // Who does not close in time is cut off.
                tokio::time::timeout(LINGER, receiving).await.ok();
            }
            () = watch(&app, id, &signed_in, &wrote) => {}
        }
    }
    // After what it still said, and as part of that.
    app.relay
        .take_in(Event::Disconnected(id), pace.turn(0).await)
        .await;
    tracing::debug!(connection = id.0, "disconnected");
}

/// Takes frames until the other side is gone; notes in `wrote` that somebody is at work there.
async fn receive(
    app: &App,
    signed_in: &SignedIn,
    id: ConnectionId,
    mut stream: SplitStream<WebSocket>,
    pace: &Arc<Pace>,
    wrote: &AtomicBool,
) {
    let closing = loop {
        match stream.next().await {
            None | Some(Ok(Message::Close(_))) => return,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => pace.took(limit::MESSAGE_BYTES),
            Some(Ok(Message::Binary(frame))) => {
                pace.took(limit::MESSAGE_BYTES);
                // First the turn, then the reading: what a frame becomes may be much larger than the frame.
                let turn = pace.turn(frame.len()).await;
                match read_from_client(&frame) {
                    Ok(message) => {
                        drop(frame);
                        match &message {
                            ClientMessage::Push { .. } => wrote.store(true, Ordering::Relaxed),
                            ClientMessage::Hello(hello) => pace.follows(hello.ledgers.len()),
                            ClientMessage::Follow(_) => pace.follows(1),
                            ClientMessage::Unfollow { .. } | ClientMessage::Offer { .. } => {}
                        }
                        app.relay.take_in(Event::Received(id, message), turn).await;
                    }
                    Err(problem) => break garbled(id, &problem),
                }
            }
            Some(Ok(Message::Text(_))) => {
                tracing::debug!(connection = id.0, "a text frame; messages are binary");
                break Closing::BadFrame;
            }
            Some(Err(problem)) => {
                tracing::debug!(connection = id.0, %problem, "a frame that cannot be read");
                if !is_misuse(&problem) {
                    return;
                }
                break Closing::BadFrame;
            }
        }
    };
    pace.took(limit::GARBLED_BYTES);
    app.troubles.saw(Trouble::BadFrame, signed_in.account.id);
    app.relay
        .take_in(Event::Garbled(id, closing), pace.turn(0).await)
        .await;
    // Nothing after it is read; the relay's last word still has to leave.
    std::future::pending::<()>().await;
}

/// Whether somebody broke the rules of the socket, and not the network the socket.
fn is_misuse(problem: &axum::Error) -> bool {
    let source = std::error::Error::source(problem);
    match source.and_then(|source| source.downcast_ref()) {
        Some(tungstenite::Error::Protocol(broken)) => *broken != ProtocolError::ResetWithoutClosingHandshake,
        Some(tungstenite::Error::Capacity(_) | tungstenite::Error::Utf8(_)) => true,
        _ => false,
    }
}

fn garbled(id: ConnectionId, problem: &FrameError) -> Closing {
    // An unknown message's name is the client's own text, cut to 40 characters and escaped.
    tracing::debug!(connection = id.0, problem = ?problem, "a frame that is no message");
    match problem {
        FrameError::Unknown(_) => Closing::UnknownMessage,
        FrameError::TooLong { .. } | FrameError::Malformed | FrameError::WrongFields(_) => Closing::BadFrame,
    }
}

/// Sends what waits, until the relay closes the connection or the other side is gone.
async fn deliver(
    relay: &RelayHandle,
    id: ConnectionId,
    mut sink: SplitSink<WebSocket, Message>,
    mut deliveries: Deliveries,
) {
    let (frames, closed) = deliveries.split();
    let sending = async {
        while let Some(frame) = frames.next().await {
            let bytes = frame.len();
            if sink.send(Message::Binary(frame)).await.is_err() {
                return;
            }
            if frames.left(bytes) {
                relay.tell(Event::Drained(id)).await;
            }
        }
        // The other side may be gone; then there is nobody to say it to.
        sink.close().await.ok();
    };
    let too_late = async {
        closed.await;
        tokio::time::sleep(LAST_FRAMES).await;
    };
    tokio::select! {
        () = sending => {}
        () = too_late => {}
    }
}

/// Ends the connection when its session does, as it does when the account is given other roles.
async fn watch(app: &App, id: ConnectionId, signed_in: &SignedIn, wrote: &AtomicBool) {
    loop {
        tokio::time::sleep(SESSION_CHECK).await;
        let used = if wrote.swap(false, Ordering::Relaxed) {
            Use::Now
        } else {
            Use::Not
        };
        match app.accounts.still(signed_in.session.hash, used).await {
            Ok(Some(_)) => {}
            Ok(None) => {
                app.relay.dismiss(id, Closing::SignIn).await;
                return std::future::pending().await;
            }
            Err(problem) => tracing::error!(%problem, "cannot tell whether a session is in force"),
        }
    }
}
