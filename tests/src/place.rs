//! Where things lie: the workspace, and the folder its builds go to.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub(crate) fn workspace() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

/// The folder of this build's profile, in which the binaries lie: `target/debug`, usually.
pub(crate) fn profile_folder() -> io::Result<PathBuf> {
    let test = std::env::current_exe()?;
    let folder = test.parent().unwrap_or(Path::new("."));
    let is_deps = folder
        .file_name()
        .is_some_and(|name| name == "deps" || name == "examples");
    let profile = if is_deps {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    };
    Ok(profile.to_owned())
}

/// The folder of all builds: `target`, usually.
pub(crate) fn target_folder() -> io::Result<PathBuf> {
    let profile = profile_folder()?;
    Ok(profile.parent().unwrap_or(&profile).to_owned())
}

/// Waits until this process alone holds the lock of that name; dropping the file lets go.
pub(crate) fn alone(name: &str) -> io::Result<File> {
    let folder = target_folder()?;
    fs::create_dir_all(&folder)?;
    let lock = File::create(folder.join(format!("{name}.lock")))?;
    lock.lock()?;
    Ok(lock)
}
