//! What is said of the device: whose it is, its lock, leaving it, and what colleagues left on it.

use shared::protocol::http::DeviceKind;

/// What is said of the device.
#[expect(missing_docs, reason = "the two languages say what each note says")]
#[derive(Clone, Debug, PartialEq)]
pub enum DeviceNote<'a> {
    Settings,
    SettingsLead,
    ThisDevice,
    Kind(DeviceKind),
    KindHint(DeviceKind),
    KindSession,
    SharedTick,
    SharedTickHint,
    LockTitle,
    LockNow,
    LockedFor {
        name: &'a str,
    },
    LockTruth,
    Code,
    CodeAgain,
    CodeOpen,
    CodeChecking,
    CodeChoose {
        least: usize,
    },
    CodeChooseLead,
    CodeSave,
    CodeLater,
    CodeLaterHint,
    CodeChange,
    CodeRemove,
    CodeChosen,
    CodeNone,
    CodeWrong,
    CodeWait {
        seconds: u32,
    },
    CodeTooShort {
        least: usize,
    },
    CodeDiffers,
    CodeBrowser,
    CodeStorage,
    ByPassword,
    ByPasswordOnly,
    BackToCode,
    IdleMinutes,
    IdleHint,
    IdleSave,
    IdleBad,
    Saved,
    SignOutTitle,
    SignOutHint(DeviceKind),
    SignOutWipe,
    SignOutKeep,
    OnlyHere {
        count: usize,
    },
    OnlyHereLock,
    OnlyHereFile,
    LockKeep,
    SaveFile,
    FileSaved {
        name: &'a str,
        count: usize,
        sum: &'a str,
    },
    FileConfirm,
    FileWipe,
    FileAgain,
    FileNotAll,
    FileFailed,
    Wiping,
    LeaveFailed,
    StillWriting,
    TabSilent,
    Carrying {
        name: &'a str,
        others: usize,
        count: usize,
    },
    Carried {
        name: &'a str,
        others: usize,
        count: usize,
    },
    DeliverOnly,
    DeliverOnlyHint,
    DeliverOnlyLeft {
        count: usize,
    },
    DeliverOnlyDone,
}

mod words;

pub(super) use words::{chinese, english};
