//! Everything the app says, as one closed enum.

use shared::access::Role;
use shared::ledger::column::CellProblem;
use shared::ledger::kind::Kind;
use shared::time::Timestamp;

use super::{
    AccessNote, AddressMessage, AdminNote, AppraisalNote, AuditNote, DeviceNote, InboxNote, KeyNote,
    Language, LifeNote, SafetyNote, Theme,
};

/// Everything the app says.
#[expect(missing_docs, reason = "the two languages say what each message says")]
#[derive(Clone, Debug, PartialEq)]
pub enum Message<'a> {
    AppName,
    Opening,
    Home,
    Kind(Kind),
    Role(Role),
    Year(u16),
    Navigation,
    Account,
    Password,
    SignIn,
    SigningIn,
    SignOut,
    SignInIntroduction,
    SignInWrong,
    SignInSlowDown {
        seconds: u32,
    },
    SignInUnreachable,
    SignInFailed,
    SignInAgain,
    DemoAccounts,
    DemoHint,
    SyncNow,
    Synced {
        at: Timestamp,
    },
    SyncedNever,
    Connecting,
    Saving,
    Here,
    SignInToUpload,
    Pending {
        count: usize,
    },
    Offline,
    OfflineDays {
        days: u64,
    },
    Sending {
        sent: usize,
        of: usize,
    },
    Held {
        count: usize,
    },
    Clashes {
        count: usize,
    },
    Refused {
        count: usize,
    },
    StorageFull,
    StorageCannotOpen,
    StorageNewer,
    StorageCannotWrite,
    VersionMismatch,
    OfflineForDays {
        days: u64,
    },
    UpdateReady,
    UpdateApply,
    UpdateWaits,
    Theme(Theme),
    ThemeTitle,
    LanguageTitle,
    Language(Language),
    LedgersLead {
        units: &'a str,
    },
    Count {
        count: usize,
    },
    Filtered {
        count: usize,
    },
    Removed {
        count: usize,
    },
    NotHere,
    Incomplete,
    LastChange {
        when: &'a str,
    },
    JustNow,
    MinutesAgo {
        minutes: u64,
    },
    HoursAgo {
        hours: u64,
    },
    NoLedgers,
    NoLedgersHint,
    LedgerMissing,
    LedgerMissingHint,
    PageMissing,
    PageMissingHint,
    ToHome,
    AsOf {
        at: Timestamp,
        pending: usize,
        clashes: usize,
    },
    Search,
    SearchHint,
    Filter,
    FilterOf {
        column: &'a str,
    },
    FilterContains,
    FilterEmpty,
    FilterAll,
    FilterClear,
    SortAscending,
    SortDescending,
    SortNone,
    Columns,
    Density,
    DensityCompact,
    DensityNormal,
    DensityRoomy,
    ShowRemoved,
    AddRow,
    AddRowOf {
        table: &'a str,
    },
    ChooseFirst,
    Remove,
    RemoveRows {
        count: usize,
    },
    RemoveReason,
    RemoveHint,
    Restore,
    RemovedBy {
        name: &'a str,
        at: Timestamp,
        why: &'a str,
    },
    RemovedMetEdits,
    Undo,
    Redo,
    UndoNothing,
    UndoOthers {
        count: usize,
    },
    UndoOthersHint,
    UndoAnyway,
    Cancel,
    Close,
    Confirm,
    RowNumber,
    Row {
        number: usize,
    },
    CellLocked {
        column: &'a str,
    },
    CellHere,
    CellClash,
    CellChanged {
        by: &'a str,
        value: &'a str,
    },
    EmptyTable {
        table: &'a str,
    },
    EmptyFiltered,
    EmptyCell,
    Problem(&'a CellProblem),
    Namesakes {
        name: &'a str,
    },
    NoMember {
        name: &'a str,
    },
    NoRow {
        name: &'a str,
    },
    TooManyMembers {
        max: usize,
    },
    LockedCell,
    NoChoice,
    Pasted {
        rows: usize,
        columns: usize,
    },
    PastedLeftOut {
        count: usize,
    },
    PastedAt {
        row: usize,
        column: &'a str,
    },
    Copied {
        rows: usize,
        columns: usize,
    },
    Skipped(usize),
    NewHidden(usize),
    ActTooMany,
    ActNeedsNewerApp,
    ActFailed,
    ClashTitle {
        count: usize,
    },
    ClashBefore,
    ClashTake,
    ClashOther,
    ClashLater,
    ClashOf {
        row: usize,
        column: &'a str,
    },
    ClashOtherValue,
    ClashGone,
    Unreadable {
        count: usize,
    },
    LedgerFull,
    RelayOlder,
    ValueEmpty,
    AuthorUnknown,
    You,
    AsideTitle {
        count: usize,
    },
    AsideHint,
    AsideCopy,
    AsideCopied,
    AsideDismiss,
    AsideNotPermitted,
    AsideMalformed,
    AsideTooLarge,
    AsideUnknownLedger,
    AsideTurnedDown,
    AsideRuinous,
    AsideNoLongerApplies,
    DeedAdded {
        table: &'a str,
    },
    DeedRemoved {
        table: &'a str,
    },
    DeedRestored {
        table: &'a str,
    },
    DeedSettled,
    Sum {
        column: &'a str,
        sum: i64,
    },
    Selected {
        cells: usize,
        sum: Option<i64>,
    },
    Today,
    MonthBefore,
    MonthAfter,
    Month {
        year: i32,
        month: u8,
    },
    Weekday(u8),
    Tables,
    Card,
    Keys,
    Key(KeyNote),
    Device(DeviceNote<'a>),
    Address(AddressMessage<'a>),
    Access(AccessNote<'a>),
    Admin(AdminNote<'a>),
    Audit(AuditNote<'a>),
    Inbox(InboxNote<'a>),
    Safety(SafetyNote<'a>),
    Life(LifeNote<'a>),
    Appraisal(AppraisalNote<'a>),
}
