//! The relay as one value: built from a configuration and a storage, listening until told to stop.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use shared::access::Rights;
use shared::limit::SOCKETS;
use shared::sync::relay::RelayConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls;

use crate::account::{self, Accounts, Token};
use crate::acts::Acts;
use crate::address::{Address, Addresses};
use crate::certificate::Kept;
use crate::crowd::Crowd;
use crate::http::{self, Setup};
use crate::relay::{self, RelayFailure};
use crate::retention;
use crate::sheets::{Requests, Sheets};
use crate::storage::{Enterprise, Storage, StorageError};
use crate::trouble::{Trouble, Troubles};
use connection::{Entrance, Host};

mod connection;
mod paced;
mod stall;

/// How long what is under way may take once the relay stops.
const GOODBYE: Duration = Duration::from_secs(5);
/// How long to wait before the next try when the system has no more connections to give.
const NO_CONNECTION: Duration = Duration::from_millis(100);

/// What a server is told.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Where people open it, and who stands before it.
    pub addresses: Addresses,
    /// The certificate to show; without one there is no TLS here.
    pub certificate: Option<Arc<Kept>>,
    /// What is closed to whom.
    pub rights: Rights,
    /// The enterprise's key for seals.
    pub seal_key: [u8; 32],
    /// The folder with the app's files.
    pub site: PathBuf,
    /// Whether browsers are told to come back by https alone.
    pub strict_transport: bool,
    /// How many full years after its own a closed ledger is kept.
    pub retention_years: u16,
}

/// Where a server listens.
#[derive(Debug)]
pub struct Listeners {
    /// For the app.
    pub main: TcpListener,
    /// In the clear, for the page that says how to trust the relay, and nothing else.
    pub trust_page: Option<TcpListener>,
}

impl From<TcpListener> for Listeners {
    fn from(main: TcpListener) -> Self {
        Self {
            main,
            trust_page: None,
        }
    }
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
    /// The certificate is of no use.
    #[error("cannot speak TLS: {0}")]
    Tls(#[from] rustls::Error),
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
    pub async fn listen(&self, listeners: impl Into<Listeners>) -> Result<(), ServerError> {
        let Listeners { main, trust_page } = listeners.into();
        let listens = main.local_addr()?;
        self.may_listen(listens)?;
        let config = RelayConfig {
            enterprise: self.enterprise.id,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rights: self.config.rights.clone(),
            seal_key: self.config.seal_key,
            seed: rand::random(),
        };
        let tls = self.config.certificate.clone().map(tls).transpose()?;
        let (relay, mut running) = relay::start(config, Arc::clone(&self.storage));
        let address = Address::new(self.config.addresses.clone(), listens);
        let sockets = Arc::new(Semaphore::new(SOCKETS as usize));
        let troubles = Troubles::default();
        let host = Host {
            router: self.router(
                relay.clone(),
                address.clone(),
                Arc::clone(&sockets),
                troubles.clone(),
            ),
            tls,
            troubles: troubles.clone(),
            stop: self.stop.subscribe(),
        };
        let crowd = Crowd::default();
        let mut connections = JoinSet::new();
        let mut following = JoinSet::new();
        if let Some(certificate) = &self.config.certificate {
            following.spawn(Arc::clone(certificate).follow());
        }
        following.spawn(relay::watch(Arc::clone(&self.storage), relay.clone()));
        following.spawn(account::end_expired_daily(Arc::clone(&self.storage)));
        let years = self.config.retention_years;
        following.spawn(retention::keep(Arc::clone(&self.storage), relay.clone(), years));
        following.spawn(troubles.clone().tell_on());
        tracing::info!(%listens, "listening");
        let mut stop = self.stop.subscribe();
        loop {
            let (accepted, entrance) = tokio::select! {
                accepted = main.accept() => (accepted, Entrance::Main),
                accepted = accept(trust_page.as_ref()) => (accepted, Entrance::TrustPageAlone),
                Some(_) = connections.join_next() => continue,
                ended = &mut running => return ended.map_err(|_| ServerError::Panicked)?.map_err(Into::into),
                () = told(&mut stop) => break,
            };
            match accepted {
                Ok((stream, from)) => {
                    troubles.saw(Trouble::Connection, from.ip());
                    let seat = if address.is_proxy(from.ip()) {
                        crowd.enter_by_proxy()
                    } else {
                        crowd.enter(from.ip())
                    };
                    if let Some(seat) = seat {
                        connections.spawn(connection::serve(stream, from, entrance, seat, host.clone()));
                    } else {
                        troubles.saw(Trouble::NoRoom, from.ip());
                    }
                }
                Err(problem) => {
                    tracing::warn!(%problem, "no connection to be had");
                    tokio::time::sleep(NO_CONNECTION).await;
                }
            }
        }
        drop((main, trust_page));
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

    fn router(
        &self,
        relay: relay::RelayHandle,
        address: Address,
        sockets: Arc<Semaphore>,
        troubles: Troubles,
    ) -> axum::Router {
        http::router(http::App::new(http::Parts {
            accounts: Accounts::new(Arc::clone(&self.storage)),
            storage: Arc::clone(&self.storage),
            acts: Acts::new(Arc::clone(&self.storage), relay.clone()),
            relay,
            address,
            certificate: self.config.certificate.clone(),
            enterprise: self.enterprise.clone(),
            rights: self.config.rights.clone(),
            sheets: Sheets::start(Arc::clone(&self.storage), self.enterprise.id),
            requests: Requests::default(),
            site: self.config.site.clone(),
            setup: self.setup.clone(),
            sockets,
            troubles,
            strict_transport: self.config.strict_transport,
        }))
    }
}

/// What the next connection is greeted with: the certificate in force then.
fn tls(certificate: Arc<Kept>) -> Result<TlsAcceptor, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(certificate);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// The next connection of a listener; never, where there is none.
async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

/// Waits until the server is told to stop.
async fn told(stop: &mut watch::Receiver<bool>) {
    // A server that is gone has stopped.
    stop.wait_for(|stop| *stop).await.ok();
}
