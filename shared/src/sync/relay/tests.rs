//! Tests of the relay: told by hand who connects, what arrives and what its disk has done.

use super::*;
use crate::access::{ClosedColumn, Role};
use crate::id::{ActId, ActorId, RowId, UnitId};
use crate::ledger::act::{Act, Deed, Entry as How, NewRow};
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::document::{Document, Made};
use crate::ledger::key::Part;
use crate::ledger::kind::Kind;
use crate::protocol::{Cursor, Fate, Hello, Later, Refusal, VERSION};

const LEDGER: LedgerId = LedgerId([7; 16]);
const UNIT: UnitId = UnitId::from_bytes([5; 16]);
const SEAL_KEY: [u8; 32] = [3; 32];
const LIN: AccountId = AccountId::from_bytes([1; 16]);
const GU: AccountId = AccountId::from_bytes([2; 16]);
const YE: AccountId = AccountId::from_bytes([3; 16]);
const ROW: RowId = RowId::from_bytes([9; 16]);
const NOW: Timestamp = Timestamp(1_000_000);

/// A relay with one ledger in memory; Lin is secretary, Gu group leader, Ye viewer, each connected under that number.
struct Scene {
    relay: Relay,
    log: Vec<Entry>,
    chain: Chain,
    lin: Document,
    acts: u128,
}

