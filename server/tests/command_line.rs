//! The program, as whoever types its name meets it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long anything here may take: filling the demonstration in an unoptimised build.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a condition is looked at.
const POLL: Duration = Duration::from_millis(10);

/// A folder with an app in it and room for a store.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        fs::write(folder.path().join("site/index.html"), "<!doctype html>").unwrap();
        Self(folder)
    }

    fn data(&self) -> std::path::PathBuf {
        self.0.path().join("data")
    }

    fn serve(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
        command
            .arg("--site")
            .arg(self.0.path().join("site"))
            .arg("--data")
            .arg(self.data())
            .args(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env_remove("RUST_LOG");
        command
    }

    fn add_account(&self, login: &str, password: &str) -> Output {
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
struct Running {
    child: Child,
    line: String,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self { child, line }
    }

    fn address(&self) -> SocketAddr {
        self.line
            .trim()
            .strip_prefix("台账 Taizhang → http://")
            .expect(&self.line)
            .parse()
            .unwrap()
    }

    fn get(&self, path: &str) -> String {
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

    #[cfg(unix)]
    fn ends_when_asked(&mut self) {
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

/// The one line a command that fails says.
fn complaint(mut command: Command) -> String {
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

fn database(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("taizhang.db")).unwrap()
}

#[test]
fn a_demonstration_says_its_address_serves_and_is_kept() {
    let place = Place::new();
    let mut first = Running::start(place.serve(&["--demo", "--port", "0"]));
    assert!(first.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(first.get("/").contains("<!doctype html>"));
    let enterprise = first.get("/api/enterprise");
    assert!(
        enterprise.contains("青梧装备制造有限公司") && enterprise.contains("linzhiyuan"),
        "{enterprise}"
    );
    let other = complaint(place.serve(&["--port", "0"]));
    assert!(other.contains("another relay is serving"), "{other}");
    first.ends_when_asked();

    let begun = Instant::now();
    let second = Running::start(place.serve(&["--port", "0"]));
    assert_eq!(
        second.get("/api/enterprise").lines().last(),
        enterprise.lines().last()
    );
    assert!(begun.elapsed() < PATIENCE);
}

#[test]
fn a_busy_port_is_named() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = complaint(place.serve(&["--demo", "--port", &port]));
    assert!(
        said.contains(&format!("port {port} is in use")) && said.contains("--port"),
        "{said}"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let place = Place::new();
    // A file where the folder should be: root, too, cannot write into it.
    fs::write(place.data(), "").unwrap();
    let said = complaint(place.serve(&["--demo", "--port", "0"]));
    assert!(
        said.contains("cannot write to") && said.contains(place.data().to_str().unwrap()),
        "{said}"
    );
}

#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let place = Place::new();
    assert!(place.add_account("lin", "").status.success());
    database(&place.data())
        .pragma_update(None, "user_version", 2)
        .unwrap();
    let said = complaint(place.serve(&["--port", "0"]));
    assert!(said.contains("written by a newer Taizhang"), "{said}");
}

#[test]
fn a_foreign_file_is_no_store() {
    let place = Place::new();
    fs::create_dir(place.data()).unwrap();
    fs::write(
        place.data().join("taizhang.db"),
        "somebody's diary, not a database of ours",
    )
    .unwrap();
    let said = complaint(place.serve(&["--demo", "--port", "0"]));
    assert!(said.contains("is not a database of Taizhang"), "{said}");
}

#[test]
fn a_damaged_store_is_not_served() {
    let place = Place::new();
    assert!(place.add_account("lin", "").status.success());
    let path = place.data().join("taizhang.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let said = complaint(place.serve(&["--port", "0"]));
    assert!(said.contains("is damaged"), "{said}");
}

#[test]
fn a_store_that_lost_its_sealing_key_is_not_given_another() {
    let place = Place::new();
    assert!(place.add_account("lin", "").status.success());
    fs::remove_file(place.data().join("seal.key")).unwrap();
    let said = complaint(place.serve(&["--port", "0"]));
    assert!(
        said.contains("sealing key") && said.contains("seal.key"),
        "{said}"
    );
}

#[test]
fn an_empty_store_says_how_to_make_the_first_account() {
    let place = Place::new();
    let said = complaint(place.serve(&["--port", "0"]));
    assert!(
        said.contains("account add --data") && said.contains("--demo"),
        "{said}"
    );
}

#[test]
fn the_demonstration_never_listens_off_this_machine() {
    let place = Place::new();
    let said = complaint(place.serve(&["--demo", "--listen", "0.0.0.0:0"]));
    assert!(said.contains("never listens off this machine"), "{said}");
    drop(Running::start(place.serve(&["--demo", "--port", "0"])));
    let said = complaint(place.serve(&["--listen", "0.0.0.0:0"]));
    assert!(said.contains("never listens off this machine"), "{said}");
}

#[test]
fn a_folder_without_an_app_is_named() {
    let place = Place::new();
    assert!(place.add_account("lin", "").status.success());
    fs::remove_file(place.0.path().join("site/index.html")).unwrap();
    let said = complaint(place.serve(&["--port", "0"]));
    assert!(said.contains("index.html"), "{said}");
}

#[test]
fn a_configuration_with_a_slip_is_named_with_its_line() {
    let place = Place::new();
    let file = place.0.path().join("taizhang.toml");
    fs::write(&file, "\nlisten = \"here\"\n").unwrap();
    let said = complaint(place.serve(&["--config", file.to_str().unwrap()]));
    assert!(
        said.contains("taizhang.toml") && said.contains("line 2"),
        "{said}"
    );
}

#[test]
fn the_first_account_opens_the_store_with_a_password_shown_once() {
    let place = Place::new();
    let made = place.add_account("Lin", "");
    let said = String::from_utf8(made.stdout).unwrap();
    assert!(said.starts_with("lin: added, with the password "), "{said}");
    let taken = place.add_account("lin", "a password of mine\n");
    assert!(!taken.status.success());
    assert!(String::from_utf8(taken.stderr).unwrap().contains("already"));
    let short = place.add_account("gu", "short\n");
    assert!(
        String::from_utf8(short.stderr)
            .unwrap()
            .contains("at least 10 characters")
    );
    let given = place.add_account("gu", "a password of mine\n");
    assert_eq!(String::from_utf8(given.stdout).unwrap(), "gu: added\n");
    let relay = Running::start(place.serve(&["--port", "0"]));
    assert!(relay.get("/api/enterprise").contains("一支部"));
}
