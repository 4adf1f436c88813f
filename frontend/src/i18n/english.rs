//! English.

use shared::access::Role;
use shared::ledger::column::{CellProblem, show_hundredths};
use shared::ledger::kind::Kind;

use super::{KeyNote, Language, Message, Theme, access, address, admin, audit, thousands};

#[expect(
    clippy::match_same_arms,
    reason = "two messages that say the same today need not tomorrow"
)]
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match: a missing message does not compile"
)]
pub(super) fn say(message: &Message<'_>) -> String {
    let fixed = match *message {
        Message::AppName => "Taizhang",
        Message::Opening => "Opening…",
        Message::Home => "Desk",
        Message::Kind(Kind::Pledge) => "Pledges",
        Message::Kind(Kind::Zone) => "Zones",
        Message::Kind(Kind::Post) => "Posts",
        Message::Kind(Kind::Appraisal) => "Appraisal",
        Message::Kind(Kind::Roster) => "Roster",
        Message::Role(role) => self::role(role),
        Message::Navigation => "Main navigation",
        Message::Account => "Account",
        Message::Password => "Password",
        Message::SignIn => "Sign in",
        Message::SigningIn => "Signing in…",
        Message::SignOut => "Sign out",
        Message::SignInIntroduction => {
            "After signing in once, your branch's ledgers open and can be edited without a network."
        }
        Message::SignInWrong => "Account or password is wrong.",
        Message::SignInUnreachable => {
            "The server cannot be reached. The first sign-in needs the network: check it and try again."
        }
        Message::SignInFailed => {
            "Signing in failed: the server has a problem. Try later, or tell an administrator."
        }
        Message::SignInAgain => {
            "The session has expired. Sign in again, and what this device holds will be uploaded."
        }
        Message::DemoAccounts => "Demonstration accounts",
        Message::DemoHint => {
            "People, units and texts of the demonstration are invented. Click a line to sign in."
        }
        Message::SyncNow => "Sync now",
        Message::SyncedNever => "Synced",
        Message::Connecting => "Connecting",
        Message::Saving => "Saving",
        Message::Here => "Saved here",
        Message::SignInToUpload => "Sign in to upload",
        Message::Offline => "Offline, editable",
        Message::LedgerFull => "The ledger is full; the office has to act before these are uploaded",
        Message::RelayOlder => "The server is older; uploaded once it is updated",
        Message::StorageFull => "This device is short of space",
        Message::StorageCannotOpen => {
            "Storage on this device cannot be opened (a private window, perhaps): nothing can be edited. Use an ordinary window."
        }
        Message::StorageNewer => {
            "A newer version has written the storage on this device. Reload the page to use it."
        }
        Message::StorageCannotWrite => {
            "Writing to this device failed: what is typed from now on is not kept. Export what is not uploaded and free some space."
        }
        Message::VersionMismatch => {
            "App and server have different versions: nothing can be uploaded for now, all edits are kept here. Update the app or tell an administrator."
        }
        Message::UpdateReady => "A new version is ready",
        Message::UpdateApply => "Update",
        Message::UpdateWaits => "A cell is being edited: commit it first",
        Message::Theme(Theme::System) => "As the system",
        Message::Theme(Theme::Light) => "Light",
        Message::Theme(Theme::Dark) => "Dark",
        Message::ThemeTitle => "Appearance",
        Message::LanguageTitle => "Language",
        Message::Language(Language::Chinese) => "简体中文",
        Message::Language(Language::English) => "English",
        Message::NotHere => "Not on this device yet",
        Message::Incomplete => "Not complete yet",
        Message::JustNow => "just now",
        Message::NoLedgers => "No ledgers to see yet",
        Message::NoLedgersHint => {
            "Ledgers appear here once the office has opened them. If you have just signed in, wait a moment online."
        }
        Message::LedgerMissing => "This ledger cannot be opened",
        Message::LedgerMissingHint => {
            "It is not on this device, or you may not see it. Everything else here is unharmed."
        }
        Message::PageMissing => "There is no such page",
        Message::PageMissingHint => "The address may be mistyped. Nothing on this device is harmed.",
        Message::ToHome => "To the desk",
        Message::Search => "Find",
        Message::SearchHint => "Find a name, pinyin, text",
        Message::Filter => "Filter",
        Message::FilterContains => "Contains",
        Message::FilterEmpty => "(empty)",
        Message::FilterAll => "All",
        Message::FilterClear => "Clear filters",
        Message::SortAscending => "Ascending",
        Message::SortDescending => "Descending",
        Message::SortNone => "Own order",
        Message::Columns => "Columns",
        Message::Density => "Row height",
        Message::DensityCompact => "Compact",
        Message::DensityNormal => "Normal",
        Message::DensityRoomy => "Roomy",
        Message::ShowRemoved => "Show removed",
        Message::AddRow => "New row",
        Message::ChooseFirst => "Choose first, then fill in the rest. This choice cannot be changed later.",
        Message::Remove => "Remove",
        Message::RemoveReason => "Reason",
        Message::RemoveHint => "Removed rows are kept and can be restored at any time.",
        Message::Restore => "Restore",
        Message::RemovedMetEdits => "Removed while somebody edited it",
        Message::Undo => "Undo",
        Message::Redo => "Redo",
        Message::UndoNothing => "Nothing to undo",
        Message::UndoOthersHint => "Undoing overwrites what others wrote. It stays in the history.",
        Message::UndoAnyway => "Undo anyway",
        Message::Cancel => "Cancel",
        Message::Close => "Close",
        Message::Confirm => "OK",
        Message::Keys => "Keys",
        Message::RowNumber => "No.",
        Message::CellHere => "not uploaded",
        Message::CellClash => "in conflict, to be settled",
        Message::EmptyFiltered => "Nothing fits: the filter or search hides everything",
        Message::EmptyCell => "--",
        Message::Problem(problem) => return self::problem(problem),
        Message::LockedCell => "This cell cannot be changed",
        Message::NoChoice => "Nothing fits",
        Message::ActTooMany => "Too many cells at once: paste in parts. Nothing was written.",
        Message::ActNeedsNewerApp => {
            "A newer version has written this ledger: update the app first. Nothing was written."
        }
        Message::ActFailed => "This was not done, and nothing has changed.",
        Message::ClashBefore => "Before",
        Message::ClashTake => "Keep",
        Message::ClashOther => "Another…",
        Message::ClashLater => "Leave open",
        Message::ClashOtherValue => "Another value",
        Message::ClashGone => "Somebody has settled this conflict",
        Message::ValueEmpty => "(empty)",
        Message::AuthorUnknown => "Unknown",
        Message::You => "Me",
        Message::AsideHint => {
            "These changes were not accepted. Their values are kept on this device: copy them, or drop them."
        }
        Message::AsideCopy => "Copy",
        Message::AsideCopied => "Copied",
        Message::AsideDismiss => "Drop",
        Message::AsideNotPermitted => "Not permitted",
        Message::AsideMalformed => "Breaks a rule",
        Message::AsideTooLarge => "Too large",
        Message::AsideUnknownLedger => "The server has no such ledger",
        Message::AsideRuinous => {
            "Withdrawn: it, or what it built on, would ruin the ledger; export it and enter it anew"
        }
        Message::AsideTurnedDown => "Turned down by the officer in charge",
        Message::AsideNoLongerApplies => "What it built on has changed",
        Message::DeedSettled => "Keep",
        Message::Today => "Today",
        Message::MonthBefore => "Month before",
        Message::MonthAfter => "Month after",
        Message::Weekday(day) => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"][usize::from(day % 7)],
        Message::Tables => "Tables",
        Message::Card => "Whole row",
        Message::Key(KeyNote::Move) => "Move one cell",
        Message::Key(KeyNote::Edge) => "Jump to the edge of what is filled",
        Message::Key(KeyNote::Next) => "Next, previous cell",
        Message::Key(KeyNote::Down) => "Down, up; commits while editing",
        Message::Key(KeyNote::Edit) => "Edit the cell",
        Message::Key(KeyNote::Type) => "Typing replaces the cell",
        Message::Key(KeyNote::Escape) => "Cancel editing; clear the copy mark",
        Message::Key(KeyNote::Ends) => "Ends of the row, of the table, pages",
        Message::Key(KeyNote::Extend) => "Extend the selection, select all",
        Message::Key(KeyNote::Copy) => "Copy, cut, paste (also with Excel and WPS)",
        Message::Key(KeyNote::Fill) => "Fill down",
        Message::Key(KeyNote::Undo) => "Undo, redo one's own acts",
        Message::Key(KeyNote::Clear) => "Clear",
        Message::Key(KeyNote::Today) => "Today's date",
        Message::Key(KeyNote::Find) => "Find",
        Message::Key(KeyNote::Add) => "New row below",
        Message::Key(KeyNote::Card) => "Show the whole row",
        Message::Key(KeyNote::Break) => "Line break in the cell",
        Message::Key(KeyNote::Leave) => "Leave the grid",
        Message::Key(KeyNote::Help) => "This list",
        Message::Address(message) => return address::english(&message),
        Message::Device(ref note) => return super::device::english(note),
        Message::Access(note) => return access::english(&note),
        Message::Admin(note) => return admin::english(&note),
        Message::Audit(note) => return audit::english(&note),
        Message::Inbox(ref note) => return super::inbox::english(note),
        Message::Appraisal(ref note) => return super::appraisal::english(note),
        Message::Life(ref note) => return super::life::english(note),
        Message::Safety(ref note) => return super::safety::english(note),
        Message::Year(year) => return format!("{year}"),
        Message::SignInSlowDown { seconds } => return format!("Too many tries: again in {seconds} s."),
        Message::Synced { at } => return format!("Synced {}", at.clock()),
        Message::Pending { count } => return format!("{count} to upload"),
        Message::OfflineDays { days } => return format!("Offline, editable · {days} d"),
        Message::Sending { sent, of } => return format!("Uploading {sent}/{of}"),
        Message::Held { count } => return format!("{count} held"),
        Message::Clashes { count } => return format!("{count} in conflict"),
        Message::Refused { count } => return format!("{count} not accepted"),
        Message::OfflineForDays { days } => {
            return format!(
                "Offline for {days} days. All edits are on this device: open it once online to upload them."
            );
        }
        Message::LedgersLead { units } => return units.to_owned(),
        Message::Count { count } => return format!("{} rows", thousands(whole(count))),
        Message::Filtered { count } => return format!("{} shown", thousands(whole(count))),
        Message::Removed { count } => return format!("{count} removed"),
        Message::LastChange { when } => return format!("Last change {when}"),
        Message::MinutesAgo { minutes } => return format!("{minutes} min ago"),
        Message::HoursAgo { hours } => return format!("{hours} h ago"),
        Message::AsOf { at, pending, clashes } => {
            return format!("As of {at}, {pending} not uploaded, {clashes} in conflict");
        }
        Message::FilterOf { column } => return format!("Filter “{column}”"),
        Message::AddRowOf { table } => return format!("New in {table}"),
        Message::RemoveRows { count } => return format!("Remove {count} rows"),
        Message::Unreadable { count } => {
            return format!(
                "{count} changes on this device cannot be read: do not clear its data, tell an administrator"
            );
        }
        Message::RemovedBy { name, at, why } => return format!("Removed by {name} at {at}: {why}"),
        Message::UndoOthers { count } => return format!("Others have changed {count} of these cells since"),
        Message::Row { number } => return format!("Row {number}"),
        Message::CellLocked { column } => return format!("“{column}” cannot be changed here"),
        Message::CellChanged { by, value } => {
            let by = if by.is_empty() { "Somebody" } else { by };
            return match value {
                "" => format!("{by} has just cleared this cell"),
                value => format!("{by} has just changed this cell: {value}"),
            };
        }
        Message::EmptyTable { table } => return format!("Nothing in {table} yet"),
        Message::Namesakes { name } => return format!("“{name}” has namesakes: choose from the list"),
        Message::NoMember { name: "" } => return "The new row names nobody".to_owned(),
        Message::NoMember { name } => return format!("“{name}” is not in the roster"),
        Message::NoRow { name } => return format!("No “{name}”: choose from the list"),
        Message::TooManyMembers { max } => return format!("At most {max} people"),
        Message::Pasted { rows, columns } => return format!("Pasted {rows} × {columns}"),
        Message::PastedLeftOut { count } => return format!("{count} cells were not written"),
        Message::PastedAt { row, column } => return format!("Row {row}, {column}"),
        Message::Copied { rows, columns } => return format!("Copied {rows} × {columns}"),
        Message::Skipped(count) => {
            return format!("{count} cells are in conflict and were left alone: settle them first");
        }
        Message::NewHidden(count) => return format!("{count} new rows, hidden by the filter"),
        Message::ClashTitle { count } => return format!("{count} different values in one cell: keep one"),
        Message::ClashOf { row, column } => return format!("Row {row} · {column}"),
        Message::AsideTitle { count } => return format!("{count} not accepted"),
        Message::DeedAdded { table } => return format!("{table} · new row"),
        Message::DeedRemoved { table } => return format!("{table} · removal"),
        Message::DeedRestored { table } => return format!("{table} · restoring"),
        Message::Sum { column, sum } => return format!("{column}: {}", thousands(sum)),
        Message::Selected {
            cells,
            sum: Some(sum),
        } => return format!("{cells} cells · sum {}", thousands(sum)),
        Message::Selected { cells, sum: None } => return format!("{cells} cells"),
        Message::Month { year, month } => return format!("{year}-{month:02}"),
    };
    fixed.to_owned()
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Administrator",
        Role::OfficeOfficer => "Office officer",
        Role::Secretary => "Secretary",
        Role::OrganisationCommissioner => "Organisation commissioner",
        Role::PublicityCommissioner => "Publicity commissioner",
        Role::DisciplineCommissioner => "Discipline commissioner",
        Role::GroupLeader => "Group leader",
        Role::Viewer => "Viewer",
    }
}

fn problem(problem: &CellProblem) -> String {
    match problem {
        CellProblem::TooLong { count, max } => format!("At most {max} characters, now {count}"),
        CellProblem::NoSuchChoice => "Choose one of the list".to_owned(),
        CellProblem::NotADate => "Not a date: 2026-11-23 or 11-23, for example".to_owned(),
        CellProblem::NotAScore => "A score of at most two decimals".to_owned(),
        CellProblem::ScoreOutOfRange { max } => {
            format!("A score between 0 and full marks, {}", show_hundredths(*max))
        }
        CellProblem::NotANumber => "A whole number, please".to_owned(),
        CellProblem::OutOfRange { min, max } => format!("Between {min} and {max}"),
        CellProblem::NotAFlag => "Yes or no, please".to_owned(),
        CellProblem::NeedsChoosing => "Choose from the list".to_owned(),
    }
}
