//! What a hostile client could send, made from what honest ones do; and the loop that proves the guard against it.
//!
//! - [`ground`] is an honest ledger and the honest changes that could come next.
//! - [`class`] twists one of those: every [`Class`] is a way of doing harm.
//! - [`shadow`] says what becomes of a ledger that takes a change; [`audit`] what Automerge does not mind and we do.
//! - [`trials`] is the loop: nothing that the guard takes may fail the shadow; [`waived`] leaves rules out, and then something does.
//!
//! Pure and seeded: a finding is known by its seed and number, and comes back.

pub mod audit;
pub mod chunk;
pub mod class;
pub mod ground;
pub mod meter;
pub mod quiet;
pub mod shadow;
pub mod trials;
pub mod waived;

pub use class::{Class, Craft};
pub use ground::{Ground, Honest, Setting};
pub use trials::{Found, Full, Grounds, Plan, Tally, Until, run};
