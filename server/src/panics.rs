//! What the process says when a thread panics.

use std::panic;
use std::sync::Once;

use shared::guard;

/// From here on a panic that the guard expects and catches is not printed; every other is, as before.
pub fn keep_expected_ones_quiet() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |about| {
            if !guard::is_catching() {
                before(about);
            }
        }));
    });
}
