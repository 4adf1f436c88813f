//! Reads a certificate and its key, and says in one line what is wrong with them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use shared::time::Timestamp;
use tokio_rustls::rustls::client::verify_server_name;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{Error, InconsistentKeys};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::Files;

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file holds something else.
    #[error("{} holds no certificate in PEM", .0.display())]
    NoCertificate(PathBuf),
    /// A file holds something else.
    #[error("{} holds no private key in PEM", .0.display())]
    NoKey(PathBuf),
    /// The two do not belong together.
    #[error("the key {} does not match the certificate {}", key.display(), chain.display())]
    Mismatch {
        /// The certificate.
        chain: PathBuf,
        /// The key.
        key: PathBuf,
    },
    /// The certificate is for somebody else.
    #[error("the certificate {} does not cover {host}", chain.display())]
    NotCovered {
        /// The certificate.
        chain: PathBuf,
        /// The host that people open.
        host: String,
    },
    /// The certificate is over; the one in use is not.
    #[error("the certificate {} has expired", .0.display())]
    Expired(PathBuf),
    /// The library takes it for none of its own.
    #[error("the certificate {} cannot be used: {problem}", chain.display())]
    Unusable {
        /// The certificate.
        chain: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

/// A certificate with its key, ready to be shown to browsers.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub(super) certified: Arc<CertifiedKey>,
    /// When it ends.
    pub expires: Timestamp,
}

/// What stands in the two files.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Contents {
    chain: Vec<u8>,
    key: Vec<u8>,
}

impl Contents {
    pub(super) fn read(files: &Files) -> Result<Self, CertificateError> {
        Ok(Self {
            chain: read(&files.chain)?,
            key: read(&files.key)?,
        })
    }

    pub(super) fn load(&self, files: &Files) -> Result<Loaded, CertificateError> {
        let chain = certificates(&self.chain, &files.chain)?;
        let key = PrivateKeyDer::from_pem_slice(&self.key)
            .map_err(|_| CertificateError::NoKey(files.key.clone()))?;
        let expires =
            expires(&chain[0]).ok_or_else(|| CertificateError::NoCertificate(files.chain.clone()))?;
        let certified = CertifiedKey::from_der(chain, key, &ring::default_provider());
        let certified = certified.map_err(|problem| match problem {
            Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => CertificateError::Mismatch {
                chain: files.chain.clone(),
                key: files.key.clone(),
            },
            other => CertificateError::Unusable {
                chain: files.chain.clone(),
                problem: other.to_string(),
            },
        })?;
        Ok(Loaded {
            certified: Arc::new(certified),
            expires,
        })
    }
}

impl Loaded {
    /// Whether browsers take it for this host, as it stands in an address.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let Ok(name) = ServerName::try_from(bare) else {
            return false;
        };
        let first = self.certified.cert.first();
        let parsed = first.and_then(|first| ParsedCertificate::try_from(first).ok());
        parsed.is_some_and(|parsed| verify_server_name(&parsed, &name).is_ok())
    }
}

/// The certificates of a PEM file; there is at least one.
pub(super) fn certificates(
    pem: &[u8],
    path: &Path,
) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    let none = || CertificateError::NoCertificate(path.to_owned());
    let all: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|_| none())?;
    if all.is_empty() { Err(none()) } else { Ok(all) }
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, CertificateError> {
    fs::read(path).map_err(|source| CertificateError::Read {
        path: path.to_owned(),
        source,
    })
}

fn expires(certificate: &CertificateDer<'_>) -> Option<Timestamp> {
    let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
    Some(Timestamp(parsed.validity().not_after.timestamp() * 1_000))
}
