//! The relay's certificate: made, read, and read again when its files change.

use std::path::PathBuf;

use serde::Deserialize;

mod kept;
mod make;
mod name;
mod read;

pub use kept::Kept;
pub use make::{Authority, MakeError, SERVER_VALID, Signed, fingerprint, request, sign};
pub use name::{Name, NameError};
pub use read::{CertificateError, Loaded};

/// Where the files lie, in PEM.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// The certificate, and after it those that lead to the authority.
    pub chain: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// The authority's certificate, offered to whoever has to trust it.
    #[serde(default)]
    pub authority: Option<PathBuf>,
}
