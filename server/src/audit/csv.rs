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
    let head = ["编号", "时间", "账号", "姓名", "设备", "事项"];
    let mut lines = vec![head.map(str::to_owned)];
    for record in records {
        let who = record.account.and_then(|id| people.get(&id));
        let deed = serde_json::to_string(&record.deed).map_err(|_| StorageError::Damaged("the audit log"))?;
        lines.push([
            record.number.to_string(),
            record.at.minute(),
            who.map_or_else(String::new, |account| account.login.clone()),
            who.map_or_else(String::new, |account| account.name.clone()),
            record
                .device
                .map_or_else(String::new, |device| device.to_string()),
            deed,
        ]);
    }
    Ok(shared::csv::sheet(lines))
}
