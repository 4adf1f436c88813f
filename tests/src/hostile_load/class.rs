//! The classes of hostile load.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::sync::oneshot;

use super::scene::Scene;
use super::{Scale, Statuses};

mod connections;
mod frames;
mod guesses;
mod pushes;
mod stolen;
mod trickle;

/// The password that is guessed.
pub(super) const GUESS: &str = "an-idle-guess-of-mine";

/// One way to hurt a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Guesses at passwords: at one account from one address, and at many accounts from many addresses.
    Guesses,
    /// Slow loris: heads and bodies that come byte by byte.
    Trickle,
    /// Frames of one byte and less, from somebody who has signed in.
    SmallFrames,
    /// Largest frames of garbage at line rate, from somebody who has signed in.
    LargestGarbage,
    /// Largest frames full of sound changes at line rate, from somebody who has signed in.
    LargestPushes,
    /// Connections opened and dropped, then opened and held.
    Connections,
}

impl Class {
    /// All of them, in the order of the issue.
    pub const ALL: [Self; 6] = [
        Self::Guesses,
        Self::Trickle,
        Self::SmallFrames,
        Self::LargestGarbage,
        Self::LargestPushes,
        Self::Connections,
    ];

    /// What it is, in a few words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guesses => "guesses at passwords",
            Self::Trickle => "slow-loris connections",
            Self::SmallFrames => "1-byte frames",
            Self::LargestGarbage => "largest frames, garbage",
            Self::LargestPushes => "largest frames, sound changes",
            Self::Connections => "connection attempts",
        }
    }

    /// The class of this word: `guesses`, `trickle`, `small`, `garbage`, `pushes` or `connections`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Guesses => "guesses",
            Self::Trickle => "trickle",
            Self::SmallFrames => "small",
            Self::LargestGarbage => "garbage",
            Self::LargestPushes => "pushes",
            Self::Connections => "connections",
        }
    }

    /// What the relay's log says of it, among other things.
    #[must_use]
    pub const fn said(self) -> &'static str {
        match self {
            Self::Guesses => "guesses at passwords turned away",
            Self::Trickle => "no request came in time",
            Self::SmallFrames | Self::LargestGarbage => "a frame that is no message",
            Self::LargestPushes => "sends more than one may",
            Self::Connections => "closed to make room",
        }
    }

    /// Gets ready, says so, and is let loose until it is over.
    pub(super) async fn runs(self, scene: &Arc<Scene>, start: Start) -> Result<Statuses> {
        let statuses = Statuses::default();
        match self {
            Self::Guesses => guesses::run(scene, start, &statuses).await,
            Self::Trickle => trickle::run(scene, start, &statuses).await,
            Self::SmallFrames => frames::small(scene, start, &statuses).await?,
            Self::LargestGarbage => frames::garbage(scene, start, &statuses).await?,
            Self::LargestPushes => pushes::run(scene, start, &statuses).await?,
            Self::Connections => connections::run(scene, start, &statuses).await,
        }
        Ok(statuses)
    }
}

/// How much there is to be, and whom to tell that it begins.
pub(super) struct Start {
    pub(super) scale: Scale,
    pub(super) begun: oneshot::Sender<()>,
}

impl Start {
    /// Says that it begins now; gives the end of a class that lasts its time.
    fn lasts(self) -> Instant {
        let lasts = self.scale.lasts;
        self.begins();
        Instant::now() + lasts
    }

    /// As [`Self::lasts`], for a class in which nothing happens before this.
    fn lasts_beyond(mut self, least: Duration) -> Instant {
        self.scale.lasts = self.scale.lasts.max(least + Duration::from_secs(3));
        self.lasts()
    }

    /// Says that it begins now; gives the end of a class that counts, should it take too long.
    fn counts(self) -> (Scale, Instant) {
        let scale = self.scale;
        self.begins();
        (scale, Instant::now() + scale.at_most)
    }

    fn begins(self) {
        // Whoever waits for it has not given up.
        self.begun.send(()).ok();
    }
}
