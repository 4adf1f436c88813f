//! What is said of the device and its lock, from what the store knows.

use crate::i18n::DeviceNote;
use crate::store::view::{CODE_CHARS, CodeProblem, SignOutProblem};

/// Why a code was not taken.
pub(crate) const fn code(problem: CodeProblem) -> DeviceNote<'static> {
    match problem {
        CodeProblem::Wrong => DeviceNote::CodeWrong,
        CodeProblem::Wait { seconds } => DeviceNote::CodeWait { seconds },
        CodeProblem::TooShort => DeviceNote::CodeTooShort { least: CODE_CHARS },
        CodeProblem::Browser => DeviceNote::CodeBrowser,
        CodeProblem::Storage => DeviceNote::CodeStorage,
    }
}

/// Why signing out was stopped.
pub(crate) const fn sign_out(problem: SignOutProblem) -> DeviceNote<'static> {
    match problem {
        SignOutProblem::OnlyHere(count) => DeviceNote::OnlyHere { count },
        SignOutProblem::NotHandedOver => DeviceNote::FileNotAll,
        SignOutProblem::StillWriting => DeviceNote::StillWriting,
        SignOutProblem::TabSilent => DeviceNote::TabSilent,
        SignOutProblem::Storage => DeviceNote::LeaveFailed,
    }
}
