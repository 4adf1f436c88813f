//! The certificate in use, replaced while the relay runs when its files change.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use shared::time::Timestamp;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::Files;
use super::read::{CertificateError, Contents, Loaded, certificates, read};
use crate::clock;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The certificate in use.
pub struct Kept {
    files: Files,
    host: String,
    authority: Option<Vec<u8>>,
    now: RwLock<Now>,
}

struct Now {
    /// What the files held when they were last looked at, whether it could be used or not.
    seen: Option<Contents>,
    loaded: Loaded,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept")
            .field("files", &self.files)
            .field("expires", &self.expires())
            .finish_non_exhaustive()
    }
}

impl Kept {
    /// Reads the certificate that browsers see at `host`.
    ///
    /// # Errors
    ///
    /// Says in one line why it cannot be used. One that has expired can: what is kept in browsers goes on, and people
    /// are told.
    pub fn open(files: Files, host: &str) -> Result<Self, CertificateError> {
        let contents = Contents::read(&files)?;
        let loaded = usable(&contents, &files, host)?;
        let authority = files.authority.as_deref().map(|path| {
            let mut all = certificates(&read(path)?, path)?;
            Ok(all.swap_remove(0).to_vec())
        });
        Ok(Self {
            host: host.to_owned(),
            authority: authority.transpose()?,
            now: RwLock::new(Now {
                seen: Some(contents),
                loaded,
            }),
            files,
        })
    }

    /// When it ends.
    #[must_use]
    pub fn expires(&self) -> Timestamp {
        self.loaded().expires
    }

    /// Whether browsers take it for this host.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        self.loaded().covers(host)
    }

    /// The authority's certificate, in DER, if it is offered.
    #[must_use]
    pub fn authority(&self) -> Option<&[u8]> {
        self.authority.as_deref()
    }

    /// Looks at the files for ever, and takes what has changed if it can be used.
    pub async fn follow(self: Arc<Self>) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let kept = Arc::clone(&self);
            // A relay that stops no longer looks.
            tokio::task::spawn_blocking(move || kept.look()).await.ok();
        }
    }

    fn look(&self) {
        let found = Contents::read(&self.files);
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let taken = match found {
            Ok(contents) if now.seen.as_ref() == Some(&contents) => return,
            Ok(contents) => {
                let loaded = self.replaces(&contents, &now.loaded);
                now.seen = Some(contents);
                loaded
            }
            Err(_) if now.seen.is_none() => return,
            Err(problem) => {
                now.seen = None;
                Err(problem)
            }
        };
        match taken {
            Ok(loaded) => {
                tracing::warn!(expires = %loaded.expires.date(), "the certificate's files have changed: taken");
                now.loaded = loaded;
            }
            Err(problem) => {
                tracing::error!(%problem, "the certificate's files have changed: the certificate before stays in use");
            }
        }
    }

    fn replaces(&self, contents: &Contents, before: &Loaded) -> Result<Loaded, CertificateError> {
        let loaded = usable(contents, &self.files, &self.host)?;
        let today = clock::now();
        if loaded.expires <= today && before.expires > today {
            return Err(CertificateError::Expired(self.files.chain.clone()));
        }
        Ok(loaded)
    }

    fn loaded(&self) -> Loaded {
        self.now
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .loaded
            .clone()
    }
}

fn usable(contents: &Contents, files: &Files, host: &str) -> Result<Loaded, CertificateError> {
    let loaded = contents.load(files)?;
    if loaded.covers(host) {
        Ok(loaded)
    } else {
        Err(CertificateError::NotCovered {
            chain: files.chain.clone(),
            host: host.to_owned(),
        })
    }
}

impl ResolvesServerCert for Kept {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.loaded().certified)
    }
}

#[cfg(test)]
mod tests;
