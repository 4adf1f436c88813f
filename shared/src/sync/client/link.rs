//! The line to the relay: when to try, when to give up, when to stop trying.

use super::Effect;
use crate::limit;
use crate::protocol::Closing;
use crate::sync::backoff;
use crate::sync::dice::Dice;
use crate::time::Timestamp;

/// How the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// Nothing tried yet.
    Idle,
    /// A socket is being opened since then.
    Connecting {
        /// Since when.
        since: Timestamp,
    },
    /// Open; the last message came then.
    Online {
        /// When the last message came.
        heard: Timestamp,
    },
    /// No line; the next try is then.
    Waiting {
        /// How many tries have failed in a row.
        attempt: u32,
        /// When the next one is due.
        until: Timestamp,
    },
    /// The relay wants a new sign-in.
    SignIn,
    /// The relay speaks another protocol: this app or the relay must be updated. Tried again when asked.
    Version,
}

/// The line and since when there has been none.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) state: LinkState,
    /// Since when there is no line; none while there is one.
    pub(super) down_since: Option<Timestamp>,
    failures: u32,
}

impl Link {
    pub(super) fn new() -> Self {
        Self {
            state: LinkState::Idle,
            down_since: None,
            failures: 0,
        }
    }

    pub(super) fn is_online(&self) -> bool {
        matches!(self.state, LinkState::Online { .. })
    }

    /// Tries now, unless a try is under way or the line is open. Where a sign-in was wanted, another tab may have done it.
    pub(super) fn connect(&mut self, now: Timestamp) -> Option<Effect> {
        match self.state {
            LinkState::Connecting { .. } | LinkState::Online { .. } => None,
            LinkState::Idle | LinkState::Waiting { .. } | LinkState::SignIn | LinkState::Version => {
                self.down_since.get_or_insert(now);
                self.state = LinkState::Connecting { since: now };
                Some(Effect::Connect)
            }
        }
    }

    pub(super) fn signed_in(&mut self, now: Timestamp) -> Option<Effect> {
        if self.state == LinkState::SignIn {
            self.state = LinkState::Idle;
        }
        self.connect(now)
    }

    pub(super) fn opened(&mut self, now: Timestamp) {
        self.state = LinkState::Online { heard: now };
    }

    pub(super) fn welcomed(&mut self) {
        self.down_since = None;
        self.failures = 0;
    }

    pub(super) fn heard(&mut self, now: Timestamp) {
        if let LinkState::Online { heard } = &mut self.state {
            *heard = now;
        }
    }

    pub(super) fn lost(&mut self, now: Timestamp, dice: &mut Dice) {
        self.down_since.get_or_insert(now);
        if matches!(self.state, LinkState::SignIn | LinkState::Version) {
            return;
        }
        let until = now.after(backoff::wait(self.failures, dice.number()));
        self.failures += 1;
        self.state = LinkState::Waiting {
            attempt: self.failures,
            until,
        };
    }

    pub(super) fn closing(&mut self, closing: Closing) {
        match closing {
            Closing::SignIn => self.state = LinkState::SignIn,
            Closing::Version { .. } => self.state = LinkState::Version,
            _ => {}
        }
    }

    /// Tries when it is time, and gives a silent line up.
    pub(super) fn tick(&mut self, now: Timestamp) -> Option<Effect> {
        match self.state {
            LinkState::Waiting { until, .. } if now >= until => self.connect(now),
            LinkState::Online { heard } if now.since(heard) >= limit::SILENCE => Some(Effect::Disconnect),
            LinkState::Connecting { since } if now.since(since) >= limit::CONNECTING => {
                Some(Effect::Disconnect)
            }
            _ => None,
        }
    }
}
