//! The guard against what honest and what hostile programs write.

use std::collections::BTreeSet;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, Change, ExpandedChange, ObjType, ROOT, ReadDoc, ScalarValue};

use super::index::{Index, Verdict};
use super::*;
use crate::id::{ActId, LedgerId, RowId};
use crate::ledger::act::{Act, Deed, Entry, NewRow};
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::document::{Document, Made};
use crate::ledger::{skeleton, trial};

pub(crate) mod decision;
mod operations;

const LEDGER: LedgerId = LedgerId([7; 16]);
const LIN: AccountId = AccountId::from_bytes([1; 16]);
const ROW: RowId = RowId::from_bytes([9; 16]);

/// An index that knows one row, and the document that made it.
struct Scene {
    index: Index,
    document: Document,
    clock: u128,
}

impl Scene {
    fn new() -> Self {
        let document = Document::new(LEDGER, &trial::SCHEMA, LIN, ActorId([1; 16]));
        let mut scene = Self {
            index: Index::new(LEDGER, &trial::SCHEMA),
            document,
            clock: 0,
        };
        let cells = vec![("owner".to_owned(), Value::Text("x".to_owned()))];
        let row = NewRow {
            table: "zones".to_owned(),
            id: ROW,
            order: "80".to_owned(),
            cells,
        };
        for made in scene.makes(Deed::Enter {
            by: Entry::Typed,
            rows: vec![row],
            cells: Vec::new(),
        }) {
            scene.takes(&made).unwrap();
        }
        scene
    }

    fn makes(&mut self, deed: Deed) -> Vec<Made> {
        self.clock += 1;
        let act = Act {
            id: ActId(uuid::Uuid::from_u128(self.clock)),
            at: Timestamp(5),
            deed,
        };
        self.document.perform(&act).unwrap().changes
    }

    fn types(&mut self, key: &str, value: Value) -> Made {
        let cells = vec![(CellRef::new("zones", ROW, key), value)];
        self.makes(Deed::Enter {
            by: Entry::Typed,
            rows: Vec::new(),
            cells,
        })
        .remove(0)
    }

    fn takes(&mut self, made: &Made) -> Result<(), Verdict> {
        let checked = check(&made.bytes).map_err(Verdict::Breach)?;
        self.index.judge(&checked)?;
        self.index.admit(&checked, checked.author.unwrap_or(LIN));
        Ok(())
    }

    /// A change made by hand: an honest one, altered before it is encoded.
    fn altered(&mut self, alter: impl FnOnce(&mut ExpandedChange)) -> Result<(), Verdict> {
        let honest = self.types("name", Value::Text("机加-01".to_owned()));
        let mut change = Change::from_bytes(honest.bytes).unwrap().decode();
        alter(&mut change);
        let change = Change::from(change);
        let made = Made {
            hash: ChangeHash(change.hash().0),
            bytes: change.raw_bytes().to_vec(),
        };
        self.takes(&made)
    }
}

fn check(bytes: &[u8]) -> Result<Checked, Rule> {
    let hash = scan(bytes)?;
    let checked = decode(bytes)?;
    assert_eq!(checked.hash, hash);
    Ok(checked)
}

/// Gives a damaged chunk the checksum its content has, as a hostile client would.
fn mended(mut bytes: Vec<u8>) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(&bytes[8..]);
    bytes[4..8].copy_from_slice(&hash[..4]);
    bytes
}

#[test]
fn what_an_officer_writes_passes() {
    let mut scene = Scene::new();
    for (key, value) in [
        ("name", Value::Text("机加-01".to_owned())),
        ("count", Value::Number(3)),
        ("scope", Value::Empty),
    ] {
        let made = scene.types(key, value);
        assert_eq!(scene.takes(&made), Ok(()), "{key}");
    }
    let helper = format!("helpers/{ROW}");
    let made = scene.types(&helper, Value::Flag(true));
    assert_eq!(scene.takes(&made), Ok(()));
}

#[test]
fn the_first_change_names_its_author() {
    let mut scene = Scene::new();
    assert_eq!(scene.index.owner(&ActorId([1; 16])), Some(LIN));
    let next = scene.types("name", Value::Text("x".to_owned()));
    assert_eq!(check(&next.bytes).unwrap().author.unwrap_or(LIN), LIN);
    assert_eq!(
        scene.altered(|change| change.extra_bytes = [&[1, 16][..], &[5; 16]].concat()),
        Err(Verdict::Waits(next.hash))
    );
}

#[test]
fn an_actor_stays_with_its_account() {
    let mut scene = Scene::new();
    let foreign = scene.altered(|change| change.extra_bytes = [&[1, 16][..], &[5; 16]].concat());
    assert_eq!(foreign, Err(Verdict::OtherAuthor));
}

