//! Versions of enterprise settings.

use rusqlite::{Connection, Row, params};
use shared::id::AccountId;
use shared::setting::{Draft, Head, Setting, digest};
use shared::time::Timestamp;

use super::column::{bytes_or_none, of_word, one, word};
use crate::storage::{By, StorageError};

pub(super) fn add(connection: &Connection, by: &By, draft: &Draft) -> Result<(), StorageError> {
    let kind = word(&draft.kind)?;
    let newest = connection
        .prepare_cached("SELECT coalesce(max(version), 0) FROM setting WHERE kind = ?1 AND name = ?2")?
        .query_row([&kind, &draft.name], |row| row.get::<_, u32>(0))?;
    if newest != draft.after {
        return Err(StorageError::Overtaken { newest });
    }
    connection
        .prepare_cached(
            "INSERT INTO setting (kind, name, version, digest, title, account, at, note, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            kind,
            draft.name,
            draft.version(),
            digest(draft.kind, &draft.name, &draft.body),
            draft.title,
            by.account.as_ref().map(AccountId::as_bytes),
            by.at.0,
            draft.note,
            draft.body,
        ])?;
    Ok(())
}

pub(super) fn heads(connection: &Connection) -> Result<Vec<Head>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT name, version, digest, title, account, at, note, kind FROM setting ORDER BY kind, name, version",
    )?;
    let mut rows = statement.query([])?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next()? {
        heads.push(head(row)?);
    }
    Ok(heads)
}

/// The same versions with their bodies.
pub(super) fn whole(connection: &Connection, heads: Vec<Head>) -> Result<Vec<Setting>, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT body FROM setting WHERE kind = ?1 AND name = ?2 AND version = ?3")?;
    let mut with_body = |head: Head| {
        let key = params![word(&head.kind)?, head.name, head.version];
        let body: Option<String> = one(statement.query_row(key, |row| row.get(0)))?;
        let body = body.ok_or(StorageError::Gone)?;
        if digest(head.kind, &head.name, &body) == head.digest {
            Ok(head.with_body(body))
        } else {
            Err(StorageError::Damaged("a setting is not what was kept"))
        }
    };
    heads.into_iter().map(&mut with_body).collect()
}

fn head(row: &Row<'_>) -> Result<Head, StorageError> {
    Ok(Head {
        name: row.get(0)?,
        version: row.get(1)?,
        digest: row.get(2)?,
        title: row.get(3)?,
        by: bytes_or_none(row, 4)?.map(AccountId::from_bytes),
        at: Timestamp(row.get(5)?),
        note: row.get(6)?,
        kind: of_word(row.get(7)?)?,
    })
}
