//! All files of one build: puts them together under their names, then swaps them in.

mod swap;

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::assets::{Assets, HASH_DIGITS, hashed_name, read_all};
use crate::bindings::{GLUE, MODULE};
use crate::error::{BundleError, Doing};
use crate::{styles, template};

pub(crate) use swap::write;

/// Templates and files of `frontend/public` that do not keep their names.
const LOADER: &str = "loader.js";
const FLOOR: &str = "floor.js";
const BOOT_STYLES: &str = "boot.css";
const WORKER: &str = "sw.js";

/// The sprite that components take their icons from; it is served under its own name as well.
const ICONS: &str = "icons.svg";

/// Every file of one build.
pub(crate) struct Site {
    /// Equal contents have equal builds.
    pub(crate) build: String,
    /// By the name they are served under.
    pub(crate) files: Assets,
}

/// Names of hashed files as the page sees them.
struct Addresses {
    glue: String,
    module: String,
    styles: String,
    boot_styles: String,
    floor: String,
    loader: String,
    icons: String,
}

/// Puts page, module, glue, styles and public files together.
pub(crate) fn assemble(workspace: &Path, bindings: Assets, label: Option<&str>) -> Result<Site, BundleError> {
    let frontend = workspace.join("frontend");
    let page_path = frontend.join("index.html");
    let page_template = text(fs::read(&page_path).doing("read", &page_path)?, &page_path)?;
    let public_path = frontend.join("public");
    let mut public = read_all(&public_path)?;
    let worker_template = take_text(&mut public, WORKER, &public_path)?;
    let loader_template = take_text(&mut public, LOADER, &public_path)?;

    let mut files = Assets::new();
    let addresses = place(&mut files, bindings, public, &loader_template, &frontend)?;
    let version = version(label);
    let build = build_name(&files, &[&page_template, &worker_template, &version]);

    let page = template::fill(
        "index.html",
        &page_template,
        &[
            ("build", &build),
            ("version", &version),
            ("glue", &addresses.glue),
            ("module", &addresses.module),
            ("styles", &addresses.styles),
            ("boot_styles", &addresses.boot_styles),
            ("floor", &addresses.floor),
            ("loader", &addresses.loader),
            ("icons", &addresses.icons),
        ],
    )?;
    files.insert("index.html".into(), page.into_bytes());

    let precached = precache_list(&files);
    let worker = template::fill(
        WORKER,
        &worker_template,
        &[("build", &build), ("files", &precached)],
    )?;
    files.insert(WORKER.into(), worker.into_bytes());
    Ok(Site { build, files })
}

/// Puts everything but page and service worker in its place.
fn place(
    files: &mut Assets,
    mut bindings: Assets,
    mut public: Assets,
    loader_template: &str,
    frontend: &Path,
) -> Result<Addresses, BundleError> {
    let mut hashed = |name: &str, bytes: Vec<u8>| {
        let name = hashed_name(name, &bytes);
        let address = format!("/{name}");
        files.insert(name, bytes);
        address
    };
    let glue = hashed(GLUE, bindings.remove(GLUE).unwrap_or_default());
    let module = hashed(MODULE, bindings.remove(MODULE).unwrap_or_default());
    let loader = template::fill(LOADER, loader_template, &[("glue", &glue), ("module", &module)])?;
    let addresses = Addresses {
        loader: hashed(LOADER, loader.into_bytes()),
        styles: hashed("app.css", styles::concatenate(&frontend.join("styles"))?),
        boot_styles: hashed(BOOT_STYLES, public.remove(BOOT_STYLES).unwrap_or_default()),
        floor: hashed(FLOOR, public.remove(FLOOR).unwrap_or_default()),
        icons: public
            .get(ICONS)
            .map(|icons| hashed(ICONS, icons.clone()))
            .unwrap_or_default(),
        glue,
        module,
    };
    files.extend(bindings);
    files.extend(public);
    Ok(addresses)
}

/// What the app reports: the workspace's version, and the label if there is one.
fn version(label: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    label.map_or_else(|| version.to_owned(), |label| format!("{version}+{label}"))
}

/// One name for all that makes a build; page and worker stand in as templates, since they hold the name.
fn build_name(files: &Assets, texts: &[&str]) -> String {
    let mut digest = Sha256::new();
    let mut field = |bytes: &[u8]| {
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    };
    for text in texts {
        field(text.as_bytes());
    }
    for (name, bytes) in files {
        field(name.as_bytes());
        field(bytes);
    }
    let mut name = hex::encode(digest.finalize());
    name.truncate(HASH_DIGITS);
    name
}

/// Address and integrity of every file, as JSON that may stand between single quotes.
fn precache_list(files: &Assets) -> String {
    let entry = |(name, bytes): (&String, &Vec<u8>)| {
        json!([
            format!("/{name}"),
            format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
        ])
    };
    let list = json!(files.iter().map(entry).collect::<Vec<_>>()).to_string();
    list.replace('\\', "\\\\").replace('\'', "\\'")
}

fn take_text(public: &mut Assets, name: &str, folder: &Path) -> Result<String, BundleError> {
    let path = folder.join(name);
    let bytes = public
        .remove(name)
        .ok_or_else(|| std::io::ErrorKind::NotFound.into());
    text(bytes.doing("read", &path)?, &path)
}

fn text(bytes: Vec<u8>, path: &Path) -> Result<String, BundleError> {
    String::from_utf8(bytes).map_err(|_| BundleError::NotText {
        path: path.to_owned(),
    })
}

#[cfg(test)]
mod tests;
