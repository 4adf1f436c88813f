//! What ruins a ledger has got into its log: the shadow finds it, the relay voids it, and everybody goes on.

use std::collections::VecDeque;
use std::num::NonZeroU64;

use automerge::Change;
use server::clock;
use server::storage::Storage;
use shared::guard::shadow::first_unsound;
use shared::id::{AccountId, ActId, ActorId, Chain, ChangeHash, DeviceId, RowId, TabId};
use shared::ledger::act::{Act, Deed, Entry as By, NewRow};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::document::{Document, Made};
use shared::ledger::skeleton;
use shared::protocol::http::audit;
use shared::protocol::void::Content;
use shared::protocol::{Entry, Refusal};
use shared::sync::client::{Client, ClientConfig, Effect, Event, Kept, Replica, Status};
use shared::sync::relay::{Batch, BatchId, NewEntry, seal};

use crate::content::{GU, LIN, in_memory, key, ledger};
use crate::relay::{Officer, Relay};

const ROW: RowId = RowId::from_bytes([1, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1]);
const LATER: RowId = RowId::from_bytes([2, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1]);

fn adds(row: RowId, text: &str) -> Deed {
    let row = NewRow {
        table: "items".to_owned(),
        id: row,
        order: "80".to_owned(),
        cells: vec![("text".to_owned(), Value::Text(text.to_owned()))],
    };
    Deed::Enter {
        by: By::Typed,
        rows: vec![row],
        cells: Vec::new(),
    }
}

fn types(text: &str) -> Deed {
    let cell = CellRef::new("items", ROW, "measure");
    Deed::Enter {
        by: By::Typed,
        rows: Vec::new(),
        cells: vec![(cell, Value::Text(text.to_owned()))],
    }
}

/// A change that starts lower than after what it depends on: Automerge takes it, saves it, and never loads it again.
fn ruinous(after: &Made) -> Made {
    let after = Change::from_bytes(after.bytes.clone()).unwrap();
    let mut change = after.decode();
    change.actor_id = automerge::ActorId::from([0x66; 16].as_slice());
    change.deps = vec![after.hash()];
    change.seq = 1;
    change.start_op = NonZeroU64::MIN;
    change.operations.clear();
    let change = Change::from(change);
    Made {
        hash: ChangeHash(change.hash().0),
        bytes: change.raw_bytes().to_vec(),
    }
}

fn stored(account: AccountId, made: &Made) -> NewEntry {
    let device = DeviceId::from_bytes([9; 16]);
    NewEntry {
        ledger: ledger(),
        hash: made.hash,
        account,
        device,
        carried_by: None,
        received_at: clock::now(),
        bytes: made.bytes.clone(),
        seal: seal(&[7; 32], ledger(), &made.hash, account, device, None),
    }
}

/// An officer's app at the other end of the socket, its disk always done.
struct App {
    client: Client,
    socket: Officer,
}

impl App {
    /// Opened from what its device holds, not yet told that it is connected.
    fn opened(account: AccountId, socket: Officer, entries: Vec<Entry>) -> Self {
        let config = ClientConfig {
            account,
            device: DeviceId::from_bytes([9; 16]),
            tab: TabId::from_bytes([1; 16]),
            app: "test".to_owned(),
            seed: [account.as_bytes()[0]; 32],
        };
        let mut client = Client::new(config);
        let kept = Kept {
            entries,
            ..Kept::default()
        };
        client.handle(clock::now(), Event::Opened(ledger(), key(), Box::new(kept)));
        client.handle(clock::now(), Event::TryNow);
        Self { client, socket }
    }

    async fn happens(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in self.client.handle(clock::now(), event) {
                match effect {
                    Effect::Save(save) => events.push_back(Event::Saved(save.id)),
                    Effect::Send(message) => self.socket.says(&message).await,
                    Effect::Fetch(_) | Effect::Disconnect => panic!("{effect:?}"),
                    _ => {}
                }
            }
        }
    }

    /// Goes on until its ledger is so.
    async fn until(&mut self, is_so: impl Fn(&Replica) -> bool) {
        while !is_so(self.replica()) {
            let message = self.socket.hears_or_ends().await.unwrap();
            self.happens(Event::Received(message)).await;
        }
    }

    fn replica(&self) -> &Replica {
        self.client.ledger(ledger()).unwrap()
    }
}

fn changes(entries: &[Entry]) -> Vec<(ChangeHash, &[u8])> {
    let changes = entries.iter().filter(|entry| entry.is_change());
    changes
        .map(|entry| (entry.hash, entry.bytes.as_slice()))
        .collect()
}

