//! Panics of Automerge on bytes that no honest program writes: caught, and said to nobody.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static IS_CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// From here on a panic that is expected and caught is not printed; every other is, as before. Each would be a backtrace
/// in the log, and megabytes of symbols kept in memory, for a few bytes of whoever wants them there.
pub fn keep_expected_panics_quiet() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |about| {
            if !IS_CATCHING.get() {
                before(about);
            }
        }));
    });
}

/// Runs work that may panic on what it reads, and whose leftovers nobody looks at after a panic. Panics are caught where
/// they can be: not in a browser.
///
/// # Errors
///
/// Gives what it panicked with.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
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
        assert!(!IS_CATCHING.get());
        assert!(caught(|| IS_CATCHING.get()).unwrap());
        caught(|| panic!("expected by this test")).unwrap_err();
        assert!(!IS_CATCHING.get());
    }
}
