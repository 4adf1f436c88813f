//! The relay: keeps the log of every ledger, serves the app, and carries out what `shared::sync::relay` decides.

pub mod account;
pub mod acts;
pub mod address;
pub mod admin;
pub mod audit;
pub mod certificate;
pub mod clock;
pub mod command;
pub mod config;
pub mod crowd;
pub mod demo;
mod files;
pub mod http;
mod ledger;
pub mod line;
mod pace;
pub mod register;
pub mod relay;
pub mod retention;
pub mod server;
pub mod sheets;
pub mod shutdown;
pub mod storage;
pub mod trouble;
mod yielding;
