//! What version 5 of the database has beside the versions before it.

/// Makes its tables, where they are missing.
pub(super) const TABLES: &str = include_str!("version_5.sql");

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::super::{FILE, SqliteStorage};

    #[test]
    fn a_store_of_an_older_version_gets_what_it_lacks() {
        let folder = tempfile::tempdir().unwrap();
        drop(SqliteStorage::open(folder.path()).unwrap());
        for version in [3, 4] {
            let older = Connection::open(folder.path().join(FILE)).unwrap();
            older
                .execute_batch("DROP TABLE contact; DROP TABLE closing;")
                .unwrap();
            older.pragma_update(None, "user_version", version).unwrap();
            drop(older);
            let storage = SqliteStorage::open(folder.path()).unwrap();
            for table in ["contact", "closing"] {
                let count = format!("SELECT count(*) FROM {table}");
                let count = storage.writer().query_row(&count, [], |row| row.get::<_, i64>(0));
                assert_eq!(count.unwrap(), 0, "{version}: {table}");
            }
        }
        drop(SqliteStorage::open(folder.path()).unwrap());
    }
}
