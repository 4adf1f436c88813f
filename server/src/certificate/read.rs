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
    /// The authority's certificate, in DER, if it is offered.
    pub(super) authority: Option<Arc<[u8]>>,
    /// From when on browsers take it: the latest beginning of all that they follow up to the authority.
    pub begins: Timestamp,
    /// Until when: the earliest end of the same.
    pub expires: Timestamp,
}

/// What stands in the files.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Contents {
    chain: Vec<u8>,
    key: Vec<u8>,
    authority: Option<Vec<u8>>,
}

impl Contents {
    pub(super) fn read(files: &Files) -> Result<Self, CertificateError> {
        Ok(Self {
            chain: read(&files.chain)?,
            key: read(&files.key)?,
            authority: files.authority.as_deref().map(read).transpose()?,
        })
    }

    pub(super) fn load(&self, files: &Files) -> Result<Loaded, CertificateError> {
        let chain = certificates(&self.chain, &files.chain)?;
        let key = PrivateKeyDer::from_pem_slice(&self.key)
            .map_err(|_| CertificateError::NoKey(files.key.clone()))?;
        let authority = self.authority(files)?;
        let mut in_force = in_force(&chain, &files.chain)?;
        if let (Some(authority), Some(path)) = (&authority, &files.authority) {
            in_force = in_force.and(self::in_force(std::slice::from_ref(authority), path)?);
        }
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
            authority: authority.map(|authority| authority.as_ref().into()),
            begins: in_force.begins,
            expires: in_force.ends,
        })
    }

    /// The authority's certificate: the first of its file.
    fn authority(&self, files: &Files) -> Result<Option<CertificateDer<'static>>, CertificateError> {
        let (Some(pem), Some(path)) = (&self.authority, &files.authority) else {
            return Ok(None);
        };
        Ok(certificates(pem, path)?.into_iter().next())
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
fn certificates(pem: &[u8], path: &Path) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    let none = || CertificateError::NoCertificate(path.to_owned());
    let all: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|_| none())?;
    if all.is_empty() { Err(none()) } else { Ok(all) }
}

fn read(path: &Path) -> Result<Vec<u8>, CertificateError> {
    fs::read(path).map_err(|source| CertificateError::Read {
        path: path.to_owned(),
        source,
    })
}

/// The time in which all of several certificates are valid.
#[derive(Clone, Copy)]
struct InForce {
    begins: Timestamp,
    ends: Timestamp,
}

impl InForce {
    fn of(certificate: &CertificateDer<'_>) -> Option<Self> {
        let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
        let validity = parsed.validity();
        let [begins, ends] =
            [validity.not_before, validity.not_after].map(|at| Timestamp(at.timestamp() * 1_000));
        Some(Self { begins, ends })
    }

    fn and(self, other: Self) -> Self {
        Self {
            begins: self.begins.max(other.begins),
            ends: self.ends.min(other.ends),
        }
    }
}

/// A chain is worth no more than the weakest of it.
fn in_force(chain: &[CertificateDer<'_>], path: &Path) -> Result<InForce, CertificateError> {
    let each: Option<Vec<_>> = chain.iter().map(InForce::of).collect();
    each.and_then(|each| each.into_iter().reduce(InForce::and))
        .ok_or_else(|| CertificateError::NoCertificate(path.to_owned()))
}
