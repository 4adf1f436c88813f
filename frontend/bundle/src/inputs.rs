//! The fingerprint of everything a site is made from.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{BundleError, Doing};
use crate::request::Request;

/// What is read, relative to the workspace; what is missing counts as missing.
const SOURCES: [&str; 5] = [
    "frontend",
    "shared",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
];

/// Folders inside them that never reach the site.
const SKIPPED: [&str; 3] = ["target", "tests", "benches"];

/// Changes when the site would.
pub(crate) fn fingerprint(request: &Request) -> Result<String, BundleError> {
    let mut digest = Sha256::new();
    let mut field = |bytes: &[u8]| {
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    };
    field(env!("CARGO_PKG_VERSION").as_bytes());
    field(request.profile.cargo_name().as_bytes());
    field(request.label.as_deref().unwrap_or_default().as_bytes());
    for source in SOURCES {
        for path in files_below(&request.workspace.join(source))? {
            let name = path.strip_prefix(&request.workspace).unwrap_or(&path);
            field(name.to_string_lossy().as_bytes());
            field(&fs::read(&path).doing("read", &path)?);
        }
    }
    Ok(hex::encode(digest.finalize()))
}

/// Every file at or below `path`, in the order of names; none when there is nothing.
pub(crate) fn files_below(path: &Path) -> Result<Vec<PathBuf>, BundleError> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).doing("read", path)? {
        entries.push(entry.doing("read", path)?);
    }
    entries.sort_by_key(fs::DirEntry::file_name);

    let mut files = Vec::new();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Editors keep their drafts beside the file, as dot files or with a tilde.
        let hidden = name.starts_with('.') || name.ends_with('~');
        if !hidden && !SKIPPED.contains(&name.as_ref()) {
            files.extend(files_below(&entry.path())?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Profile;

    fn workspace() -> (tempfile::TempDir, Request) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("frontend/src/tests")).unwrap();
        fs::write(folder.path().join("frontend/src/lib.rs"), "//! app").unwrap();
        fs::write(folder.path().join("Cargo.lock"), "").unwrap();
        let request = Request {
            workspace: folder.path().to_owned(),
            target_dir: folder.path().join("target"),
            out: folder.path().join("out"),
            profile: Profile::SiteTest,
            label: None,
        };
        (folder, request)
    }

    #[test]
    fn unchanged_sources_have_one_fingerprint() {
        let (_folder, request) = workspace();
        assert_eq!(fingerprint(&request).unwrap(), fingerprint(&request).unwrap());
    }

    #[test]
    fn contents_names_profile_and_label_each_change_the_fingerprint() {
        let (folder, request) = workspace();
        let mut seen = vec![fingerprint(&request).unwrap()];
        seen.push(
            fingerprint(&Request {
                profile: Profile::Site,
                ..request.clone()
            })
            .unwrap(),
        );
        seen.push(
            fingerprint(&Request {
                label: Some("2".into()),
                ..request.clone()
            })
            .unwrap(),
        );
        fs::write(folder.path().join("frontend/src/lib.rs"), "//! App").unwrap();
        seen.push(fingerprint(&request).unwrap());
        fs::rename(
            folder.path().join("frontend/src/lib.rs"),
            folder.path().join("frontend/src/app.rs"),
        )
        .unwrap();
        seen.push(fingerprint(&request).unwrap());
        let distinct: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!(distinct.len(), seen.len());
    }

    #[test]
    fn tests_and_drafts_do_not_change_the_fingerprint() {
        let (folder, request) = workspace();
        let before = fingerprint(&request).unwrap();
        fs::write(folder.path().join("frontend/src/tests/one.rs"), "").unwrap();
        fs::write(folder.path().join("frontend/src/.lib.rs.swp"), "").unwrap();
        assert_eq!(fingerprint(&request).unwrap(), before);
    }
}
