//! The notes in both languages.

use shared::protocol::http::DeviceKind;

use super::DeviceNote as N;

#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match: a missing note does not compile"
)]
pub(in crate::i18n) fn chinese(note: &N<'_>) -> String {
    let fixed = match *note {
        N::Settings => "设置",
        N::SettingsLead => "只影响这台电脑上的这个浏览器",
        N::ThisDevice => "本机",
        N::Kind(DeviceKind::Shared) => "共用电脑",
        N::Kind(DeviceKind::Personal) => "个人电脑",
        N::KindHint(DeviceKind::Shared) => {
            "离开后自动锁定；登录最长 12 小时，关闭浏览器即结束；退出时清除本机数据；同事登录后会代传您未上传的修改。"
        }
        N::KindHint(DeviceKind::Personal) => "登录保持 30 天；退出后台账数据留在本机，下次登录接着用。",
        N::KindSession => "登录时长从下次登录起按此计算。",
        N::SharedTick => "这是共用电脑",
        N::SharedTickHint => "离开后自动锁定，退出时清除本机数据。只有您一人使用的电脑可以取消。",
        N::LockTitle => "锁定屏幕",
        N::LockNow => "锁定",
        N::LockedFor { name } => return format!("{name} 的台账已锁定"),
        N::LockTruth => "锁定只挡住屏幕，不加密磁盘：能读取本机文件的人仍能读到数据。锁定期间继续同步。",
        N::Code => "锁定码",
        N::CodeAgain => "再输一次",
        N::CodeOpen => "打开",
        N::CodeChecking => "正在核对…",
        N::CodeChoose { least } => return format!("请设锁定码（至少 {least} 个字符）"),
        N::CodeChooseLead => {
            "这台电脑由多人使用。离开片刻屏幕会自动锁定，断网时也用锁定码打开。它与登录密码无关，只在本机有效。"
        }
        N::CodeSave => "设为锁定码",
        N::CodeLater => "暂不设",
        N::CodeLaterHint => "不设锁定码时，锁定后只能联网用密码登录才能打开，断网时打不开。",
        N::CodeChange => "更换锁定码",
        N::CodeRemove => "取消锁定码",
        N::CodeChosen => "已设锁定码。",
        N::CodeNone => "尚未设锁定码：锁定后只能联网用密码登录打开。",
        N::CodeWrong => "锁定码不对。",
        N::CodeWait { seconds } => return format!("错误次数过多，请 {seconds} 秒后再试，或用密码登录。"),
        N::CodeTooShort { least } => return format!("锁定码至少 {least} 个字符。"),
        N::CodeDiffers => "两次输入不同。",
        N::CodeBrowser => "浏览器不能核对锁定码，请用密码登录。",
        N::CodeStorage => "本机没有存下，请检查磁盘空间。",
        N::ByPassword => "用密码登录，或换人登录",
        N::ByPasswordOnly => "屏幕已锁定，尚未设锁定码。请用密码登录；换人登录不影响前一人的数据。",
        N::BackToCode => "返回锁定码",
        N::IdleMinutes => "闲置多少分钟后自动锁定",
        N::IdleHint => "例如 5 或 0.5；留空则不自动锁定。",
        N::IdleSave => "保存",
        N::IdleBad => "请填 0.1 ～ 240 之间的分钟数，或留空。",
        N::Saved => "已保存。",
        N::SignOutTitle => "退出登录",
        N::SignOutHint(DeviceKind::Shared) => {
            "这是共用电脑：全部上传后才能退出，退出时清除您在本机的台账数据。删除的数据仍可能被专门工具从磁盘恢复。"
        }
        N::SignOutHint(DeviceKind::Personal) => {
            "这是个人电脑：退出后台账数据留在本机，下次登录接着用。也可以退出并清除；删除的数据仍可能被专门工具从磁盘恢复。"
        }
        N::SignOutWipe => "退出并清除本机数据",
        N::SignOutKeep => "退出，数据留在本机",
        N::OnlyHere { count } => {
            return format!("还有 {count} 项只在本机，服务器上没有，现在退出会丢失或留在本机。");
        }
        N::OnlyHereLock => {
            "锁定保留：数据留在本机，锁定屏幕；联网后自动上传，同事登录后也会代传（看不到内容）。"
        }
        N::OnlyHereFile => {
            "交接包：把这些修改存成一个文件（例如存到 U 盘），日后在别的电脑上导入或请同事代传，然后可以清除本机数据。文件没有加密，请妥善保管。"
        }
        N::LockKeep => "锁定保留",
        N::SaveFile => "保存交接包",
        N::FileSaved { name, count, sum } => {
            return format!("“{name}”已交给浏览器保存：{count} 项，校验码 {sum}。");
        }
        N::FileConfirm => {
            "请先打开保存的文件夹，确认文件在，再清除本机数据。清除后，这些修改只在这个文件里。"
        }
        N::FileWipe => "文件已存好，清除本机数据并退出",
        N::FileAgain => "再存一次",
        N::FileNotAll => "存文件之后又有新的修改，请再存一次。没有清除任何内容。",
        N::FileFailed => "浏览器没有接受这个文件。没有清除任何内容。",
        N::Wiping => "正在清除本机数据。如果其他窗口还开着台账，请关闭它们。",
        N::LeaveFailed => "没有退出：本机存储出错。没有清除任何内容。",
        N::StillWriting => {
            "没有退出：本浏览器的另一个标签页里有单元格尚未填完。请填完或按 Esc 放弃，再退出。"
        }
        N::TabSilent => "没有退出：本浏览器的另一个标签页没有响应。请关闭它，再退出。",
        N::Carrying {
            name,
            others: 0,
            count,
        } => return format!("代传 {name} 的待上传 {count} 项"),
        N::Carrying { name, others, count } => {
            return format!("代传 {name} 等 {} 人的待上传 {count} 项", others + 1);
        }
        N::Carried {
            name,
            others: 0,
            count,
        } => return format!("已代传 {name} 的 {count} 项"),
        N::Carried { name, others, count } => {
            return format!("已代传 {name} 等 {} 人的 {count} 项", others + 1);
        }
        N::DeliverOnly => "仅可上传本机所存",
        N::DeliverOnlyHint => {
            "您的账号现在没有任何职务，看不到台账。本机还存着的修改会上传，由书记或党办审入。"
        }
        N::DeliverOnlyLeft { count } => return format!("本机还有 {count} 项待上传"),
        N::DeliverOnlyDone => "本机没有待上传的修改",
    };
    fixed.to_owned()
}

