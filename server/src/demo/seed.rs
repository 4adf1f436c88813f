//! Ids and choices that come out the same every time.

use sha2::{Digest as _, Sha256};
use shared::calendar::{Calendars, Posting};
use shared::id::{AccountId, ActorId, DeviceId, EnterpriseId, PersonId, RowId, UnitId};
use shared::time::{Date, Timestamp};
use uuid::{Builder, Uuid};

/// Which of the invented enterprises it is. The same number gives the same one to the byte; another gives other people and
/// other choices in the same numbers, and ids of its own, so that a device never takes one for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Default for Seed {
    fn default() -> Self {
        Self(1)
    }
}

impl Seed {
    /// The digest of what a thing is called.
    fn digest(self, kind: &str, name: &str) -> [u8; 32] {
        Sha256::new()
            .chain_update(format!("taizhang demo {}\0", self.0))
            .chain_update(kind)
            .chain_update("\0")
            .chain_update(name)
            .finalize()
            .into()
    }

    fn sixteen(self, kind: &str, name: &str) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.digest(kind, name)[..16]);
        bytes
    }

    fn uuid(self, kind: &str, name: &str) -> Uuid {
        Builder::from_custom_bytes(self.sixteen(kind, name)).into_uuid()
    }

    pub(super) fn enterprise(self) -> EnterpriseId {
        EnterpriseId(self.uuid("enterprise", "青梧"))
    }

    pub(super) fn unit(self, name: &str) -> UnitId {
        UnitId(self.uuid("unit", name))
    }

    pub(super) fn account(self, login: &str) -> AccountId {
        AccountId(self.uuid("account", login))
    }

    /// The device an officer usually sits at.
    pub(super) fn device(self, login: &str) -> DeviceId {
        DeviceId(self.uuid("device", login))
    }

    /// A tab an officer had open.
    pub(super) fn actor(self, tab: &str) -> ActorId {
        ActorId(self.sixteen("actor", tab))
    }

    pub(super) fn person(self, name: &str) -> PersonId {
        PersonId(self.uuid("person", name))
    }

    /// The id of an act or a row, as a device would have made it at that moment.
    pub(super) fn made_at(self, at: Timestamp, name: &str) -> Uuid {
        let mut random = [0; 10];
        random.copy_from_slice(&self.digest("made", name)[..10]);
        Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or_default(), &random).into_uuid()
    }

    pub(super) fn row(self, at: Timestamp, name: &str) -> RowId {
        RowId(self.made_at(at, name))
    }

    /// The choices made about this.
    pub(super) fn choices(self, name: &str) -> Choices {
        let digest = self.digest("choices", name);
        Choices(
            digest[..8]
                .iter()
                .fold(0, |seed, byte| seed << 8 | u64::from(*byte)),
        )
    }
}

/// A run of choices that is the same every time (`SplitMix64`).
#[derive(Clone, Debug)]
pub(super) struct Choices(u64);

impl Choices {
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
        &of[self.place(of.len())]
    }

    /// A place in a list of this length.
    pub(super) fn place(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// So many of these, none twice, in no order; all of them when there are fewer.
    pub(super) fn some<T>(&mut self, count: usize, of: impl IntoIterator<Item = T>) -> Vec<T> {
        let mut left: Vec<T> = of.into_iter().collect();
        let mut chosen = Vec::with_capacity(count);
        while chosen.len() < count && !left.is_empty() {
            let place = self.place(left.len());
            chosen.push(left.swap_remove(place));
        }
        chosen
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

/// A day of the demonstration's year.
pub(super) fn day(month: u32, day: u32) -> Date {
    moment(month, day, 0).date()
}

/// A posting of the customary five working days.
pub(super) fn posting(from: Date) -> Posting {
    let posting = Calendars::published().posting(from, 5);
    posting.expect("the calendar of the demonstration's year is published")
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
        let seed = Seed::default();
        assert_eq!(seed.account("lin"), seed.account("lin"));
        assert_ne!(seed.account("lin"), seed.account("gu"));
        assert_ne!(seed.account("lin"), Seed(2).account("lin"));
        assert_ne!(seed.account("lin").0, seed.device("lin").0);
        assert_eq!(seed.row(moment(1, 5, 0), "a").0.get_version_num(), 7);
    }

    #[test]
    fn some_are_chosen_once_each() {
        let mut chosen = Seed::default().choices("some").some(5, 0..9);
        chosen.sort_unstable();
        chosen.dedup();
        assert_eq!(chosen.len(), 5);
        assert_eq!(Seed::default().choices("some").some(5, 0..3).len(), 3);
    }
}
