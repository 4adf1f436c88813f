//! The notes in English.

use shared::access::UnitKind;

use super::AdminNote as N;

#[expect(
    clippy::match_same_arms,
    reason = "two notes that say the same today need not tomorrow"
)]
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match: a missing note does not compile"
)]
pub(in crate::i18n) fn english(note: &N<'_>) -> String {
    let fixed = match *note {
        N::Administration => "Administration",
        N::Lead => {
            "Units, accounts, sessions, and ledgers open or closed. Changes take effect at once and are logged."
        }
        N::Units => "Units",
        N::Accounts => "Accounts",
        N::Devices => "Devices and sessions",
        N::Ledgers => "Ledgers",
        N::Audit => "Audit log",
        N::NotYours => "Nothing to administer",
        N::NotYoursHint => "You are no administrator, or this page needs one of the whole enterprise.",
        N::Kind(UnitKind::PartyCommittee) => "Party committee",
        N::Kind(UnitKind::GeneralBranch) => "General branch",
        N::Kind(UnitKind::Branch) => "Branch",
        N::Add => "Add",
        N::UnitAdd => "Add a unit",
        N::UnitAddBelow { name } => return format!("Add a unit below “{name}”"),
        N::UnitName => "Name",
        N::UnitKind => "Kind",
        N::UnitAbove => "Above",
        N::UnitRename => "Rename",
        N::UnitRenameOf { name } => return format!("Rename “{name}”"),
        N::Save => "Save",
        N::People { count } => return format!("{count} accounts"),
        N::FromSheet => "From a sheet",
        N::AccountAdd => "Add an account",
        N::PersonName => "Name",
        N::Login => "Account",
        N::LoginHint => "Typed to sign in, such as the name in pinyin; no spaces.",
        N::Role => "Role",
        N::Unit => "Unit",
        N::UnitsAll => "All units",
        N::Find => "Find a name or account",
        N::NobodyFound => "No account fits",
        N::Of { what, whom } => return format!("{what}: {whom}"),
        N::From => "First day",
        N::Until => "Last day",
        N::DayHint => "such as 2026-11-23, or empty",
        N::DayBad => "No such day: type one such as 2026-11-23, or nothing.",
        N::DaysTurned => "The last day is before the first.",
        N::FirstPassword => "First password unchanged",
        N::NoRole => "No role",
        N::Roles => "Roles",
        N::RolesOf { name } => return format!("Roles of {name}"),
        N::RolesHint => {
            "Any change ends all of this person's sessions. What arrives after a role was revoked is held for review."
        }
        N::RoleAdd => "Another role",
        N::RoleGive => "Give",
        N::RoleRevoke => "Revoke now",
        N::RoleRevokeAsk { role } => return format!("Revoke “{role}” now?"),
        N::RoleRevokeHint => {
            "This person's sessions end at once; what arrives later is held for review. The record stays."
        }
        N::RoleEnd => "Last day (included)",
        N::RoleEndSave => "End it then",
        N::RoleInForce => "In force",
        N::RoleToCome => "To come",
        N::RoleOver => "Over",
        N::RoleRevoked => "Revoked",
        N::Span { from, until } => {
            let day = |day: Option<shared::time::Date>| day.map(|day| day.to_string());
            return match (day(from), day(until)) {
                (None, None) => "without an end".to_owned(),
                (Some(from), None) => format!("from {from}"),
                (None, Some(until)) => format!("until {until}"),
                (Some(from), Some(until)) => format!("{from} ～ {until}"),
            };
        }
        N::Reset => "Reset code",
        N::ResetAsk { name } => return format!("Make a one-time reset code for {name}?"),
        N::ResetHint => {
            "For a forgotten password. Tell the person in person or by telephone; it works once, and earlier codes no longer do."
        }
        N::ResetMake => "Make it",
        N::ResetMade { name } => return format!("One-time reset code of {name}"),
        N::ResetUntil { until } => {
            return format!("Works once, until {until}: “Use a one-time reset code” on the sign-in page.");
        }
        N::ResetOnce => "Shown this once; it cannot be looked up later.",
        N::ByDevice => "By device",
        N::ByAccount => "By account",
        N::Device { short } => return format!("Device {short}"),
        N::ThisDevice => "This device",
        N::Began { at } => return format!("Since {at}"),
        N::Used { when } => return format!("last used {when}"),
        N::SessionEnd => "End it",
        N::SessionsEnd => "End all",
        N::SessionsEndAsk { name } => return format!("End all sessions of {name}?"),
        N::SessionsEndHint => {
            "They must sign in again; what is not uploaded stays on their devices and goes up then."
        }
        N::DeviceForget => "Forget the device",
        N::DeviceForgetAsk { short } => return format!("Forget device {short}?"),
        N::DeviceForgetHint => {
            "All sessions on it end, and it is listed no more. Its data is not deleted by that."
        }
        N::NoSessions => "Nobody is signed in",
        N::LedgerOpen => "Open",
        N::LedgerClosed => "Closed",
        N::LedgerClose => "Close",
        N::LedgerReopen => "Open again",
        N::LedgerCloseAsk { ledger } => return format!("Close {ledger}?"),
        N::LedgerCloseHint => {
            "What arrives later is held for the branch's secretary. It can be opened again."
        }
        N::State => "State",
        N::Ledger => "Ledger",
        N::SheetUnits => "Units from a sheet",
        N::SheetAccounts => "Accounts from a sheet",
        N::SheetUnitsHint => {
            "Three columns: name, kind (party committee, general branch, branch), above. Above is never empty; those above come first."
        }
        N::SheetAccountsHint => {
            "Four columns: name, account, role, unit. Whoever has several roles has a row for each, with the same account. Slips with first passwords follow."
        }
        N::SheetPaste => "Paste here",
        N::SheetPasteHint => {
            "Select the columns in Excel or WPS (with their head if you like), copy, and paste here (Ctrl+V)."
        }
        N::SheetFile => "Choose a CSV or TXT file",
        N::SheetFileBad => {
            "No text could be read from this file. Save it as CSV (UTF-8 or GB18030) and try again."
        }
        N::SheetTooLarge { most_kib } => {
            return format!(
                "That is too much to paste, at most {most_kib} KB: select only the rows and columns needed, and paste in parts."
            );
        }
        N::SheetMore { count } => return format!("… {count} rows in all"),
        N::SheetLine => "Row",
        N::SheetProblem => "Problem",
        N::SheetGood { count } => return format!("{count} rows can be imported"),
        N::SheetWrong { count } => {
            return format!(
                "{count} rows are wrong: mend them and paste again; until then no row is imported"
            );
        }
        N::SheetSend { count } => return format!("Import {count} rows"),
        N::SheetSending { added, count } => return format!("Importing: {added} of {count} rows"),
        N::SheetRest { first, last, why } => {
            return format!(
                "Rows {first} to {last} were not imported: {why}. Print the slips below, then paste these rows alone and import them."
            );
        }
        N::SheetUnsure { first, last } => {
            return format!(
                " No answer came for rows {first} to {last}, which may be there: where an account is taken then, make a reset code."
            );
        }
        N::SheetAnew => "Paste again",
        N::SheetEmpty => "Nothing was read.",
        N::Back => "Back",
        N::NoSuchKind => "The kind is party committee, general branch or branch",
        N::NoSuchRole => "There is no such role",
        N::OtherName => "A row above has this account for another name",
        N::NameBad { most } => {
            return format!("The name is empty, longer than {most} characters, or has invisible ones");
        }
        N::LoginBad { most } => {
            return format!("The account is empty, has a space, or is longer than {most} bytes");
        }
        N::LoginTaken => "The account is taken",
        N::UnitTaken => "There is a unit of this name",
        N::NoUnit => "There is no such unit, or you do not administer it",
        N::Place => "A unit of this kind cannot stand there",
        N::SecondTop => "One unit stands at the top already: name the one above",
        N::Gone => "It is gone: load the page again",
        N::LastAdministrator => {
            "The last administrator of the enterprise cannot be taken away or given a last day"
        }
        N::TooMany { most } => return format!("At most {most} rows at once"),
        N::Slips { count } => return format!("{count} slips with first passwords"),
        N::SlipsOnce => {
            "First passwords are shown this once. Print them now and hand them over in person; once you are done, sign out or close the page, only a reset code helps."
        }
        N::SlipsPrint => "Print",
        N::SlipsDone => "Printed, done",
        N::SlipsDoneAsk => "Are all slips printed?",
        N::SlipsDoneHint => "The passwords are not shown again.",
        N::SlipHead => "Signing in to the ledgers",
        N::SlipAddress => "Address",
        N::SlipPassword => "First password",
        N::SlipFoot => "To be changed at the first sign-in. Do not lend or photograph it.",
    };
    fixed.to_owned()
}
