//! Why a site cannot be built.

use std::io;
use std::path::{Path, PathBuf};

/// Why a site cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The compiler cannot build for browsers and there is no rustup to teach it.
    #[error(
        "this Rust cannot build for browsers: install rustup from https://rustup.rs, or the wasm32-unknown-unknown standard library from where this Rust came"
    )]
    NoTarget,
    /// Rustup did not add the target.
    #[error(
        "this Rust cannot build for browsers and could not fetch what is missing: run `rustup target add wasm32-unknown-unknown` with a network"
    )]
    TargetNotAdded,
    /// A program could not be started.
    #[error("cannot run {program}: {source}")]
    NotRun {
        /// As it was called.
        program: String,
        /// What the system says.
        source: io::Error,
    },
    /// Cargo has said why, on the error output.
    #[error("the front end does not compile")]
    NotCompiled,
    /// Cargo made no module of that name.
    #[error("cargo built no WebAssembly module for `{test}`")]
    NoModule {
        /// The test target asked for.
        test: &'static str,
    },
    /// The module is not one that wasm-bindgen understands.
    #[error("cannot write the bindings of the front end: {0}")]
    Bindings(String),
    /// A template and the bundler disagree.
    #[error("{file} asks for `{placeholder}`, which the bundler does not know")]
    UnknownPlaceholder {
        /// The template.
        file: &'static str,
        /// What stands between the braces.
        placeholder: String,
    },
    /// A file that must be text is not.
    #[error("{} is not text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A file or folder is out of reach.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// What was tried.
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Says what was being done to which file.
pub(crate) trait Doing<T> {
    fn doing(self, action: &'static str, path: &Path) -> Result<T, BundleError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, action: &'static str, path: &Path) -> Result<T, BundleError> {
        self.map_err(|source| BundleError::File {
            action,
            path: path.to_owned(),
            source,
        })
    }
}
