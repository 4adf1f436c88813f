use super::*;

fn address(public: Option<&str>, listens: &str) -> Address {
    with(public, &[], &[], listens)
}

fn with(public: Option<&str>, former: &[&str], proxies: &[&str], listens: &str) -> Address {
    let addresses = Addresses {
        public: public.map(|public| public.parse().unwrap()),
        former: former.iter().map(|former| former.parse().unwrap()).collect(),
        proxies: proxies.iter().map(|proxy| proxy.parse().unwrap()).collect(),
    };
    Address::new(addresses, listens.parse().unwrap())
}

fn line(from: &str, way: Way) -> Line {
    Line {
        from: from.parse().unwrap(),
        way,
        seat: None,
    }
}

fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(*name, value.parse().unwrap());
    }
    headers
}

#[test]
fn on_loopback_any_port_of_it_is_ours() {
    let address = address(None, "127.0.0.1:7878");
    assert_eq!(address.public().to_string(), "http://127.0.0.1:7878");
    for ours in [
        "http://127.0.0.1:7878",
        "http://localhost:1",
        "http://127.0.0.1",
        "http://LOCALHOST:7878",
    ] {
        assert!(address.accepts_origin(ours), "{ours}");
    }
    for theirs in [
        "https://127.0.0.1:7878",
        "http://127.0.0.2:7878",
        "http://localhost.evil.example",
        "http://127.0.0.1:7878.evil.example",
        "http://evil.example:7878",
        "null",
        "",
        "http://127.0.0.1:7878/",
        "http://user@127.0.0.1:7878",
    ] {
        assert!(!address.accepts_origin(theirs), "{theirs}");
    }
    assert!(address.accepts_host("127.0.0.1:9") && address.accepts_host("localhost"));
    assert!(!address.accepts_host("evil.example:7878"));
}

#[test]
fn an_origin_is_read_strictly_and_written_as_browsers_write_it() {
    let read = |text: &str| text.parse::<Origin>();
    for (text, wanted) in [
        ("https://Taizhang.Example:0443", "https://taizhang.example"),
        ("http://10.0.0.7:8080", "http://10.0.0.7:8080"),
        ("https://[FD00:0::7]", "https://[fd00::7]"),
        ("https://[fd00:0:0:0:0:0:0:7]:8443", "https://[fd00::7]:8443"),
    ] {
        assert_eq!(read(text).unwrap().to_string(), wanted);
    }
    for text in [
        "https://a:1:2",
        "https://a:",
        "https://a:+1",
        "https://a:65536",
        "https://[fd00::7",
        "https://[fd00::7]8443",
        "https://[fd00::7]:8443:1",
        "https://fd00::7",
        "https://[taizhang.example]",
        "https://[10.0.0.7]",
        "https://a..example",
        "https://-a.example",
        "https://10.0.0.256",
        "https://a.example/",
        "https://",
        "ftp://a.example",
    ] {
        assert_eq!(read(text), Err(OriginError::Malformed), "{text}");
    }
    let problem = read("https://台账.example").unwrap_err().to_string();
    assert!(problem.contains("xn--"), "{problem}");

    let address = address(Some("https://[FD00:0::7]"), "[fd00::7]:443");
    assert!(address.accepts_origin("https://[fd00::7]") && address.accepts_host("[fd00::7]"));
}

#[test]
fn off_loopback_exactly_the_public_origin_and_those_before_are_ours() {
    let former = ["https://old.example:8443"];
    let address = with(Some("https://taizhang.example"), &former, &[], "10.0.0.7:443");
    assert_eq!(address.public().to_string(), "https://taizhang.example");
    for ours in [
        "https://taizhang.example",
        "https://taizhang.example:443",
        "https://old.example:8443",
    ] {
        assert!(address.accepts_origin(ours), "{ours}");
    }
    for theirs in [
        "http://taizhang.example",
        "https://taizhang.example:8443",
        "https://old.example",
        "http://127.0.0.1",
        "https://10.0.0.7",
    ] {
        assert!(!address.accepts_origin(theirs), "{theirs}");
    }
    for ours in ["taizhang.example", "taizhang.example:443", "old.example:8443"] {
        assert!(address.accepts_host(ours), "{ours}");
    }
    for theirs in ["10.0.0.7", "localhost", "old.example"] {
        assert!(!address.accepts_host(theirs), "{theirs}");
    }
}

