//! Reading what the device holds.

use shared::id::{DeviceId, LedgerId};
use shared::protocol::Entry;
use shared::protocol::http::{Listed, Me};
use shared::sync::client::{Kept, KeptAct};

use super::{DEVICE, KIND, LAST, LEDGERS};
use crate::browser::idb::{Database, IdbError, Step};
use crate::store::record::{self, CACHE, ENTRIES, META, ORPHANS, PENDING, STORES};
use crate::store::state::Device;

pub(super) async fn open_device() -> Result<(Device, Option<Me>), IdbError> {
    let db = Database::open("taizhang-device", STORES).await?;
    // A missing marker means that the store was wiped: this is a new device then, which pulls before it pushes.
    let known = db.get(META, DEVICE).await?;
    let id = if let Some(id) = known.as_deref().and_then(record::read::<DeviceId>) {
        id
    } else {
        let id = DeviceId(uuid::Uuid::new_v4());
        db.write(vec![Step::Put {
            store: META,
            key: DEVICE.to_owned(),
            value: record::write(&id),
        }])
        .await?;
        id
    };
    let last = db.get(META, LAST).await?.as_deref().and_then(record::read::<Me>);
    let kind = db.get(META, KIND).await?.as_deref().and_then(record::read);
    let kind = kind.unwrap_or_default();
    Ok((Device { db, id, kind }, last))
}

pub(super) async fn read_listed(db: &Database) -> Vec<Listed> {
    let kept = db.get(CACHE, LEDGERS).await.ok().flatten();
    kept.as_deref().and_then(record::read).unwrap_or_default()
}

/// What is kept of a ledger, and how many of its acts cannot be read: those stay on the disk as they are.
pub(in crate::store) async fn read_kept(db: &Database, ledger: LedgerId) -> Result<(Kept, usize), IdbError> {
    let prefix = format!("{ledger}/");
    // A record that cannot be read leaves a gap: the client keeps what stands beyond, to offer it.
    let (entries, _) = read_all::<Entry>(db, ENTRIES, &prefix).await?;
    let (mut orphans, _) = read_all::<Entry>(db, ORPHANS, &prefix).await?;
    orphans.sort_by_key(|entry| entry.seq);
    let (acts, unreadable) = read_all::<KeptAct>(db, PENDING, &prefix).await?;
    if unreadable > 0 {
        tracing::error!(%ledger, unreadable, "acts on the device cannot be read");
    }
    let kept = Kept {
        entries,
        orphans,
        acts,
    };
    Ok((kept, unreadable))
}

/// How many records of a ledger are on this device alone; none of them is read.
pub(in crate::store) async fn count_acts(db: &Database, ledger: LedgerId) -> Result<usize, IdbError> {
    let prefix = format!("{ledger}/");
    Ok(db.read(PENDING, &prefix).await?.len() + db.read(ORPHANS, &prefix).await?.len())
}

/// The records that can be read, and the number of those that cannot.
async fn read_all<T: serde::de::DeserializeOwned>(
    db: &Database,
    store: &str,
    prefix: &str,
) -> Result<(Vec<T>, usize), IdbError> {
    let records = db.read(store, prefix).await?;
    let read: Vec<T> = records.iter().filter_map(|bytes| record::read(bytes)).collect();
    let unreadable = records.len() - read.len();
    Ok((read, unreadable))
}

pub(super) fn seed() -> [u8; 32] {
    let mut seed = [0; 32];
    seed[..16].copy_from_slice(uuid::Uuid::new_v4().as_bytes());
    seed[16..].copy_from_slice(uuid::Uuid::new_v4().as_bytes());
    seed
}
