//! One relay, whose officers and disk the test speaks for.

use super::super::*;
use crate::access::{ClosedColumn, Role};
use crate::id::{ActId, ActorId, RowId, UnitId};
use crate::ledger::act::{Act, Deed, Entry as How, NewRow};
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::document::{Document, Made};
use crate::ledger::key::Part;
use crate::ledger::kind::Kind;
use crate::protocol::{Cursor, Fate, Hello, VERSION};

pub(super) const LEDGER: LedgerId = LedgerId([7; 16]);
/// Another of the same branch, in which nothing has happened.
pub(super) const OTHER_LEDGER: LedgerId = LedgerId([8; 16]);
pub(super) const UNIT: UnitId = UnitId::from_bytes([5; 16]);
pub(super) const SEAL_KEY: [u8; 32] = [3; 32];
pub(super) const LIN: AccountId = AccountId::from_bytes([1; 16]);
pub(super) const GU: AccountId = AccountId::from_bytes([2; 16]);
pub(super) const YE: AccountId = AccountId::from_bytes([3; 16]);
pub(super) const DEVICE: DeviceId = DeviceId::from_bytes([1; 16]);
pub(super) const ROW: RowId = RowId::from_bytes([9; 16]);
pub(super) const NOW: Timestamp = Timestamp(1_000_000);

/// A relay with one ledger in memory; Lin is secretary, Gu group leader, Ye viewer, each connected under that number.
pub(super) struct Scene {
    pub(super) relay: Relay,
    pub(super) log: Vec<Entry>,
    pub(super) chain: Chain,
    pub(super) lin: Document,
    acts: u128,
}

impl Scene {
    pub(super) fn new() -> Self {
        let closed = ClosedColumn {
            role: Role::GroupLeader,
            kind: Kind::Pledge,
            table: "items".to_owned(),
            column: "note".to_owned(),
        };
        let config = RelayConfig {
            enterprise: EnterpriseId::from_bytes([8; 16]),
            version: "test".to_owned(),
            rights: Rights {
                closed: vec![closed],
                ..Rights::default()
            },
            seal_key: SEAL_KEY,
            seed: [4; 32],
        };
        let lin = Document::new(LEDGER, Kind::Pledge.schema(), LIN, ActorId([1; 16]));
        let mut scene = Self {
            relay: Relay::new(config),
            log: Vec::new(),
            chain: Chain::START,
            lin,
            acts: 0,
        };
        for (id, account, role) in [
            (1, LIN, Role::Secretary),
            (2, GU, Role::GroupLeader),
            (3, YE, Role::Viewer),
        ] {
            let officer = Officer {
                account,
                device: DEVICE,
                grants: vec![Grant::new(UNIT, role)],
            };
            scene.happens(Event::Connected(ConnectionId(id), officer));
            let hello = Hello {
                protocol: VERSION,
                app: "test".to_owned(),
                device: DEVICE,
                ledgers: Vec::new(),
            };
            scene.says(id, ClientMessage::Hello(hello));
        }
        scene.follows(1, 0, Chain::START);
        scene
    }

    pub(super) fn happens(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.relay.handle(NOW, event);
        effects
            .into_iter()
            .flat_map(|effect| self.carries_out(effect))
            .collect()
    }

    /// The disk does what it is asked at once; the rest is for the test.
    pub(super) fn carries_out(&mut self, effect: Effect) -> Vec<Effect> {
        match effect {
            Effect::Load(ledger) => {
                let key = LedgerKey {
                    unit: UNIT,
                    year: Some(2026),
                    kind: Kind::Pledge,
                    part: Part::Main,
                };
                let is_first = ledger == LEDGER;
                let loaded = Loaded {
                    key,
                    entries: if is_first { self.log.clone() } else { Vec::new() },
                    chain: if is_first { self.chain } else { Chain::START },
                    status: Status::Open,
                    held: Vec::new(),
                    taken_in: Vec::new(),
                };
                self.happens(Event::Loaded(
                    ledger,
                    [LEDGER, OTHER_LEDGER].contains(&ledger).then_some(loaded),
                ))
            }
            Effect::Commit(batch) => {
                let places = batch.entries.iter().map(|new| self.stores(new)).collect();
                self.happens(Event::Committed(batch.id, places))
            }
            effect => vec![effect],
        }
    }

