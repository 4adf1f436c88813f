//! The program, as whoever types its name meets it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod certificates;
mod keeping;
#[cfg(target_os = "linux")]
mod open_files;
mod place;

use std::fs;
use std::net::TcpListener;
use std::time::Instant;

use place::{PATIENCE, Place, Running, complaint, database};

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
        .pragma_update(None, "user_version", 9)
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
fn an_empty_store_prints_a_link_that_makes_its_administrator_and_another_at_the_next_start() {
    let place = Place::new();
    let link = || {
        let mut relay = Running::start(place.serve(&["--port", "0"]));
        assert!(relay.says().contains("The store is empty"));
        let link = relay.says();
        let wanted = format!("http://{}/setup#", relay.address());
        let token = link.trim().strip_prefix(&wanted).expect(&link).to_owned();
        assert_eq!(token.len(), 64, "{link}");
        token
    };
    assert_ne!(link(), link());
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
    assert!(said.starts_with("lin: added, with the first password "), "{said}");
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
