use super::*;
use crate::storage::sqlite::{FILE, SqliteStorage};

fn opened(folder: &Path) -> Result<(), OpenError> {
    SqliteStorage::open(folder).map(drop)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_store_of_a_newer_version_is_refused_by_name() {
    let folder = folder();
    opened(folder.path()).unwrap();
    let file = folder.path().join(FILE);
    Connection::open(&file)
        .unwrap()
        .pragma_update(None, "user_version", 9)
        .unwrap();
    assert!(matches!(
        opened(folder.path()),
        Err(OpenError::Newer { found: 9, .. })
    ));
}

#[test]
fn another_programs_database_is_not_touched() {
    let folder = folder();
    let file = folder.path().join(FILE);
    Connection::open(&file)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (a)")
        .unwrap();
    let before = fs::read(&file).unwrap();
    assert!(matches!(opened(folder.path()), Err(OpenError::Foreign { .. })));
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = folder();
    fs::write(
        folder.path().join(FILE),
        "a letter to the committee, not a database",
    )
    .unwrap();
    assert!(matches!(opened(folder.path()), Err(OpenError::Foreign { .. })));
}

#[test]
fn damage_is_found_at_the_start() {
    let folder = folder();
    opened(folder.path()).unwrap();
    let file = folder.path().join(FILE);
    let mut bytes = fs::read(&file).unwrap();
    // Every page after the first: trees whose nodes say nothing.
    bytes[4096..].fill(0xff);
    fs::write(&file, bytes).unwrap();
    assert!(matches!(opened(folder.path()), Err(OpenError::Damaged { .. })));
}

#[test]
fn the_settings_that_promise_durability_are_in_force() {
    let folder = folder();
    let storage = SqliteStorage::open(folder.path()).unwrap();
    let text = |pragma| {
        storage
            .writer()
            .pragma_query_value(None, pragma, |row| row.get::<_, String>(0))
            .unwrap()
    };
    let number = |pragma| {
        storage
            .writer()
            .pragma_query_value(None, pragma, |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(text("journal_mode"), "wal");
    assert_eq!(number("synchronous"), 2);
}
