//! What administrators see and order: always asked of the relay, never kept on the device.

use std::rc::Rc;

use shared::id::DeviceId;
use shared::protocol::http::admin::{Done, NewAccount, Order, Overview};
use shared::protocol::http::audit::{Filter, Record};

use super::Store;
use super::batches::{Added, in_batches};
use super::listen::Topic;
use crate::browser::http::{HttpError, admin};

impl Store {
    /// What the administrator keeps, as the relay last told it; none until it was asked.
    #[must_use]
    pub fn overview(&self) -> Option<Rc<Overview>> {
        self.0.state.borrow().overview.clone()
    }

    /// Asks the relay for it anew.
    ///
    /// # Errors
    ///
    /// Says why there is no answer; what was known stays.
    pub async fn ask_overview(&self) -> Result<(), HttpError> {
        let stay = self.0.state.borrow().stay;
        let overview = admin::overview().await?;
        if self.0.state.borrow().stay == stay {
            self.0.state.borrow_mut().overview = Some(Rc::new(overview));
            self.0.listeners.wake(&[Topic::Overview]);
        }
        Ok(())
    }

    /// Has the relay do something, and shows what is then. What it makes this once is kept until it is handed out.
    ///
    /// # Errors
    ///
    /// Says why it was not done.
    pub async fn order(&self, order: Order) -> Result<Done, HttpError> {
        let done = self.send(&order).await?;
        self.show_what_is().await;
        Ok(done)
    }

    /// Has the relay add accounts, batch by batch, and shows what is then; says after each batch how many are added.
    pub async fn add_accounts(&self, accounts: &[NewAccount], on_added: impl Fn(usize)) -> Added {
        let send = async |accounts: Vec<NewAccount>| self.send(&Order::AddAccounts { accounts }).await;
        let added = in_batches(accounts, send, on_added).await;
        if !added.slips.is_empty() {
            self.show_what_is().await;
        }
        added
    }

    async fn send(&self, order: &Order) -> Result<Done, HttpError> {
        let stay = self.0.state.borrow().stay;
        let done = admin::order(order).await?;
        let is_here = self.0.state.borrow().stay == stay;
        if is_here && self.0.state.borrow_mut().handing_out.take(order, &done) {
            self.0.listeners.wake(&[Topic::HandingOut]);
        }
        Ok(done)
    }

    /// Asks what is now, after something was done.
    async fn show_what_is(&self) {
        if let Err(why) = self.ask_overview().await {
            // It is done all the same: the page shows what was before until it asks again.
            tracing::warn!(%why, "what is now could not be asked");
        }
    }

    /// The newest entries of the audit log that fit, newest first.
    ///
    /// # Errors
    ///
    /// Says why there are none.
    pub async fn audit(&self, filter: &Filter) -> Result<Vec<Record>, HttpError> {
        admin::audit(filter).await
    }

    /// All entries of the audit log that fit, as a CSV file.
    ///
    /// # Errors
    ///
    /// Says why there is none.
    pub async fn export_audit(&self, filter: &Filter) -> Result<Vec<u8>, HttpError> {
        admin::export_audit(filter).await
    }

    /// This device, once its store is open.
    #[must_use]
    pub fn device(&self) -> Option<DeviceId> {
        self.0.state.borrow().device.as_ref().map(|device| device.id)
    }
}
