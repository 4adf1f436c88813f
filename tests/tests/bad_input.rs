//! What is not as the app needs it, as an officer meets it: each gives a clear message, and loses nothing.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use server::address::Addresses;
use server::server::{Server, ServerConfig};
use server::storage::memory::MemoryStorage;
use server::storage::{Enterprise, Storage};
use shared::access::Rights;
use shared::id::EnterpriseId;
use tests::story::{GU, LIN, PASSWORD, Seat, Story};
use tests::{Officer, site};
use tokio::net::TcpListener;

/// A name that leads to this machine without being loopback.
const PLANT: &str = "plant.example";

#[tokio::test]
async fn storage_that_cannot_be_opened_is_said_and_nothing_can_be_typed() -> Result<()> {
    let story = Story::begin().await?;
    let lin = Seat::connected(LIN, story.relay.socket()).await?;
    lin.is_otherwise(
        "IDBFactory.prototype.open = () => { throw new DOMException('blocked', 'SecurityError'); };",
    )
    .await?;
    lin.open(&lin.network.url()).await?;
    lin.sees("本机存储打不开").await?;
    lin.sees("请换普通窗口打开").await?;
    let fields = lin
        .run_js(
            "return document.querySelectorAll('input, textarea').length;",
            Vec::new(),
        )
        .await?;
    assert_eq!(fields, 0, "whoever could type would lose it");
    Ok(())
}

#[tokio::test]
async fn storage_of_a_newer_version_is_said_and_left_alone() -> Result<()> {
    let story = Story::begin().await?;
    let lin = Seat::connected(LIN, story.relay.socket()).await?;
    lin.open(&format!("{}/icons.svg", lin.network.url())).await?;
    let write = "return new Promise((done, failed) => { const request = indexedDB.open('taizhang-device', 9); \
                 request.onsuccess = () => { request.result.close(); done(null); }; request.onerror = failed; });";
    lin.run_js(write, Vec::new()).await?;
    lin.open(&lin.network.url()).await?;
    lin.sees("本机存储由更新的版本写入").await?;
    let version = "return indexedDB.databases().then((all) => all.find((one) => one.name === 'taizhang-device').version);";
    assert_eq!(lin.run_js(version, Vec::new()).await?, 9);
    Ok(())
}

#[tokio::test]
async fn an_old_browser_is_told_what_it_needs() -> Result<()> {
    let story = Story::begin().await?;
    let lin = Seat::connected(LIN, story.relay.socket()).await?;
    for lacking in [
        "delete window.structuredClone;",
        "delete window.CSSLayerBlockRule;",
        "delete window.indexedDB;",
    ] {
        lin.new_tab().await?;
        lin.is_otherwise(lacking).await?;
        lin.open(&lin.network.url()).await?;
        lin.sees("浏览器版本过低").await?;
        lin.sees("Chromium 109").await?;
        lin.waits_until(
            "the app did not start",
            "document.documentElement.dataset.floor === 'old'",
        )
        .await?;
        assert!(!lin.has("button", "登录").await?, "{lacking}");
    }
    Ok(())
}

#[tokio::test]
async fn an_ended_session_asks_to_sign_in_and_then_uploads_what_waited() -> Result<()> {
    let mut story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let (ledger, rows) = (lin.ledger().await?, lin.table().await?.rows);
    lin.goes_offline();
    lin.types_in(&rows[0], "target", "before").await?;
    lin.waits_for_sync("pending").await?;
    lin.loses_cookies().await?;
    lin.comes_back().await?;
    assert_eq!(lin.waits_for_sync("sign-in").await?, "请登录后上传");

    // What was done is there, and more can be done.
    lin.waits_for_cell(&rows[0], "target", "before").await?;
    lin.types_in(&rows[1], "target", "meanwhile").await?;
    assert_eq!(lin.waits_for_sync("pending").await?, "待上传 2 项");
    lin.reload().await?;
    lin.waits_for_cell(&rows[1], "target", "meanwhile").await?;
    lin.waits_for_sync("sign-in").await?;

    lin.click_selector("[data-sync=sign-in]").await?;
    lin.sees("登录已过期").await?;
    lin.signs_in(LIN.login, PASSWORD).await?;
    lin.waits_for_sync("synced").await?;
    let gu = story.seat(GU).await?;
    gu.waits_for_cell(&rows[0], "target", "before").await?;
    gu.waits_for_cell(&rows[1], "target", "meanwhile").await?;
    let before = story.demo_log_of(ledger).await?.len();
    story.relay.stop().await?;
    assert_eq!(
        story.log_of(ledger)?.len() - before,
        2,
        "each of the two edits is in the log once"
    );
    Ok(())
}

/// An officer in whose network that name leads to this machine.
async fn in_the_plant() -> Result<Officer> {
    Officer::named_with(
        "plant",
        &[&format!("--host-resolver-rules=MAP {PLANT} 127.0.0.1")],
    )
    .await
}

#[tokio::test]
async fn an_address_without_encryption_is_told_from_an_old_browser() -> Result<()> {
    let socket = serve_files(site::labelled("older").await?).await?;
    let officer = in_the_plant().await?;
    officer
        .open(&format!("http://{PLANT}:{}/", socket.port()))
        .await?;
    officer.sees("此地址不能离线工作").await?;
    officer.sees("请改用本企业公布的 https 地址打开").await?;
    officer
        .waits_until(
            "the app did not start",
            "document.documentElement.dataset.floor === 'insecure'",
        )
        .await?;
    assert!(!officer.has("button", "登录").await?, "no password is taken here");
    Ok(())
}

#[tokio::test]
async fn a_relay_on_plain_http_off_loopback_says_how_to_trust_it_and_takes_no_password() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let storage = MemoryStorage::new();
    let enterprise = Enterprise {
        id: EnterpriseId::from_bytes([1; 16]),
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    storage.found(&enterprise, &[])?;
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await?;
    let port = listener.local_addr()?.port();
    let config = ServerConfig {
        addresses: Addresses {
            public: Some(format!("http://{PLANT}:{port}").parse()?),
            ..Addresses::default()
        },
        certificate: None,
        rights: Rights::default(),
        seal_key: [0; 32],
        site: folder.path().to_owned(),
        strict_transport: false,
        retention_years: 3,
    };
    let server = Arc::new(Server::new(config, Arc::new(storage))?);
    let running = tokio::spawn({
        let server = Arc::clone(&server);
        async move { server.listen(listener).await }
    });
    let officer = in_the_plant().await?;
    officer.open(&format!("http://{PLANT}:{port}/")).await?;
    officer.sees("此地址不能登录").await?;
    officer.sees("受信任的根证书颁发机构").await?;
    let fields = officer
        .run_js("return document.querySelectorAll('input').length;", Vec::new())
        .await?;
    assert_eq!(fields, 0, "no password is taken here");
    let posted = reqwest::Client::new()
        .post(format!("http://127.0.0.1:{port}/api/session"))
        .body("{}")
        .send()
        .await?;
    assert_eq!(posted.status(), 404);
    server.shutdown();
    running.await??;
    Ok(())
}

/// Serves a folder under every name, as a server of somebody else's might.
async fn serve_files(folder: PathBuf) -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let site = Router::new().fallback(move |uri: Uri| {
        let path = uri.path().trim_start_matches('/').to_owned();
        let file = folder.join(if path.is_empty() { "index.html" } else { &path });
        async move { file_of(&file) }
    });
    tokio::spawn(async move { axum::serve(listener, site).await });
    Ok(address)
}

fn file_of(file: &Path) -> Response {
    let kind = match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    match std::fs::read(file) {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
