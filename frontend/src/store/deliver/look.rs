//! Looking into colleagues' stores, one tab at a time.

use std::collections::{BTreeMap, HashSet};

use shared::id::{AccountId, TabId};
use shared::sync::client::{KeptAct, Status};
use shared::sync::courier::Parcel;

use super::DELIVERED;
use crate::browser::idb::{Database, IdbError};
use crate::browser::tabs::{self, Held};
use crate::store::device::{Known, name_of};
use crate::store::record::{self, CACHE, PENDING};
use crate::store::stay::lock_of;
use crate::store::view::Carried;

/// What a look into colleagues' stores found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) parcels: Vec<Parcel>,
    pub(super) stores: BTreeMap<AccountId, Opened>,
    pub(super) waiting: BTreeMap<AccountId, Carried>,
    pub(super) alive: HashSet<TabId>,
}

pub(super) async fn look(known: Vec<Known>) -> Found {
    let mut found = Found::default();
    for Known { account, name, .. } in known {
        // Another tab may be at it.
        let Some(alone) = tabs::try_hold(&format!("deliver-{account}")).await else {
            continue;
        };
        match parcels(account).await {
            // It was wiped since it was known.
            Ok(None) => {}
            Ok(Some((db, parcels))) => {
                let carried = Carried {
                    name: name.into(),
                    count: parcels.len(),
                    done: 0,
                };
                found.waiting.insert(account, carried);
                found.parcels.extend(parcels);
                found.stores.insert(account, Opened { db, _alone: alone });
            }
            Err(why) => tracing::error!(%why, "a colleague's store cannot be read"),
        }
    }
    if !found.parcels.is_empty() {
        let held: HashSet<String> = tabs::held().await.into_iter().collect();
        let tabs = found.parcels.iter().map(|parcel| parcel.kept.tab);
        found.alive = tabs.filter(|tab| held.contains(&lock_of(*tab))).collect();
    }
    found
}

/// The acts that wait in an account's store, each ledger's oldest first.
async fn parcels(account: AccountId) -> Result<Option<(Database, Vec<Parcel>)>, IdbError> {
    let Some(db) = Database::open_existing(&name_of(account)).await? else {
        return Ok(None);
    };
    let delivered = db.pairs(CACHE, DELIVERED).await?;
    let delivered: HashSet<String> = delivered.into_iter().map(|(key, _)| key).collect();
    let mut parcels: Vec<Parcel> = Vec::new();
    for (key, bytes) in db.pairs(PENDING, "").await? {
        let ledger = key.split_once('/').and_then(|(ledger, _)| ledger.parse().ok());
        let (Some(ledger), Some(kept)) = (ledger, record::read::<KeptAct>(&bytes)) else {
            // Of a newer app, or damaged: its own author's app says so.
            continue;
        };
        let waits = kept.status == Status::Pending && !kept.changes.is_empty();
        if waits && !delivered.contains(&format!("{DELIVERED}{key}")) {
            parcels.push(Parcel {
                account,
                ledger,
                kept,
            });
        }
    }
    parcels.sort_by_key(|parcel| (parcel.ledger, parcel.kept.number, parcel.kept.act.id));
    Ok(Some((db, parcels)))
}

/// A colleague's store, while this tab alone delivers from it.
pub(super) struct Opened {
    pub(super) db: Database,
    _alone: Held,
}

impl Drop for Opened {
    fn drop(&mut self) {
        // What is being written to it is written yet.
        self.db.close();
    }
}
