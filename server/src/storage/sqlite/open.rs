//! Opening the database, and refusing what is not ours, damaged or newer.

use std::path::{Path, PathBuf};
use std::{fs, io};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::upgrade;

/// Marks a database as this program's: `TZhg`.
const APPLICATION: i32 = 0x545a_6867;
/// The version of the tables this program reads and writes.
const VERSION: i32 = 4;
/// The oldest SQLite that keeps what it has promised to keep in WAL mode: 3.51.3 mended the last way to lose a commit.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or written.
    #[error("cannot write to {}: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is another program's, or no database at all.
    #[error("{} is not a database of Taizhang", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of the program wrote it.
    #[error(
        "{} was written by a newer Taizhang (its version {found}, this program reads {VERSION}): use that one",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version it has.
        found: i32,
    },
    /// A version of the program that was never released wrote it.
    #[error("{} was written before the first release: name another folder, or remove this one", path.display())]
    Unreleased {
        /// The file.
        path: PathBuf,
    },
    /// The file contradicts itself.
    #[error("{} is damaged ({problem}): restore it from a backup", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the check says first.
        problem: String,
    },
    /// The store is of the version before, and no copy of it could be made; it is as it was.
    #[error("cannot copy {} before it is upgraded: {source}", path.display())]
    Copy {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The program was built with a SQLite that is too old.
    #[error("built with SQLite {0}, which is too old")]
    OldSqlite(&'static str),
    /// SQLite says no.
    #[error("cannot open {}: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

/// The connection that writes, over a database that has been checked.
pub(super) fn writer(folder: &Path, path: &Path) -> Result<Connection, OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(OpenError::OldSqlite(rusqlite::version()));
    }
    fs::create_dir_all(folder).map_err(|source| OpenError::Folder {
        folder: folder.to_owned(),
        source,
    })?;
    probe(folder)?;
    check_header(path)?;
    let mut connection = Connection::open(path).map_err(|source| explain(path, source))?;
    let found = identify(&connection, path)?;
    settings(&connection).map_err(|source| explain(path, source))?;
    check(&connection, path)?;
    if found < VERSION {
        upgrade::from_3(&mut connection, path)?;
    }
    Ok(connection)
}

/// A connection that reads.
pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(connection)
}

/// A connection that writes what no promise hangs on: it does not wait for the disk, and what it wrote is on it with the
/// next commit.
pub(super) fn notes(path: &Path) -> Result<Connection, OpenError> {
    let open = || -> rusqlite::Result<_> {
        let connection = Connection::open(path)?;
        settings(&connection)?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        Ok(connection)
    };
    open().map_err(|source| explain(path, source))
}

/// Writes a file of no consequence, since SQLite opens what it cannot write and fails only later.
fn probe(folder: &Path) -> Result<(), OpenError> {
    let path = folder.join(".writable");
    let written = fs::write(&path, b"").and_then(|()| fs::remove_file(&path));
    written.map_err(|source| OpenError::Folder {
        folder: folder.to_owned(),
        source,
    })
}

/// Tells a file that was never a database from one that is damaged.
fn check_header(path: &Path) -> Result<(), OpenError> {
    let mut head = [0; 16];
    match fs::File::open(path).and_then(|mut file| io::Read::read(&mut file, &mut head)) {
        Ok(0) => Ok(()),
        Ok(_) if head == *b"SQLite format 3\0" => Ok(()),
        Ok(_) => Err(OpenError::Foreign {
            path: path.to_owned(),
        }),
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(OpenError::Folder {
            folder: path.to_owned(),
            source,
        }),
    }
}

/// Makes the tables of a new database; refuses one that is not ours or newer. Gives its version.
fn identify(connection: &Connection, path: &Path) -> Result<i32, OpenError> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let read = || -> rusqlite::Result<_> {
        let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
            row.get::<_, i64>(0)
        })?;
        Ok((number("application_id")?, number("user_version")?, tables))
    };
    match read().map_err(|source| explain(path, source))? {
        (APPLICATION, found @ 3..=VERSION, _) => Ok(found),
        (APPLICATION, found, _) if found > VERSION => Err(OpenError::Newer {
            path: path.to_owned(),
            found,
        }),
        (APPLICATION, 1 | 2, _) => Err(OpenError::Unreleased {
            path: path.to_owned(),
        }),
        (0, 0, 0) => make(connection)
            .map(|()| VERSION)
            .map_err(|source| explain(path, source)),
        _ => Err(OpenError::Foreign {
            path: path.to_owned(),
        }),
    }
}

fn make(connection: &Connection) -> rusqlite::Result<()> {
    let (schema, since_4) = (include_str!("schema.sql"), upgrade::SINCE_3);
    // Of two processes that find the file empty, the second waits here and then fails on the tables of the first.
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL;
         BEGIN IMMEDIATE;
         {schema}
         {since_4}
         PRAGMA application_id = {APPLICATION};
         PRAGMA user_version = {VERSION};
         COMMIT;"
    ))
}

fn settings(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(())
}

fn check(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let verdict = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match verdict.map_err(|source| explain(path, source))?.as_str() {
        "ok" => Ok(()),
        problem => Err(OpenError::Damaged {
            path: path.to_owned(),
            problem: problem.replace('\n', " "),
        }),
    }
}

pub(super) fn explain(path: &Path, source: rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => OpenError::Damaged {
            path,
            problem: source.to_string(),
        },
        Some(ErrorCode::NotADatabase) => OpenError::Foreign { path },
        _ => OpenError::Database { path, source },
    }
}

#[cfg(test)]
mod tests;
