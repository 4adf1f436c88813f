//! The real relay: the binary, over a folder on disk, on a port of its own.

mod binary;
mod folder;
mod output;

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::{failing, process, wait};
use output::Output;

pub(crate) use binary::ready;
pub(crate) use folder::copy_folder;

/// How long the relay may take to say its address; its first start builds the site.
const START_PATIENCE: Duration = Duration::from_mins(10);

/// How long the relay may take to end when asked.
const STOP_PATIENCE: Duration = Duration::from_secs(20);

/// How a relay is started.
#[derive(Clone, Debug, Default)]
pub struct RelayOptions {
    binary: Option<PathBuf>,
    data: Option<PathBuf>,
    port: u16,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
}

impl RelayOptions {
    /// A relay over an empty folder of its own.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Fills an empty store with the demonstration enterprise.
    #[must_use]
    pub fn demo(self) -> Self {
        self.argument("--demo")
    }

    /// Runs this program in place of the relay built from this tree, such as an older version.
    #[must_use]
    pub fn binary(mut self, path: impl Into<PathBuf>) -> Self {
        self.binary = Some(path.into());
        self
    }

    /// Listens on this port of 127.0.0.1 in place of any that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Keeps its store in this folder, which outlives the relay.
    #[must_use]
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data = Some(folder.into());
        self
    }

    /// Adds one argument to the command line.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets a variable of its environment.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// A relay; dropping it kills the process and, if the test is failing, prints its log.
#[derive(Debug)]
pub struct RelayProcess {
    binary: PathBuf,
    data: PathBuf,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    socket: SocketAddr,
    output: Output,
    running: Option<Child>,
    /// Holds the log, and the store unless the test named another folder.
    _folder: TempDir,
}

impl RelayProcess {
    /// Starts a relay on a free port and waits until it says its address.
    ///
    /// # Errors
    ///
    /// When it cannot be built, ends early, or says no address in time.
    pub async fn start(options: RelayOptions) -> Result<Self> {
        let binary = match options.binary {
            Some(binary) => binary,
            None => tokio::task::spawn_blocking(ready).await??,
        };
        let folder = tempfile::tempdir()?;
        let data = options.data.unwrap_or_else(|| folder.path().join("data"));
        let mut relay = Self {
            binary,
            data,
            arguments: options.arguments,
            variables: options.variables,
            socket: SocketAddr::from(([127, 0, 0, 1], options.port)),
            output: Output::new(folder.path().join("relay.log")),
            running: None,
            _folder: folder,
        };
        relay.launch().await?;
        Ok(relay)
    }

    /// Where it listens, as a browser's address without a path.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.socket)
    }

    /// Where it listens.
    #[must_use]
    pub fn socket(&self) -> SocketAddr {
        self.socket
    }

    /// The folder of its store.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Whether it is running, as far as the test has ended it or not.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Its process, while it is running.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.running.as_ref().map(Child::id)
    }

    /// Everything it has said so far, over all its starts.
    ///
    /// # Errors
    ///
    /// When the log cannot be read.
    pub fn log(&self) -> Result<String> {
        self.output.text()
    }

    /// Ends it as a power cut would, without a warning.
    ///
    /// # Errors
    ///
    /// When it is not running.
    pub fn kill_nine(&mut self) -> Result<()> {
        let mut child = self.running.take().context("the relay is not running")?;
        process::kill_tree(child.id());
        child.wait()?;
        Ok(())
    }

    /// Asks it to end, and says how it ended.
    ///
    /// # Errors
    ///
    /// When it is not running, or does not end in time.
    pub async fn stop(&mut self) -> Result<ExitStatus> {
        let child = self.running.as_mut().context("the relay is not running")?;
        process::terminate(child.id());
        let status = wait::until_within(STOP_PATIENCE, "the relay ends when asked", async || {
            Ok(child.try_wait()?)
        })
        .await?;
        self.running = None;
        Ok(status)
    }

    /// Waits until it ends by itself, and says how.
    ///
    /// # Errors
    ///
    /// When it is not running, or goes on.
    pub async fn ends(&mut self) -> Result<ExitStatus> {
        let child = self.running.as_mut().context("the relay is not running")?;
        let status = wait::until("the relay ends by itself", async || Ok(child.try_wait()?)).await?;
        self.running = None;
        Ok(status)
    }

    /// Starts it again on the same port and store, ending it first if it is running.
    ///
    /// # Errors
    ///
    /// As [`Self::start`].
    pub async fn restart(&mut self) -> Result<()> {
        if self.running.is_some() {
            self.stop().await?;
        }
        self.launch().await
    }

    /// Copies its store, while it is stopped.
    ///
    /// # Errors
    ///
    /// When it is running, or a file cannot be copied.
    pub fn copy_data(&self, to: &Path) -> Result<()> {
        ensure!(
            self.running.is_none(),
            "a running relay's store cannot be copied whole; stop it first"
        );
        copy_folder(&self.data, to)
    }

    /// Puts a copy in the place of its store, while it is stopped.
    ///
    /// # Errors
    ///
    /// When it is running, or a file cannot be copied.
    pub fn restore_data(&self, from: &Path) -> Result<()> {
        ensure!(
            self.running.is_none(),
            "a running relay's store cannot be replaced; stop it first"
        );
        if self.data.exists() {
            fs::remove_dir_all(&self.data)?;
        }
        copy_folder(from, &self.data)
    }

    async fn launch(&mut self) -> Result<()> {
        let mut child = Command::new(&self.binary)
            .arg("--data")
            .arg(&self.data)
            .args(["--port", &self.socket.port().to_string()])
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(self.output.file()?)
            .spawn()
            .with_context(|| format!("{} does not start", self.binary.display()))?;
        let address = child
            .stdout
            .take()
            .map(|stdout| self.output.follow(stdout))
            .context("no output")??;
        self.running = Some(child);
        match tokio::time::timeout(START_PATIENCE, address).await {
            Ok(Ok(socket)) => {
                self.socket = socket;
                Ok(())
            }
            Ok(Err(_)) => bail!("the relay ended before it said its address:\n{}", self.log()?),
            Err(_) => bail!(
                "the relay said no address in {START_PATIENCE:?}:\n{}",
                self.log()?
            ),
        }
    }
}

impl Drop for RelayProcess {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.kill_nine().ok();
        }
        if failing::is_failing() {
            eprintln!("relay {}:\n{}", self.socket, self.output.tail());
        }
    }
}
