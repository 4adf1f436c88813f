//! 保存期限: closed ledgers whose term is over are removed, and devices forget them at their next contact.

use std::sync::Arc;
use std::time::Duration;

use shared::access::Status;
use shared::protocol::http::Listed;
use shared::time::Timestamp;

use crate::account::blocking;
use crate::clock;
use crate::relay::RelayHandle;
use crate::storage::{Amendment, By, Storage, StorageError};

/// How often ledgers are looked through: a term ends with a year.
const LOOK: Duration = Duration::from_hours(24);

/// Removes what is due, every day until it is dropped.
pub(crate) async fn keep(storage: Arc<dyn Storage>, relay: RelayHandle, years: u16) {
    loop {
        let store = Arc::clone(&storage);
        match blocking(move || forget_due(store.as_ref(), years, clock::now())).await {
            Ok(0) => {}
            Ok(count) => {
                tracing::info!(count, "closed ledgers whose term is over were removed");
                relay.refresh();
            }
            Err(problem) => tracing::error!(%problem, "ledgers whose term is over were not removed"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Removes the closed ledgers whose term of so many full years after their own is over; says how many.
///
/// # Errors
///
/// Fails when the store does.
pub fn forget_due(storage: &dyn Storage, years: u16, now: Timestamp) -> Result<usize, StorageError> {
    let this_year = now.date().year();
    let is_due = |listed: &&Listed| {
        let of = listed.key.year.map(i32::from);
        listed.status == Status::Closed && of.is_some_and(|of| of + i32::from(years) < this_year)
    };
    let ledgers = storage.ledgers()?;
    let due: Vec<_> = ledgers.iter().filter(is_due).collect();
    for listed in &due {
        storage.amend(&By::relay(now), &Amendment::ForgetLedger(listed.id))?;
    }
    Ok(due.len())
}

#[cfg(test)]
mod tests {
    use shared::id::{EnterpriseId, UnitId};
    use shared::time::Date;

    use super::*;
    use crate::register::of_branch;
    use crate::storage::memory::MemoryStorage;

    #[test]
    fn a_closed_year_is_kept_for_its_term_and_an_open_one_for_good() {
        let storage = MemoryStorage::new();
        let [enterprise, unit] = [[1; 16], [2; 16]];
        let (enterprise, unit) = (EnterpriseId::from_bytes(enterprise), UnitId::from_bytes(unit));
        let ledgers: Vec<_> = of_branch(enterprise, unit, 2026).collect();
        storage.add_ledgers(&ledgers).unwrap();
        let closed = ledgers.iter().find(|(_, key)| key.year.is_some()).unwrap().0;
        let by = By::relay(Timestamp(0));
        storage.amend(&by, &Amendment::CloseYear(closed)).unwrap();
        let day = |year, month, day| Date::new(year, month, day).unwrap().begins();
        assert_eq!(forget_due(&storage, 3, day(2029, 12, 31)).unwrap(), 0);
        assert_eq!(forget_due(&storage, 3, day(2030, 1, 1)).unwrap(), 1);
        assert_eq!(forget_due(&storage, 3, day(2031, 1, 1)).unwrap(), 0);
        let status = |status| move |listed: &&Listed| listed.status == status;
        let listed = storage.ledgers().unwrap();
        let forgotten: Vec<_> = listed.iter().filter(status(Status::Forgotten)).collect();
        assert_eq!(forgotten.len(), 1);
        assert_eq!(forgotten[0].id, closed);
    }
}
