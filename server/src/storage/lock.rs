//! One relay for one store: two would give the same numbers to different people.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The name of the file that is locked.
const FILE: &str = "taizhang.lock";

/// Held while a relay serves a store; the system takes it back however the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why a store cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another relay has it.
    #[error("another relay is serving {}", .0.display())]
    Taken(PathBuf),
    /// The system says no.
    #[error("cannot lock {}: {source}", folder.display())]
    Failed {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Takes the store in a folder for this process.
///
/// # Errors
///
/// Fails when another process has it.
pub fn take(folder: &Path) -> Result<Lock, LockError> {
    let failed = |source| LockError::Failed {
        folder: folder.to_owned(),
        source,
    };
    let file = File::create(folder.join(FILE)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(LockError::Taken(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_served_once_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let lock = take(folder.path()).unwrap();
        assert!(matches!(take(folder.path()), Err(LockError::Taken(_))));
        drop(lock);
        take(folder.path()).unwrap();
    }
}