#[tokio::test]
async fn what_ruins_a_ledger_is_found_and_voided_and_whoever_follows_goes_on_without_it() {
    let storage = in_memory();
    let mut document = Document::new(ledger(), key().kind.schema(), LIN, ActorId([1; 16]));
    let perform = |document: &mut Document, number: u8, deed| {
        let act = Act {
            id: ActId::from_bytes([number; 16]),
            at: clock::now(),
            deed,
        };
        document.perform(&act).unwrap().changes.remove(0)
    };
    let row = perform(&mut document, 1, adds(ROW, "每周点检一次"));
    let bad = ruinous(&row);
    document.receive([(&bad.hash, bad.bytes.as_slice())]).unwrap();
    let on_top = perform(&mut document, 2, adds(LATER, "之后写的"));
    let skeletons = skeleton::changes(ledger(), key().kind.schema());
    let mut entries: Vec<NewEntry> = skeletons
        .iter()
        .map(|made| stored(AccountId::RELAY, made))
        .collect();
    entries.extend([stored(LIN, &row), stored(GU, &bad), stored(LIN, &on_top)]);
    let held = Vec::new();
    let id = BatchId(0);
    storage.commit(&Batch { id, entries, held }).unwrap();
    let log = storage.load(ledger()).unwrap().unwrap().entries;
    assert_eq!(
        first_unsound(&changes(&log)),
        Some(bad.hash),
        "it is really ruinous"
    );

    let relay = Relay::over(storage.clone()).await;
    let mut lin = App::opened(LIN, relay.stranger("lin").await, log.clone());
    let mut gu = App::opened(GU, relay.stranger("gu").await, log);
    // Lin has gone on offline, on top of what will be voided.
    lin.client
        .perform(clock::now(), ledger(), types("离线写的"))
        .unwrap()
        .effects
        .into_iter()
        .for_each(|effect| {
            if let Effect::Save(save) = effect {
                lin.client.handle(clock::now(), Event::Saved(save.id));
            }
        });
    gu.happens(Event::Connected).await;
    gu.until(|replica| replica.voided() == 2).await;
    lin.happens(Event::Connected).await;
    let last = gu.replica().cursor().0 + 1;
    let has_all = |replica: &Replica| replica.cursor().0 == last && replica.counts().pending == 0;
    lin.until(has_all).await;
    gu.until(has_all).await;

    for app in [&lin, &gu] {
        let items = app.replica().snapshot().table("items");
        let cells = &items.row(ROW).unwrap().cells;
        assert_eq!(cells["measure"].value, Value::Text("离线写的".to_owned()));
        assert!(items.row(LATER).is_none());
        assert_eq!(app.client.divergences(), 0);
    }
    assert_eq!(lin.replica().snapshot(), gu.replica().snapshot());
    let aside: Vec<_> = lin.replica().set_aside().collect();
    assert_eq!(aside.len(), 1);
    assert_eq!(aside[0].status, Status::Refused(Refusal::Ruinous));
    assert_eq!(aside[0].act.deed.touches()[0].row, Some(LATER));

    let loaded = storage.load(ledger()).unwrap().unwrap();
    assert_eq!(lin.replica().cursor(), (last, loaded.chain));
    assert_eq!(gu.replica().cursor(), (last, loaded.chain));
    assert_eq!(first_unsound(&changes(&loaded.entries)), None);
    let withheld = loaded.entries.iter().filter(|entry| entry.bytes.is_empty());
    assert_eq!(
        withheld.map(|entry| entry.hash).collect::<Vec<_>>(),
        [bad.hash, on_top.hash]
    );

    // A newcomer gets the same chain, and nothing that ruins anything.
    let mut newcomer = relay.officer("gu").await;
    newcomer.follows(0, Chain::START).await;
    let newest = loaded.entries.last().unwrap().hash;
    let heard = newcomer.hears_until(&newest).await;
    assert_eq!(heard, loaded.entries);
    assert!(heard.iter().all(|entry| entry.content().is_some()));
    let void = Some(Content::Void(vec![bad.hash, on_top.hash]));
    assert_eq!(heard.iter().filter(|entry| entry.content() == void).count(), 1);

    relay.stops().await;
    let lines = storage.audit(1, 100).unwrap();
    let records = lines
        .iter()
        .map(|line| serde_json::from_str::<audit::Record>(&line.text).unwrap());
    let voided = audit::Deed::Voided {
        ledger: ledger(),
        change: bad.hash,
        count: 2,
    };
    assert_eq!(records.filter(|record| record.deed == voided).count(), 1);
}
