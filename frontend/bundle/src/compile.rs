//! Runs the nested cargo that compiles the front end to WebAssembly.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{BundleError, Doing};
use crate::request::Request;
use crate::toolchain::{self, TARGET};

/// What the cargo around us has set for itself; inside, it would change flags, folders or the compiler.
const FOREIGN: [&str; 9] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_BUILD_TARGET",
    "RUSTC_WORKSPACE_WRAPPER",
    "CARGO_MAKEFLAGS",
    "MAKEFLAGS",
];

/// The test target that runs inside a browser.
const BROWSER_TESTS: &str = "browser";

/// Compiles the front end; returns where its module is.
pub(crate) fn frontend(request: &Request) -> Result<PathBuf, BundleError> {
    let profile = request.profile.cargo_name();
    let mut cargo = cargo(&request.workspace);
    cargo
        .args([
            "build",
            "-p",
            "frontend",
            "--lib",
            "--target",
            TARGET,
            "--profile",
            profile,
            "--target-dir",
        ])
        .arg(&request.target_dir);
    run(&mut cargo)?;
    Ok(request
        .target_dir
        .join(TARGET)
        .join(profile)
        .join("frontend.wasm"))
}

/// Compiles the front end's browser tests without running them; returns where their module is.
///
/// Of the request, `workspace`, `target_dir` and `profile` count.
///
/// # Errors
///
/// Fails when the target for WebAssembly is missing and cannot be added, or the tests do not compile.
pub fn build_wasm_tests(request: &Request) -> Result<PathBuf, BundleError> {
    let request = &request.absolute()?;
    fs::create_dir_all(&request.target_dir).doing("make", &request.target_dir)?;
    toolchain::ensure_target(&request.workspace)?;
    let profile = request.profile.cargo_name();
    let mut cargo = cargo(&request.workspace);
    // The profile of the site, so that what the two have in common is compiled once.
    cargo
        .args([
            "test",
            "--no-run",
            "-p",
            "frontend",
            "--target",
            TARGET,
            "--test",
            BROWSER_TESTS,
        ])
        .args([
            "--profile",
            profile,
            "--message-format",
            "json-render-diagnostics",
            "--target-dir",
        ])
        .arg(&request.target_dir);
    let messages = run(&mut cargo)?;
    test_module(&messages).ok_or(BundleError::NoModule { test: BROWSER_TESTS })
}

/// Cargo in the workspace, without what the cargo around us has set.
fn cargo(workspace: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(workspace)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    for name in FOREIGN {
        cargo.env_remove(name);
    }
    // A compiler cache may stay; Clippy in the compiler's place would build nothing.
    if env::var_os("RUSTC_WRAPPER").is_some_and(|wrapper| wrapper.to_string_lossy().contains("clippy")) {
        cargo.env_remove("RUSTC_WRAPPER");
    }
    cargo
}

/// Lets progress through to the error output; returns what cargo says to programs.
fn run(cargo: &mut Command) -> Result<String, BundleError> {
    let output = cargo.output().map_err(|source| BundleError::NotRun {
        program: "cargo".into(),
        source,
    })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(BundleError::NotCompiled)
    }
}

/// The module named in cargo's messages, one JSON object a line.
fn test_module(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter(|message| message["target"]["name"] == BROWSER_TESTS)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_module_is_found_among_the_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"frontend"},"executable":null}
not json
{"reason":"compiler-artifact","target":{"name":"browser"},"executable":"/t/browser-1.wasm"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(test_module(messages), Some(PathBuf::from("/t/browser-1.wasm")));
        assert_eq!(test_module(""), None);
    }

    #[test]
    fn the_nested_cargo_has_no_flags_from_outside() {
        let cargo = cargo(Path::new("."));
        let removed: Vec<_> = cargo
            .get_envs()
            .filter(|(_, value)| value.is_none())
            .map(|(name, _)| name)
            .collect();
        for name in FOREIGN {
            assert!(removed.contains(&name.as_ref()), "{name} is handed on");
        }
    }
}
