//! What is said of passwords, of one-time codes, of setting a store up, and of requests that came to nothing.

/// What is said of passwords, codes and requests.
#[expect(missing_docs, reason = "the two languages say what each note says")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessNote<'a> {
    ChangePassword,
    ChangeLead,
    OldPassword,
    NewPassword,
    PasswordAgain,
    PasswordRule { least: usize },
    PasswordDiffers,
    PasswordChanged,
    ChangeSend,
    Sending,
    FirstTitle,
    FirstLead { name: &'a str },
    FirstOld,
    UseReset,
    ResetTitle,
    ResetLead,
    ResetCode,
    ResetSend,
    ResetDone,
    ToSignIn,
    SetupTitle,
    SetupLead,
    SetupEnterprise,
    SetupKind,
    SetupYou,
    SetupName,
    SetupSend,
    SetupDone,
    SetupNoLink,
    NotSetUp,
    OldWrong,
    CodeWrong,
    Weak { least: usize },
    SlowDown { seconds: u32 },
    Unreachable,
    SignInFirst,
    SetupUsed,
    NotFound,
    Failed,
}

mod words;

pub(super) use words::{chinese, english};
