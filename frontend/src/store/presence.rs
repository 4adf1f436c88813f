//! Whether somebody is there, in any tab of this browser, at moments that the caller names.

use std::time::Duration;

use shared::time::Timestamp;

/// How often other tabs are told that somebody is there, at the most.
const TOLD_EVERY: Duration = Duration::from_secs(10);

/// When somebody was last there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Presence {
    stirred_at: Timestamp,
    told_at: Timestamp,
}

/// What it means that somebody did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stir {
    /// He came too late: the screen was to be locked before.
    TooLate,
    /// Somebody is there, as the other tabs know.
    Known,
    /// Somebody is there, and the other tabs are to hear of it.
    Tell,
}

impl Presence {
    /// Somebody is there for certain: he has signed in, opened the lock, or is known to another tab.
    pub(super) fn is_there(&mut self, now: Timestamp) {
        self.stirred_at = now;
    }

    /// Somebody did something in this tab. A computer that slept, and a tab that the browser holds back, may not have
    /// looked whether he was away for too long: that comes first.
    pub(super) fn stirs(&mut self, now: Timestamp, idle: Option<Duration>) -> Stir {
        if self.is_away(now, idle) {
            return Stir::TooLate;
        }
        self.stirred_at = now;
        let often = idle.map_or(TOLD_EVERY, |idle| TOLD_EVERY.min(idle / 4));
        // A clock that was set back must not keep the other tabs from hearing.
        if self.told_at <= now && now.since(self.told_at) < often {
            return Stir::Known;
        }
        self.told_at = now;
        Stir::Tell
    }

    /// Whether nobody was there for this long; never, where there is no such time.
    pub(super) fn is_away(&mut self, now: Timestamp, idle: Option<Duration>) -> bool {
        // A clock that was set back must not keep the screen open.
        self.stirred_at = self.stirred_at.min(now);
        idle.is_some_and(|idle| now.since(self.stirred_at) >= idle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);
    const IDLE: Option<Duration> = Some(Duration::from_mins(5));

    fn there_at(now: Timestamp) -> Presence {
        let mut presence = Presence::default();
        presence.is_there(now);
        presence
    }

    #[test]
    fn whoever_stirs_after_the_screen_was_to_be_locked_does_not_keep_it_open() {
        let mut presence = there_at(NOW);
        let late = NOW.after(Duration::from_mins(5));
        assert_eq!(presence.stirs(late, IDLE), Stir::TooLate);
        assert!(presence.is_away(late, IDLE), "also when he stirs again");
        assert_eq!(presence.stirs(late, None), Stir::Tell, "unless there is no lock");
    }

    #[test]
    fn other_tabs_hear_of_it_once_in_a_while() {
        let mut presence = there_at(NOW);
        assert_eq!(presence.stirs(NOW, IDLE), Stir::Tell);
        assert_eq!(
            presence.stirs(NOW.after(Duration::from_secs(9)), IDLE),
            Stir::Known
        );
        assert_eq!(
            presence.stirs(NOW.after(Duration::from_secs(10)), IDLE),
            Stir::Tell
        );
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_keep_the_screen_open() {
        let mut presence = there_at(NOW);
        let back = Timestamp(0);
        assert!(!presence.is_away(back, IDLE));
        assert!(presence.is_away(back.after(Duration::from_mins(5)), IDLE));
    }
}
