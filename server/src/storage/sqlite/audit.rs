//! The audit log.

use rusqlite::{Connection, params};
use shared::protocol::http::audit::Deed;

use super::column::{self, bytes, kept, one};
use crate::audit::{Line, Link, next};
use crate::storage::{By, StorageError};

pub(super) fn append(connection: &Connection, by: &By, deed: Deed) -> Result<(), StorageError> {
    let last = one(connection
        .prepare_cached("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, bytes(row, 1).map(Link)?))))?;
    let (number, link) = last.unwrap_or((0, Link::default()));
    let entry = next(column::count(number + 1)?, link, by, deed);
    connection
        .prepare_cached("INSERT INTO audit (number, text, hash) VALUES (?1, ?2, ?3)")?
        .execute(params![number + 1, entry.text, entry.link.0])?;
    Ok(())
}

pub(super) fn lines(connection: &Connection, from: u64, most: usize) -> Result<Vec<Line>, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT text, hash FROM audit WHERE number >= ?1 ORDER BY number LIMIT ?2")?;
    let lines = statement.query_map(params![kept(from), kept(most as u64)], |row| {
        Ok(Line {
            text: row.get(0)?,
            link: bytes(row, 1).map(Link)?,
        })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

pub(super) fn count(connection: &Connection) -> Result<u64, StorageError> {
    let number = connection.query_row("SELECT coalesce(max(number), 0) FROM audit", [], |row| row.get(0))?;
    column::count(number)
}
