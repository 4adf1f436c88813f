//! The one place that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use shared::time::Timestamp;

/// What time it is; before 1970 it is 1970.
#[must_use]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
