//! One connection, from its first byte to its end.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use shared::limit::{HEAD, STALLED};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsAcceptor;
use tower::Layer as _;

use super::paced::Paced;
use super::stall::Stalling;
use super::told;
use crate::crowd::Seat;
use crate::line::{Line, Way};
use crate::trouble::{Trouble, Troubles};

/// The buffer of one connection while it speaks HTTP: hyper's least.
const HTTP_BUFFER_BYTES: usize = 8 * 1024;

/// The first byte of a TLS connection: a handshake record.
const TLS_STARTS: u8 = 0x16;

/// What connections are served with.
#[derive(Clone)]
pub(super) struct Host {
    pub(super) router: Router,
    pub(super) tls: Option<TlsAcceptor>,
    pub(super) troubles: Troubles,
    pub(super) stop: watch::Receiver<bool>,
}

/// Which listener took a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entrance {
    /// Where the app is.
    Main,
    /// Where there is one page.
    TrustPageAlone,
}

/// Serves one connection until it closes, becomes a socket, somebody else needs its place, or the relay stops.
pub(super) async fn serve(
    stream: TcpStream,
    from: SocketAddr,
    entrance: Entrance,
    seat: Arc<Seat>,
    host: Host,
) {
    let deadline = Instant::now() + HEAD;
    // Small frames must not wait for each other. A socket that is gone already says so below.
    stream.set_nodelay(true).ok();
    let place = Arc::clone(&seat);
    let serving = async |host: Host| {
        let is_tls =
            async { matches!((&host.tls, entrance), (Some(_), Entrance::Main)) && begins_tls(&stream).await };
        let Ok(is_tls) = timeout_at(deadline, is_tls).await else {
            host.troubles.saw(Trouble::SlowHead, from.ip());
            return;
        };
        let way = match entrance {
            Entrance::Main if is_tls => Way::Tls,
            Entrance::Main => Way::Plain,
            Entrance::TrustPageAlone => Way::TrustPageAlone,
        };
        let line = Line {
            from: from.ip(),
            way,
            seat: Some(Arc::clone(&seat)),
        };
        match host.tls.clone().filter(|_| is_tls) {
            None => converse(stream, line, seat, deadline, host).await,
            Some(tls) => match timeout_at(deadline, tls.accept(stream)).await {
                Ok(Ok(stream)) => converse(stream, line, seat, deadline, host).await,
                Ok(Err(problem)) => tracing::debug!(%problem, "no TLS came about"),
                Err(_) => host.troubles.saw(Trouble::SlowHead, from.ip()),
            },
        }
    };
    let troubles = host.troubles.clone();
    let serving = serving(host);
    tokio::select! {
        () = serving => {}
        () = place.cut() => troubles.saw(Trouble::MadeRoom, from.ip()),
    }
}

/// Whether the other side speaks TLS. Nothing is taken: whoever serves it finds the byte where it was.
async fn begins_tls(stream: &TcpStream) -> bool {
    let mut first = [0];
    matches!(stream.peek(&mut first).await, Ok(1) if first[0] == TLS_STARTS)
}

/// Speaks HTTP; the first head has to be here by the deadline.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    line: Line,
    seat: Arc<Seat>,
    deadline: Instant,
    host: Host,
) {
    let mut stop = host.stop;
    let (troubles, from) = (host.troubles, line.from);
    let stream = Stalling::new(Paced::new(stream, seat, troubles.clone()), STALLED);
    // Around the router, not in it: a layer within would be one for each route, in each connection's memory.
    let service = TowerToHyperService::new(Extension(line).layer(host.router));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(deadline.saturating_duration_since(Instant::now()))
        .max_buf_size(HTTP_BUFFER_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = told(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    match ended {
        Err(problem) if problem.is_timeout() => troubles.saw(Trouble::SlowHead, from),
        Err(problem) => tracing::debug!(%problem, "a connection broke"),
        Ok(()) => {}
    }
}
