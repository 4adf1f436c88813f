//! The audit log in words, with the names of people and units.

use shared::protocol::http::audit::{Deed, Record};
use shared::sync::relay::Standing;

use super::book::{self, Book};
use crate::i18n::{AuditNote, Language};

/// How many names are written out.
const NAMED: usize = 5;
/// How many digits of a digest are shown: as many as a printed sheet has.
const DIGEST: usize = 8;
/// How many digits of an id are shown.
const SHORT: usize = 8;

/// Who did it.
pub(super) fn who(language: Language, book: &Book<'_>, record: &Record) -> String {
    record.account.map_or_else(
        || language.note(&AuditNote::Relay).to_string(),
        |account| book.person(account),
    )
}

/// What was done.
#[expect(clippy::too_many_lines, reason = "one arm for each deed")]
pub(super) fn deed(language: Language, book: &Book<'_>, deed: &Deed) -> String {
    let say = |note: AuditNote<'_>| language.note(&note).to_string();
    match deed {
        Deed::Founded => say(AuditNote::Founded),
        Deed::EnterpriseNamed => say(AuditNote::EnterpriseNamed),
        Deed::UnitsAdded { units } => {
            let names = several(language, units, |unit| book.unit(*unit));
            say(AuditNote::UnitsAdded { names: &names })
        }
        Deed::UnitChanged { unit } => say(AuditNote::UnitChanged {
            name: &book.unit(*unit),
        }),
        Deed::AccountsAdded { accounts } => {
            let names = several(language, accounts, |account| book.person(*account));
            say(AuditNote::AccountsAdded { names: &names })
        }
        Deed::Granted { subject, to } => {
            let name = book.person(*subject);
            let held: Vec<_> = to.iter().filter(|grant| !grant.revoked).collect();
            if held.is_empty() {
                return say(AuditNote::GrantedNone { name: &name });
            }
            let roles = several(language, &held, |grant| {
                format!("{}（{}）", book.role(grant), book.span(grant))
            });
            say(AuditNote::Granted {
                name: &name,
                roles: &roles,
            })
        }
        Deed::PasswordChanged { subject } => say(AuditNote::PasswordChanged {
            name: &book.person(*subject),
        }),
        Deed::ResetAllowed { subject } => say(AuditNote::ResetAllowed {
            name: &book.person(*subject),
        }),
        Deed::SignedIn => say(AuditNote::SignedIn),
        Deed::SignedOut => say(AuditNote::SignedOut),
        Deed::SignInFailed { subject: None } => say(AuditNote::SignInFailedUnknown),
        Deed::SignInFailed {
            subject: Some(subject),
        } => say(AuditNote::SignInFailed {
            name: &book.person(*subject),
        }),
        Deed::SessionEnded { subject, on } => say(AuditNote::SessionEnded {
            name: &book.person(*subject),
            device: &book::device(*on),
        }),
        Deed::SessionsEnded { subject } => say(AuditNote::SessionsEnded {
            name: &book.person(*subject),
        }),
        Deed::DeviceForgotten { forgotten } => say(AuditNote::DeviceForgotten {
            device: &book::device(*forgotten),
        }),
        Deed::StatusChanged { ledger, status } => say(AuditNote::StatusChanged {
            ledger: &book.ledger(*ledger),
            status: *status,
        }),
        Deed::Refused { ledger, why, count } => say(AuditNote::Refused {
            ledger: &book.ledger(*ledger),
            why: *why,
            count: *count,
        }),
        Deed::Held { ledger, count } => say(AuditNote::Held {
            ledger: &book.ledger(*ledger),
            count: *count,
        }),
        Deed::Decided {
            ledger,
            changes,
            standing,
            reason,
        } => {
            let (ledger, count) = (&book.ledger(*ledger), changes.len());
            let decided = match standing {
                Standing::TakenIn => say(AuditNote::TakenIn { ledger, count }),
                Standing::TurnedDown | Standing::Waiting => say(AuditNote::TurnedDown { ledger, count }),
            };
            if reason.is_empty() {
                return decided;
            }
            format!("{decided} · {}", say(AuditNote::Reason { reason }))
        }
        Deed::Voided { ledger, count, .. } => say(AuditNote::Voided {
            ledger: &book.ledger(*ledger),
            count: *count,
        }),
        Deed::SettingChanged { kind, name, version } => say(AuditNote::SettingChanged {
            kind: *kind,
            name,
            version: *version,
        }),
        Deed::LedgerClosed { ledger, seq, chain } => say(AuditNote::LedgerClosed {
            ledger: &book.ledger(*ledger),
            seq: *seq,
            digest: &chain.to_string()[..DIGEST],
        }),
        Deed::RolledOver { unit, year } => say(AuditNote::RolledOver {
            name: &book.unit(*unit),
            year: *year,
        }),
        Deed::LedgerForgotten { ledger } => say(AuditNote::LedgerForgotten {
            ledger: &book.ledger(*ledger),
        }),
        Deed::MemberMoved { person, from, to } => say(AuditNote::MemberMoved {
            member: &person.to_string()[..SHORT],
            from: &book.unit(*from),
            to: &book.unit(*to),
        }),
        Deed::DetailsAsked { unit, reason } => say(AuditNote::DetailsAsked {
            name: &book.unit(*unit),
            reason,
        }),
        Deed::Exported { what } => say(AuditNote::Exported(*what)),
    }
}

