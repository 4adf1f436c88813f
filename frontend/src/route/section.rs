//! The parts of 管理.

use std::fmt;
use std::str::FromStr;

/// A part of 管理.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// 组织.
    Units,
    /// 账号.
    Accounts,
    /// 设备与会话.
    Devices,
    /// 台账.
    Ledgers,
    /// 操作日志.
    Audit,
}

/// An address that names no part of 管理.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such part of the administration")]
pub struct NoSuchSection;

impl Section {
    /// Every part, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Units,
        Self::Accounts,
        Self::Devices,
        Self::Ledgers,
        Self::Audit,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Accounts => "accounts",
            Self::Devices => "devices",
            Self::Ledgers => "ledgers",
            Self::Audit => "audit",
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Section {
    type Err = NoSuchSection;

    fn from_str(text: &str) -> Result<Self, NoSuchSection> {
        Self::ALL
            .into_iter()
            .find(|section| section.code() == text)
            .ok_or(NoSuchSection)
    }
}
