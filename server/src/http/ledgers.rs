//! The ledgers an account may see, and their logs for newcomers.

use std::collections::BTreeMap;
use std::io;
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
use shared::access::Status;
use shared::id::{AccountId, LedgerId};
use shared::protocol::http::holders::Holder;
use shared::protocol::http::{Listed, Problem};
use shared::sync::relay::Contact;

use super::{App, Failure};
use crate::account::{SignedIn, blocking};
use crate::clock;
use crate::storage::{Storage, StorageError};

/// The bytes of one chunk, about.
const CHUNK_BYTES: usize = 64 * 1024;

/// `GET /api/ledgers`
pub(super) async fn list(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Vec<Listed>>, Failure> {
    let storage = Arc::clone(&app.storage);
    let mut ledgers = blocking(move || storage.ledgers()).await?;
    let (rights, today) = (app.rights().await?, clock::now().date());
    ledgers.retain(|listed| {
        listed.status != Status::Forgotten && rights.may_read(&signed_in.account.grants, today, &listed.key)
    });
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
    let ledger = readable(&app, &signed_in, &id).await?.id;
    let headers = [
        (header::CONTENT_TYPE, "application/cbor-seq"),
        (header::CONTENT_ENCODING, "gzip"),
    ];
    let log = Log::new(Arc::clone(&app.storage), ledger, after);
    let body = futures::stream::unfold(Some(log), |log| async { log?.next().await });
    Ok((headers, Body::from_stream(body)).into_response())
}

/// `GET /api/ledgers/{id}/devices`
pub(super) async fn devices(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<Holder>>, Failure> {
    let ledger = readable(&app, &signed_in, &id).await?.id;
    let storage = Arc::clone(&app.storage);
    Ok(Json(blocking(move || holders(storage.as_ref(), ledger)).await?))
}

/// Which devices hold a ledger.
pub(super) fn holders(storage: &dyn Storage, ledger: LedgerId) -> Result<Vec<Holder>, StorageError> {
    let accounts = storage.accounts()?.into_iter();
    let people: BTreeMap<AccountId, String> = accounts.map(|account| (account.id, account.name)).collect();
    let holder = |contact: Contact| Holder {
        device: contact.device,
        account: contact.account,
        name: people.get(&contact.account).cloned(),
        at: contact.at,
        seq: contact.seq,
        pending: contact.pending,
    };
    Ok(storage.contacts(ledger)?.into_iter().map(holder).collect())
}

/// The ledger of this id, if whoever asks may read it.
async fn readable(app: &App, signed_in: &SignedIn, id: &str) -> Result<Listed, Failure> {
    let ledger: LedgerId = id.parse().map_err(|_| Problem::NotFound)?;
    let storage = Arc::clone(&app.storage);
    let ledgers = blocking(move || storage.ledgers()).await?;
    let (rights, today) = (app.rights().await?, clock::now().date());
    let found = ledgers.into_iter().find(|listed| listed.id == ledger);
    let found = found.filter(|listed| {
        listed.status != Status::Forgotten && rights.may_read(&signed_in.account.grants, today, &listed.key)
    });
    Ok(found.ok_or(Problem::NotFound)?)
}

/// A log on its way to a reader who takes his time: between two chunks it holds neither a thread nor a reader of the
/// database.
struct Log {
    storage: Arc<dyn Storage>,
    ledger: LedgerId,
    after: u64,
    pipe: GzEncoder<Vec<u8>>,
}

impl Log {
    fn new(storage: Arc<dyn Storage>, ledger: LedgerId, after: u64) -> Self {
        Self {
            storage,
            ledger,
            after,
            pipe: GzEncoder::new(Vec::new(), Compression::fast()),
        }
    }

    /// The next chunk, and what comes after it. The reader of one that failed sees a stream that breaks off, never one
    /// that ends too early.
    async fn next(self) -> Option<(io::Result<Bytes>, Option<Self>)> {
        let read = blocking(move || Ok(self.read())).await;
        match read.map_err(io::Error::other).flatten() {
            Ok((chunk, rest)) => Some((Ok(chunk), rest)),
            Err(problem) => Some((Err(problem), None)),
        }
    }

    /// Reads page after page until there is enough for a chunk.
    fn read(mut self) -> io::Result<(Bytes, Option<Self>)> {
        while self.pipe.get_ref().len() < CHUNK_BYTES {
            let page = self.storage.page(self.ledger, self.after);
            let entries = page
                .map_err(io::Error::other)?
                .map_or(Vec::new(), |page| page.entries);
            if entries.is_empty() {
                return Ok((self.pipe.finish()?.into(), None));
            }
            for entry in &entries {
                ciborium::into_writer(entry, &mut self.pipe).map_err(io::Error::other)?;
                self.after = entry.seq;
            }
        }
        let chunk = std::mem::take(self.pipe.get_mut());
        Ok((chunk.into(), Some(self)))
    }
}