#[test]
fn an_address_of_before_leads_on_to_the_one_of_now() {
    let former = ["https://old.example", "https://taizhang.example:8443"];
    let address = with(Some("https://taizhang.example"), &former, &[], "10.0.0.7:443");
    for (host, leads) in [
        ("old.example", true),
        ("taizhang.example:8443", true),
        ("taizhang.example", false),
        ("other.example", false),
    ] {
        let moved = address.moved_to(&headers(&[("host", host)]));
        assert_eq!(moved.is_some(), leads, "{host}");
    }
}

#[test]
fn in_the_clear_only_a_browser_on_this_machine_gets_the_app() {
    let serves =
        |address: &Address, way, host| address.serves(&line("10.0.0.9", way), &headers(&[("host", host)]));
    let (app, page) = (Serves::App, Serves::TrustPage);
    for (public, listens, way, host, wanted) in [
        (None, "10.0.0.7:7878", Way::Plain, "10.0.0.7:7878", page),
        (None, "127.0.0.1:7878", Way::Plain, "127.0.0.1:7878", app),
        (None, "127.0.0.1:7878", Way::Plain, "localhost:7878", app),
        (None, "[::1]:7878", Way::Plain, "[::1]:7878", app),
        (
            None,
            "127.0.0.1:7878",
            Way::TrustPageAlone,
            "127.0.0.1:7878",
            page,
        ),
        (None, "127.0.0.1:7878", Way::Plain, "evil.example", page),
        (
            Some("http://taizhang.example"),
            "0.0.0.0:80",
            Way::Plain,
            "taizhang.example",
            page,
        ),
        (
            Some("http://taizhang.example"),
            "127.0.0.1:80",
            Way::Plain,
            "taizhang.example",
            page,
        ),
        (
            Some("https://taizhang.example"),
            "0.0.0.0:443",
            Way::Plain,
            "taizhang.example:443",
            page,
        ),
        (
            Some("https://taizhang.example"),
            "127.0.0.1:443",
            Way::Plain,
            "taizhang.example:443",
            page,
        ),
        (
            Some("https://taizhang.example"),
            "0.0.0.0:443",
            Way::Tls,
            "taizhang.example",
            app,
        ),
    ] {
        assert_eq!(
            serves(&address(public, listens), way, host),
            wanted,
            "{public:?} {listens} {host}"
        );
    }
}

#[test]
fn a_proxy_is_believed_when_the_configuration_names_it_and_nobody_else_is() {
    let address = with(Some("https://taizhang.example"), &[], &["10.0.0.5"], "0.0.0.0:80");
    let https = headers(&[("host", "taizhang.example"), ("x-forwarded-proto", "https")]);
    let http = headers(&[("host", "taizhang.example"), ("x-forwarded-proto", "http")]);
    let bare = headers(&[("host", "taizhang.example")]);
    assert_eq!(address.serves(&line("10.0.0.5", Way::Plain), &https), Serves::App);
    assert_eq!(
        address.serves(&line("::ffff:10.0.0.5", Way::Plain), &https),
        Serves::App
    );
    for (from, headers) in [("10.0.0.5", &http), ("10.0.0.5", &bare), ("10.0.0.6", &https)] {
        assert_eq!(
            address.serves(&line(from, Way::Plain), headers),
            Serves::TrustPage,
            "{from}"
        );
    }
}

#[test]
fn only_what_our_proxies_add_says_who_sent_a_request() {
    let address = with(
        Some("https://taizhang.example"),
        &[],
        &["10.0.0.5", "10.0.0.6"],
        "0.0.0.0:80",
    );
    let sender = |from, forwarded: &[&str]| {
        let lines: Vec<_> = forwarded
            .iter()
            .map(|value| ("x-forwarded-for", *value))
            .collect();
        address
            .sender(&line(from, Way::Plain), &headers(&lines))
            .to_string()
    };
    assert_eq!(sender("10.0.0.5", &["10.1.0.9"]), "10.1.0.9");
    assert_eq!(
        sender("10.0.0.5", &["1.2.3.4, 10.1.0.9"]),
        "10.1.0.9",
        "the client made the first up"
    );
    assert_eq!(
        sender("10.0.0.5", &["1.2.3.4", "10.1.0.9, 10.0.0.6"]),
        "10.1.0.9",
        "through two proxies"
    );
    assert_eq!(sender("10.1.0.9", &["1.2.3.4"]), "10.1.0.9", "no proxy of ours");
    assert_eq!(sender("10.0.0.5", &["nonsense"]), "10.0.0.5");
    assert_eq!(sender("10.0.0.5", &[]), "10.0.0.5");
}
