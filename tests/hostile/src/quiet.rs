//! Panics that are expected and say nothing.

use shared::guard;

/// Runs it; of a panic gives the words. Other threads' panics are printed as ever.
///
/// # Errors
///
/// When it panics.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    guard::keep_expected_panics_quiet();
    guard::caught(work).map_err(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
        words.unwrap_or_default()
    })
}
