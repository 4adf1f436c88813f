//! The one place where documents live: pages dispatch deeds, read snapshots and subscribe.
//!
//! The store knows no component. Listeners are only woken; what is shown is always read anew.

pub mod view;
