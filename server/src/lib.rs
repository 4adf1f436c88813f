//! The relay: keeps the log of every ledger, serves the app, and carries out what `shared::sync::relay` decides.

pub mod storage;
