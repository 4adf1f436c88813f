//! What all connections of one proxy know: the switch, the counts, the log.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::watch;

use super::{Direction, Fault};

/// How many lines the log keeps.
const LOG_LINES: usize = 200;

#[derive(Debug)]
pub(super) struct State {
    fault: watch::Sender<Fault>,
    up: AtomicU64,
    down: AtomicU64,
    connections: AtomicUsize,
    /// How many bytes may still go that way before the plug is pulled.
    trip: Mutex<Option<(Direction, u64)>>,
    started: Instant,
    log: Mutex<VecDeque<String>>,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            fault: watch::Sender::new(Fault::Pass),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
            connections: AtomicUsize::new(0),
            trip: Mutex::new(None),
            started: Instant::now(),
            log: Mutex::new(VecDeque::new()),
        }
    }

    pub(super) fn set(&self, fault: Fault) {
        *held(&self.trip) = None;
        self.turn(fault);
    }

    pub(super) fn fault(&self) -> Fault {
        *self.fault.borrow()
    }

    pub(super) fn watch(&self) -> watch::Receiver<Fault> {
        self.fault.subscribe()
    }

    pub(super) fn cut_after(&self, direction: Direction, bytes: u64) {
        self.note(format!("will cut after {bytes} more bytes {direction:?}"));
        *held(&self.trip) = Some((direction, bytes));
        if bytes == 0 {
            self.set(Fault::Cut);
        }
    }

    /// How many of `wanted` bytes may go that way now.
    pub(super) fn allowance(&self, direction: Direction, wanted: usize) -> usize {
        match *held(&self.trip) {
            Some((tripped, left)) if tripped == direction => {
                wanted.min(usize::try_from(left).unwrap_or(usize::MAX))
            }
            _ => wanted,
        }
    }

    /// Counts bytes that arrived, and pulls the plug where they were the last ones allowed.
    pub(super) fn arrived(&self, direction: Direction, bytes: usize) {
        let bytes = bytes as u64;
        self.counter(direction).fetch_add(bytes, Ordering::Relaxed);
        let mut trip = held(&self.trip);
        if let Some((tripped, left)) = trip.as_mut()
            && *tripped == direction
        {
            *left = left.saturating_sub(bytes);
            if *left == 0 {
                *trip = None;
                drop(trip);
                self.turn(Fault::Cut);
            }
        }
    }

    pub(super) fn bytes(&self, direction: Direction) -> u64 {
        self.counter(direction).load(Ordering::Relaxed)
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    pub(super) fn opened(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn closed(&self) {
        self.connections.fetch_sub(1, Ordering::Relaxed);
    }

    pub(super) fn note(&self, what: String) {
        let mut log = held(&self.log);
        if log.len() == LOG_LINES {
            log.pop_front();
        }
        log.push_back(format!("{:>6} ms  {what}", self.started.elapsed().as_millis()));
    }

    pub(super) fn log(&self) -> Vec<String> {
        held(&self.log).iter().cloned().collect()
    }

    fn turn(&self, fault: Fault) {
        self.note(format!("{fault:?}"));
        self.fault.send_replace(fault);
    }

    fn counter(&self, direction: Direction) -> &AtomicU64 {
        match direction {
            Direction::Up => &self.up,
            Direction::Down => &self.down,
        }
    }
}

/// A panic elsewhere must not hide what the proxy saw.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
