//! Writes a site beside the old one, then puts it in its place.

use std::fs;
use std::path::{Path, PathBuf};

use super::Site;
use crate::compress::{Compressor, FileSize, is_compressible};
use crate::error::{BundleError, Doing};
use crate::request::Request;
use crate::stamp;

/// Writes every file with its compressed copies; the folder changes as a whole.
pub(crate) fn write(site: &Site, request: &Request) -> Result<Vec<FileSize>, BundleError> {
    let next = beside(&request.out, "next");
    remove(&next)?;
    let mut compressor = Compressor::new(&request.target_dir, request.profile.brotli_quality())?;
    let mut sizes = Vec::new();
    for (name, bytes) in &site.files {
        sizes.push(write_file(&next, name, bytes, &mut compressor)?);
    }
    compressor.tidy()?;
    swap(&next, &request.out)?;
    Ok(sizes)
}

fn write_file(
    folder: &Path,
    name: &str,
    bytes: &[u8],
    compressor: &mut Compressor,
) -> Result<FileSize, BundleError> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).doing("make", parent)?;
    }
    fs::write(&path, bytes).doing("write", &path)?;
    let raw = bytes.len() as u64;
    let mut size = FileSize {
        name: name.to_owned(),
        raw,
        gzip: raw,
        brotli: raw,
    };
    if is_compressible(name) {
        let compressed = compressor.compress(bytes)?;
        for (ending, copy) in [("gz", &compressed.gzip), ("br", &compressed.brotli)] {
            let path = folder.join(format!("{name}.{ending}"));
            fs::write(&path, copy).doing("write", &path)?;
        }
        size.gzip = compressed.gzip.len() as u64;
        size.brotli = compressed.brotli.len() as u64;
    }
    Ok(size)
}

/// Two renames: whoever opens a file in between finds none, but never half of one.
fn swap(next: &Path, out: &Path) -> Result<(), BundleError> {
    stamp::remove(out)?;
    let last = beside(out, "last");
    remove(&last)?;
    if out.exists() {
        fs::rename(out, &last).doing("move", out)?;
    }
    fs::rename(next, out).doing("move", next)?;
    remove(&last)
}

fn remove(folder: &Path) -> Result<(), BundleError> {
    if folder.exists() {
        fs::remove_dir_all(folder).doing("remove", folder)
    } else {
        Ok(())
    }
}

/// On the same disk, so that a rename is enough.
fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
