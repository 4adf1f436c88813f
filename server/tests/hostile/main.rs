//! One of every hostile class, pushed to a live relay by an officer who has signed in, while a colleague goes on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the tests of the socket use the rest")]
#[path = "../sync/content.rs"]
mod content;
#[expect(dead_code, reason = "the tests of the socket use the rest")]
#[path = "../sync/relay.rs"]
mod relay;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use automerge::{Automerge, Change, LoadOptions, OnPartialLoad, VerificationMode};
use hostile::{Class, Craft, Ground, Setting};
use peak_alloc::PeakAlloc;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use server::storage::Storage;
use server::storage::sqlite::SqliteStorage;
use shared::guard;
use shared::id::{AccountId, ActId, ActorId, ChangeHash, DeviceId, RowId};
use shared::ledger::act::{Act, Deed, Entry, NewRow};
use shared::ledger::document::{Document, Made};
use shared::ledger::skeleton;
use shared::protocol::Fate;
use shared::sync::relay::{Batch, BatchId, NewEntry, seal};
use shared::time::Timestamp;

use content::{GU, LIN, fill, key, ledger};
use relay::{Officer, PATIENCE, Relay};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How long a fate may take in the middle.
const USUALLY: Duration = Duration::from_millis(50);
/// How long one may take on a machine that does something else.
const AT_MOST: Duration = Duration::from_secs(5);
/// What relay and clients together may use beyond what they used before, while it goes on: the largest frame in all its
/// forms, and what SQLite does with pages.
const PASSING_BYTES: usize = 32 * 1024 * 1024;
/// What they may keep of it: the honest changes, and the log's index of them.
const KEPT_BYTES: usize = 8 * 1024 * 1024;
/// How often every class is pushed.
const ROUNDS: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_hostile_class_is_turned_away_while_a_colleague_goes_on() {
    guard::keep_expected_panics_quiet();
    let ground = ground();
    let inputs = inputs(&ground);
    let folder = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(folder.path()).unwrap();
    fill(&storage);
    storage.commit(&history(&ground)).unwrap();
    let relay = Relay::over(Arc::new(storage)).await;
    let (mut lin, mut gu) = (relay.officer("lin").await, relay.officer("gu").await);

    let mut document = Document::new(ledger(), key().kind.schema(), GU, ActorId([0x99; 16]));
    let log = ground.log.iter().map(|made| (&made.hash, made.bytes.as_slice()));
    document.receive(log).unwrap();
    goes_on(&mut gu, &mut document, 0).await;

    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let over = Arc::new(AtomicBool::new(false));
    let pushed = {
        let over = Arc::clone(&over);
        async move {
            let mut number = 0;
            while !over.load(Ordering::Relaxed) || number == 0 {
                number += 1;
                goes_on(&mut gu, &mut document, number).await;
            }
            (number, document)
        }
    };
    let attacked = async {
        let mut waits = Vec::new();
        for round in 0..ROUNDS {
            for (class, bytes) in &inputs {
                let wait = is_turned_away(&mut lin, *class, bytes).await;
                if round == 0 {
                    eprintln!("{class:?}: {} bytes, {wait:?}", bytes.len());
                }
                waits.push(wait);
            }
        }
        over.store(true, Ordering::Relaxed);
        waits
    };
    // Both on one thread of this test; the relay has its own.
    let ((honest, document), mut waits) = tokio::join!(pushed, attacked);
    let peak = MEMORY.peak_usage().saturating_sub(before);
    let kept = kept_since(before).await;
    waits.sort_unstable();
    let (median, longest) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    eprintln!(
        "{honest} honest changes meanwhile; median {median:?}, longest {longest:?}; peak {peak} bytes, kept {kept}"
    );
    assert!(median <= USUALLY, "{median:?}");
    assert!(longest <= AT_MOST, "{longest:?}");
    assert!(peak <= PASSING_BYTES, "{peak} bytes at once");
    assert!(kept <= KEPT_BYTES, "{kept} bytes kept");
    relay.stops().await;

    let hostile: Vec<ChangeHash> = inputs
        .iter()
        .filter_map(|(_, bytes)| guard::scan(bytes).ok())
        .collect();
    log_is_whole(folder.path(), &document, &hostile);
}

fn ground() -> Ground {
    let setting = Setting {
        ledger: ledger(),
        schema: key().kind.schema(),
        accounts: [LIN, GU, LIN],
        merges: false,
    };
    Ground::new(setting, 1)
}

