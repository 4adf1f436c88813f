//! Hooks: the store's values as components see them, renewed whenever they change.

mod preference;
mod request;
mod store;

pub use preference::use_preference;
pub use request::{Asked, Request, use_request};
pub use store::{
    use_handing_out, use_inbox, use_ledger, use_ledgers, use_lock, use_now, use_overview, use_settings,
    use_signed_in, use_store, use_sync, use_todo,
};
