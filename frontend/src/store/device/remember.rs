//! What the device's database remembers beside any account: who is known here, and what kind of device it is.

use serde::{Deserialize, Serialize};
use shared::access::Status;
use shared::id::{AccountId, EnterpriseId};
use shared::protocol::http::{DeviceKind, Listed, Me};
use wasm_bindgen_futures::spawn_local;

use super::{KIND, KNOWN, LAST, LEAVING, LEDGERS, WIPING, name_of};
use crate::browser::idb::{Database, IdbError, Step};
use crate::store::Store;
use crate::store::listen::Topic;
use crate::store::record::{self, CACHE, META};

/// An account that has a database on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct Known {
    pub(in crate::store) account: AccountId,
    pub(in crate::store) name: String,
    pub(in crate::store) enterprise: EnterpriseId,
}

impl Store {
    pub(in crate::store) fn device_db(&self) -> Result<Database, IdbError> {
        let state = self.0.state.borrow();
        let device = state.device.as_ref().ok_or(IdbError::Unavailable)?;
        Ok(device.db.clone())
    }

    async fn remember(&self, steps: Vec<Step>) -> Result<(), IdbError> {
        let db = self.device_db()?;
        db.write(steps).await
    }

    /// Remembers who signed in last on this device; none once that person has signed out.
    pub(in crate::store) async fn remember_last(&self, me: Option<&Me>) -> Result<(), IdbError> {
        let step = me.map_or_else(|| delete(LAST), |me| put(LAST, me));
        self.remember(vec![step]).await
    }

    /// Remembers whether a session has yet to be ended at the relay.
    pub(in crate::store) async fn remember_leaving(&self, leaving: bool) -> Result<(), IdbError> {
        let step = if leaving {
            put(LEAVING, &true)
        } else {
            delete(LEAVING)
        };
        self.remember(vec![step]).await
    }

    /// Whether a session has yet to be ended at the relay.
    pub(in crate::store) async fn is_leaving(&self) -> bool {
        let Ok(db) = self.device_db() else { return false };
        matches!(db.get(META, LEAVING).await, Ok(Some(_)))
    }

    /// Remembers what kind of device this is.
    pub(in crate::store) async fn remember_kind(&self, kind: DeviceKind) -> Result<(), IdbError> {
        self.remember(vec![put(KIND, &kind)]).await?;
        if let Some(device) = &mut self.0.state.borrow_mut().device {
            device.kind = kind;
        }
        Ok(())
    }

    /// Remembers that this account has a database here, newly opened: none of it is waiting to be deleted.
    pub(in crate::store) async fn remember_known(&self, me: &Me) -> Result<(), IdbError> {
        let known = Known {
            account: me.account,
            name: me.name.clone(),
            enterprise: me.enterprise,
        };
        let account = me.account;
        let steps = vec![
            put(&format!("{KNOWN}{account}"), &known),
            delete(&format!("{WIPING}{account}")),
        ];
        self.remember(steps).await
    }

    /// The accounts that have a database on this device.
    pub(in crate::store) async fn known(&self) -> Vec<Known> {
        let Ok(db) = self.device_db() else {
            return Vec::new();
        };
        let records = db.read(META, KNOWN).await.unwrap_or_default();
        records.iter().filter_map(|bytes| record::read(bytes)).collect()
    }

    /// From here on an account is no longer of this device: its database goes, if not now then at the next start.
    pub(in crate::store) async fn begin_wiping(
        &self,
        account: AccountId,
        is_last: bool,
    ) -> Result<(), IdbError> {
        let mut steps = vec![
            delete(&format!("{KNOWN}{account}")),
            put(&format!("{WIPING}{account}"), &account),
        ];
        steps.extend(is_last.then(|| delete(LAST)));
        self.remember(steps).await
    }

    /// Who signed in last on this device, in any tab.
    pub(in crate::store) async fn last(&self) -> Option<Me> {
        let kept = self.device_db().ok()?.get(META, LAST).await.ok().flatten();
        kept.as_deref().and_then(record::read)
    }

    /// Deletes an account's database; waits for other tabs to let go of it.
    pub(in crate::store) fn wipe(&self, account: AccountId) {
        self.0.state.borrow_mut().wiping += 1;
        let store = self.clone();
        spawn_local(async move {
            let deleted = Database::delete(&name_of(account)).await;
            store.0.state.borrow_mut().wiping -= 1;
            let noted = match deleted {
                Ok(()) => store.remember(vec![delete(&format!("{WIPING}{account}"))]).await,
                Err(why) => Err(why),
            };
            if let Err(why) = noted {
                tracing::error!(%why, "an account's database was not deleted; tried again at the next start");
            }
            store.0.listeners.wake(&[Topic::SignedIn]);
        });
    }

    /// Deletes what an earlier run was to delete and did not come to.
    pub(super) async fn finish_wiping(&self) {
        let Ok(db) = self.device_db() else { return };
        let records = db.read(META, WIPING).await.unwrap_or_default();
        for account in records.iter().filter_map(|bytes| record::read(bytes)) {
            self.wipe(account);
        }
    }

    /// Remembers the list of ledgers, and those that are here still though they are not on it: what waits in them has
    /// to be delivered.
    pub(in crate::store) fn remember_listed(&self, listed: &[Listed]) {
        let (db, kept) = {
            let state = self.0.state.borrow();
            let Some(account) = &state.account else { return };
            let is_listed = |id| listed.iter().any(|listed| listed.id == id);
            let here = state.keys.iter().filter(|(id, _)| !is_listed(**id));
            let here = here.map(|(id, key)| Listed {
                id: *id,
                key: *key,
                status: Status::Open,
                last: 0,
                last_at: None,
            });
            let kept: Vec<Listed> = listed.iter().cloned().chain(here).collect();
            (account.db.clone(), kept)
        };
        let writing = db.write(vec![Step::Put {
            store: CACHE,
            key: LEDGERS.to_owned(),
            value: record::write(&kept),
        }]);
        spawn_local(async move {
            if let Err(why) = writing.await {
                tracing::warn!(%why, "the list of ledgers was not kept");
            }
        });
    }
}

fn put<T: Serialize>(key: &str, value: &T) -> Step {
    Step::Put {
        store: META,
        key: key.to_owned(),
        value: record::write(value),
    }
}

fn delete(key: &str) -> Step {
    Step::Delete {
        store: META,
        key: key.to_owned(),
    }
}
