//! A computer that several officers use: its lock, leaving it, and what one of them left behind.

mod carry;
mod leave;
mod lock;
mod session;
mod sit;
