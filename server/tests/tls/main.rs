//! A relay that speaks TLS itself, and who tries to wear it out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod place;

use std::time::{Duration, Instant};

use futures::future::join_all;
use futures::{SinkExt as _, StreamExt as _};
use shared::limit::{CONNECTIONS_PER_ACCOUNT, CONNECTIONS_PER_ADDRESS, HEAD};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};

use place::{PATIENCE, Relay, ask, signed};

#[tokio::test]
async fn the_app_is_served_under_tls_to_whoever_trusts_the_authority() {
    let relay = Relay::start().await;
    let mut line = relay.connect().await;
    assert_eq!(line.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
    let page = ask(&mut line, &relay.get("/", "")).await;
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("the app"),
        "{page}"
    );
    let cookie = relay.sign_in().await;
    let me = ask(&mut relay.connect().await, &relay.get("/api/me", &cookie)).await;
    assert!(me.contains("\"login\":\"lin\""), "{me}");
    relay.stops().await;
}

#[tokio::test]
async fn whoever_comes_in_the_clear_gets_one_page_at_either_port() {
    let relay = Relay::start().await;
    for port in [relay.main, relay.trust_page] {
        let mut line = TcpStream::connect(port).await.unwrap();
        let page = ask(&mut line, &relay.get("/", "")).await;
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(
            page.contains("此地址不能登录")
                && page.contains(&format!("data-origin=\"https://{}\"", relay.host())),
            "{page}"
        );
        for path in ["/api/enterprise", "/sync", "/sw.js", "/healthz", "/trust/check"] {
            let mut line = TcpStream::connect(port).await.unwrap();
            let answer = ask(&mut line, &relay.get(path, "")).await;
            assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        }
    }
    relay.stops().await;
}

#[tokio::test]
async fn a_new_certificate_is_shown_without_a_restart() {
    let relay = Relay::start().await;
    let shown = async || {
        let line = relay.connect().await;
        line.get_ref().1.peer_certificates().unwrap()[0].to_vec()
    };
    let before = shown().await;
    let mut open = relay.connect().await;
    relay.put(&signed(&relay.authority));
    tokio::time::timeout(PATIENCE, async {
        while shown().await == before {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    })
    .await
    .expect("the new certificate is shown");
    assert!(
        ask(&mut open, &relay.get("/", "")).await.contains("the app"),
        "what was open goes on"
    );
    relay.stops().await;
}

#[tokio::test]
async fn who_says_nothing_or_too_little_is_cut_off_after_ten_seconds() {
    let relay = Relay::start().await;
    let silent = TcpStream::connect(relay.main).await.unwrap();
    let mut half_a_handshake = TcpStream::connect(relay.main).await.unwrap();
    half_a_handshake
        .write_all(&[0x16, 3, 1, 1, 0, 1, 0])
        .await
        .unwrap();
    let mut half_a_head = TcpStream::connect(relay.trust_page).await.unwrap();
    half_a_head.write_all(b"GET / HTTP/1.1\r\nhost: a").await.unwrap();
    let mut idle = relay.connect().await;
    idle.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    let begun = Instant::now();
    let gone = async |mut stream: TcpStream| {
        // Cut off is cut off, with or without a last word.
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.ok();
        begun.elapsed()
    };
    let (idle, _) = idle.into_inner();
    let all = join_all([silent, half_a_handshake, half_a_head, idle].map(gone));
    let all = tokio::time::timeout(PATIENCE, all)
        .await
        .expect("all are cut off");
    for took in all {
        let slack = Duration::from_secs(4);
        assert!(took > HEAD / 2 && took < HEAD + slack, "{took:?}");
    }
    relay.stops().await;
}

#[tokio::test]
async fn a_flood_of_strangers_leaves_an_officer_at_work_behind_the_same_address_alone() {
    let relay = Relay::start().await;
    let cookie = relay.sign_in().await;
    let mut socket = socket(&relay, &cookie).await.unwrap();
    let mut flood = Vec::new();
    for _ in 0..2 * CONNECTIONS_PER_ADDRESS {
        flood.push(TcpStream::connect(relay.main).await.unwrap());
    }
    // The first have made room for the last.
    let mut first = [0];
    let ended = tokio::time::timeout(HEAD / 2, flood[0].read(&mut first)).await;
    assert!(matches!(ended.expect("it is cut off at once"), Ok(0) | Err(_)));
    let me = ask(&mut relay.connect().await, &relay.get("/api/me", &cookie)).await;
    assert!(me.starts_with("HTTP/1.1 200"), "{me}");
    socket.send(Message::Ping("a".into())).await.unwrap();
    let pong = tokio::time::timeout(PATIENCE, socket.next()).await.unwrap();
    assert!(matches!(pong, Some(Ok(Message::Pong(_)))), "{pong:?}");
    relay.stops().await;
}

#[tokio::test]
async fn one_account_has_so_many_sockets_and_is_told_to_slow_down() {
    let relay = Relay::start().await;
    let cookie = relay.sign_in().await;
    let mut sockets = Vec::new();
    for _ in 0..CONNECTIONS_PER_ACCOUNT {
        sockets.push(socket(&relay, &cookie).await.unwrap());
    }
    let Err(Error::Http(answer)) = socket(&relay, &cookie).await else {
        panic!("one more than an account may have");
    };
    assert_eq!(answer.status(), 429);
    drop(sockets.pop());
    tokio::time::timeout(PATIENCE, async {
        while socket(&relay, &cookie).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await
    .expect("the place of the one that closed is free");
    relay.stops().await;
}

#[tokio::test]
async fn what_cannot_be_read_as_a_request_is_answered_with_a_bare_refusal() {
    let relay = Relay::start().await;
    let host = relay.host();
    let head = format!("GET / HTTP/1.1\r\nhost: {host}\r\ncookie: __Host-taizhang=ab\r\n");
    // Not a byte more than is read: what is left unread would take the answer with it.
    let too_long = |head: &str| format!("{head}{}", "a".repeat(8 * 1024 - head.len()));
    for (request, status) in [
        ("nonsense\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), 400),
        (format!("{head}a b: c\r\n\r\n"), 400),
        (format!("{head}content-length: 1, 2\r\n\r\n"), 400),
        (too_long("GET /"), 431),
        (too_long(&format!("{head}long: ")), 431),
    ] {
        let mut line = relay.connect().await;
        line.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let all = line.read_to_end(&mut answer);
        // Cut off is cut off, with or without a last word.
        tokio::time::timeout(PATIENCE, all).await.unwrap().ok();
        let answer = String::from_utf8(answer).unwrap();
        let (said, body) = answer.split_once("\r\n\r\n").expect(&answer);
        let mut lines = said.lines();
        let first = lines.next().unwrap_or_default();
        assert!(first.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        assert_eq!(body, "", "{answer}");
        let names: Vec<_> = lines.filter_map(|line| line.split(':').next()).collect();
        let harmless = ["connection", "content-length", "date"];
        assert!(names.iter().all(|name| harmless.contains(name)), "{answer}");
    }
    relay.stops().await;
}

async fn socket(relay: &Relay, cookie: &str) -> Result<WebSocketStream<TlsStream<TcpStream>>, Error> {
    let mut request = format!("wss://{}/sync", relay.host()).into_client_request()?;
    let headers = request.headers_mut();
    headers.insert("cookie", cookie.parse().unwrap());
    headers.insert("origin", format!("https://{}", relay.host()).parse().unwrap());
    let (socket, _) = tokio_tungstenite::client_async(request, relay.connect().await).await?;
    Ok(socket)
}
