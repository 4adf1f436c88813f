//! 管理, and everybody's own password: from the link that makes the first administrator to the log of what he did.

mod desk;
mod log;
mod newcomers;
mod reset;
mod roles;
mod sessions;
mod set_up;
