//! Measuring what judging a change costs.

/// Says how much memory was in use at the most since it was last asked to begin anew.
pub trait Meter {
    /// Begins anew.
    fn begin(&self);
    /// The bytes in use at the most since, beyond those in use then.
    fn peak(&self) -> usize;
}

/// Measures nothing: for callers that share their process with others.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMeter;

impl Meter for NoMeter {
    fn begin(&self) {}

    fn peak(&self) -> usize {
        0
    }
}

/// The bytes the guard may use at the most for a change of this length: a constant part for 5,000 decoded operations,
/// and a small multiple of the input.
#[must_use]
pub const fn allowance(bytes: usize) -> usize {
    8 * 1024 * 1024 + 64 * bytes
}
