//! What was measured of one class.

use std::fmt;
use std::time::Duration;

use super::{Class, Statuses};

/// What was seen while one class ran.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Which.
    pub class: Class,
    /// From its first packet to its last.
    pub lasted: Duration,
    /// The processor time the relay took meanwhile.
    pub worked: Duration,
    /// What the attackers were answered.
    pub statuses: Statuses,
    /// The officer just before it.
    pub calm: Latency,
    /// The officer during it.
    pub meanwhile: Latency,
    /// The relay.
    pub memory: Memory,
    /// What the relay's log gained.
    pub said: String,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Memory { before, peak, after } = self.memory;
        let [before, peak, after] = [before, peak, after].map(|bytes| bytes / 1_024 / 1_024);
        write!(
            f,
            "{}: {:.1?}, relay {before}, {peak}, {after} MiB and {:.1?} of work; officer p99 {:.1?} before, then p50 {:.1?}, \
             p99 {:.1?}, longest {:.1?} of {}; answers: {}; log: {} lines",
            self.class.name(),
            self.lasted,
            self.worked,
            self.calm.p99,
            self.meanwhile.p50,
            self.meanwhile.p99,
            self.meanwhile.longest,
            self.meanwhile.count,
            self.statuses.line(),
            self.said.lines().count(),
        )
    }
}

/// From the moment a change was planned for to its receipt.
#[derive(Clone, Copy, Debug)]
pub struct Latency {
    /// The middle one.
    pub p50: Duration,
    /// What one in a hundred exceeds.
    pub p99: Duration,
    /// The longest.
    pub longest: Duration,
    /// How many were taken.
    pub count: usize,
}

/// The relay's resident memory, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Just before the class.
    pub before: u64,
    /// The highest while it ran.
    pub peak: u64,
    /// Once it was over and its connections were gone.
    pub after: u64,
}

impl Latency {
    /// The figures of these times.
    #[must_use]
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |percent: usize| {
            let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
            times.get(place).copied().unwrap_or_default()
        };
        Self {
            p50: at(50),
            p99: at(99),
            longest: at(100),
            count: times.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_times() {
        let figures = Latency::of((1..=200).rev().map(Duration::from_millis).collect());
        let milliseconds = [figures.p50, figures.p99, figures.longest].map(|time| time.as_millis());
        assert_eq!((milliseconds, figures.count), ([100, 198, 200], 200));
        assert_eq!(Latency::of(Vec::new()).p99, Duration::ZERO);
    }
}
