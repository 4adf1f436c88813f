//! The harness itself, against a page of its own: what an officer does here is what a browser sees there.

mod keyboard;
mod page;
mod profile;

use std::net::SocketAddr;

use anyhow::Result;
use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use serde_json::Value;
use tests::Officer;
use tokio::net::TcpListener;

/// A page with fields, a grid, and a list of every event that its textarea saw.
const PAGE: &str = include_str!("page.html");

/// A service worker that takes over at once and answers every navigation from its cache.
const WORKER: &str = include_str!("worker.js");

async fn site() -> Result<SocketAddr> {
    let javascript = [(header::CONTENT_TYPE, "text/javascript")];
    let site = Router::new()
        .route("/", get(async || Html(PAGE)))
        .route("/worker.js", get(async move || (javascript, WORKER)));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, site).await });
    Ok(address)
}

/// An officer looking at the page.
async fn seated(name: &str) -> Result<Officer> {
    let officer = Officer::named(name).await?;
    officer.open(&format!("http://{}/", site().await?)).await?;
    Ok(officer)
}

async fn text(officer: &Officer) -> Result<Value> {
    officer
        .run_js("return document.querySelector('textarea').value;", Vec::new())
        .await
}
