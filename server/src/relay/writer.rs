//! The one thread that writes to the logs: one batch at a time, each in one transaction with its fsync.

use std::sync::Arc;
use std::sync::mpsc as thread_mpsc;
use std::thread;

use shared::sync::relay::{Batch, BatchId, Place};
use tokio::sync::oneshot;

use crate::storage::{Storage, StorageError, caught};

/// Reaches the thread; dropped, the thread ends after what it has been given.
#[derive(Debug)]
pub(super) struct Writer(thread_mpsc::Sender<Work>);

#[derive(Debug)]
enum Work {
    Commit(Batch),
    Ping(oneshot::Sender<()>),
}

/// The thread has ended.
#[derive(Debug)]
pub(super) struct Gone;

impl Writer {
    /// Starts the thread; it calls `done` after each batch.
    pub(super) fn start(
        storage: Arc<dyn Storage>,
        done: impl Fn(BatchId, Result<Vec<Place>, StorageError>) + Send + 'static,
    ) -> Self {
        let (work, arriving) = thread_mpsc::channel();
        let run = move || {
            for work in arriving {
                match work {
                    Work::Commit(batch) => done(batch.id, caught(|| storage.commit(&batch))),
                    // Whoever asked may have stopped waiting.
                    Work::Ping(answer) => drop(answer.send(())),
                }
            }
        };
        thread::Builder::new()
            .name("writer".to_owned())
            .spawn(run)
            .expect("a machine that can start one thread");
        Self(work)
    }

    pub(super) fn commit(&self, batch: Batch) -> Result<(), Gone> {
        self.0.send(Work::Commit(batch)).map_err(|_| Gone)
    }

    pub(super) fn ping(&self, answer: oneshot::Sender<()>) {
        // A thread that has ended drops the question, which is the answer.
        self.0.send(Work::Ping(answer)).ok();
    }
}
