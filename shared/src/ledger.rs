//! A ledger: an Automerge document seen as named tables of typed cells.

pub mod act;
pub mod cell;
pub mod column;
pub mod conflict;
pub mod decision;
pub mod document;
pub mod key;
pub mod kind;
pub mod life;
pub mod merge;
pub mod order;
pub mod person;
pub mod proposal;
pub mod schema;
pub mod skeleton;
pub mod snapshot;
#[cfg(any(test, feature = "trial"))]
pub mod trial;
pub mod undo;