/// One of every class that the guard refuses: what is harmless of a class is no matter here.
fn inputs(ground: &Ground) -> Vec<(Class, Vec<u8>)> {
    let mut dice = StdRng::seed_from_u64(7);
    let mut made = |class: Class| {
        (0..2_000).find_map(|_| {
            let (_, honest) = ground.next.choose(&mut dice)?;
            let mut craft = Craft {
                ground,
                honest,
                most: 10_000_000,
                dice: &mut dice,
            };
            let bytes = class.craft(&mut craft)?;
            let checked = guard::scan(&bytes).and_then(|_| guard::decode(&bytes));
            let is_taken = checked.is_ok_and(|checked| ground.index.judge(&checked).is_ok());
            (!is_taken).then_some((class, bytes))
        })
    };
    let inputs: Vec<_> = Class::ALL.into_iter().filter_map(&mut made).collect();
    assert_eq!(inputs.len(), Class::ALL.len(), "one of every class");
    inputs
}

/// The honest history, as a relay has stored it.
fn history(ground: &Ground) -> Batch {
    let device = DeviceId::from_bytes([9; 16]);
    let entry = |made: &Made, account| NewEntry {
        ledger: ledger(),
        hash: made.hash,
        account,
        device,
        carried_by: None,
        received_at: Timestamp(5),
        seal: seal(&[7; 32], ledger(), &made.hash, account, device, None),
        bytes: made.bytes.clone(),
    };
    let skeletons = skeleton::changes(ledger(), key().kind.schema());
    let skeletons = skeletons.iter().map(|made| entry(made, AccountId::RELAY));
    let honest = ground.log.iter().map(|made| {
        let actor = guard::decode(&made.bytes).unwrap().actor;
        entry(made, ground.index.owner(&actor).unwrap())
    });
    Batch {
        id: BatchId(1),
        entries: skeletons.chain(honest).collect(),
        held: Vec::new(),
    }
}

/// Adds a row, and is told that it is stored.
async fn goes_on(gu: &mut Officer, document: &mut Document, number: u64) {
    let row = NewRow {
        table: "items".to_owned(),
        id: RowId(uuid::Uuid::from_u128(u128::from(number) << 64 | 0x99)),
        order: "80".to_owned(),
        cells: Vec::new(),
    };
    let deed = Deed::Enter {
        by: Entry::Typed,
        rows: vec![row],
        cells: Vec::new(),
    };
    let act = Act {
        id: ActId(uuid::Uuid::from_u128(u128::from(number))),
        at: Timestamp(1_770_000_000_000),
        deed,
    };
    let changes = document.perform(&act).unwrap().changes;
    gu.pushes(&changes).await;
    let fates = gu.is_told_fates().await;
    assert!(matches!(fates[..], [(_, Fate::Stored(_))]), "{fates:?}");
}

/// What is in use beyond this, once what the relay does in the background with a copy of the ledger is over.
async fn kept_since(before: usize) -> usize {
    let until = Instant::now() + PATIENCE;
    loop {
        let kept = MEMORY.current_usage().saturating_sub(before);
        if kept <= KEPT_BYTES || Instant::now() > until {
            return kept;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn is_turned_away(lin: &mut Officer, class: Class, bytes: &[u8]) -> Duration {
    let made = Made {
        hash: ChangeHash([0; 32]),
        bytes: bytes.to_vec(),
    };
    let started = Instant::now();
    lin.pushes(&[made]).await;
    let fates = lin.is_told_fates().await;
    let wait = started.elapsed();
    let is_away = matches!(fates[..], [(_, Fate::Refused(_) | Fate::Later(_))]);
    assert!(is_away, "{class:?}: {fates:?}");
    wait
}

/// The log, read from the disk and built from nothing, is what the colleague sees, and nothing hostile is in it.
fn log_is_whole(store: &std::path::Path, document: &Document, hostile: &[ChangeHash]) {
    let storage = SqliteStorage::open(store).unwrap();
    let entries = storage.load(ledger()).unwrap().unwrap().entries;
    assert!(entries.iter().all(|entry| !hostile.contains(&entry.hash)));
    let mut doc = Automerge::new();
    let changes = entries
        .iter()
        .map(|entry| Change::from_bytes(entry.bytes.clone()).unwrap());
    doc.apply_changes(changes.collect::<Vec<_>>()).unwrap();
    let strict = LoadOptions::new()
        .on_partial_load(OnPartialLoad::Error)
        .verification_mode(VerificationMode::Check);
    let loaded = Automerge::load_with_options(&doc.save(), strict).unwrap();
    let mut heads: Vec<ChangeHash> = loaded
        .get_heads()
        .into_iter()
        .map(|head| ChangeHash(head.0))
        .collect();
    heads.sort_unstable();
    assert_eq!(heads, document.heads());
    let mut fresh = Document::new(ledger(), key().kind.schema(), LIN, ActorId([0x98; 16]));
    fresh
        .receive(entries.iter().map(|entry| (&entry.hash, entry.bytes.as_slice())))
        .unwrap();
    assert_eq!(fresh.snapshot(), document.snapshot());
}
