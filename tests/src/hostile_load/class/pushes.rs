//! Largest frames full of changes as an honest program might write them.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use automerge::transaction::Transactable as _;
use automerge::{AutoCommit, Change, ObjType, ROOT, ReadDoc as _, ScalarValue};
use shared::id::ChangeHash;
use shared::ledger::document::Made;
use shared::limit::{CHANGE_OPERATIONS, CHANGES_PER_PUSH, FRAME_FROM_CLIENT_BYTES, TEXT_BYTES};
use shared::protocol::{self, ClientMessage, Entry};
use tokio::io::AsyncWriteExt as _;
use tokio::task::JoinSet;

use super::Start;
use super::stolen::{hello, opens};
use crate::hostile_load::Statuses;
use crate::hostile_load::officer::socket::Socket;
use crate::hostile_load::officer::writer::Writer;
use crate::hostile_load::scene::{Known, Scene, TRAITOR};
use crate::hostile_load::wire::{BINARY, before, discard, frame, within};

/// The sockets that send each kind of frame.
const SOCKETS: usize = 4;
/// The frames whose changes can be stored.
const TO_BE_STORED: usize = 40;
/// What a frame holds beside its changes, in bytes.
const ENVELOPE_BYTES: usize = 4 * 1024;

/// What is pushed, ready to be written.
struct Frames {
    /// Changes of as many operations as one may have; what they depend on never comes, so they can be sent for ever.
    operations: Vec<u8>,
    /// The same with long texts.
    texts: Vec<u8>,
    /// Changes that are stored, one frame after the other.
    stored: Vec<Vec<u8>>,
}

pub(super) async fn run(scene: &Arc<Scene>, start: Start, statuses: &Statuses) -> Result<()> {
    let traitor = scene.knows(TRAITOR).await?;
    let (socket, log) = Socket::opens(scene, &traitor).await?;
    drop(socket);
    let frames = {
        let traitor = traitor.clone();
        tokio::task::spawn_blocking(move || Frames::make(&traitor, &log)).await??
    };
    let until = start.lasts();
    let mut all = JoinSet::new();
    for (what, burst) in [("operations", &frames.operations), ("texts", &frames.texts)] {
        for _ in 0..SOCKETS {
            let again = std::iter::repeat(burst.clone());
            all.spawn(push(
                Arc::clone(scene),
                traitor.clone(),
                what,
                again,
                until,
                statuses.clone(),
            ));
        }
    }
    let once = frames.stored.into_iter();
    all.spawn(push(
        Arc::clone(scene),
        traitor,
        "changes to be stored",
        once,
        until,
        statuses.clone(),
    ));
    all.join_all().await;
    Ok(())
}

/// Writes frame after frame, on a new socket whenever the relay has closed the last.
async fn push(
    scene: Arc<Scene>,
    who: Known,
    what: &'static str,
    mut frames: impl Iterator<Item = Vec<u8>>,
    until: Instant,
    statuses: Statuses,
) {
    while Instant::now() < until {
        let Some(stream) = opens(&scene, &who, what, &statuses).await else {
            continue;
        };
        let (read, mut write) = stream.into_split();
        let discarding = tokio::spawn(discard(read));
        let mut sent = within(write.write_all(&hello(&who))).await;
        while sent.is_ok() && Instant::now() < until {
            let Some(frame) = frames.next() else {
                discarding.abort();
                return;
            };
            sent = before(until, write.write_all(&frame)).await;
            if sent.is_ok() {
                statuses.add(format!("KiB of {what}"), (frame.len() / 1_024) as u64);
            }
        }
        if sent.is_err() && Instant::now() < until {
            statuses.count(format!("{what}: closed"));
        }
        discarding.abort();
    }
}

impl Frames {
    fn make(who: &Known, log: &[Entry]) -> Result<Self> {
        let mut writer = Writer::new(who);
        writer.reads(log)?;
        let text = "责".repeat((TEXT_BYTES - 64) / "责".len());
        let mut stored = Vec::new();
        for _ in 0..TO_BE_STORED {
            stored.push(fill(who, || writer.writes(3, &text))?);
        }
        let mut writer = Writer::new(who);
        writer.reads(log)?;
        let withheld = writer.writes_a_cell()?;
        let texts = fill(who, || writer.writes(3, &text))?;
        Ok(Self {
            operations: operations(who, log, &withheld)?,
            texts,
            stored,
        })
    }
}

/// A frame with as many changes as fit.
fn fill(who: &Known, mut make: impl FnMut() -> Result<Vec<Made>>) -> Result<Vec<u8>> {
    let mut changes = Vec::new();
    let mut bytes = ENVELOPE_BYTES;
    loop {
        let next = make()?;
        bytes += next.iter().map(|made| made.bytes.len() + 8).sum::<usize>();
        if bytes > FRAME_FROM_CLIENT_BYTES || changes.len() + next.len() > CHANGES_PER_PUSH {
            break;
        }
        changes.extend(next.into_iter().map(|made| made.bytes.into()));
    }
    let message = ClientMessage::Push {
        ledger: who.ledger,
        changes,
    };
    Ok(frame(BINARY, true, &protocol::write(&message)))
}

/// A frame full of one change with as many operations as one may have, which comes after a change that is withheld.
fn operations(who: &Known, log: &[Entry], withheld: &Made) -> Result<Vec<u8>> {
    let mut document = AutoCommit::new();
    let entries = log.iter().map(|entry| entry.bytes.clone());
    let changes = entries
        .chain([withheld.bytes.clone()])
        .map(Change::from_bytes)
        .collect::<Result<Vec<_>, _>>()?;
    document.apply_changes(changes)?;
    let (_, items) = document.get(ROOT, "items")?.context("a table")?;
    let row = document.keys(&items).next().context("a row")?;
    let (kind, row) = document.get(&items, row)?.context("a row")?;
    ensure!(kind.to_objtype() == Some(ObjType::Map), "a row is a map");
    document.set_actor(automerge::ActorId::from(uuid::Uuid::new_v4().into_bytes()));
    for number in 0..CHANGE_OPERATIONS {
        // One value after another that differs: a put of what is there already would be no operation.
        let value = if number.is_multiple_of(2) {
            ScalarValue::Null
        } else {
            ScalarValue::Boolean(true)
        };
        document.put(&row, "note", value)?;
    }
    document.commit();
    let change = document.get_last_local_change().context("a change")?;
    let made = Made {
        hash: ChangeHash(change.hash().0),
        bytes: change.raw_bytes().to_vec(),
    };
    fill(who, || Ok(vec![made.clone()]))
}
