//! The two ends of sync as state machines: events in, effects out; sockets, disks and clocks are the caller's.

pub mod backoff;
pub mod client;
pub mod courier;
pub mod dice;
pub mod loading;
pub mod relay;
mod steady;
