use x509_parser::prelude::X509CertificationRequest;

use super::*;

const NOW: Timestamp = Timestamp(1_795_414_080_000);
const DAY: u64 = 86_400;

fn names(texts: &[&str]) -> Vec<Name> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn chain(pem: &str) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(pem.as_bytes())
        .map(Result::unwrap)
        .collect()
}

/// Whether a browser that trusts the authority takes the certificate for this host, so long after now.
fn is_taken(authority: &Authority, signed: &Signed, host: &str, after: Duration) -> bool {
    let mut roots = RootCertStore::empty();
    roots.add(chain(authority.certificate()).remove(0)).unwrap();
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .unwrap();
    let chain = chain(&signed.text);
    let host = ServerName::try_from(host).unwrap();
    let now = UnixTime::since_unix_epoch(Duration::from_millis(NOW.0.unsigned_abs()) + after);
    verifier
        .verify_server_cert(&chain[0], &chain[1..], &host, &[], now)
        .is_ok()
}

fn signed(authority: &Authority, texts: &[&str]) -> Signed {
    sign(&names(texts), authority, NOW, SERVER_VALID).unwrap()
}

#[test]
fn the_authority_vouches_for_its_names_alone() {
    let both = ["taizhang.example", "10.0.0.7"];
    for (allowed, refused) in [
        (&both[..], &["evil.example", "example", "10.0.0.8", "fd00::7"][..]),
        (&["taizhang.example"], &["evil.example", "10.0.0.7", "fd00::7"]),
        (&["10.0.0.7"], &["taizhang.example", "10.0.0.8", "fd00::7"]),
    ] {
        let authority = Authority::make(&names(allowed), NOW).unwrap();
        for host in allowed {
            assert!(
                is_taken(&authority, &signed(&authority, allowed), host, Duration::ZERO),
                "{host}"
            );
        }
        for host in refused {
            let refused = sign(&names(&[host]), &authority, NOW, SERVER_VALID);
            assert!(
                matches!(refused, Err(MakeError::NotVouched(_))),
                "{host} with an authority for {allowed:?}"
            );
        }
    }
}

#[test]
fn a_certificate_lasts_a_year_and_the_authority_signs_the_next_one_for_ten() {
    let host = ["taizhang.example"];
    let authority = Authority::make(&names(&host), NOW).unwrap();
    let first = signed(&authority, &host);
    assert!(is_taken(
        &authority,
        &first,
        host[0],
        Duration::from_secs(395 * DAY)
    ));
    assert!(!is_taken(
        &authority,
        &first,
        host[0],
        Duration::from_secs(397 * DAY)
    ));

    let again = Authority::read(authority.certificate().to_owned(), &authority.key()).unwrap();
    let late = Duration::from_secs(9 * 365 * DAY);
    let next = sign(&names(&host), &again, NOW.after(late), SERVER_VALID).unwrap();
    assert!(is_taken(&authority, &next, host[0], late));
}

#[test]
fn a_key_of_another_authority_signs_nothing() {
    let [one, other] = [0, 1].map(|_| Authority::make(&names(&["taizhang.example"]), NOW).unwrap());
    let mixed = Authority::read(one.certificate().to_owned(), &other.key());
    assert!(matches!(mixed, Err(MakeError::NoAuthority)));
    let leaf = signed(&one, &["taizhang.example"]);
    assert!(matches!(
        Authority::read(leaf.text, &leaf.key),
        Err(MakeError::NoAuthority)
    ));
}

#[test]
fn no_browser_refuses_the_certificate_for_its_length() {
    let authority = Authority::make(&names(&["taizhang.example"]), NOW).unwrap();
    let signed = signed(&authority, &["taizhang.example"]);
    let leaf = chain(&signed.text).remove(0);
    let (_, leaf) = X509Certificate::from_der(&leaf).unwrap();
    let validity = leaf.validity();
    assert!(validity.not_after.timestamp() - validity.not_before.timestamp() <= 397 * 86_400);
}

#[test]
fn a_request_names_what_it_is_for() {
    let made = request(&names(&["taizhang.example", "10.0.0.7"])).unwrap();
    assert!(made.key.starts_with("-----BEGIN PRIVATE KEY-----"));
    let (_, pem) = x509_parser::pem::parse_x509_pem(made.text.as_bytes()).unwrap();
    assert_eq!(pem.label, "CERTIFICATE REQUEST");
    let (_, request) = X509CertificationRequest::from_der(&pem.contents).unwrap();
    assert_eq!(
        request.certification_request_info.subject.to_string(),
        "CN=taizhang.example"
    );
    let asked = format!(
        "{:?}",
        request.requested_extensions().unwrap().collect::<Vec<_>>()
    );
    assert!(
        asked.contains("taizhang.example") && asked.contains("[10, 0, 0, 7]"),
        "{asked}"
    );
}

#[test]
fn without_a_name_nothing_is_made() {
    assert!(matches!(Authority::make(&[], NOW), Err(MakeError::NoName)));
    assert!(matches!(request(&[]), Err(MakeError::NoName)));
}

#[test]
fn a_certificate_does_not_outlast_its_authority() {
    let host = ["taizhang.example"];
    let authority = Authority::make(&names(&host), NOW).unwrap();
    let again = Authority::read(authority.certificate().to_owned(), &authority.key()).unwrap();
    assert_eq!(again.ends(), authority.ends());
    let month_before = Timestamp(authority.ends().0 - 30 * 86_400_000);
    let last = sign(&names(&host), &again, month_before, SERVER_VALID).unwrap();
    let [leaf, of_authority] = &chain(&last.text)[..] else {
        panic!("a certificate and its authority's")
    };
    let [leaf, of_authority] = [leaf, of_authority].map(|der| X509Certificate::from_der(der).unwrap().1);
    assert_eq!(leaf.validity().not_after, of_authority.validity().not_after);
    assert_eq!(
        again.end_of_signed(month_before, SERVER_VALID),
        authority.ends(),
        "and that is said"
    );
    let late = sign(&names(&host), &again, authority.ends(), SERVER_VALID);
    assert!(matches!(late, Err(MakeError::Ended(_))));
}

#[test]
fn a_long_name_is_shortened_in_the_title_and_stands_beside_it_in_full() {
    let long = format!("{}.{}.example", "a".repeat(60), "b".repeat(60));
    let authority = Authority::make(&names(&[&long]), NOW).unwrap();
    let signed = signed(&authority, &[&long]);
    assert!(is_taken(&authority, &signed, &long, Duration::ZERO));
    for der in chain(&signed.text) {
        let (_, certificate) = X509Certificate::from_der(&der).unwrap();
        let title = certificate.subject().iter_common_name().next().unwrap();
        let title = title.as_str().unwrap();
        assert!(title.chars().count() <= 64 && title.ends_with('…'), "{title}");
    }
    let asked = request(&names(&[&long])).unwrap();
    let (_, pem) = x509_parser::pem::parse_x509_pem(asked.text.as_bytes()).unwrap();
    let (_, asked) = X509CertificationRequest::from_der(&pem.contents).unwrap();
    let title = asked.certification_request_info.subject.to_string();
    assert_eq!(title.chars().count(), "CN=".len() + 64, "{title}");
}