/// The first few by name, and how many there are.
fn several<T>(language: Language, all: &[T], name: impl Fn(&T) -> String) -> String {
    let first: Vec<String> = all.iter().take(NAMED).map(name).collect();
    let names = first.join("、");
    if all.len() <= NAMED {
        return names;
    }
    let more = AuditNote::AndMore {
        names: &names,
        count: all.len(),
    };
    language.note(&more).to_string()
}

#[cfg(test)]
mod tests {
    use shared::access::{Grant, Role, UnitKind};
    use shared::id::{AccountId, UnitId};
    use shared::protocol::http::admin::{AdminAccount, AdminUnit, Overview};

    use super::*;

    const UNIT: UnitId = UnitId::from_bytes([1; 16]);
    const LIN: AccountId = AccountId::from_bytes([2; 16]);

    fn says(done: &Deed, wanted: &str) {
        let overview = Overview {
            units: vec![AdminUnit {
                id: UNIT,
                name: "一支部".to_owned(),
                kind: UnitKind::Branch,
                parent: None,
            }],
            accounts: vec![AdminAccount {
                id: LIN,
                login: "lin".to_owned(),
                name: "林知远".to_owned(),
                grants: Vec::new(),
                first_password: false,
            }],
            sessions: Vec::new(),
            ledgers: Vec::new(),
        };
        let book = Book::of(Language::Chinese, &overview);
        assert_eq!(deed(Language::Chinese, &book, done), wanted);
    }

    #[test]
    fn people_and_units_are_named_and_what_is_gone_by_its_id() {
        let grant = Grant::new(UNIT, Role::Secretary);
        let to = vec![
            Grant {
                revoked: true,
                ..grant
            },
            grant,
        ];
        says(
            &Deed::Granted { subject: LIN, to },
            "林知远 的角色改为：支部书记 · 一支部（不限期）",
        );
        let to = vec![Grant {
            revoked: true,
            ..grant
        }];
        says(&Deed::Granted { subject: LIN, to }, "林知远 不再有角色");
        let gone = AccountId::from_bytes([7; 16]);
        says(&Deed::PasswordChanged { subject: gone }, "修改密码：07070707");
    }

    #[test]
    fn of_many_the_first_few_are_named() {
        says(
            &Deed::UnitsAdded { units: vec![UNIT; 7] },
            "新增组织：一支部、一支部、一支部、一支部、一支部 等 7 项",
        );
    }
}
