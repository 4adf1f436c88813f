//! What deeds are about.

use serde::{Deserialize, Serialize};

use super::Deed;

/// The kinds of deeds, to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Units, accounts, roles.
    People,
    /// Signing in and out, passwords, sessions, devices.
    Sessions,
    /// Ledgers closed, changes refused, held and decided about.
    Ledgers,
    /// Enterprise settings.
    Settings,
    /// What left the relay.
    Exports,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 5] = [
        Self::People,
        Self::Sessions,
        Self::Ledgers,
        Self::Settings,
        Self::Exports,
    ];
}

impl Deed {
    /// What it is about.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        match self {
            Self::Founded
            | Self::EnterpriseNamed
            | Self::UnitsAdded { .. }
            | Self::UnitChanged { .. }
            | Self::AccountsAdded { .. }
            | Self::Granted { .. }
            | Self::MemberMoved { .. } => Topic::People,
            Self::PasswordChanged { .. }
            | Self::ResetAllowed { .. }
            | Self::SignedIn
            | Self::SignedOut
            | Self::SignInFailed { .. }
            | Self::SessionEnded { .. }
            | Self::SessionsEnded { .. }
            | Self::DeviceForgotten { .. } => Topic::Sessions,
            Self::StatusChanged { .. }
            | Self::Refused { .. }
            | Self::Held { .. }
            | Self::Decided { .. }
            | Self::Voided { .. }
            | Self::LedgerClosed { .. }
            | Self::RolledOver { .. }
            | Self::LedgerForgotten { .. }
            | Self::DetailsAsked { .. } => Topic::Ledgers,
            Self::SettingChanged { .. } => Topic::Settings,
            Self::Exported { .. } => Topic::Exports,
        }
    }
}
