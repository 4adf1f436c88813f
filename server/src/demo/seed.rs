//! Ids and choices that come out the same every time.

use sha2::{Digest as _, Sha256};
use shared::id::{AccountId, ActorId, DeviceId, EnterpriseId, PersonId, RowId, UnitId};
use shared::time::Timestamp;
use uuid::{Builder, Uuid};

/// The digest of what a thing is called.
fn digest(kind: &str, name: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update("taizhang demo 1\0")
        .chain_update(kind)
        .chain_update("\0")
        .chain_update(name)
        .finalize()
        .into()
}

fn sixteen(kind: &str, name: &str) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest(kind, name)[..16]);
    bytes
}

fn uuid(kind: &str, name: &str) -> Uuid {
    Builder::from_custom_bytes(sixteen(kind, name)).into_uuid()
}

pub(super) fn enterprise() -> EnterpriseId {
    EnterpriseId(uuid("enterprise", "青梧"))
}

pub(super) fn unit(name: &str) -> UnitId {
    UnitId(uuid("unit", name))
}

pub(super) fn account(login: &str) -> AccountId {
    AccountId(uuid("account", login))
}

/// The device an officer usually sits at.
pub(super) fn device(login: &str) -> DeviceId {
    DeviceId(uuid("device", login))
}

/// A tab an officer had open.
pub(super) fn actor(tab: &str) -> ActorId {
    ActorId(sixteen("actor", tab))
}

pub(super) fn person(name: &str) -> PersonId {
    PersonId(uuid("person", name))
}

/// The id of an act or a row, as a device would have made it at that moment.
pub(super) fn made_at(at: Timestamp, name: &str) -> Uuid {
    let mut random = [0; 10];
    random.copy_from_slice(&digest("made", name)[..10]);
    Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or_default(), &random).into_uuid()
}

pub(super) fn row(at: Timestamp, name: &str) -> RowId {
    RowId(made_at(at, name))
}

/// A run of choices that is the same every time (`SplitMix64`).
#[derive(Clone, Debug)]
pub(super) struct Choices(u64);

impl Choices {
    pub(super) fn of(name: &str) -> Self {
        let digest = digest("choices", name);
        Self(
            digest[..8]
                .iter()
                .fold(0, |seed, byte| seed << 8 | u64::from(*byte)),
        )
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end.max(1))).unwrap_or_default()
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub(super) fn in_a_hundred(&mut self, cases: u32) -> bool {
        self.below(100) < cases
    }

    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(u32::try_from(of.len()).unwrap_or(u32::MAX)) as usize]
    }
}

/// A moment of the demonstration's year, by the clock of Shanghai.
pub(super) fn moment(month: u32, day: u32, minute: u32) -> Timestamp {
    const FIRST_OF_MONTH: [u32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    // 2026-01-01 00:00 in Shanghai.
    const NEW_YEAR: i64 = 1_767_196_800_000;
    let days = FIRST_OF_MONTH[(month as usize).saturating_sub(1).min(11)] + day.saturating_sub(1);
    Timestamp(NEW_YEAR + i64::from(days) * 86_400_000 + i64::from(minute) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_the_one_on_the_calendar() {
        assert_eq!(moment(1, 1, 0).minute(), "2026-01-01 00:00");
        assert_eq!(moment(3, 1, 9 * 60 + 5).minute(), "2026-03-01 09:05");
        assert_eq!(moment(12, 31, 0).minute(), "2026-12-31 00:00");
    }

    #[test]
    fn names_have_one_id_each() {
        assert_eq!(account("lin"), account("lin"));
        assert_ne!(account("lin"), account("gu"));
        assert_ne!(account("lin").0, device("lin").0);
        assert_eq!(row(moment(1, 5, 0), "a").0.get_version_num(), 7);
    }
}