#[test]
fn a_chunk_cut_anywhere_is_refused() {
    let made = Scene::new().types("name", Value::Text("机加-01".to_owned()));
    for end in 0..made.bytes.len() {
        assert!(scan(&made.bytes[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn a_flipped_bit_is_refused_or_judged_without_a_panic() {
    let made = Scene::new().types("name", Value::Text("机加-01".to_owned()));
    let mut outcomes = BTreeSet::new();
    for place in 9..made.bytes.len() {
        for bit in 0..8 {
            let mut bytes = made.bytes.clone();
            bytes[place] ^= 1 << bit;
            assert_eq!(scan(&bytes).err().map(|_| ()), Some(()), "checksum at {place}");
            let outcome = match check(&mended(bytes)) {
                Ok(checked) => Scene::new().index.judge(&checked).map(|_| ()),
                Err(rule) => Err(Verdict::Breach(rule)),
            };
            outcomes.insert(
                format!("{outcome:?}")
                    .split('(')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            );
        }
    }
    assert!(outcomes.contains("Err"));
}

#[test]
fn documents_deflated_changes_and_bundles_are_refused() {
    let mut doc = Automerge::new();
    let mut making = doc.transaction();
    for number in 0..200 {
        making
            .put(
                ROOT,
                format!("key {number}"),
                "some text that deflates well, some text that deflates well",
            )
            .unwrap();
    }
    let (hash, _) = making.commit();
    assert_eq!(scan(&doc.save()), Err(Rule::PlainChange));
    let mut change = doc.get_change_by_hash(&hash.unwrap()).unwrap();
    assert_eq!(scan(&change.bytes()), Err(Rule::PlainChange));
    let mut two = change.raw_bytes().to_vec();
    two.extend_from_slice(change.raw_bytes());
    assert_eq!(scan(&two), Err(Rule::OneChunk));
}

#[test]
fn a_run_that_claims_millions_of_operations_is_counted_and_refused() {
    // The action column of an honest change is one run: its length becomes ten million.
    let made = Scene::new().types("name", Value::Text("x".to_owned()));
    let mut change = Change::from_bytes(made.bytes).unwrap().decode();
    let operation = change.operations[0].clone();
    change.operations = vec![operation; crate::limit::CHANGE_OPERATIONS + 1];
    let change = Change::from(change);
    assert_eq!(scan(change.raw_bytes()), Err(Rule::Operations));
}

#[test]
fn a_change_that_depends_on_nothing_is_refused() {
    assert_eq!(
        Scene::new().altered(|change| change.deps.clear()),
        Err(Verdict::Breach(Rule::SomeDependency))
    );
}

#[test]
fn a_change_that_depends_on_an_unknown_one_waits() {
    let unknown = automerge::ChangeHash([5; 32]);
    let verdict = Scene::new().altered(|change| change.deps.push(unknown));
    assert_eq!(verdict, Err(Verdict::Waits(ChangeHash([5; 32]))));
}

#[test]
fn a_dependency_twice_is_refused() {
    let verdict = Scene::new().altered(|change| change.deps.push(change.deps[0]));
    assert!(matches!(
        verdict,
        Err(Verdict::Breach(
            Rule::DependencyOnce | Rule::Decodes | Rule::Canonical
        ))
    ));
}

#[test]
fn sequence_numbers_have_no_gap() {
    for seq in [1, 3, u64::MAX] {
        let verdict = Scene::new().altered(|change| change.seq = seq);
        assert_eq!(verdict, Err(Verdict::Breach(Rule::Sequence)), "{seq}");
    }
}

#[test]
fn operations_start_right_after_their_dependencies() {
    for shift in [-1_i64, 1, 1_000_000] {
        let verdict = Scene::new().altered(|change| {
            let start = i64::try_from(change.start_op.get()).unwrap() + shift;
            change.start_op = u64::try_from(start).unwrap().try_into().unwrap();
        });
        assert_eq!(verdict, Err(Verdict::Breach(Rule::StartOperation)), "{shift}");
    }
}

#[test]
fn the_relays_merge_change_passes_and_joins_the_heads() {
    use crate::ledger::merge::{Merger, merge};
    let mut scene = Scene::new();
    let mut other = Document::new(LEDGER, &trial::SCHEMA, LIN, ActorId([2; 16]));
    let row = NewRow {
        table: "zones".to_owned(),
        id: RowId::from_bytes([8; 16]),
        order: "80".to_owned(),
        cells: Vec::new(),
    };
    let deed = Deed::Enter {
        by: Entry::Typed,
        rows: vec![row],
        cells: Vec::new(),
    };
    let act = Act {
        id: ActId(uuid::Uuid::nil()),
        at: Timestamp(1),
        deed,
    };
    scene
        .takes(&other.perform(&act).unwrap().changes.remove(0))
        .unwrap();
    let heads = scene.index.heads();
    assert_eq!(heads.len(), 2);
    let last = heads.iter().map(|(_, last)| *last).max().unwrap();
    let hashes: Vec<_> = heads.iter().map(|(hash, _)| *hash).collect();
    let made = merge(
        Merger {
            actor: ActorId([6; 16]),
            seq: 1,
        },
        &hashes,
        last,
        Timestamp(9),
    );
    assert_eq!(scene.takes(&made), Ok(()));
    assert_eq!(scene.index.heads(), [(made.hash, last)]);
    // What follows it starts where the guard expects it to.
    other.receive([(&made.hash, made.bytes.as_slice())]).ok();
}
