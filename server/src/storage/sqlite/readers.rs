//! Connections that read, opened when needed and kept.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use super::open;
use crate::storage::StorageError;

/// The readers at one time: two cores read no faster with more.
const READERS: usize = 4;

/// The connections that read.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct Pool {
    idle: Vec<Connection>,
    lent: usize,
}

/// A connection on loan; it goes back when dropped.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    connection: Option<Connection>,
    home: &'a Readers,
}

impl Readers {
    pub(super) fn of(path: PathBuf) -> Self {
        Self {
            path,
            pool: Mutex::default(),
            returned: Condvar::new(),
        }
    }

    /// A connection, once fewer than [`READERS`] are on loan.
    pub(super) fn take(&self) -> Result<Reader<'_>, StorageError> {
        let pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pool = self
            .returned
            .wait_while(pool, |pool| pool.lent >= READERS)
            .unwrap_or_else(PoisonError::into_inner);
        let connection = match pool.idle.pop() {
            Some(connection) => connection,
            None => open::reader(&self.path)?,
        };
        pool.lent += 1;
        Ok(Reader {
            connection: Some(connection),
            home: self,
        })
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut pool = self.home.pool.lock().unwrap_or_else(PoisonError::into_inner);
        pool.lent -= 1;
        pool.idle.extend(self.connection.take());
        self.home.returned.notify_one();
    }
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("it is there until dropped")
    }
}

impl DerefMut for Reader<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        self.connection.as_mut().expect("it is there until dropped")
    }
}
