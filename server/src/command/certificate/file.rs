//! One file of a certificate, written so that whoever reads it meanwhile, and may, reads the one before or this.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secrecy {
    Open,
    OwnerAlone,
}

/// What to do with a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    Keep,
    Replace,
}

/// Looks before anything is written, so that no half of a pair is.
pub(super) fn are_new(folder: &Path, names: &[&str]) -> anyhow::Result<()> {
    for name in names {
        let path = folder.join(name);
        if path.exists() {
            bail!(
                "{} is there already: name another folder with --out",
                path.display()
            );
        }
    }
    Ok(())
}

/// Writes a file; one that replaces another is for the same people as that was.
pub(super) fn write(path: &Path, text: &str, secrecy: Secrecy, existing: Existing) -> anyhow::Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    if existing == Existing::Keep {
        fill(path, text, secrecy).with_context(cannot)?;
        return Ok(());
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    remove(&beside).with_context(cannot)?;
    let file = fill(&beside, text, secrecy).with_context(cannot)?;
    let before = match fs::metadata(path) {
        Err(problem) if problem.kind() == ErrorKind::NotFound => None,
        before => Some(before.with_context(cannot)?),
    };
    if let Some(before) = before
        && let Err(problem) = give(&file, &before)
    {
        // Whoever reads the one before could not read this one: better to stay with that.
        remove(&beside).with_context(cannot)?;
        return Err(problem).with_context(|| {
            format!(
                "nothing is replaced: cannot keep owner, group and mode of {} (try as root)",
                path.display()
            )
        });
    }
    fs::rename(&beside, path).with_context(cannot)
}

fn fill(path: &Path, text: &str, secrecy: Secrecy) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secrecy == Secrecy::OwnerAlone {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(file)
}

/// Gives a file the owner, the group and the mode of another.
#[cfg(unix)]
fn give(file: &File, before: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let now = file.metadata()?;
    if (now.uid(), now.gid()) != (before.uid(), before.gid()) {
        fchown(file, Some(before.uid()), Some(before.gid()))?;
    }
    file.set_permissions(before.permissions())?;
    file.sync_all()
}

#[cfg(not(unix))]
fn give(_file: &File, _before: &Metadata) -> io::Result<()> {
    // It takes what its folder gives.
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(problem) if problem.kind() == ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}
