//! The audit log as a sheet.

use std::collections::BTreeMap;

use shared::id::AccountId;
use shared::protocol::http::audit::Record;

use crate::storage::{Account, StorageError};

/// Entries as CSV with a byte order mark, so that a spreadsheet reads Chinese: number, moment, login, name, device, deed.
///
/// # Errors
///
/// Fails when an entry cannot be written down, which a bug alone can do.
pub fn csv(records: &[Record], accounts: &[Account]) -> Result<String, StorageError> {
    let people: BTreeMap<AccountId, &Account> =
        accounts.iter().map(|account| (account.id, account)).collect();
    let mut lines = String::from("\u{feff}编号,时间,账号,姓名,设备,事项\r\n");
    for record in records {
        let who = record.account.and_then(|id| people.get(&id));
        let deed = serde_json::to_string(&record.deed).map_err(|_| StorageError::Damaged("the audit log"))?;
        let cells = [
            record.number.to_string(),
            record.at.minute(),
            who.map_or_else(String::new, |account| account.login.clone()),
            who.map_or_else(String::new, |account| account.name.clone()),
            record
                .device
                .map_or_else(String::new, |device| device.to_string()),
            deed,
        ];
        lines.push_str(&cells.map(|text| cell(&text)).join(","));
        lines.push_str("\r\n");
    }
    Ok(lines)
}

/// One cell: quoted, and with an apostrophe before what a spreadsheet would take for a formula.
fn cell(text: &str) -> String {
    let harmless = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{harmless}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_is_a_formula_or_breaks_out_of_its_cell() {
        assert_eq!(cell("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
        assert_eq!(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(cell("林知远"), "\"林知远\"");
    }
}
