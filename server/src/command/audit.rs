//! Follows the chain of the audit log.

use std::path::Path;

use anyhow::{anyhow, bail};

use super::{account, say};
use crate::audit::verify;
use crate::storage::Storage as _;

pub(super) fn check(data: &Path, expected: Option<&str>) -> anyhow::Result<()> {
    let (storage, _) = account::open(data)?;
    let lines = storage.audit(1, usize::MAX)?;
    let (entries, last) = verify(lines).map_err(|broken| anyhow!("the audit log is broken: {broken}"))?;
    let last = last.to_string();
    if let Some(expected) = expected
        && !storage
            .audit(1, usize::MAX)?
            .iter()
            .any(|line| line.link.to_string() == expected)
    {
        bail!(
            "the audit log no longer holds the entry with the hash {expected}: its end was cut off or it was replaced"
        );
    }
    say(&format!("{entries} entries, unbroken; the last hash is {last}"));
    Ok(())
}
