//! One ChromeDriver on a port of its own.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::process;

/// How long the driver may take to start.
const START_PATIENCE: Duration = Duration::from_secs(30);

/// How long a question outside the usual session may take.
const ASK_PATIENCE: Duration = Duration::from_secs(10);

/// What the driver prints before the port it listens on.
const PORT_FOLLOWS: &str = "started successfully on port ";

/// A running ChromeDriver; dropping it ends it, and every browser it has started.
#[derive(Debug)]
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver at `path`; it and its browsers leave what they do not clear away in `temporary`.
    ///
    /// # Errors
    ///
    /// When it does not start, or does not say its port in time.
    pub async fn start(path: &Path, temporary: &Path) -> Result<Self> {
        let mut child = Command::new(path)
            .arg("--port=0")
            .env("TMPDIR", temporary)
            // The authorities that a browser trusts besides its own are kept in its user's home.
            .env("HOME", temporary)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{} does not start", path.display()))?;
        let stdout = child.stdout.take();
        let mut driver = Self { child, port: 0 };
        let (tell, told) = oneshot::channel();
        // A thread, not a task: it goes on emptying the pipe when the test's runtime is gone.
        std::thread::spawn(move || stdout.map(|stdout| listen(stdout, tell)));
        driver.port = tokio::time::timeout(START_PATIENCE, told)
            .await
            .context("ChromeDriver did not say its port in time")?
            .context("ChromeDriver ended before it said its port")?;
        Ok(driver)
    }

    /// Where WebDriver commands go.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks one question without the session's client or the runtime, so that a panicking test still can.
    ///
    /// # Errors
    ///
    /// When the driver does not answer.
    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> Result<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(ASK_PATIENCE))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let answer = read_answer(&mut BufReader::new(stream))?;
        let answer: Value = serde_json::from_slice(&answer)?;
        Ok(answer["value"].clone())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        process::kill_tree(self.child.id());
        // It has been killed; waiting only clears its entry.
        self.child.wait().ok();
    }
}

fn listen(stdout: impl Read, tell: oneshot::Sender<u16>) {
    let mut tell = Some(tell);
    for line in BufReader::new(stdout).lines().map_while(io::Result::ok) {
        let port = line
            .split_once(PORT_FOLLOWS)
            .and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some((port, tell)) = port.and_then(|port| Some((port, tell.take()?))) {
            // The test may have given up; then nobody wants to know.
            tell.send(port).ok();
        }
    }
}

/// The body of one answer, whose length the driver always states.
fn read_answer(stream: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            if line.trim_end().is_empty() {
                break;
            }
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}
