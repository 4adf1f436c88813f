//! The certificate in use, replaced while the relay runs when its files change.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use shared::time::Timestamp;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::Files;
use super::read::{CertificateError, Contents, Loaded};
use crate::clock;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The certificate in use.
pub struct Kept {
    files: Files,
    host: String,
    now: RwLock<Now>,
}

struct Now {
    /// What the files held when they were last looked at, whether it could be used or not.
    seen: Option<Contents>,
    loaded: Loaded,
    /// What takes its place once it is valid.
    awaited: Option<Loaded>,
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
        Ok(Self {
            host: host.to_owned(),
            now: RwLock::new(Now {
                seen: Some(contents),
                loaded,
                awaited: None,
            }),
            files,
        })
    }

    /// From when on browsers take it.
    #[must_use]
    pub fn begins(&self) -> Timestamp {
        self.loaded().begins
    }

    /// When it ends, or what vouches for it does.
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
    pub fn authority(&self) -> Option<Arc<[u8]>> {
        self.loaded().authority
    }

    /// Looks at the files for ever, and takes what has changed if it can be used.
    pub async fn follow(self: Arc<Self>) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let kept = Arc::clone(&self);
            // A relay that stops no longer looks.
            tokio::task::spawn_blocking(move || kept.look(clock::now()))
                .await
                .ok();
        }
    }

    fn look(&self, today: Timestamp) {
        let found = Contents::read(&self.files);
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let taken = match found {
            Ok(contents) if now.seen.as_ref() == Some(&contents) => {
                let Some(loaded) = now.awaited.take_if(|awaited| awaited.begins <= today) else {
                    return;
                };
                self.outlasts(loaded, &now.loaded, today)
            }
            Ok(contents) => {
                let loaded = usable(&contents, &self.files, &self.host);
                now.seen = Some(contents);
                now.awaited = None;
                loaded.and_then(|loaded| self.outlasts(loaded, &now.loaded, today))
            }
            Err(_) if now.seen.is_none() => return,
            Err(problem) => {
                now.seen = None;
                now.awaited = None;
                Err(problem)
            }
        };
        match taken {
            Ok(loaded) if loaded.begins > today && now.loaded.begins <= today => {
                tracing::warn!(
                    begins = %loaded.begins.date(),
                    "the certificate's files have changed: what they hold is taken once it is valid"
                );
                now.awaited = Some(loaded);
            }
            Ok(loaded) => {
                tracing::warn!(expires = %loaded.expires.date(), "the certificate's files have changed: taken");
                now.loaded = loaded;
            }
            Err(problem) => {
                tracing::error!(%problem, "the certificate's files have changed: the certificate before stays in use");
            }
        }
    }

    /// A certificate that is over replaces none that is not.
    fn outlasts(
        &self,
        loaded: Loaded,
        before: &Loaded,
        today: Timestamp,
    ) -> Result<Loaded, CertificateError> {
        if loaded.expires <= today && before.expires > today {
            return Err(CertificateError::Expired(self.files.chain.clone()));
        }
        Ok(loaded)
    }

    fn loaded(&self) -> Loaded {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        now.loaded.clone()
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
