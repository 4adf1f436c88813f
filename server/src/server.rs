//! The relay as one value: built from a configuration and a storage, listening until told to stop.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use shared::access::Rights;
use shared::sync::relay::RelayConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::account::{Accounts, Token};
use crate::address::{Address, Origin};
use crate::http::{self, Peer, Setup};
use crate::relay::{self, RelayFailure};
use crate::storage::{Enterprise, Storage, StorageError};

/// How long a request's head may take: a slow one must not hold a connection.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// The buffer of one connection while it speaks HTTP: hyper's least.
const HTTP_BUFFER_BYTES: usize = 8 * 1024;
/// The sockets one relay serves at the most.
const SOCKETS: u32 = 4_096;
/// How long what is under way may take once the relay stops.
const GOODBYE: Duration = Duration::from_secs(5);
/// How long to wait before the next try when the system has no more connections to give.
const NO_CONNECTION: Duration = Duration::from_millis(100);

/// What a server is told.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// The address people open; that of the listener where none is given.
    pub public_origin: Option<Origin>,
    /// What is closed to whom.
    pub rights: Rights,
    /// The enterprise's key for seals.
    pub seal_key: [u8; 32],
    /// The folder with the app's files.
    pub site: PathBuf,
    /// Whether browsers are told to come back by https alone.
    pub strict_transport: bool,
}

/// A relay over one storage.
pub struct Server {
    config: ServerConfig,
    storage: Arc<dyn Storage>,
    enterprise: Enterprise,
    setup: Setup,
    stop: watch::Sender<bool>,
}

/// Why a server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The store is nobody's yet.
    #[error("the store is empty")]
    Empty,
    /// The passwords of the demonstration are on its first page.
    #[error("the demonstration never listens off this machine: its passwords are on its first page")]
    DemoOffLoopback,
    /// The listener is of no use.
    #[error("cannot listen: {0}")]
    Listen(#[from] io::Error),
    /// The store failed at the start.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The relay ended.
    #[error(transparent)]
    Relay(#[from] RelayFailure),
    /// A bug, caught.
    #[error("the relay panicked")]
    Panicked,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("enterprise", &self.enterprise.id)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// A server over a storage that belongs to an enterprise.
    ///
    /// # Errors
    ///
    /// Fails when the storage is empty or cannot be read.
    pub fn new(config: ServerConfig, storage: Arc<dyn Storage>) -> Result<Self, ServerError> {
        let enterprise = storage.enterprise()?.ok_or(ServerError::Empty)?;
        Ok(Self {
            config,
            storage,
            enterprise,
            setup: Setup::default(),
            stop: watch::Sender::new(false),
        })
    }

    /// Lets somebody set the store up who knows this token, once: for a store without accounts.
    #[must_use]
    pub fn set_up_by(mut self, token: Token) -> Self {
        self.setup = Setup::by(token);
        self
    }

    /// Whether this enterprise may be served at this address of the machine.
    ///
    /// # Errors
    ///
    /// Fails for the demonstration off loopback.
    pub fn may_listen(&self, listens: SocketAddr) -> Result<(), ServerError> {
        if self.enterprise.demo.is_empty() || listens.ip().is_loopback() {
            Ok(())
        } else {
            Err(ServerError::DemoOffLoopback)
        }
    }

    /// Has [`Server::listen`] say goodbye to everybody, finish the commit under way, and return.
    pub fn shutdown(&self) {
        self.stop.send_replace(true);
    }

    /// Serves until told to stop.
    ///
    /// # Errors
    ///
    /// Fails when the listener does, and when the storage has failed: then no receipt has followed.
    pub async fn listen(&self, listener: TcpListener) -> Result<(), ServerError> {
        let listens = listener.local_addr()?;
        self.may_listen(listens)?;
        let config = RelayConfig {
            enterprise: self.enterprise.id,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rights: self.config.rights.clone(),
            seal_key: self.config.seal_key,
            seed: rand::random(),
        };
        let (relay, mut running) = relay::start(config, Arc::clone(&self.storage));
        let sockets = Arc::new(Semaphore::new(SOCKETS as usize));
        let router = self.router(relay.clone(), listens, Arc::clone(&sockets));
        let mut connections = JoinSet::new();
        tracing::info!(%listens, "listening");
        let mut stop = self.stop.subscribe();
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, from)) => {
                        connections.spawn(serve(stream, from, router.clone(), self.stop.subscribe()));
                    }
                    Err(problem) => {
                        tracing::warn!(%problem, "no connection to be had");
                        tokio::time::sleep(NO_CONNECTION).await;
                    }
                },
                Some(_) = connections.join_next() => {}
                ended = &mut running => return ended.map_err(|_| ServerError::Panicked)?.map_err(Into::into),
                () = told(&mut stop) => break,
            }
        }
        drop(listener);
        tracing::info!("stopping");
        relay.stop().await;
        let ended = running.await.map_err(|_| ServerError::Panicked)?;
        let everybody_gone = async {
            while connections.join_next().await.is_some() {}
            drop(sockets.acquire_many(SOCKETS).await);
        };
        // Who is still there after that is cut off.
        tokio::time::timeout(GOODBYE, everybody_gone).await.ok();
        ended.map_err(Into::into)
    }

    fn router(&self, relay: relay::RelayHandle, listens: SocketAddr, sockets: Arc<Semaphore>) -> Router {
        http::router(http::App::new(http::Parts {
            accounts: Accounts::new(Arc::clone(&self.storage)),
            storage: Arc::clone(&self.storage),
            relay,
            address: Address::new(self.config.public_origin.clone(), listens),
            enterprise: self.enterprise.clone(),
            rights: self.config.rights.clone(),
            site: self.config.site.clone(),
            setup: self.setup.clone(),
            sockets,
            strict_transport: self.config.strict_transport,
        }))
    }
}

/// Serves one connection until it closes, becomes a socket, or the relay stops.
async fn serve(stream: TcpStream, from: SocketAddr, router: Router, mut stop: watch::Receiver<bool>) {
    // Small frames must not wait for each other. A socket that is gone already says so below.
    stream.set_nodelay(true).ok();
    let service = TowerToHyperService::new(router.layer(Extension(Peer(from.ip()))));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
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
    log_end(ended);
}

/// Waits until the server is told to stop.
async fn told(stop: &mut watch::Receiver<bool>) {
    // A server that is gone has stopped.
    stop.wait_for(|stop| *stop).await.ok();
}

fn log_end(ended: hyper::Result<()>) {
    if let Err(problem) = ended {
        tracing::debug!(%problem, "a connection broke");
    }
}
