//! The addresses of the app.

use std::fmt;
use std::str::FromStr;

use shared::id::LedgerId;
use shared::ledger::kind::Kind;
use yew_router::Routable;

mod section;

pub use section::Section;

/// Every address of the app.
#[derive(Clone, Copy, Debug, PartialEq, Routable)]
pub enum Route {
    /// The desk.
    #[at("/")]
    Home,
    /// Signing in, also again.
    #[at("/sign-in")]
    SignIn,
    /// The ledgers of one kind.
    #[at("/ledgers/:kind")]
    Ledgers {
        /// The kind.
        kind: KindPath,
    },
    /// One ledger.
    #[at("/ledger/:id")]
    Ledger {
        /// Its id.
        id: LedgerId,
    },
    /// What waits for a person.
    #[at("/inbox")]
    Inbox,
    /// Settings of this device.
    #[at("/settings")]
    Settings,
    /// One's own password.
    #[at("/password")]
    Password,
    /// A password set anew by a one-time code.
    #[at("/reset")]
    Reset,
    /// The first administrator of an empty store.
    #[at("/setup")]
    Setup,
    /// What administrators keep.
    #[at("/admin/:section")]
    Admin {
        /// Which part of it.
        section: Section,
    },
    /// Any other address.
    #[not_found]
    #[at("/not-found")]
    NotFound,
}

impl Route {
    /// Every address as a pattern, with `:name` where a value stands: for whoever has to visit them all.
    #[must_use]
    pub fn patterns() -> Vec<&'static str> {
        Self::routes()
    }
}

/// A kind of ledger in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindPath(pub Kind);

/// An address that names no kind of ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of ledger")]
pub struct NoSuchKind;

impl fmt::Display for KindPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code())
    }
}

impl FromStr for KindPath {
    type Err = NoSuchKind;

    fn from_str(text: &str) -> Result<Self, NoSuchKind> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.code() == text)
            .map(Self)
            .ok_or(NoSuchKind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_address_is_not_found() {
        for address in [
            "/nowhere",
            "/ledger/nonsense",
            "/ledgers/nonsense",
            "/admin/nonsense",
        ] {
            assert_eq!(Route::recognize(address), Some(Route::NotFound), "{address}");
        }
    }

    #[test]
    fn every_address_leads_back_to_its_page() {
        let id = LedgerId([0xab; 16]);
        for route in [
            Route::Home,
            Route::SignIn,
            Route::Inbox,
            Route::Settings,
            Route::Ledger { id },
            Route::Admin {
                section: Section::Audit,
            },
            Route::Ledgers {
                kind: KindPath(Kind::Pledge),
            },
        ] {
            assert_eq!(Route::recognize(&route.to_path()), Some(route));
        }
    }
}
