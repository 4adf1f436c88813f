//! The ledgers an account may see, and their logs for newcomers.

use std::io::{self, Write};
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use shared::id::LedgerId;
use shared::protocol::http::{Listed, Problem};
use tokio::sync::mpsc;

use super::{App, Failure};
use crate::account::{SignedIn, blocking};
use crate::clock;
use crate::storage::Storage;

/// Compressed chunks on their way to a slow reader.
const CHUNKS: usize = 4;
/// The bytes of one chunk, about.
const CHUNK_BYTES: usize = 64 * 1024;

/// `GET /api/ledgers`
pub(super) async fn list(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Vec<Listed>>, Failure> {
    let storage = Arc::clone(&app.storage);
    let mut ledgers = blocking(move || storage.ledgers()).await?;
    let (rights, today) = (app.rights().await?, clock::now().date());
    ledgers.retain(|listed| rights.may_read(&signed_in.account.grants, today, &listed.key));
    Ok(Json(ledgers))
}

#[derive(Debug, Deserialize)]
pub(super) struct From {
    #[serde(default)]
    after: u64,
}

/// `GET /api/ledgers/{id}/log`
pub(super) async fn log(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Response, Failure> {
    let Ok(Query(From { after })) = from else {
        return Err(Problem::Malformed.into());
    };
    let ledger: LedgerId = id.parse().map_err(|_| Problem::NotFound)?;
    let storage = Arc::clone(&app.storage);
    let ledgers = blocking(move || storage.ledgers()).await?;
    let found = ledgers.into_iter().find(|listed| listed.id == ledger);
    let (rights, today) = (app.rights().await?, clock::now().date());
    let readable = found.is_some_and(|listed| rights.may_read(&signed_in.account.grants, today, &listed.key));
    if !readable {
        return Err(Problem::NotFound.into());
    }
    let (chunks, body) = mpsc::channel(CHUNKS);
    let storage = Arc::clone(&app.storage);
    tokio::task::spawn_blocking(move || {
        let mut pipe = GzEncoder::new(
            Pipe {
                chunks: chunks.clone(),
                buffer: Vec::new(),
            },
            Compression::fast(),
        );
        let written =
            write_log(storage.as_ref(), ledger, after, &mut pipe).and_then(|()| pipe.finish()?.flush());
        if let Err(problem) = written {
            // The reader sees a stream that breaks off, never one that ends too early. It may be gone itself.
            chunks.blocking_send(Err(problem)).ok();
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/cbor-seq"),
        (header::CONTENT_ENCODING, "gzip"),
    ];
    let body = futures::stream::unfold(body, |mut body| async {
        body.recv().await.map(|chunk| (chunk, body))
    });
    Ok((headers, Body::from_stream(body)).into_response())
}

/// Writes page after page, so that no reader of the database is held while the network is slow.
fn write_log(
    storage: &dyn Storage,
    ledger: LedgerId,
    mut after: u64,
    out: &mut impl Write,
) -> io::Result<()> {
    while let Some(page) = storage.page(ledger, after).map_err(io::Error::other)? {
        if page.entries.is_empty() {
            break;
        }
        for entry in &page.entries {
            ciborium::into_writer(entry, &mut *out).map_err(io::Error::other)?;
            after = entry.seq;
        }
    }
    Ok(())
}

/// Gathers small writes into chunks.
struct Pipe {
    chunks: mpsc::Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let chunk = Bytes::from(std::mem::take(&mut self.buffer));
        self.chunks
            .blocking_send(Ok(chunk))
            .map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
