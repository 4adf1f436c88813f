//! An address that is not this machine's: a name of the plant, under TLS, with an authority that browsers may trust.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use server::certificate::{Authority, Name, sign};
use server::clock;
use tempfile::TempDir;

use crate::{Officer, RelayOptions, relay_process, setup};

/// The names under which the relay of the plant is known: the one of now, and the one of before.
pub const NAMES: [&str; 2] = ["taizhang.plant.test", "old.plant.test"];

/// Whether a browser knows the authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// An administrator has installed its certificate.
    Installed,
    /// Nobody has.
    Missing,
}

/// A plant: its names, its authority, and a port that is free.
pub struct Plant {
    folder: TempDir,
    authority: Authority,
    port: u16,
}

impl Plant {
    /// A plant whose relay has a certificate that is valid for so long from now on.
    ///
    /// # Errors
    ///
    /// When the files cannot be written.
    pub fn with_certificate_for(valid: Duration) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let plant = Self {
            folder: tempfile::tempdir()?,
            authority: Authority::make(&names(), clock::now())?,
            port,
        };
        fs::write(plant.path("ca.crt"), plant.authority.certificate())?;
        plant.renews_certificate_for(valid)?;
        plant.opens_at(NAMES[0], &[])?;
        Ok(plant)
    }

    /// Puts a new certificate in the place of the one before.
    ///
    /// # Errors
    ///
    /// As [`Self::with_certificate_for`].
    pub fn renews_certificate_for(&self, valid: Duration) -> Result<()> {
        let signed = sign(&names(), &self.authority, clock::now(), valid)?;
        fs::write(self.path("server.key"), signed.key)?;
        fs::write(self.path("server.crt"), signed.text)?;
        Ok(())
    }

    /// Writes the relay's configuration: people open it under this name, and were used to those.
    ///
    /// # Errors
    ///
    /// As [`Self::with_certificate_for`].
    pub fn opens_at(&self, name: &str, former: &[&str]) -> Result<()> {
        let former: Vec<String> = former
            .iter()
            .map(|name| format!("\"{}\"", self.url_of(name)))
            .collect();
        let file = |name| self.path(name).display().to_string();
        let text = format!(
            "public_origin = \"{}\"\nformer_origins = [{}]\n[certificate]\nchain = \"{}\"\nkey = \"{}\"\nauthority = \"{}\"\n",
            self.url_of(name),
            former.join(", "),
            file("server.crt"),
            file("server.key"),
            file("ca.crt"),
        );
        fs::write(self.path("taizhang.toml"), text)?;
        Ok(())
    }

    /// What its relay is started with.
    #[must_use]
    pub fn options(&self) -> RelayOptions {
        RelayOptions::new()
            .port(self.port)
            .argument("--config")
            .argument(self.path("taizhang.toml").display().to_string())
    }

    /// The address people open.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_of(NAMES[0])
    }

    /// The address under one of the names.
    #[must_use]
    pub fn url_of(&self, name: &str) -> String {
        format!("https://{name}:{}", self.port)
    }

    /// What somebody types who leaves the `s` out.
    #[must_use]
    pub fn url_in_the_clear(&self) -> String {
        format!("http://{}:{}", NAMES[0], self.port)
    }

    /// Seats an officer in the plant's network, at a browser that trusts the authority or not.
    ///
    /// # Errors
    ///
    /// When no browser can be had.
    pub async fn officer(&self, name: &str, trust: Trust) -> Result<Officer> {
        let rules = format!(
            "--host-resolver-rules=MAP {} 127.0.0.1, MAP {} 127.0.0.1",
            NAMES[0], NAMES[1]
        );
        let authority = match trust {
            Trust::Installed => Some(self.path("ca.crt")),
            Trust::Missing => None,
        };
        Officer::trusting(name, &[&rules], authority.as_deref()).await
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn names() -> Vec<Name> {
    NAMES.iter().filter_map(|name| name.parse().ok()).collect()
}

/// Has the browsers of this home trust an authority, as an administrator does it.
///
/// # Errors
///
/// When the tool is missing or refuses.
pub(crate) fn install(authority: &Path, home: &Path) -> Result<()> {
    let certutil = &setup::browser()?.certutil;
    let store = home.join(".pki/nssdb");
    fs::create_dir_all(&store)?;
    let store = format!("sql:{}", store.display());
    let run = |arguments: &[&str]| {
        let ran = Command::new(certutil)
            .args(["-d", &store])
            .args(arguments)
            .stdin(Stdio::null())
            .output();
        let ran = ran.with_context(|| format!("{} does not start", certutil.display()))?;
        ensure!(
            ran.status.success(),
            "certutil: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
        Ok(())
    };
    run(&["-N", "--empty-password"])?;
    run(&[
        "-A",
        "-n",
        "plant",
        "-t",
        "C,,",
        "-i",
        &authority.display().to_string(),
    ])
}

/// Adds an administrator to a store that no relay is using.
///
/// # Errors
///
/// When the command refuses.
pub async fn add_administrator(store: &Path, name: &str) -> Result<()> {
    let binary = tokio::task::spawn_blocking(relay_process::ready).await??;
    let mut command = Command::new(binary);
    command.args([
        "account",
        "add",
        "--login",
        "admin",
        "--role",
        "administrator",
        "--unit",
        "管理",
        "--above",
        "中共青梧装备制造有限公司委员会",
    ]);
    let ran = command
        .args(["--name", name, "--data"])
        .arg(store)
        .stdin(Stdio::null())
        .output()?;
    ensure!(
        ran.status.success(),
        "account add: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
    Ok(())
}
