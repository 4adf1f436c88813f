//! What waits to be sent on one connection, counted in bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use shared::limit;
use tokio::sync::{mpsc, oneshot};

/// Fates and ticks are few, entries stop at [`limit::READER_BACKLOG_BYTES`]: more than this is a fault of ours.
const MOST_BYTES: usize = 8 * limit::READER_BACKLOG_BYTES;

/// The relay's end: dropped, the connection closes once everything sent has left.
#[derive(Debug)]
pub(super) struct Outbox {
    frames: mpsc::UnboundedSender<Bytes>,
    queued: Arc<AtomicUsize>,
    _open: oneshot::Sender<()>,
}

/// The socket's end.
#[derive(Debug)]
pub struct Deliveries {
    frames: Frames,
    open: oneshot::Receiver<()>,
}

/// The frames that wait.
#[derive(Debug)]
pub struct Frames {
    waiting: mpsc::UnboundedReceiver<Bytes>,
    queued: Arc<AtomicUsize>,
}

/// The outbox is over its bound, or its socket is gone.
#[derive(Debug)]
pub(super) struct Overflow;

pub(super) fn pair() -> (Outbox, Deliveries) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let (guard, open) = oneshot::channel();
    let queued = Arc::new(AtomicUsize::new(0));
    let outbox = Outbox {
        frames: sender,
        queued: Arc::clone(&queued),
        _open: guard,
    };
    (
        outbox,
        Deliveries {
            frames: Frames {
                waiting: receiver,
                queued,
            },
            open,
        },
    )
}

impl Outbox {
    pub(super) fn send(&self, frame: Bytes) -> Result<(), Overflow> {
        let before = self.queued.fetch_add(frame.len(), Ordering::Relaxed);
        if before > MOST_BYTES {
            return Err(Overflow);
        }
        self.frames.send(frame).map_err(|_| Overflow)
    }

    /// Whether everything sent has left.
    pub(super) fn is_empty(&self) -> bool {
        self.queued.load(Ordering::Relaxed) == 0
    }
}

impl Deliveries {
    /// The frames, and the moment the relay closes the connection, to wait for side by side.
    pub fn split(&mut self) -> (&mut Frames, impl Future<Output = ()>) {
        let open = &mut self.open;
        (&mut self.frames, async move {
            // Nothing is ever sent: it ends when the outbox is dropped.
            open.await.ok();
        })
    }
}

impl Frames {
    /// The next frame; none once the relay has closed the connection and everything has left.
    pub async fn next(&mut self) -> Option<Bytes> {
        self.waiting.recv().await
    }

    /// Notes that a frame has left; whether it was the last one waiting.
    #[must_use]
    pub fn left(&self, bytes: usize) -> bool {
        self.queued.fetch_sub(bytes, Ordering::Relaxed) == bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_sent_before_the_end_still_leaves() {
        let (outbox, mut deliveries) = pair();
        outbox.send(Bytes::from_static(b"one")).unwrap();
        outbox.send(Bytes::from_static(b"three")).unwrap();
        drop(outbox);
        let (frames, closed) = deliveries.split();
        closed.await;
        assert_eq!(frames.next().await.unwrap(), "one");
        assert!(!frames.left(3));
        assert_eq!(frames.next().await.unwrap(), "three");
        assert!(frames.left(5));
        assert_eq!(frames.next().await, None);
    }

    #[test]
    fn an_outbox_is_bounded_in_bytes() {
        let (outbox, deliveries) = pair();
        let frame = Bytes::from(vec![0; limit::FRAME_FROM_RELAY_BYTES]);
        let taken = (0..100)
            .take_while(|_| outbox.send(frame.clone()).is_ok())
            .count();
        assert_eq!(taken, MOST_BYTES / frame.len() + 1);
        assert!(!outbox.is_empty());
        drop(deliveries);
    }
}
