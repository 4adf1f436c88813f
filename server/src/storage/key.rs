//! The enterprise's sealing key, in a file of its own beside the database, never in it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// The name of the file.
pub const FILE: &str = "seal.key";

/// Reads the key of the store in `folder`; makes one where there is neither a key nor a store yet.
///
/// # Errors
///
/// Fails when the file cannot be read or written, is not a key, or is missing beside a store: a new key would make
/// every seal given before worthless.
pub fn open(folder: &Path, store: StoreAge) -> io::Result<[u8; 32]> {
    let path = folder.join(FILE);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let mut key = [0; 32];
            hex::decode_to_slice(text.trim(), &mut key)
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not a sealing key"))?;
            Ok(key)
        }
        Err(problem) if problem.kind() == io::ErrorKind::NotFound && store == StoreAge::New => make(&path),
        Err(problem) => Err(problem),
    }
}

/// Whether a store has been in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreAge {
    /// Nothing has been sealed yet.
    New,
    /// There are seals under a key.
    Used,
}

fn make(path: &Path) -> io::Result<[u8; 32]> {
    let key: [u8; 32] = rand::random();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(hex::encode(key).as_bytes())?;
    file.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_read_ever_after() {
        let folder = tempfile::tempdir().unwrap();
        let key = open(folder.path(), StoreAge::New).unwrap();
        assert_eq!(open(folder.path(), StoreAge::Used).unwrap(), key);
        assert_eq!(open(folder.path(), StoreAge::New).unwrap(), key);
    }

    #[test]
    fn a_used_store_without_its_key_is_not_given_another() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            open(folder.path(), StoreAge::Used).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
        fs::write(folder.path().join(FILE), "abc").unwrap();
        assert_eq!(
            open(folder.path(), StoreAge::New).unwrap_err().kind(),
            io::ErrorKind::InvalidData
        );
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        open(folder.path(), StoreAge::New).unwrap();
        let mode = fs::metadata(folder.path().join(FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
