//! Accounts sent to the relay a hundred at a time: what was added stays added when a later batch is refused.

use shared::limit::ACCOUNTS_PER_ORDER;
use shared::protocol::http::admin::{Done, NewAccount, Slip};

use crate::browser::http::HttpError;

/// What became of accounts that were sent.
#[derive(Clone, PartialEq)]
pub struct Added {
    /// The slips of those that were added: the first ones, in their order.
    pub slips: Vec<Slip>,
    /// Why the others were not, if there are others.
    pub stopped: Option<HttpError>,
}

/// Sends accounts batch by batch until one comes to nothing; says after each how many are added.
pub(super) async fn in_batches(
    accounts: &[NewAccount],
    send: impl AsyncFn(Vec<NewAccount>) -> Result<Done, HttpError>,
    on_added: impl Fn(usize),
) -> Added {
    let mut slips = Vec::new();
    for batch in accounts.chunks(ACCOUNTS_PER_ORDER) {
        let stopped = match send(batch.to_vec()).await {
            Ok(Done::Slips { slips: made }) => {
                slips.extend(made);
                on_added(slips.len());
                continue;
            }
            Ok(Done::Plain | Done::Code { .. }) => HttpError::Unreadable,
            Err(why) => why,
        };
        return Added {
            slips,
            stopped: Some(stopped),
        };
    }
    Added { slips, stopped: None }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use shared::access::Role;
    use shared::id::AccountId;

    use super::*;

    /// Sends so many accounts to a relay that takes so many orders; gives what came of it and what was said on the way.
    async fn sends(count: usize, orders: usize) -> (Added, Vec<usize>) {
        let account = |number: usize| NewAccount {
            login: format!("n{number}"),
            name: "林知远".to_owned(),
            role: Role::Viewer,
            unit: "一支部".to_owned(),
            more: Vec::new(),
        };
        let accounts: Vec<NewAccount> = (0..count).map(account).collect();
        let (taken, said) = (RefCell::new(0), RefCell::new(Vec::new()));
        let send = async |batch: Vec<NewAccount>| {
            assert!(batch.len() <= ACCOUNTS_PER_ORDER);
            if *taken.borrow() == orders {
                return Err(HttpError::Unreachable);
            }
            *taken.borrow_mut() += 1;
            let slip = |account: NewAccount| Slip {
                account: AccountId::from_bytes([1; 16]),
                login: account.login,
                name: account.name,
                unit: account.unit,
                role: account.role,
                password: "secret".to_owned(),
            };
            let slips = batch.into_iter().map(slip).collect();
            Ok(Done::Slips { slips })
        };
        let added = in_batches(&accounts, send, |count| said.borrow_mut().push(count)).await;
        (added, said.into_inner())
    }

    #[tokio::test]
    async fn a_long_sheet_is_sent_a_hundred_at_a_time_and_its_slips_stay_in_order() {
        let (added, said) = sends(250, 3).await;
        assert_eq!(said, [100, 200, 250]);
        assert!(added.stopped.is_none());
        let logins = added.slips.iter().map(|slip| slip.login.clone());
        assert!(logins.eq((0..250).map(|number| format!("n{number}"))));
    }

    #[tokio::test]
    async fn the_slips_of_what_was_added_stay_when_a_later_batch_fails() {
        let (added, said) = sends(250, 1).await;
        assert_eq!((added.slips.len(), said), (100, vec![100]));
        assert_eq!(added.stopped, Some(HttpError::Unreachable));
    }
}
