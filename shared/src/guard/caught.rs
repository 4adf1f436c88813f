//! Panics of Automerge on bytes that no honest program writes: caught, and said to nobody.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static IS_CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is at work whose panics are caught and refused. A program's panic hook keeps silent then: each
/// would be a backtrace in the log, and megabytes of symbols kept in memory, for a few bytes of whoever wants them there.
#[must_use]
pub fn is_catching() -> bool {
    IS_CATCHING.get()
}

/// Runs work that may panic on what it reads, and whose leftovers nobody looks at after a panic. Panics are caught where
/// they can be: not in a browser.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    let was = IS_CATCHING.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    IS_CATCHING.set(was);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_catching_while_it_works_and_no_longer_after_a_panic() {
        assert!(!is_catching());
        assert!(caught(is_catching).unwrap());
        caught(|| panic!("expected by this test")).unwrap_err();
        assert!(!is_catching());
    }
}
