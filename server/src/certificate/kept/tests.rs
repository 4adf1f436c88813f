use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;

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

    fn files_with_authority(&self, authority: &Authority) -> Files {
        self.put_authority(authority);
        Files {
            authority: Some(self.path("ca.crt")),
            ..self.files()
        }
    }

    fn put_authority(&self, authority: &Authority) {
        fs::write(self.path("ca.crt"), authority.certificate()).unwrap();
    }

    fn complaint(&self) -> String {
        Kept::open(self.files(), HOST).unwrap_err().to_string()
    }
}

fn signed(name: &str, valid: Duration) -> Signed {
    signed_by(&authority(name, clock::now()), name, clock::now(), valid)
}

fn authority(name: &str, now: Timestamp) -> Authority {
    Authority::make(&[name.parse().unwrap()], now).unwrap()
}

fn signed_by(authority: &Authority, name: &str, now: Timestamp, valid: Duration) -> Signed {
    let names: [Name; 1] = [name.parse().unwrap()];
    sign(&names, authority, now, valid).unwrap()
}

fn days(count: u64) -> Duration {
    Duration::from_hours(24 * count)
}

/// So many days before now.
fn ago(count: u64) -> Timestamp {
    Timestamp(clock::now().0 - i64::try_from(days(count).as_millis()).unwrap())
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
    kept.look(clock::now());
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
        kept.look(clock::now());
        assert_eq!(shown(&kept), before);
    }
    fs::remove_file(place.path("server.key")).unwrap();
    kept.look(clock::now());
    assert_eq!(shown(&kept), before);

    place.put(&second.text, &second.key);
    kept.look(clock::now());
    assert_ne!(shown(&kept), before);
}

#[test]
fn an_expired_certificate_is_better_than_none() {
    let place = Place::with(&signed(HOST, Duration::ZERO));
    let kept = Kept::open(place.files(), HOST).unwrap();
    assert!(kept.expires() <= clock::now());
    let (before, again) = (shown(&kept), signed(HOST, Duration::ZERO));
    place.put(&again.text, &again.key);
    kept.look(clock::now());
    assert_ne!(shown(&kept), before);
}

#[test]
fn a_new_authority_is_offered_as_soon_as_its_certificate_is_in_use() {
    let [first, second] = [0, 1].map(|_| authority(HOST, clock::now()));
    let by = |authority| signed_by(authority, HOST, clock::now(), SERVER_VALID);
    let place = Place::with(&by(&first));
    let kept = Kept::open(place.files_with_authority(&first), HOST).unwrap();
    let before = kept.authority().unwrap();

    let next = by(&second);
    place.put(&next.text, &next.key);
    fs::write(place.path("ca.crt"), "").unwrap();
    kept.look(clock::now());
    assert_eq!(kept.authority().unwrap(), before, "half of a change is none");
    place.put_authority(&second);
    kept.look(clock::now());
    assert_ne!(kept.authority().unwrap(), before);
    assert_eq!(shown(&kept), certificate(&next.text));
    place.put_authority(&first);
    kept.look(clock::now());
    assert_eq!(kept.authority().unwrap(), before, "its file alone is enough");
}

#[test]
fn the_earliest_end_on_the_way_to_the_authority_is_the_end() {
    // An authority lasts for ten years; this one has a month left.
    let old = authority(HOST, ago(3_652 - 30));
    let ends = old.ends();
    let young = authority(HOST, clock::now());
    let leaf = signed_by(&young, HOST, clock::now(), SERVER_VALID);
    let alone = certificate_alone(&leaf.text);

    let place = Place::with(&leaf);
    let of_leaf = Kept::open(place.files(), HOST).unwrap().expires();
    assert!(of_leaf > ends);
    place.put(&format!("{alone}{}", old.certificate()), &leaf.key);
    assert_eq!(
        Kept::open(place.files(), HOST).unwrap().expires(),
        ends,
        "in the chain"
    );
    place.put(&alone, &leaf.key);
    let beside = Kept::open(place.files_with_authority(&old), HOST).unwrap();
    assert_eq!(beside.expires(), ends, "beside it");
}

#[test]
fn a_certificate_that_is_not_valid_yet_is_taken_when_its_day_has_come() {
    let both = authority(HOST, clock::now());
    let place = Place::with(&signed_by(&both, HOST, clock::now(), SERVER_VALID));
    let kept = Kept::open(place.files(), HOST).unwrap();
    let before = shown(&kept);

    // It begins a day before it is signed.
    let next = signed_by(&both, HOST, clock::now().after(days(11)), SERVER_VALID);
    place.put(&next.text, &next.key);
    for day in [0, 9] {
        kept.look(clock::now().after(days(day)));
        assert_eq!(shown(&kept), before, "after {day} days");
    }
    kept.look(clock::now().after(days(10)));
    assert_eq!(shown(&kept), certificate(&next.text));

    let early = Kept::open(place.files(), HOST).unwrap();
    assert!(early.begins() > clock::now(), "at the start there is no other");
    let after = signed_by(&both, HOST, clock::now().after(days(20)), SERVER_VALID);
    place.put(&after.text, &after.key);
    early.look(clock::now());
    assert_eq!(
        shown(&early),
        certificate(&after.text),
        "neither is valid: the files hold"
    );
}

#[test]
fn a_certificate_that_was_waited_for_is_forgotten_with_its_files() {
    let both = authority(HOST, clock::now());
    let first = signed_by(&both, HOST, clock::now(), SERVER_VALID);
    let place = Place::with(&first);
    let kept = Kept::open(place.files(), HOST).unwrap();
    let next = signed_by(&both, HOST, clock::now().after(days(11)), SERVER_VALID);
    place.put(&next.text, &next.key);
    kept.look(clock::now());
    place.put(&first.text, &first.key);
    kept.look(clock::now());
    kept.look(clock::now().after(days(12)));
    assert_eq!(shown(&kept), certificate(&first.text));
}

/// The relay's own certificate, without those that vouch for it.
fn certificate_alone(chain: &str) -> String {
    let end = "-----END CERTIFICATE-----";
    let (alone, _) = chain.split_once(end).unwrap();
    format!("{alone}{end}\n")
}

fn certificate(chain: &str) -> Vec<u8> {
    CertificateDer::from_pem_slice(chain.as_bytes()).unwrap().to_vec()
}
