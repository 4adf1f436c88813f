//! Officers, their devices and a relay, in one thread, from one seed: the pure cores under every fault there is.
//!
//! Nothing is random but what comes from the seed, and no clock runs but the network's own. [`Network::seeded`] makes a
//! world in which anything may go wrong ([`Network::suffers`]); [`Network::of`] makes a quiet one for a story. Either is
//! healed and judged by [`Network::heals`].

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use shared::access::{ClosedColumn, Grant, Rights, Role};
use shared::id::{AccountId, DeviceId, EnterpriseId, LedgerId, UnitId};
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::time::Timestamp;

mod carry;
mod deed;
mod device;
mod disk;
mod heal;
mod line;
mod mishap;
mod oracle;
mod seeded;
mod station;
mod step;
mod story;
mod stranger;
mod tab;
mod void;
mod witness;

pub use deed::{CLOSED, MEMBER, row};
pub use device::{At, Device, Disk};
pub use disk::Store;
pub use heal::Wrong;
pub use seeded::{replay, seeds};
use station::Station;
pub use step::Faults;
use witness::Witness;

/// 2026-11-23 08:00 UTC: when every network begins.
const BEGIN: Timestamp = Timestamp(1_795_420_800_000);
const UNIT: UnitId = UnitId::from_bytes([5; 16]);

/// A world of its own.
#[derive(Debug)]
pub struct Network {
    dice: ChaCha8Rng,
    /// The true time; devices have clocks of their own.
    now: Timestamp,
    ledger: LedgerId,
    key: LedgerKey,
    rights: Rights,
    devices: Vec<Device>,
    station: Station,
    witness: Witness,
    faults: Faults,
    connections: u64,
    tabs: u64,
    tells: bool,
}

impl Network {
    /// A quiet world: one device and one tab for each of these officers, all connected, no faults.
    #[must_use]
    pub fn of(seed: u64, roles: &[Role]) -> Self {
        let mut network = Self::empty(seed);
        for role in roles {
            network.arrives(*role, 0);
        }
        network.calms();
        network
    }

    fn empty(seed: u64) -> Self {
        let enterprise = EnterpriseId::from_bytes([8; 16]);
        let key = LedgerKey {
            unit: UNIT,
            year: Some(2026),
            kind: Kind::Pledge,
            part: Part::Main,
        };
        let closed = ClosedColumn {
            role: Role::GroupLeader,
            kind: Kind::Pledge,
            table: "items".to_owned(),
            column: CLOSED.to_owned(),
        };
        let rights = Rights {
            closed: vec![closed],
            ..Rights::default()
        };
        let mut network = Self {
            dice: ChaCha8Rng::seed_from_u64(seed),
            now: BEGIN,
            ledger: key.id(enterprise),
            key,
            station: Station::new(enterprise, rights.clone(), seed),
            rights,
            devices: Vec::new(),
            witness: Witness::default(),
            faults: Faults::default(),
            connections: 0,
            tabs: 0,
            tells: std::env::var_os("TELL").is_some(),
        };
        network.relay_starts();
        network
    }

    /// One more officer with a device and an open tab; its clock is wrong by `skew` milliseconds.
    pub fn arrives(&mut self, role: Role, skew: i64) -> usize {
        let number = self.devices.len();
        let byte = u8::try_from(number + 1).expect("a handful of officers");
        self.devices.push(Device {
            account: AccountId::from_bytes([byte; 16]),
            id: DeviceId::from_bytes([byte; 16]),
            grants: vec![Grant::new(UNIT, role)],
            skew,
            offline: false,
            stalled: false,
            disk: Disk::default(),
            tabs: Vec::new(),
            locks: std::collections::HashMap::new(),
        });
        self.opens_tab(number);
        number
    }

    /// The ledger everybody works on.
    #[must_use]
    pub fn ledger(&self) -> LedgerId {
        self.ledger
    }

    /// The true time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// What time a device takes it to be.
    fn clock(&self, device: usize) -> Timestamp {
        Timestamp(self.now.0 + self.devices[device].skew)
    }

    #[expect(
        clippy::print_stderr,
        reason = "asked for by TELL=1, to follow one seed step by step"
    )]
    fn tell(&self, what: impl FnOnce() -> String) {
        if self.tells {
            eprintln!("{:>7} {}", self.now.0 - BEGIN.0, what());
        }
    }
}
