use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::certificate::{Authority, Name, SERVER_VALID, Signed, sign};

const HOST: &str = "taizhang.example";

struct Place(TempDir);

impl Place {
    fn with(signed: &Signed) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.put(&signed.text, &signed.key);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, chain: &str, key: &str) {
        fs::write(self.path("server.crt"), chain).unwrap();
        fs::write(self.path("server.key"), key).unwrap();
    }

    fn files(&self) -> Files {
        Files {
            chain: self.path("server.crt"),
            key: self.path("server.key"),
            authority: None,
        }
    }

    fn complaint(&self) -> String {
        Kept::open(self.files(), HOST).unwrap_err().to_string()
    }
}

fn signed(name: &str, valid: Duration) -> Signed {
    let names: [Name; 1] = [name.parse().unwrap()];
    let authority = Authority::make(&names, clock::now()).unwrap();
    sign(&names, &authority, clock::now(), valid).unwrap()
}

fn shown(kept: &Kept) -> Vec<u8> {
    kept.loaded().certified.cert[0].to_vec()
}

#[test]
fn a_certificate_says_when_it_ends_and_whom_it_covers() {
    let place = Place::with(&signed(HOST, SERVER_VALID));
    let kept = Kept::open(place.files(), HOST).unwrap();
    let left = kept.expires().since(clock::now());
    assert!(left <= SERVER_VALID && left + Duration::from_mins(1) > SERVER_VALID);
    assert!(kept.covers("TAIZHANG.example") && !kept.covers("other.example") && !kept.covers("10.0.0.7"));
    let address = Place::with(&signed("fd00::7", SERVER_VALID));
    assert!(Kept::open(address.files(), "[fd00::7]").is_ok());
}

#[test]
fn what_is_wrong_with_the_files_is_said_in_one_line() {
    let good = signed(HOST, SERVER_VALID);
    let place = Place::with(&good);
    let other = signed(HOST, SERVER_VALID);
    place.put(&good.text, &other.key);
    assert!(
        place.complaint().contains("server.key does not match"),
        "{}",
        place.complaint()
    );
    place.put("", &good.key);
    assert!(
        place.complaint().contains("server.crt holds no certificate"),
        "{}",
        place.complaint()
    );
    place.put(&good.text, &good.text);
    assert!(
        place.complaint().contains("server.key holds no private key"),
        "{}",
        place.complaint()
    );
    let foreign = signed("other.example", SERVER_VALID);
    place.put(&foreign.text, &foreign.key);
    assert!(
        place.complaint().contains("does not cover taizhang.example"),
        "{}",
        place.complaint()
    );
    fs::remove_file(place.path("server.crt")).unwrap();
    assert!(place.complaint().contains("cannot read"), "{}", place.complaint());
}

#[test]
fn new_files_are_taken_and_broken_ones_leave_the_certificate_before_in_use() {
    let first = signed(HOST, SERVER_VALID);
    let place = Place::with(&first);
    let kept = Kept::open(place.files(), HOST).unwrap();
    let before = shown(&kept);
    kept.look();
    assert_eq!(shown(&kept), before);

    let second = signed(HOST, SERVER_VALID);
    let (over, foreign) = (
        signed(HOST, Duration::ZERO),
        signed("other.example", SERVER_VALID),
    );
    for (chain, key) in [
        ("", ""),
        (&second.text[..100], &second.key[..]),
        (&second.text, &first.key),
        (&over.text, &over.key),
        (&foreign.text, &foreign.key),
    ] {
        place.put(chain, key);
        kept.look();
        assert_eq!(shown(&kept), before);
    }
    fs::remove_file(place.path("server.key")).unwrap();
    kept.look();
    assert_eq!(shown(&kept), before);

    place.put(&second.text, &second.key);
    kept.look();
    assert_ne!(shown(&kept), before);
}

#[test]
fn an_expired_certificate_is_better_than_none() {
    let place = Place::with(&signed(HOST, Duration::ZERO));
    let kept = Kept::open(place.files(), HOST).unwrap();
    assert!(kept.expires() <= clock::now());
    let (before, again) = (shown(&kept), signed(HOST, Duration::ZERO));
    place.put(&again.text, &again.key);
    kept.look();
    assert_ne!(shown(&kept), before);
}
