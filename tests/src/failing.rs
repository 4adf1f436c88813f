//! Whether the test on this thread is failing, so that what it leaves behind says what it knows.
//!
//! A test that gives back an error does not panic; but what it waited for in vain was noted here.

use std::cell::Cell;

thread_local! {
    static NOTED: Cell<bool> = const { Cell::new(false) };
}

/// Notes that something did not happen that should have.
pub(crate) fn note() {
    NOTED.set(true);
}

/// Whether this thread panics, or something was noted on it.
pub(crate) fn is_failing() -> bool {
    std::thread::panicking() || NOTED.get()
}
