//! Names for what an administrator keeps.

use std::collections::BTreeMap;

use shared::access::Grant;
use shared::id::{AccountId, DeviceId, LedgerId, UnitId};
use shared::ledger::key::LedgerKey;
use shared::protocol::http::admin::Overview;

use crate::i18n::{AdminNote, Language, Message};
use crate::pages::ledgers;

/// Names for what an administrator keeps.
pub(super) struct Book<'a> {
    language: Language,
    units: BTreeMap<UnitId, &'a str>,
    people: BTreeMap<AccountId, &'a str>,
    ledgers: BTreeMap<LedgerId, LedgerKey>,
}

impl<'a> Book<'a> {
    pub(super) fn of(language: Language, overview: &'a Overview) -> Self {
        let units = overview.units.iter().map(|unit| (unit.id, unit.name.as_str()));
        let people = overview.accounts.iter();
        let people = people.map(|account| (account.id, account.name.as_str()));
        let ledgers = overview.ledgers.iter().map(|ledger| (ledger.id, ledger.key));
        Self {
            language,
            units: units.collect(),
            people: people.collect(),
            ledgers: ledgers.collect(),
        }
    }

    /// The name of a unit, else the first digits of its id.
    pub(super) fn unit(&self, id: UnitId) -> String {
        let known = self.units.get(&id).copied();
        known.map_or_else(|| short(&id.to_string()), str::to_owned)
    }

    /// The name of a person, else the first digits of the account's id.
    pub(super) fn person(&self, id: AccountId) -> String {
        let known = self.people.get(&id).copied();
        known.map_or_else(|| short(&id.to_string()), str::to_owned)
    }

    /// What a ledger is called, with its unit.
    pub(super) fn ledger(&self, id: LedgerId) -> String {
        self.ledgers
            .get(&id)
            .map_or_else(|| short(&id.to_string()), |key| self.key(key))
    }

    /// What a ledger of this key is called, with its unit.
    pub(super) fn key(&self, key: &LedgerKey) -> String {
        format!("{} {}", self.unit(key.unit), ledgers::title(self.language, key))
    }

    /// A role and where it is held.
    pub(super) fn role(&self, grant: &Grant) -> String {
        let role = self.language.say(&Message::Role(grant.role));
        format!("{role} · {}", self.unit(grant.unit))
    }

    /// From when to when a role is held.
    pub(super) fn span(&self, grant: &Grant) -> String {
        let note = AdminNote::Span {
            from: grant.from,
            until: grant.until,
        };
        self.language.note(&note).to_string()
    }
}

/// How a device is called: the last digits of its id, since the first are alike for those of one moment.
pub(super) fn device(id: DeviceId) -> String {
    let digits: String = id.to_string().chars().filter(char::is_ascii_hexdigit).collect();
    digits[digits.len().saturating_sub(6)..].to_uppercase()
}

fn short(id: &str) -> String {
    id.chars().take(8).collect()
}
