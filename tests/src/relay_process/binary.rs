//! The relay's binary beside the running test, built if it is missing or older than what it is built from.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow, bail};

use crate::place;

/// What the binary and the site inside it are built from.
const SOURCES: [&str; 6] = [
    "server/src",
    "server/Cargo.toml",
    "shared",
    "frontend/bundle",
    "Cargo.toml",
    "Cargo.lock",
];

/// What the test runner's cargo says to this process, and a cargo started by it must not hear.
const NOT_FOR_CARGO: [&str; 5] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "RUSTDOCFLAGS",
    "CARGO",
    "CARGO_CRATE_NAME",
];

/// The path of an up-to-date binary.
pub(crate) fn ready() -> Result<PathBuf> {
    static READY: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let ready = READY.get_or_init(|| find_or_build().map_err(|problem| format!("{problem:#}")));
    ready.clone().map_err(|problem| anyhow!(problem))
}

fn find_or_build() -> Result<PathBuf> {
    let profile = place::profile_folder()?;
    let binary = profile.join(format!("taizhang{}", env::consts::EXE_SUFFIX));
    if is_fresh(&binary) {
        return Ok(binary);
    }
    // Several test binaries may come here at once; the first builds, the others find.
    let _alone = place::alone("relay-build")?;
    if !is_fresh(&binary) {
        build(&profile)?;
    }
    if !binary.is_file() {
        bail!("cargo built the relay, but not to {}", binary.display());
    }
    Ok(binary)
}

fn is_fresh(binary: &Path) -> bool {
    let built = fs::metadata(binary).and_then(|about| about.modified());
    built.is_ok_and(|built| {
        SOURCES
            .iter()
            .all(|source| newest(&place::workspace().join(source)) <= built)
    })
}

/// When anything in there was last written.
fn newest(path: &Path) -> SystemTime {
    let own = fs::metadata(path)
        .and_then(|about| about.modified())
        .unwrap_or(SystemTime::UNIX_EPOCH);
    let Ok(entries) = fs::read_dir(path) else {
        return own;
    };
    // The folder's own time is left out: an editor's passing file would change it.
    entries
        .flatten()
        .map(|entry| newest(&entry.path()))
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

fn build(profile: &Path) -> Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args([
            "build",
            // The features of everything, as the whole test run has them: nothing is compiled a second time.
            "--workspace",
            "--bin",
            "taizhang",
            "--target-dir",
        ])
        .arg(place::target_folder()?)
        .current_dir(place::workspace())
        .stdin(Stdio::null());
    match profile.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => {}
        Some(name) => {
            command.args(["--profile", name]);
        }
    }
    let heard = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in heard.filter(|name| is_not_for_cargo(name)) {
        command.env_remove(name);
    }
    let built = command.output().context("cargo does not start")?;
    if !built.status.success() {
        bail!(
            "the relay does not build:\n{}",
            String::from_utf8_lossy(&built.stderr)
        );
    }
    Ok(())
}

fn is_not_for_cargo(name: &str) -> bool {
    let prefixes = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_PRIMARY_"];
    NOT_FOR_CARGO.contains(&name) || prefixes.iter().any(|prefix| name.starts_with(prefix))
}
