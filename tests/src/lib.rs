//! The whole, from outside: a harness in which tests read like stories.
//!
//! - [`Officer`] is a person at a browser of their own, who types, composes Chinese, pastes, and whose browser can be killed.
//! - [`RelayProcess`] is the real relay, the real binary over a folder on disk, which can be stopped, killed and set back.
//! - [`network`] is a world in one thread: the pure cores under every fault, from one seed.
//! - [`Proxy`] is the network between them, with a switch for every fault.
//! - [`story`] is what every test through the real app begins with.
//! - [`plant`] is an address that is not this machine's, under TLS.
//! - [`hostile_load`] is what people of ill will do to a relay, and what an officer at work notices of it.
//! - [`site`] is the app under another name, such as a newer version.
//! - [`wait`] waits for what should happen, and says what did not.
//!
//! Nothing here sleeps for a fixed time, uses a fixed port, or ends a process that it did not start.

pub mod driver;
mod failing;
pub mod hostile_load;
pub mod network;
pub mod officer;
mod place;
pub mod plant;
mod process;
pub mod proxy;
pub mod relay_process;
pub mod setup;
pub mod site;
pub mod story;
pub mod wait;

pub use officer::Officer;
pub use proxy::{Direction, Fault, Proxy};
pub use relay_process::{RelayOptions, RelayProcess};
