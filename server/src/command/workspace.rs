//! The workspace this program was built in, when it runs from there.

#[cfg(feature = "bundle")]
use std::path::{Path, PathBuf};

/// The folder with the root `Cargo.toml`; none for a packaged program.
#[cfg(feature = "bundle")]
pub(super) fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    folder.join("Cargo.toml").is_file().then(|| folder.to_owned())
}

/// The folder with the root `Cargo.toml`; none for a packaged program.
#[cfg(not(feature = "bundle"))]
pub(super) fn folder() -> Option<std::path::PathBuf> {
    None
}
