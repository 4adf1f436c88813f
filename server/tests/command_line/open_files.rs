//! How many files the relay may have open, wherever it is started.

use std::process::{Command, Stdio};

use crate::place::{Place, Running};

/// The relay, started by a shell that has set a limit.
fn relay(place: &Place, limit: &str) -> Running {
    let serve = place.serve(&["--port", "0"]);
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("{limit} && exec \"$0\" \"$@\"")])
        .arg(serve.get_program())
        .args(serve.get_args())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .env_remove("RUST_LOG");
    Running::start(shell)
}

/// How many files a relay may have open now, and how many it could ask for.
fn may_open(relay: &Running) -> (String, String) {
    let limits = relay.limits();
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let mut words = line.unwrap().split_whitespace().map(str::to_owned);
    (words.next().unwrap(), words.next().unwrap())
}

#[test]
fn a_relay_takes_as_many_files_as_the_system_gives() {
    let place = Place::new();
    let relay = relay(&place, "ulimit -Sn 512");
    let (now, most) = may_open(&relay);
    assert_eq!(now, most);
    assert_ne!(now, "512");
}

#[test]
fn a_relay_that_may_open_too_few_files_says_so_and_runs() {
    let place = Place::new();
    let relay = relay(&place, "ulimit -n 512");
    assert_eq!(may_open(&relay).0, "512");
    assert!(relay.get("/healthz").starts_with("HTTP/1.1 200"));
    let said = relay.complaints();
    assert!(said.contains("too few files") && said.contains("512"), "{said}");
}