    pub(super) fn stores(&mut self, new: &NewEntry) -> Place {
        let seq = self.log.len() as u64 + 1;
        self.chain = self.chain.then(&new.hash);
        let NewEntry {
            hash,
            account,
            device,
            carried_by,
            received_at,
            seal,
            ..
        } = *new;
        for voided in crate::protocol::void::voided(&new.bytes).unwrap_or_default() {
            let theirs = self.log.iter_mut().filter(|entry| entry.hash == voided);
            theirs.for_each(|entry| entry.bytes.clear());
        }
        let bytes = new.bytes.clone();
        self.log.push(Entry {
            seq,
            hash,
            account,
            device,
            carried_by,
            received_at,
            bytes,
            seal,
        });
        Place {
            seq,
            chain: self.chain,
        }
    }

    pub(super) fn says(&mut self, id: u64, message: ClientMessage) -> Vec<Effect> {
        self.happens(Event::Received(ConnectionId(id), message))
    }

    pub(super) fn follows(&mut self, id: u64, seq: u64, chain: Chain) -> Vec<Effect> {
        self.says(
            id,
            ClientMessage::Follow(Cursor {
                ledger: LEDGER,
                seq,
                chain,
                pending: 0,
            }),
        )
    }

    pub(super) fn pushes(&mut self, id: u64, bytes: &[u8]) -> Fate {
        let changes = vec![bytes.to_vec().into()];
        fate(&self.says(
            id,
            ClientMessage::Push {
                ledger: LEDGER,
                changes,
            },
        ))
    }

    pub(super) fn offers(&mut self, id: u64, entry: Entry) -> Fate {
        fate(&self.says(
            id,
            ClientMessage::Offer {
                ledger: LEDGER,
                entries: vec![entry],
            },
        ))
    }

    /// Lin makes the row.
    pub(super) fn adds(&mut self) -> Made {
        let row = NewRow {
            table: "items".to_owned(),
            id: ROW,
            order: "80".to_owned(),
            cells: Vec::new(),
        };
        self.makes(Deed::Enter {
            by: How::Typed,
            rows: vec![row],
            cells: Vec::new(),
        })
    }

    /// Lin types into it.
    pub(super) fn types(&mut self, key: &str) -> Made {
        self.acts += 1;
        types(&mut self.lin, self.acts, key)
    }

    pub(super) fn makes(&mut self, deed: Deed) -> Made {
        self.acts += 1;
        makes(&mut self.lin, self.acts, deed)
    }

    pub(super) fn entry(made: &Made, seal: Seal) -> Entry {
        Entry {
            seq: 50,
            hash: made.hash,
            account: LIN,
            device: DeviceId::from_bytes([6; 16]),
            carried_by: None,
            received_at: Timestamp(5),
            bytes: made.bytes.clone(),
            seal,
        }
    }
}

/// Somebody types into the row.
pub(super) fn types(document: &mut Document, number: u128, key: &str) -> Made {
    let cells = vec![(CellRef::new("items", ROW, key), Value::Text("x".to_owned()))];
    let deed = Deed::Enter {
        by: How::Typed,
        rows: Vec::new(),
        cells,
    };
    makes(document, number, deed)
}

fn makes(document: &mut Document, number: u128, deed: Deed) -> Made {
    let act = Act {
        id: ActId(uuid::Uuid::from_u128(number)),
        at: NOW,
        deed,
    };
    document.perform(&act).unwrap().changes.remove(0)
}

pub(super) fn fate(effects: &[Effect]) -> Fate {
    let mut fates = effects.iter().filter_map(|effect| match effect {
        Effect::Send(_, RelayMessage::Fates { fates, .. }) => Some(fates),
        _ => None,
    });
    let [(_, fate)] = fates.next().expect("every pushed change gets a fate")[..] else {
        panic!("one fate for one change");
    };
    fate
}

pub(super) fn sent(effects: &[Effect], id: u64) -> Vec<&RelayMessage> {
    let to = |effect| match effect {
        &Effect::Send(to, ref message) if to == ConnectionId(id) => Some(message),
        _ => None,
    };
    effects.iter().filter_map(to).collect()
}