impl Scene {
    fn new() -> Self {
        let closed = ClosedColumn {
            role: Role::GroupLeader,
            kind: Kind::Pledge,
            table: "items".to_owned(),
            column: "note".to_owned(),
        };
        let config = RelayConfig {
            enterprise: EnterpriseId::from_bytes([8; 16]),
            version: "test".to_owned(),
            rights: Rights { closed: vec![closed] },
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
                grants: vec![Grant { unit: UNIT, role }],
            };
            scene.happens(Event::Connected(ConnectionId(id), officer));
            let device = DeviceId::from_bytes([1; 16]);
            let hello = Hello {
                protocol: VERSION,
                app: "test".to_owned(),
                device,
                ledgers: Vec::new(),
            };
            scene.says(id, ClientMessage::Hello(hello));
        }
        scene.follows(1, 0, Chain::START);
        scene
    }

    fn happens(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.relay.handle(NOW, event);
        effects
            .into_iter()
            .flat_map(|effect| self.carries_out(effect))
            .collect()
    }

    /// The disk does what it is asked at once; the rest is for the test.
    fn carries_out(&mut self, effect: Effect) -> Vec<Effect> {
        match effect {
            Effect::Load(ledger) => {
                let key = LedgerKey {
                    unit: UNIT,
                    year: Some(2026),
                    kind: Kind::Pledge,
                    part: Part::Main,
                };
                let loaded = Loaded {
                    key,
                    entries: self.log.clone(),
                    chain: self.chain,
                    held: Vec::new(),
                };
                self.happens(Event::Loaded(ledger, (ledger == LEDGER).then_some(loaded)))
            }
            Effect::Commit(batch) => {
                let places = batch.entries.iter().map(|new| self.stores(new)).collect();
                self.happens(Event::Committed(batch.id, places))
            }
            effect => vec![effect],
        }
    }

    fn stores(&mut self, new: &NewEntry) -> Place {
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

    fn says(&mut self, id: u64, message: ClientMessage) -> Vec<Effect> {
        self.happens(Event::Received(ConnectionId(id), message))
    }

    fn follows(&mut self, id: u64, seq: u64, chain: Chain) -> Vec<Effect> {
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

    fn pushes(&mut self, id: u64, bytes: &[u8]) -> Fate {
        let changes = vec![bytes.to_vec().into()];
        fate(&self.says(
            id,
            ClientMessage::Push {
                ledger: LEDGER,
                changes,
            },
        ))
    }

    fn offers(&mut self, id: u64, entry: Entry) -> Fate {
        fate(&self.says(
            id,
            ClientMessage::Offer {
                ledger: LEDGER,
                entries: vec![entry],
            },
        ))
    }

    /// Lin makes the row.
    fn adds(&mut self) -> Made {
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
    fn types(&mut self, key: &str) -> Made {
        let cells = vec![(CellRef::new("items", ROW, key), Value::Text("x".to_owned()))];
        self.makes(Deed::Enter {
            by: How::Typed,
            rows: Vec::new(),
            cells,
        })
    }

    fn makes(&mut self, deed: Deed) -> Made {
        self.acts += 1;
        let act = Act {
            id: ActId(uuid::Uuid::from_u128(self.acts)),
            at: NOW,
            deed,
        };
        self.lin.perform(&act).unwrap().changes.remove(0)
    }

    fn entry(made: &Made, seal: Seal) -> Entry {
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

fn fate(effects: &[Effect]) -> Fate {
    let mut fates = effects.iter().filter_map(|effect| match effect {
        Effect::Send(_, RelayMessage::Fates { fates, .. }) => Some(fates),
        _ => None,
    });
    let [(_, fate)] = fates.next().expect("every pushed change gets a fate")[..] else {
        panic!("one fate for one change");
    };
    fate
}

fn sent(effects: &[Effect], id: u64) -> Vec<&RelayMessage> {
    let to = |effect| match effect {
        &Effect::Send(to, ref message) if to == ConnectionId(id) => Some(message),
        _ => None,
    };
    effects.iter().filter_map(to).collect()
}

#[test]
fn what_is_permitted_is_stored_and_stays_so() {
    let mut scene = Scene::new();
    let made = scene.adds();
    assert_eq!(scene.pushes(1, &made.bytes), Fate::Stored(2));
    assert_eq!(
        scene.pushes(1, &made.bytes),
        Fate::Stored(2),
        "a known hash has the fate it has"
    );
    assert_eq!(scene.log.len(), 2);
    assert_eq!((scene.log[1].account, scene.log[1].carried_by), (LIN, None));
}

#[test]
fn what_comes_before_its_ground_waits() {
    let mut scene = Scene::new();
    let (first, second) = (scene.adds(), scene.types("text"));
    assert_eq!(
        scene.pushes(1, &second.bytes),
        Fate::Later(Later::Waits(first.hash))
    );
    assert_eq!(scene.pushes(1, &first.bytes), Fate::Stored(2));
    assert_eq!(scene.pushes(1, &second.bytes), Fate::Stored(3));
}

#[test]
fn what_another_may_write_is_stored_as_carried_and_what_he_may_not_is_held() {
    let mut scene = Scene::new();
    let (row, text, note) = (scene.adds(), scene.types("text"), scene.types("note"));
    assert_eq!(scene.pushes(2, &row.bytes), Fate::Stored(2));
    assert_eq!(scene.pushes(2, &text.bytes), Fate::Stored(3));
    assert_eq!((scene.log[2].account, scene.log[2].carried_by), (LIN, Some(GU)));
    assert_eq!(
        scene.pushes(2, &note.bytes),
        Fate::Held,
        "a column closed to Gu's role"
    );
    assert_eq!(
        scene.pushes(1, &note.bytes),
        Fate::Held,
        "it has the fate it has, whoever asks"
    );
    assert_eq!(scene.log.len(), 3);
}

#[test]
fn what_is_taken_in_goes_into_the_log_as_it_came() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.pushes(3, &row.bytes), Fate::Held);
    let held = NewEntry {
        ledger: LEDGER,
        hash: row.hash,
        account: LIN,
        device: DeviceId::from_bytes([1; 16]),
        carried_by: Some(YE),
        received_at: NOW,
        bytes: row.bytes.clone(),
        seal: seal(
            &SEAL_KEY,
            LEDGER,
            &row.hash,
            LIN,
            DeviceId::from_bytes([1; 16]),
            Some(YE),
        ),
    };
    let effects = scene.happens(Event::TakenIn(Box::new(held.clone())));
    assert_eq!(sent(&effects, 1).len(), 1, "whoever follows gets it");
    assert_eq!((scene.log[1].hash, scene.log[1].carried_by), (row.hash, Some(YE)));
    scene.happens(Event::TakenIn(Box::new(held)));
    assert_eq!(scene.log.len(), 2, "once");
    assert_eq!(scene.pushes(1, &row.bytes), Fate::Stored(2));
}

#[test]
fn refusals_say_why() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.pushes(1, &[0; 40]), Fate::Refused(Refusal::Malformed));
    assert_eq!(
        scene.pushes(1, &vec![0; crate::limit::CHANGE_BYTES + 1]),
        Fate::Refused(Refusal::TooLarge)
    );
    assert_eq!(scene.pushes(1, &row.bytes), Fate::Stored(2));
    let mut ye = Document::new(LEDGER, Kind::Pledge.schema(), YE, ActorId([3; 16]));
    ye.receive([(&row.hash, row.bytes.as_slice())]).unwrap();
    std::mem::swap(&mut scene.lin, &mut ye);
    let viewer = scene.types("text");
    assert_eq!(
        scene.pushes(3, &viewer.bytes),
        Fate::Refused(Refusal::NotPermitted)
    );
    scene.lin = Document::new(LEDGER, Kind::Pledge.schema(), LIN, ActorId([4; 16]));
    let twice = scene.adds();
    assert_eq!(
        scene.pushes(1, &twice.bytes),
        Fate::Refused(Refusal::AlreadyThere)
    );
}

#[test]
fn a_sealed_entry_comes_back_under_its_own_account_whoever_brings_it() {
    let mut scene = Scene::new();
    let row = scene.adds();
    let device = DeviceId::from_bytes([6; 16]);
    let sealed = Scene::entry(&row, seal(&SEAL_KEY, LEDGER, &row.hash, LIN, device, None));
    assert_eq!(scene.offers(3, sealed), Fate::Stored(2), "a viewer brings it");
    let Entry {
        account,
        device: from,
        carried_by,
        received_at,
        ..
    } = scene.log[1];
    assert_eq!(
        (account, from, carried_by, received_at),
        (LIN, device, None, Timestamp(5))
    );
}

