//! How often the relay answered what.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Answers and ends, counted.
#[derive(Clone, Debug, Default)]
pub struct Statuses(Arc<Mutex<BTreeMap<String, u64>>>);

impl Statuses {
    pub(super) fn count(&self, what: impl Into<String>) {
        self.add(what, 1);
    }

    pub(super) fn add(&self, what: impl Into<String>, many: u64) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(what.into()).or_default() += many;
    }

    /// How often this was seen.
    #[must_use]
    pub fn of(&self, what: &str) -> u64 {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.get(what).copied().unwrap_or_default()
    }

    /// All of them in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told: Vec<String> = counts
            .iter()
            .map(|(what, many)| format!("{many} × {what}"))
            .collect();
        told.join(", ")
    }
}
