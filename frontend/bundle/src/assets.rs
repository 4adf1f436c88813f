//! Files in memory, by the name they are served under.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{BundleError, Doing};
use crate::inputs::files_below;

/// Files by name; folders in names are parted by `/`.
pub(crate) type Assets = BTreeMap<String, Vec<u8>>;

/// How many hexadecimal digits of the digest stand in a hashed name.
pub(crate) const HASH_DIGITS: usize = 16;

/// SHA-256, in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The name that only these contents have: `app.js` becomes `app-0123456789abcdef.js`.
pub(crate) fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = &digest(bytes)[..HASH_DIGITS];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

/// Everything below a folder; nothing when there is no such folder.
pub(crate) fn read_all(folder: &Path) -> Result<Assets, BundleError> {
    let mut assets = Assets::new();
    for path in files_below(folder)? {
        let parts = path.strip_prefix(folder).unwrap_or(&path).iter();
        let name = parts
            .map(|part| part.to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        let bytes = fs::read(&path).doing("read", &path)?;
        assets.insert(name, bytes);
    }
    Ok(assets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_keeps_its_extension_and_follows_its_contents() {
        let name = hashed_name("app_bg.wasm", b"one");
        let (stem, rest) = name.split_once('-').unwrap();
        let (hash, extension) = rest.split_once('.').unwrap();
        assert_eq!((stem, extension), ("app_bg", "wasm"));
        assert_eq!(hash, &digest(b"one")[..HASH_DIGITS]);
        assert_eq!(name, hashed_name("app_bg.wasm", b"one"));
        assert_ne!(name, hashed_name("app_bg.wasm", b"two"));
    }

    #[test]
    fn files_in_folders_are_named_with_slashes() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("icons")).unwrap();
        fs::write(folder.path().join("icons/192.png"), [1]).unwrap();
        let assets = read_all(folder.path()).unwrap();
        assert_eq!(assets.keys().collect::<Vec<_>>(), ["icons/192.png"]);
    }
}