#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match: a missing note does not compile"
)]
pub(in crate::i18n) fn english(note: &N<'_>) -> String {
    let fixed = match *note {
        N::Settings => "Settings",
        N::SettingsLead => "They concern this browser on this computer alone",
        N::ThisDevice => "This computer",
        N::Kind(DeviceKind::Shared) => "Shared",
        N::Kind(DeviceKind::Personal) => "Personal",
        N::KindHint(DeviceKind::Shared) => {
            "It locks itself when nobody is there; a session lasts 12 hours at the most and ends with the browser; signing out deletes your data here; colleagues who sign in deliver what you have not uploaded."
        }
        N::KindHint(DeviceKind::Personal) => {
            "A session lasts 30 days; your ledgers stay on this computer after signing out, for the next sign-in."
        }
        N::KindSession => "The length of the session changes with the next sign-in.",
        N::SharedTick => "This is a shared computer",
        N::SharedTickHint => {
            "It locks itself when nobody is there, and signing out deletes your data here. Untick it where nobody else works."
        }
        N::LockTitle => "Locking the screen",
        N::LockNow => "Lock",
        N::LockedFor { name } => return format!("The ledgers of {name} are locked"),
        N::LockTruth => {
            "The lock protects the screen, not the disk: whoever can read this computer's files can read the data. Sync goes on behind it."
        }
        N::Code => "Lock code",
        N::CodeAgain => "Once more",
        N::CodeOpen => "Open",
        N::CodeChecking => "Checking…",
        N::CodeChoose { least } => return format!("Choose a lock code (at least {least} characters)"),
        N::CodeChooseLead => {
            "Several people use this computer. The screen locks itself when nobody is there, and the code opens it, without a network too. It is not your password and is good on this computer alone."
        }
        N::CodeSave => "Use this code",
        N::CodeLater => "Not now",
        N::CodeLaterHint => "Without a code only your password opens the lock, which needs the network.",
        N::CodeChange => "Change the code",
        N::CodeRemove => "Remove the code",
        N::CodeChosen => "A lock code is set.",
        N::CodeNone => "No lock code: once locked, only your password opens it, which needs the network.",
        N::CodeWrong => "That is not the code.",
        N::CodeWait { seconds } => {
            return format!("Too many wrong codes: try again in {seconds} s, or sign in with your password.");
        }
        N::CodeTooShort { least } => return format!("A code has at least {least} characters."),
        N::CodeDiffers => "The two are not the same.",
        N::CodeBrowser => "The browser cannot check the code: sign in with your password.",
        N::CodeStorage => "This computer did not keep it: is the disk full?",
        N::ByPassword => "Sign in with a password, or as somebody else",
        N::ByPasswordOnly => {
            "The screen is locked and there is no lock code. Sign in with your password; somebody else may sign in without harm to what is here."
        }
        N::BackToCode => "Back to the lock code",
        N::IdleMinutes => "Lock after so many minutes without anybody",
        N::IdleHint => "For example 5 or 0.5; empty for never.",
        N::IdleSave => "Save",
        N::IdleBad => "Between 0.1 and 240 minutes, or empty.",
        N::Saved => "Saved.",
        N::SignOutTitle => "Signing out",
        N::SignOutHint(DeviceKind::Shared) => {
            "This is a shared computer: you can sign out once everything is uploaded, and your ledgers are deleted here. Special tools may still recover deleted data from the disk."
        }
        N::SignOutHint(DeviceKind::Personal) => {
            "This is a personal computer: your ledgers stay here after signing out, for the next sign-in. You may also delete them; special tools may still recover deleted data from the disk."
        }
        N::SignOutWipe => "Sign out and delete my data here",
        N::SignOutKeep => "Sign out, keep my data here",
        N::OnlyHere { count } => {
            return format!(
                "{count} of your changes are on this computer alone; signing out now would lose them or leave them behind."
            );
        }
        N::OnlyHereLock => {
            "Keep locked: the data stays here behind the lock; it is uploaded once there is a network, and colleagues who sign in deliver it without seeing it."
        }
        N::OnlyHereFile => {
            "Hand-over file: saves these changes as one file (on a memory stick, say), to be imported elsewhere or delivered by a colleague; then the data here can be deleted. The file is not encrypted: look after it."
        }
        N::LockKeep => "Keep locked",
        N::SaveFile => "Save a hand-over file",
        N::FileSaved { name, count, sum } => {
            return format!("“{name}” was given to the browser to save: {count} changes, checksum {sum}.");
        }
        N::FileConfirm => {
            "Open the folder first and see that the file is there. Once the data here is deleted, these changes are in that file alone."
        }
        N::FileWipe => "The file is safe: delete my data here and sign out",
        N::FileAgain => "Save it again",
        N::FileNotAll => {
            "There are new changes since the file was saved: save it again. Nothing was deleted."
        }
        N::FileFailed => "The browser did not take the file. Nothing was deleted.",
        N::Wiping => "Deleting the data on this computer. If other windows still show ledgers, close them.",
        N::LeaveFailed => "Not signed out: the storage of this computer failed. Nothing was deleted.",
        N::StillWriting => {
            "Not signed out: a cell is still being written in another tab of this browser. Finish it or press Esc, then sign out."
        }
        N::TabSilent => {
            "Not signed out: another tab of this browser does not answer. Close it, then sign out."
        }
        N::Carrying {
            name,
            others: 0,
            count,
        } => return format!("Delivering {count} for {name}"),
        N::Carrying { name, others, count } => {
            return format!("Delivering {count} for {name} and {others} more");
        }
        N::Carried {
            name,
            others: 0,
            count,
        } => return format!("Delivered {count} for {name}"),
        N::Carried { name, others, count } => {
            return format!("Delivered {count} for {name} and {others} more");
        }
        N::DeliverOnly => "Only delivering what this computer holds",
        N::DeliverOnlyHint => {
            "Your account has no role now and sees no ledger. What is still on this computer is uploaded, for the secretary or the office to take in."
        }
        N::DeliverOnlyLeft { count } => {
            return format!("{count} changes on this computer wait to be uploaded");
        }
        N::DeliverOnlyDone => "Nothing on this computer waits to be uploaded",
    };
    fixed.to_owned()
}
