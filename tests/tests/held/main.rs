//! Held and refused work: kept, shown to its author and to the officer in charge, taken in or turned down with a reason.

mod carried;
mod closed;
mod list;
mod native;
mod refused;
mod revoked;