#[test]
fn a_seal_that_is_not_ours_proves_nothing() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.offers(3, Scene::entry(&row, Seal([1; 32]))), Fate::Held);
    let mut scene = Scene::new();
    let row = scene.adds();
    let of_another = seal(
        &[9; 32],
        LEDGER,
        &row.hash,
        LIN,
        DeviceId::from_bytes([6; 16]),
        None,
    );
    assert_eq!(scene.offers(2, Scene::entry(&row, of_another)), Fate::Stored(2));
    assert_eq!(scene.log[1].carried_by, Some(GU));
}

#[test]
fn a_sealed_entry_comes_back_though_an_older_copy_of_the_store_holds_it() {
    let mut scene = Scene::new();
    let row = scene.adds();
    assert_eq!(scene.pushes(3, &row.bytes), Fate::Held);
    let device = DeviceId::from_bytes([6; 16]);
    let sealed = Scene::entry(&row, seal(&SEAL_KEY, LEDGER, &row.hash, LIN, device, None));
    assert_eq!(scene.offers(2, sealed), Fate::Stored(2));
}

#[test]
fn a_cursor_whose_chain_is_not_the_logs_has_diverged() {
    let mut scene = Scene::new();
    let page = |after, chain_before, chain| Page {
        ledger: LEDGER,
        after,
        chain_before,
        entries: Vec::new(),
        chain,
        last: 1,
    };
    let chain = scene.chain;
    for (seq, theirs, before) in [(1, Chain([9; 32]), Some(chain)), (40, Chain([9; 32]), None)] {
        let asked = scene.follows(2, seq, theirs);
        assert_eq!(
            asked,
            [Effect::Read {
                connection: ConnectionId(2),
                ledger: LEDGER,
                after: seq
            }]
        );
        let told = scene.happens(Event::Read(ConnectionId(2), page(seq, before, chain)));
        assert_eq!(sent(&told, 2), [&RelayMessage::Diverged { ledger: LEDGER }]);
    }
}

#[test]
fn what_queues_during_an_fsync_goes_with_the_next() {
    let mut scene = Scene::new();
    let (row, text, note) = (scene.adds(), scene.types("text"), scene.types("note"));
    let push = |made: &Made| {
        let changes = vec![made.bytes.clone().into()];
        Event::Received(
            ConnectionId(1),
            ClientMessage::Push {
                ledger: LEDGER,
                changes,
            },
        )
    };
    let first = scene.relay.handle(NOW, push(&row));
    let [Effect::Commit(first)] = &first[..] else {
        panic!("{first:?}")
    };
    assert_eq!(scene.relay.handle(NOW, push(&text)), []);
    assert_eq!(scene.relay.handle(NOW, push(&note)), []);
    let places = first.entries.iter().map(|new| scene.stores(new)).collect();
    let next = scene.relay.handle(NOW, Event::Committed(first.id, places));
    let batch = next.iter().find_map(|effect| {
        if let Effect::Commit(batch) = effect {
            Some(batch)
        } else {
            None
        }
    });
    let hashes: Vec<ChangeHash> = batch.unwrap().entries.iter().map(|new| new.hash).collect();
    assert_eq!(hashes, [text.hash, note.hash]);
}

#[test]
fn a_ledger_the_store_lacks_is_forgotten_only_by_who_holds_nothing_of_it() {
    let mut scene = Scene::new();
    let ledger = LedgerId([1; 16]);
    let follow = |seq| {
        ClientMessage::Follow(Cursor {
            ledger,
            seq,
            chain: Chain::START,
            pending: 0,
        })
    };
    assert_eq!(
        sent(&scene.says(1, follow(0)), 1),
        [&RelayMessage::Forget { ledger }]
    );
    assert_eq!(scene.says(1, follow(3)), []);
}

#[test]
fn whoever_loses_the_right_to_read_is_sent_nothing_more() {
    let mut scene = Scene::new();
    scene.follows(2, 1, scene.chain);
    let elsewhere = Grant {
        unit: UnitId::from_bytes([6; 16]),
        role: Role::GroupLeader,
    };
    let effects = scene.happens(Event::Granted(GU, vec![elsewhere]));
    assert_eq!(sent(&effects, 2), [&RelayMessage::Forget { ledger: LEDGER }]);
    let row = scene.adds();
    let changes = vec![row.bytes.into()];
    let effects = scene.says(
        1,
        ClientMessage::Push {
            ledger: LEDGER,
            changes,
        },
    );
    assert!(sent(&effects, 2).is_empty());
}

#[test]
fn an_ended_session_is_told_to_sign_in() {
    let mut scene = Scene::new();
    let effects = scene.happens(Event::Granted(GU, Vec::new()));
    assert_eq!(sent(&effects, 2), [&RelayMessage::Closing(Closing::SignIn)]);
    assert!(effects.contains(&Effect::Close(ConnectionId(2))));
}
