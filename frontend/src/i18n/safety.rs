//! What is said of ledgers that something would ruin: changes withdrawn, and ledgers left in quarantine.

/// What is said of ledgers that something would ruin.
#[expect(missing_docs, reason = "the two languages say what each note says")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SafetyNote<'a> {
    Withdrawn { count: usize },
    WithdrawnTitle,
    WithdrawnHint,
    Quarantined,
    QuarantineTitle,
    QuarantineHint,
    QuarantineSave,
    QuarantineSaved { name: &'a str, sum: &'a str },
    QuarantineNotSaved,
    QuarantineAgain,
    QuarantineAgainHint,
}

use SafetyNote as Note;

pub(super) fn chinese(note: &Note<'_>) -> String {
    let fixed = match *note {
        Note::Withdrawn { count } => return format!("已撤下 {count} 项"),
        Note::WithdrawnTitle => "已撤下的修改",
        Note::WithdrawnHint => {
            "服务器发现其中有的修改会使台账再也打不开，已连同以它为依据的修改一起撤下。填写人可在“我的”中看到并导出自己的内容，重新填写。"
        }
        Note::Quarantined => "已隔离",
        Note::QuarantineTitle => "这本台账已隔离",
        Note::QuarantineHint => {
            "连续两次打开它时程序都中断了，所以这次没有打开，其他台账不受影响。本机保存的内容都还在，没有删除。请先把它存成文件交给管理员，再试一次。"
        }
        Note::QuarantineSave => "存成文件",
        Note::QuarantineSaved { name, sum } => {
            return format!("已交给浏览器保存：{name}（校验码 {sum}）");
        }
        Note::QuarantineNotSaved => "浏览器没有接收文件，请再试一次。",
        Note::QuarantineAgain => "再试一次",
        Note::QuarantineAgainHint => "如果又中断，重新打开网页后它仍会隔离。",
    };
    fixed.to_owned()
}

pub(super) fn english(note: &Note<'_>) -> String {
    let fixed = match *note {
        Note::Withdrawn { count } => return format!("{count} withdrawn"),
        Note::WithdrawnTitle => "Withdrawn changes",
        Note::WithdrawnHint => {
            "The server found that one of these would make the ledger impossible to open, and withdrew it with what depended on it. Their authors find what they wrote under Mine, and can export it and enter it anew."
        }
        Note::Quarantined => "In quarantine",
        Note::QuarantineTitle => "This ledger is in quarantine",
        Note::QuarantineHint => {
            "The app stopped twice in a row while opening it, so this time it was not opened; the other ledgers are. All that this device keeps of it is still here. Save it as a file for your administrator first, then try again."
        }
        Note::QuarantineSave => "Save as a file",
        Note::QuarantineSaved { name, sum } => {
            return format!("Given to the browser to save: {name} (checksum {sum})");
        }
        Note::QuarantineNotSaved => "The browser did not take the file; please try again.",
        Note::QuarantineAgain => "Try again",
        Note::QuarantineAgainHint => "If the app stops again, it is in quarantine again after a reload.",
    };
    fixed.to_owned()
}
