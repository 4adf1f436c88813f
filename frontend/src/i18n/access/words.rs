//! The notes in both languages.

use super::AccessNote as N;

#[expect(
    clippy::match_same_arms,
    reason = "two notes that say the same today need not tomorrow"
)]
pub(in crate::i18n) fn chinese(note: &N<'_>) -> String {
    let fixed = match *note {
        N::ChangePassword => "修改密码",
        N::ChangeLead => "修改后，您在其他设备上的登录全部结束；本机继续使用。",
        N::OldPassword => "原密码",
        N::NewPassword => "新密码",
        N::PasswordAgain => "再输一次新密码",
        N::PasswordRule { least } => {
            return format!("至少 {least} 个字符，不同于原密码。可用一句话，便于记忆。");
        }
        N::PasswordDiffers => "两次输入的新密码不同。",
        N::PasswordChanged => "密码已修改。其他设备上的登录已结束。",
        N::ChangeSend => "修改密码",
        N::Sending => "请稍候…",
        N::FirstTitle => "请先修改初始密码",
        N::FirstLead { name } => {
            return format!("{name}，初始密码由管理员发放，别人可能见过。修改后即可使用台账。");
        }
        N::FirstOld => "初始密码",
        N::UseReset => "使用一次性重置码",
        N::ResetTitle => "重设密码",
        N::ResetLead => "重置码由管理员生成，只能用一次。密码重设后，原有的登录全部结束。",
        N::ResetCode => "重置码",
        N::ResetSend => "重设密码",
        N::ResetDone => "密码已重设，请用新密码登录。",
        N::ToSignIn => "返回登录",
        N::SetupTitle => "建立台账",
        N::SetupLead => "这台服务器还是空的。请填写单位，并为第一位管理员设账号和密码。此链接只能用一次。",
        N::SetupEnterprise => "单位名称",
        N::SetupKind => "最高一级党组织是",
        N::SetupYou => "管理员",
        N::SetupName => "姓名",
        N::SetupSend => "建立",
        N::SetupDone => "已建立。请用刚才的账号和密码登录。",
        N::SetupNoLink => "地址里缺少链接的后半段。请打开服务器启动时在终端打印的完整链接。",
        N::NotSetUp => "这台服务器还没有建立台账。请打开服务器启动时在终端打印的链接。",
        N::OldWrong => "原密码不对。",
        N::CodeWrong => "账号或重置码不对，或重置码已用过、已过期。",
        N::Weak { least } => return format!("新密码至少 {least} 个字符，且不能与原密码相同。"),
        N::SlowDown { seconds } => return format!("尝试次数过多，请 {seconds} 秒后再试。"),
        N::Unreachable => "连不上服务器，没有做任何改动。请检查网络后再试。",
        N::SignInFirst => "登录已过期，没有做任何改动。请重新登录。",
        N::SetupUsed => "链接不对，或已经用过。服务器为空时，每次启动会打印一个新链接。",
        N::NotFound => "没有这项内容，或您没有查看它的权限。",
        N::Failed => "没有做成，服务器出了问题。请稍后再试，或查看服务器的日志。",
    };
    fixed.to_owned()
}

#[expect(
    clippy::match_same_arms,
    reason = "two notes that say the same today need not tomorrow"
)]
pub(in crate::i18n) fn english(note: &N<'_>) -> String {
    let fixed = match *note {
        N::ChangePassword => "Change password",
        N::ChangeLead => "Your sessions on all other devices end; this device goes on.",
        N::OldPassword => "Present password",
        N::NewPassword => "New password",
        N::PasswordAgain => "New password again",
        N::PasswordRule { least } => {
            return format!(
                "At least {least} characters, and not the present one. A sentence is easy to remember."
            );
        }
        N::PasswordDiffers => "The two new passwords differ.",
        N::PasswordChanged => "The password is changed. Your sessions on other devices have ended.",
        N::ChangeSend => "Change password",
        N::Sending => "One moment…",
        N::FirstTitle => "Change the first password",
        N::FirstLead { name } => {
            return format!(
                "{name}, an administrator gave you this password, and others may have seen it. Change it to begin."
            );
        }
        N::FirstOld => "First password",
        N::UseReset => "Use a one-time reset code",
        N::ResetTitle => "Set the password anew",
        N::ResetLead => "An administrator makes the code; it works once. All sessions you have end.",
        N::ResetCode => "Reset code",
        N::ResetSend => "Set the password",
        N::ResetDone => "The password is set. Sign in with it.",
        N::ToSignIn => "Back to signing in",
        N::SetupTitle => "Set up",
        N::SetupLead => {
            "This server is empty. Name the enterprise, and give its first administrator an account. This link works once."
        }
        N::SetupEnterprise => "Name of the enterprise",
        N::SetupKind => "Its highest unit is a",
        N::SetupYou => "Administrator",
        N::SetupName => "Name",
        N::SetupSend => "Set up",
        N::SetupDone => "Done. Sign in with the account and password just given.",
        N::SetupNoLink => {
            "The second half of the link is missing. Open the whole link that the server printed in its terminal."
        }
        N::NotSetUp => "This server is empty. Open the link that it printed in its terminal when it started.",
        N::OldWrong => "The present password is wrong.",
        N::CodeWrong => "Account or code is wrong, or the code was used or is too old.",
        N::Weak { least } => {
            return format!("A new password has at least {least} characters and is not the present one.");
        }
        N::SlowDown { seconds } => return format!("Too many tries: again in {seconds} s."),
        N::Unreachable => {
            "The server cannot be reached; nothing was changed. Check the network and try again."
        }
        N::SignInFirst => "Your session has ended; nothing was changed. Please sign in again.",
        N::SetupUsed => "The link is wrong or was used. An empty server prints a new one at each start.",
        N::NotFound => "There is nothing here, or nothing you may see.",
        N::Failed => "It was not done: the server failed. Try again later, or look into its log.",
    };
    fixed.to_owned()
}
