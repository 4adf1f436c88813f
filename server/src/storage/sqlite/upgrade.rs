//! A store of the version before: copied, then given the tables it lacks.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::open::{self, OpenError};

/// The tables that version 4 has beside those of version 3.
pub(super) const SINCE_3: &str = concat!(include_str!("setting.sql"), include_str!("year.sql"));
/// How many copies of one store are kept beside it at the most: one that cannot be upgraded must not fill the disk.
const COPIES: usize = 9;

/// Makes version 4 of version 3, unless another process has done it. What was there before stays beside it in one file,
/// which is never written over.
///
/// Nobody else writes from before the copy is made until the store is of the new version: the two never differ in what
/// people wrote.
pub(super) fn from_3(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let explain = |source| open::explain(path, source);
    let upgrade = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(explain)?;
    let found = upgrade.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0));
    if found.map_err(explain)? != 3 {
        return Ok(());
    }
    let kept = copy(path, 4)?;
    upgrade.execute_batch(SINCE_3).map_err(explain)?;
    upgrade.pragma_update(None, "user_version", 4).map_err(explain)?;
    upgrade.commit().map_err(explain)?;
    tracing::info!(copy = %kept.display(), "the store is of version 4 now; as it was before, it is in the copy");
    Ok(())
}

/// Copies the store as it is committed, to the disk, into a file beside it.
fn copy(path: &Path, before: i32) -> Result<PathBuf, OpenError> {
    let failed = |source| OpenError::Copy {
        path: path.to_owned(),
        source,
    };
    let beside = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".before-{before}{end}"));
        PathBuf::from(name)
    };
    let names = (1..=COPIES).map(|number| match number {
        1 => beside(""),
        _ => beside(&format!(".{number}")),
    });
    let free = names.into_iter().find(|name| !name.exists());
    let copy = free.ok_or_else(|| failed(io::Error::other("there are too many copies already")))?;
    let part = beside(".part");
    // What an upgrade that was cut off left.
    match fs::remove_file(&part) {
        Err(problem) if problem.kind() != io::ErrorKind::NotFound => return Err(failed(problem)),
        _ => {}
    }
    let file = OpenOptions::new().write(true).create_new(true).open(&part);
    let file = file.map_err(failed)?;
    // It holds what the store holds: whoever may not read that may not read this.
    let readers = fs::metadata(path).map_err(failed)?.permissions();
    file.set_permissions(readers).map_err(failed)?;
    let committed = open::reader(path).map_err(|source| open::explain(path, source))?;
    let part_name = part
        .to_str()
        .ok_or_else(|| failed(io::Error::other("its path is not Unicode")))?;
    committed
        .execute("VACUUM INTO ?1", [part_name])
        .map_err(|source| open::explain(path, source))?;
    file.sync_all().map_err(failed)?;
    fs::rename(&part, &copy).map_err(failed)?;
    keep_name(path).map_err(failed)?;
    Ok(copy)
}

/// Sees to it that the new name outlives a power cut: on Unix a folder is written to the disk like a file.
fn keep_name(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if cfg!(unix) => fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
