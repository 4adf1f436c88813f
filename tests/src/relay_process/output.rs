//! What a relay says, kept in a file over all its starts.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use tokio::sync::oneshot;

/// How many lines are printed when a test fails.
const TAIL_LINES: usize = 200;

/// What stands before the host and the port in the line with the address.
const ADDRESS_STARTS: [&str; 2] = ["http://127.0.0.1:", "→ https://"];

#[derive(Debug)]
pub(super) struct Output {
    path: PathBuf,
}

impl Output {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The log, to be written at its end.
    pub(super) fn file(&self) -> io::Result<File> {
        OpenOptions::new().create(true).append(true).open(&self.path)
    }

    /// Keeps all that comes, and tells the first address in it.
    pub(super) fn follow(
        &self,
        stdout: impl Read + Send + 'static,
    ) -> io::Result<oneshot::Receiver<SocketAddr>> {
        let mut log = self.file()?;
        let (tell, told) = oneshot::channel();
        // A thread, not a task: it goes on emptying the pipe when the test's runtime is gone.
        std::thread::spawn(move || {
            let mut tell = Some(tell);
            for line in BufReader::new(stdout).lines().map_while(io::Result::ok) {
                // A log that cannot be written must not stop the relay.
                writeln!(log, "{line}").ok();
                if let Some((socket, tell)) = address(&line).and_then(|socket| Some((socket, tell.take()?))) {
                    // The test may have given up; then nobody wants to know.
                    tell.send(socket).ok();
                }
            }
        });
        Ok(told)
    }

    pub(super) fn text(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&fs::read(&self.path)?).into_owned())
    }

    pub(super) fn tail(&self) -> String {
        let text = self.text().unwrap_or_else(|problem| format!("no log: {problem}"));
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
    }
}

fn address(line: &str) -> Option<SocketAddr> {
    let rest = ADDRESS_STARTS
        .iter()
        .find_map(|starts| Some(line.split_once(starts)?.1))?;
    let rest = rest.rsplit_once(':').map_or(rest, |(_, port)| port);
    let digits = rest
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(rest.len());
    let port = rest[..digits].parse().ok()?;
    Some(SocketAddr::from(([127, 0, 0, 1], port)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_wherever_it_stands_in_a_line() {
        let port = |line| address(line).map(|socket| socket.port());
        assert_eq!(port("台账 is open at http://127.0.0.1:8123/."), Some(8123));
        assert_eq!(port("http://127.0.0.1:80"), Some(80));
        assert_eq!(port("台账 → https://taizhang.plant.test:8443"), Some(8443));
        assert_eq!(port("see http://localhost:80"), None);
        assert_eq!(port("http://127.0.0.1:"), None);
    }
}
