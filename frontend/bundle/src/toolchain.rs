//! Makes sure that this Rust can build for browsers.

use std::env;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::BundleError;

/// The target that browsers run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target by rustup when the compiler lacks it.
pub(crate) fn ensure_target(workspace: &Path) -> Result<(), BundleError> {
    if has_target(workspace)? {
        return Ok(());
    }
    let status = Command::new("rustup")
        .args(["target", "add", TARGET])
        .current_dir(workspace)
        .stdin(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() && has_target(workspace)? => Ok(()),
        Ok(_) => Err(BundleError::TargetNotAdded),
        Err(source) if source.kind() == ErrorKind::NotFound => Err(BundleError::NoTarget),
        Err(source) => Err(BundleError::NotRun {
            program: "rustup".into(),
            source,
        }),
    }
}

/// Whether the compiler has a standard library for the target: it names the folder even where there is none.
fn has_target(workspace: &Path) -> Result<bool, BundleError> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(workspace)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| BundleError::NotRun {
            program: rustc.to_string_lossy().into_owned(),
            source,
        })?;
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    Ok(output.status.success() && folder.is_dir())
}
