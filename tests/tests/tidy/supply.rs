//! What the program is built from: licences and sources as `deny.toml` allows them.
//!
//! `cargo deny check` says the same and more, where it is installed and its advisory database can be reached; this needs
//! nothing but the packages themselves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::process::Command;

use serde::Deserialize;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::none;
use crate::tree::root;

#[derive(Deserialize)]
struct Deny {
    licenses: Licences,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    allow: Vec<String>,
    #[serde(rename = "crate")]
    package: String,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    package: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

fn deny() -> Deny {
    toml::from_str(&std::fs::read_to_string(root().join("deny.toml")).unwrap()).unwrap()
}

/// Every package in the lock file, our own left out.
fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Metadata = serde_json::from_slice(&output.stdout).unwrap();
    let mut packages = metadata.packages;
    packages.retain(|package| package.source.is_some());
    packages
}

/// What is wrong with the licence of a package.
fn wrong(deny: &Deny, package: &Package) -> Option<String> {
    let named = format!("{} {}", package.name, package.version);
    let Some(licence) = &package.license else {
        return Some(format!("{named} names no licence"));
    };
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return Some(format!("{named}: {licence} is no licence"));
    };
    let theirs = deny
        .licenses
        .exceptions
        .iter()
        .filter(|exception| exception.package == package.name);
    let allowed: BTreeSet<&str> = deny
        .licenses
        .allow
        .iter()
        .chain(theirs.flat_map(|exception| &exception.allow))
        .map(String::as_str)
        .collect();
    let is_allowed = |asked: &LicenseReq| allowed.contains(asked.to_string().as_str());
    (!expression.evaluate(is_allowed)).then(|| format!("{named}: {licence} is not allowed"))
}

#[test]
fn every_package_has_a_licence_that_agrees_with_ours_and_comes_from_the_index() {
    let (deny, packages) = (deny(), packages());
    assert!(packages.len() > 100, "the whole tree is looked at");
    let licences = packages.iter().filter_map(|package| wrong(&deny, package));
    let sources = packages.iter().filter_map(|package| {
        let source = package.source.as_deref().unwrap_or_default();
        (!source.starts_with("registry+")).then(|| format!("{} comes from {source}", package.name))
    });
    let banned = packages.iter().filter_map(|package| {
        let is_banned = deny.bans.deny.iter().any(|banned| banned.package == package.name);
        is_banned.then(|| format!("{} is banned", package.name))
    });
    none(licences.chain(sources).chain(banned).collect());
}

#[test]
fn a_licence_is_judged_as_the_expression_it_is() {
    let deny = deny();
    let judged = |name: &str, licence: &str| {
        let package = Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: Some(licence.to_owned()),
            source: None,
        };
        wrong(&deny, &package).is_none()
    };
    assert!(judged("a", "MIT OR GPL-3.0-only") && judged("a", "Apache-2.0 WITH LLVM-exception"));
    assert!(!judged("a", "MIT AND GPL-3.0-only") && !judged("a", "GPL-3.0-only") && !judged("a", "MPL-2.0"));
    assert!(judged("webdriver", "MPL-2.0"));
}
