//! Keys, requests and certificates, as the command line makes them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::place::{Place, complaint};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn certificate(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_taizhang"))
            .arg("certificate")
            .args(arguments)
            .arg("--out")
            .arg(self.0.path())
            .output()
            .unwrap()
    }

    fn made(&self, arguments: &[&str]) -> String {
        let output = self.certificate(arguments);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.certificate(arguments);
        assert!(
            !output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
        String::from_utf8(output.stderr).unwrap()
    }
}

#[cfg(unix)]
fn is_for_the_owner_alone(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777 == 0o600
}

#[cfg(not(unix))]
fn is_for_the_owner_alone(_path: &Path) -> bool {
    true
}

#[test]
fn a_request_comes_with_a_key_that_only_its_owner_reads() {
    let folder = Folder::new();
    let said = folder.made(&["request", "taizhang.example", "10.0.0.7"]);
    assert!(is_for_the_owner_alone(&folder.path("server.key")));
    let request = fs::read_to_string(folder.path("server.csr")).unwrap();
    assert!(request.starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
    let key = folder.path("server.key");
    assert!(
        said.contains(&format!("chown taizhang: {}", key.display())),
        "{said}"
    );
    let key = fs::read(key).unwrap();
    let said = folder.refused(&["request", "taizhang.example"]);
    assert!(said.contains("server.key is there already"), "{said}");
    assert_eq!(fs::read(folder.path("server.key")).unwrap(), key);
    assert!(
        folder
            .refused(&["request", "https://taizhang.example"])
            .contains("not a name")
    );
}

#[test]
fn the_key_of_our_own_authority_lies_apart_with_a_warning_and_signs_the_next_certificate() {
    let folder = Folder::new();
    let said = folder.made(&["create", "taizhang.example"]);
    assert!(
        said.contains("TAKE IT OFF THIS MACHINE") && said.contains("SHA-256"),
        "{said}"
    );
    assert!(is_for_the_owner_alone(&folder.path("server.key")));
    assert!(is_for_the_owner_alone(&folder.path("offline/ca.key")));
    let read = |name| fs::read_to_string(folder.path(name)).unwrap();
    let (chain, authority) = (read("server.crt"), read("ca.crt"));
    assert!(chain.ends_with(&authority) && chain.len() > authority.len());

    // Carried away, and brought back for the next one.
    let away = Folder::new();
    fs::rename(folder.path("offline/ca.key"), away.path("ca.key")).unwrap();
    let key = away.path("ca.key").display().to_string();
    let again = ["create", "taizhang.example", "--ca-key", &key];
    assert!(folder.refused(&again).contains("there already"));
    folder.made(&[&again[..], &["--replace"]].concat());
    assert_eq!(read("ca.crt"), authority);
    assert!(read("server.crt") != chain && read("server.crt").ends_with(&authority));
    assert!(is_for_the_owner_alone(&folder.path("server.key")));
    assert!(!folder.path("server.key.new").exists());

    let foreign = Folder::new();
    foreign.made(&["create", "taizhang.example"]);
    let foreign = foreign.path("offline/ca.key").display().to_string();
    let said = folder.refused(&["create", "taizhang.example", "--ca-key", &foreign, "--replace"]);
    assert!(said.contains("is not the key of the authority"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_key_that_is_replaced_stays_readable_to_whom_it_was() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};

    let folder = Folder::new();
    let said = folder.made(&["create", "taizhang.example"]);
    let [key, chain] = ["server.key", "server.crt"].map(|name| folder.path(name));
    assert!(
        said.contains(&format!("chown taizhang: {}", key.display())),
        "{said}"
    );
    fs::set_permissions(&key, fs::Permissions::from_mode(0o440)).unwrap();
    fs::set_permissions(&chain, fs::Permissions::from_mode(0o640)).unwrap();
    // Only root may give a file away.
    let given = chown(&key, Some(31_415), Some(31_416)).is_ok();
    let who = |path: &Path| {
        let found = fs::metadata(path).unwrap();
        (found.uid(), found.gid(), found.mode() & 0o777)
    };
    let before = [&key, &chain].map(|path| (who(path), fs::read(path).unwrap()));
    assert_eq!(before[0].0.0 == 31_415, given);

    let authority = folder.path("offline/ca.key").display().to_string();
    folder.made(&["create", "taizhang.example", "--ca-key", &authority, "--replace"]);
    for (path, (known, text)) in [&key, &chain].into_iter().zip(before) {
        assert_eq!(who(path), known, "{}", path.display());
        assert_ne!(fs::read(path).unwrap(), text, "{}", path.display());
    }
}

#[test]
fn a_certificate_that_does_not_fit_the_address_stops_the_start_in_one_line() {
    let folder = Folder::new();
    folder.made(&["create", "taizhang.example"]);
    let place = Place::new();
    let said = |origin: &str, key: &str| {
        let config = folder.path("taizhang.toml");
        let (chain, key) = (folder.path("server.crt"), folder.path(key));
        let certificate = format!("[certificate]\nchain = {chain:?}\nkey = {key:?}\n");
        fs::write(&config, format!("{origin}\n{certificate}")).unwrap();
        let config = config.display().to_string();
        complaint(place.serve(&["--demo", "--port", "0", "--config", &config]))
    };
    let here = "public_origin = \"https://taizhang.example\"";
    for (origin, key, wanted) in [
        ("", "server.key", "needs public_origin"),
        (
            "public_origin = \"http://taizhang.example\"",
            "server.key",
            "needs public_origin",
        ),
        (
            "public_origin = \"https://other.example\"",
            "server.key",
            "does not cover other.example",
        ),
        (here, "offline/ca.key", "does not match the certificate"),
        (here, "missing.key", "cannot read"),
    ] {
        let said = said(origin, key);
        assert!(
            said.contains(wanted) && said.trim_end().lines().count() == 1,
            "{said}"
        );
    }
}
