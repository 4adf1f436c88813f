//! Opens the store, finds the app, and serves both until told to stop.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use shared::id::EnterpriseId;
use shared::limit::RETENTION_YEARS;
use uuid::Uuid;

use super::{LISTEN, Serve, say, site, workspace};
use crate::account::Token;
use crate::address::Address;
use crate::certificate::Kept;
use crate::config::Config;
use crate::demo::Seed;
use crate::server::{Listeners, Server, ServerConfig, ServerError};
use crate::storage::key::{self, StoreAge};
use crate::storage::sqlite::SqliteStorage;
use crate::storage::{Enterprise, Storage, lock};
use crate::{clock, demo, files, register, shutdown};

/// The threads for work that blocks. Most of it waits for one of the store's few readers: more threads would only wait
/// beside it, and the system's allocator keeps memory apart for each.
const BLOCKING_THREADS: usize = 8;

/// How long tasks that cannot be ended may hold up the end of the process.
const LAST_TASKS: Duration = Duration::from_secs(2);

/// What is served where, once file and flags are read.
struct Plan {
    config: Config,
    data: PathBuf,
    listen: SocketAddr,
    demo: bool,
    seed: Seed,
}

pub(super) fn serve(flags: Serve) -> anyhow::Result<()> {
    log_to_stderr();
    let named_site = flags.site.clone();
    let plan = plan(flags)?;
    let listener = bind(plan.listen)?;
    let listens = listener.local_addr()?;
    let trust_page = plan.config.trust_listen.map(bind).transpose()?;
    let certificate = certificate(&plan.config)?;
    let (storage, seal_key, _lock) = open(&plan, listens)?;
    let site = site::find(named_site.or_else(|| plan.config.site.clone()))?;
    let config = ServerConfig {
        addresses: plan.config.addresses(),
        certificate,
        rights: plan.config.rights,
        seal_key,
        site,
        strict_transport: plan.config.strict_transport_security,
        retention_years: plan.config.retention_years.unwrap_or(RETENTION_YEARS),
    };
    let address = Address::new(config.addresses.clone(), listens);
    let token = storage.accounts()?.is_empty().then(|| Token::new(rand::random()));
    let mut server = Server::new(config, storage)?;
    if let Some(token) = token.clone() {
        server = server.set_up_by(token);
    }
    server.may_listen(listens)?;
    files::take_all();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .context("cannot start")?;
    let outcome = runtime.block_on(async {
        let listeners = Listeners {
            main: tokio::net::TcpListener::from_std(listener)?,
            trust_page: trust_page.map(tokio::net::TcpListener::from_std).transpose()?,
        };
        say(&format!("台账 Taizhang → {}", address.public()));
        if let Some(token) = token {
            say(&format!(
                "The store is empty. Open this link to make its administrator; it works once, until the next start:\n\
                 {}/setup#{}",
                address.public(),
                token.expose()
            ));
        }
        let running = server.listen(listeners);
        tokio::pin!(running);
        tokio::select! {
            ended = &mut running => ended,
            asked = shutdown::asked() => {
                asked?;
                server.shutdown();
                running.await
            }
        }
    });
    runtime.shutdown_timeout(LAST_TASKS);
    Ok(outcome?)
}

fn plan(flags: Serve) -> anyhow::Result<Plan> {
    let config = flags
        .config
        .as_deref()
        .map(Config::read)
        .transpose()?
        .unwrap_or_default();
    let mut listen = flags.listen.or(config.listen).unwrap_or(LISTEN);
    if let Some(port) = flags.port {
        listen.set_port(port);
    }
    let named = flags.data.or_else(|| config.data.clone());
    let (data, demo) = match (named, workspace::folder()) {
        (Some(data), _) => (data, flags.demo),
        (None, Some(workspace)) => (workspace.join("data/demo"), true),
        (None, None) => bail!("name the folder of the store with --data"),
    };
    Ok(Plan {
        config,
        data,
        listen,
        demo,
        seed: flags.seed.map(Seed).unwrap_or_default(),
    })
}

/// The certificate that the configuration names, if it fits the address that people open.
fn certificate(config: &Config) -> anyhow::Result<Option<Arc<Kept>>> {
    let Some(files) = config.certificate.clone() else {
        return Ok(None);
    };
    let Some(public) = config.public_origin.as_ref().filter(|public| public.is_https()) else {
        bail!(
            "with a certificate the configuration needs public_origin = \"https://…\", the address people open"
        );
    };
    let kept = Kept::open(files, public.host())?;
    if kept.expires() <= clock::now() {
        tracing::error!(
            "the certificate, or one it depends on, has expired: browsers refuse the relay until there is a new one"
        );
    }
    if kept.begins() > clock::now() {
        let begins = kept.begins().date();
        tracing::error!(%begins, "the certificate is not valid yet: until then browsers refuse the relay");
    }
    for former in config.former_origins.iter().filter(|former| former.is_https()) {
        if !kept.covers(former.host()) {
            tracing::warn!(%former, "the certificate does not cover this former origin: browsers cannot deliver there");
        }
    }
    Ok(Some(Arc::new(kept)))
}

fn bind(listen: SocketAddr) -> anyhow::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(listen).map_err(|problem| match problem.kind() {
        ErrorKind::AddrInUse => anyhow!("port {} is in use: choose another with --port", listen.port()),
        _ => anyhow!("cannot listen on {listen}: {problem}"),
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn open(plan: &Plan, listens: SocketAddr) -> anyhow::Result<(Arc<dyn Storage>, [u8; 32], lock::Lock)> {
    let storage = SqliteStorage::open(&plan.data)?;
    let lock = lock::take(&plan.data)?;
    let enterprise = storage.enterprise()?;
    let age = if enterprise.is_some() {
        StoreAge::Used
    } else {
        StoreAge::New
    };
    match enterprise {
        None if plan.demo && !listens.ip().is_loopback() => {
            return Err(ServerError::DemoOffLoopback.into());
        }
        None if plan.demo => demo::fill(&storage, &seal_key(&plan.data, age)?, plan.seed)?,
        None => {
            seal_key(&plan.data, age)?;
            // Named by whoever opens the link below.
            let enterprise = Enterprise {
                id: EnterpriseId(Uuid::new_v4()),
                name: String::new(),
                demo: Vec::new(),
            };
            storage.found(&enterprise, &[])?;
        }
        Some(enterprise) => {
            let year = u16::try_from(clock::now().date().year()).unwrap_or_default();
            register::open_year(&storage, enterprise.id, year)?;
        }
    }
    let key = seal_key(&plan.data, StoreAge::Used)?;
    Ok((Arc::new(storage), key, lock))
}

fn seal_key(folder: &Path, age: StoreAge) -> anyhow::Result<[u8; 32]> {
    let path = folder.join(key::FILE);
    key::open(folder, age).with_context(|| format!("cannot use the sealing key {}", path.display()))
}

fn log_to_stderr() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    // A second start in one process keeps the first one's log.
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init()
        .ok();
}
