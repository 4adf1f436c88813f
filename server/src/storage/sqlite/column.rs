//! From columns to the types of the domain: what cannot be read back is damage.

use rusqlite::{OptionalExtension as _, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::storage::StorageError;

/// A column of exactly `N` bytes.
pub(super) fn bytes<const N: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; N]> {
    row.get::<_, [u8; N]>(column)
}

/// A column of exactly `N` bytes or nothing.
pub(super) fn bytes_or_none<const N: usize>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<[u8; N]>> {
    row.get::<_, Option<[u8; N]>>(column)
}

/// The word of a closed enum, as it is written in messages.
pub(super) fn word<T: Serialize>(value: &T) -> Result<String, StorageError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StorageError::Damaged("a word that is none")),
    }
}

/// The value of a word.
pub(super) fn of_word<T: DeserializeOwned>(word: String) -> Result<T, StorageError> {
    serde_json::from_value(serde_json::Value::String(word))
        .map_err(|_| StorageError::Damaged("an unknown word"))
}

/// A number that is never negative.
pub(super) fn count(number: i64) -> Result<u64, StorageError> {
    u64::try_from(number).map_err(|_| StorageError::Damaged("a negative number"))
}

/// A number as SQLite keeps it.
pub(super) fn kept(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The one row, if there is one.
pub(super) fn one<T>(found: rusqlite::Result<T>) -> Result<Option<T>, StorageError> {
    Ok(found.optional()?)
}
