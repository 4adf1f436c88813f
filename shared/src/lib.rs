//! What things mean: ledgers, rights, the protocol, and both ends of sync.
//!
//! Nothing here reads the clock, the network, the disk or a random number: the caller passes them in.

pub mod access;
pub mod appraisal;
pub mod calendar;
pub mod csv;
pub mod enrol;
pub mod guard;
pub mod handover;
pub mod id;
pub mod ledger;
pub mod limit;
pub mod mask;
pub mod protocol;
pub mod roll_over;
pub mod rule;
pub mod scheme;
pub mod setting;
pub mod sheet;
pub mod sync;
pub mod time;
