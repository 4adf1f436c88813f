//! A place to run the program in, and the program as it runs.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long anything here may take: filling the demonstration in an unoptimised build.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// How often a condition is looked at.
pub(crate) const POLL: Duration = Duration::from_millis(10);

/// A folder with an app in it and room for a store.
pub(crate) struct Place(pub(crate) TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        fs::write(folder.path().join("site/index.html"), "<!doctype html>").unwrap();
        Self(folder)
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.0.path().join("data")
    }

    pub(crate) fn serve(&self, arguments: &[&str]) -> Command {
        let mut command = Self::command(&[]);
        command
            .arg("--site")
            .arg(self.0.path().join("site"))
            .arg("--data")
            .arg(self.data())
            .args(arguments);
        command
    }

    /// The program with these words.
    pub(crate) fn command(words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
        command
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env_remove("RUST_LOG");
        command
    }

    pub(crate) fn add_account(&self, login: &str, password: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
        command.args([
            "account",
            "add",
            "--login",
            login,
            "--name",
            "林知远",
            "--unit",
            "一支部",
            "--role",
            "secretary",
        ]);
        command
            .arg("--data")
            .arg(self.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(password.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    }
}

/// A relay that has said its address.
pub(crate) struct Running {
    child: Child,
    line: String,
    rest: BufReader<ChildStdout>,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        let mut rest = BufReader::new(child.stdout.take().unwrap());
        rest.read_line(&mut line).unwrap();
        Self { child, line, rest }
    }

    /// What it says next.
    pub(crate) fn says(&mut self) -> String {
        let mut line = String::new();
        self.rest.read_line(&mut line).unwrap();
        line
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.line
            .trim()
            .strip_prefix("台账 Taizhang → http://")
            .expect(&self.line)
            .parse()
            .unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
            self.address()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// What the system says about the process.
    #[cfg(target_os = "linux")]
    pub(crate) fn limits(&self) -> String {
        fs::read_to_string(format!("/proc/{}/limits", self.child.id())).unwrap()
    }

    /// Ends it, and tells what it complained about until then.
    #[cfg(target_os = "linux")]
    pub(crate) fn complaints(mut self) -> String {
        self.child.kill().unwrap();
        let mut said = String::new();
        let mut all = self.child.stderr.take().unwrap();
        all.read_to_string(&mut said).unwrap();
        said
    }

    #[cfg(unix)]
    pub(crate) fn ends_when_asked(&mut self) {
        let status = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
        let deadline = Instant::now() + PATIENCE;
        let ended = loop {
            if let Some(ended) = self.child.try_wait().unwrap() {
                break ended;
            }
            assert!(Instant::now() < deadline, "the relay did not end");
            std::thread::sleep(POLL);
        };
        assert!(ended.success(), "{ended}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What a command that succeeds says.
pub(crate) fn answer(mut command: Command) -> String {
    let output = command.output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The one line a command that fails says.
pub(crate) fn complaint(mut command: Command) -> String {
    let mut child = command.spawn().unwrap();
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("it runs and does not complain");
        }
        std::thread::sleep(POLL);
    }
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success(), "it went well");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("taizhang: "), "{said}");
    said
}

pub(crate) fn database(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("taizhang.db")).unwrap()
}
