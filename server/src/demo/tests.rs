//! The demonstration as the relay and the app find it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::LazyLock;

use shared::access::Rights;
use shared::guard;
use shared::guard::index::Index;
use shared::id::{AccountId, ActorId, LedgerId};
use shared::ledger::decision::{DecisionKind, Subject, Word};
use shared::ledger::document::Document;
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::ledger::kind::pledge::{ITEMS, MEMBER, TEXT};
use shared::ledger::life::{Standing, State};
use shared::ledger::snapshot::{RowView, Snapshot};
use shared::protocol::http::Listed;

use super::*;
use crate::storage::memory::MemoryStorage;

mod appraisals;
mod pledges;
mod posts;
mod rosters;
mod zones;

/// The ordinary one, which no test changes.
static ORDINARY: LazyLock<MemoryStorage> = LazyLock::new(|| filled(Seed::default()));

fn filled(seed: Seed) -> MemoryStorage {
    let storage = MemoryStorage::new();
    fill(&storage, &[7; 32], seed).unwrap();
    storage
}

/// One ledger, read from its log.
struct Read {
    key: LedgerKey,
    document: Document,
}

impl Read {
    fn of(storage: &MemoryStorage, ledger: LedgerId) -> Self {
        let loaded = storage.load(ledger).unwrap().unwrap();
        let schema = loaded.key.kind.schema();
        let mut document = Document::new(ledger, schema, AccountId::RELAY, ActorId([1; 16]));
        let entries = loaded.entries.iter();
        document
            .receive(entries.map(|entry| (&entry.hash, entry.bytes.as_slice())))
            .unwrap();
        Self {
            key: loaded.key,
            document,
        }
    }

    fn snapshot(&self) -> Rc<Snapshot> {
        self.document.snapshot()
    }

    fn rows(&self, table: &str) -> Vec<Rc<RowView>> {
        self.snapshot().table(table).rows.clone()
    }

    fn standing(&self, table: &str, row: &RowView) -> Standing {
        self.document.standing(&Subject::new(table, row.id))
    }

    /// How many decisions of this kind were made in it.
    fn decided(&self, kind: DecisionKind) -> usize {
        let snapshot = self.snapshot();
        let all = snapshot.decisions.values().flatten();
        all.filter(|decision| decision.made.word == Word::Decide(kind))
            .count()
    }

    /// How many rows of this table stand so.
    fn stand(&self, table: &str, state: State) -> usize {
        let rows = self.rows(table);
        rows.iter()
            .filter(|row| self.standing(table, row).state == state)
            .count()
    }
}

/// The ledgers of this kind and part, one for each branch, in the order of the branches' ids.
fn ledgers(storage: &MemoryStorage, kind: Kind, part: Part) -> Vec<Read> {
    let mut listed = storage.ledgers().unwrap();
    listed.retain(|listed| listed.key.kind == kind && listed.key.part == part);
    listed.sort_by_key(|listed| listed.key.unit);
    let read = |listed: &Listed| Read::of(storage, listed.id);
    listed.iter().map(read).collect()
}

/// What all ledgers of the kind have together.
fn sum(storage: &MemoryStorage, kind: Kind, of_one: impl Fn(&Read) -> usize) -> usize {
    ledgers(storage, kind, Part::Main).iter().map(of_one).sum()
}

/// The seeds that the counts are taken for.
fn with_every_seed(check: impl Fn(&MemoryStorage)) {
    check(&ORDINARY);
    check(&OTHER);
}

static OTHER: LazyLock<MemoryStorage> = LazyLock::new(|| filled(Seed(7)));

fn text_of(row: &RowView, column: &str) -> String {
    row.value(column).as_text().unwrap_or_default().to_owned()
}

#[test]
fn it_has_the_size_of_a_real_enterprise() {
    with_every_seed(|storage| {
        // Of each branch a roster, pledges, zones, posts, and an appraisal in four parts.
        assert_eq!(storage.ledgers().unwrap().len(), 26 * 8);
        assert_eq!(storage.units().unwrap().len(), 31);
        assert_eq!(storage.accounts().unwrap().len(), 26 + 26 + 74 + 3 + 2);
    });
}

#[test]
fn it_is_the_same_every_time() {
    let other = filled(Seed::default());
    for listed in ORDINARY.ledgers().unwrap() {
        assert_eq!(ORDINARY.load(listed.id).unwrap(), other.load(listed.id).unwrap());
    }
}

#[test]
fn another_seed_makes_other_people_with_other_ids() {
    let ids = |storage: &MemoryStorage| -> HashSet<LedgerId> {
        let ledgers = storage.ledgers().unwrap();
        ledgers.iter().map(|listed| listed.id).collect()
    };
    assert!(ids(&ORDINARY).is_disjoint(&ids(&OTHER)));
    let names = |seed| -> HashSet<String> {
        let staffed = everybody(seed);
        let members = staffed.iter().flat_map(|branch| &branch.members);
        members.map(|member| member.name.clone()).collect()
    };
    assert!(names(Seed(1)).difference(&names(Seed(7))).count() > 300);
}

#[test]
fn a_second_filling_after_a_crash_doubles_nothing() {
    let broken_off = MemoryStorage::new();
    let seed = Seed::default();
    let staffed = everybody(seed);
    let unit = seed.unit(staffed[0].branch.name);
    broken_off
        .add_ledgers(&register::of_branch(seed.enterprise(), unit, YEAR).collect::<Vec<_>>())
        .unwrap();
    broken_off
        .commit(&Batch {
            id: BatchId(1),
            entries: roster::log(&staffed[0], &[7; 32]),
            held: Vec::new(),
        })
        .unwrap();
    let some = accounts(seed, &staffed)[..5].to_vec();
    broken_off
        .amend(&By::relay(clock::now()), &Amendment::AddAccounts(some))
        .unwrap();
    fill(&broken_off, &[7; 32], seed).unwrap();
    assert_eq!(broken_off.ledgers().unwrap(), ORDINARY.ledgers().unwrap());
    assert_eq!(
        broken_off.accounts().unwrap().len(),
        ORDINARY.accounts().unwrap().len()
    );
}

#[test]
fn every_entry_would_have_passed_the_guard_and_the_rights() {
    let storage = &*ORDINARY;
    let units = storage.units().unwrap();
    let rights = Rights {
        units: units
            .iter()
            .filter_map(|unit| Some((unit.id, unit.parent?)))
            .collect(),
        ..Rights::default()
    };
    for listed in storage.ledgers().unwrap() {
        let loaded = storage.load(listed.id).unwrap().unwrap();
        let mut index = Index::new(listed.id, listed.key.kind.schema());
        for entry in &loaded.entries {
            if index.has(&entry.hash) {
                continue;
            }
            let change = guard::decode(&entry.bytes).unwrap();
            assert_eq!(change.hash, entry.hash);
            let writes = index.judge(&change).unwrap();
            let account = storage.account(entry.account).unwrap().unwrap();
            for write in writes {
                assert!(
                    rights.may_write(&account.grants, clock::now().date(), &listed.key, write.site()),
                    "{write:?}"
                );
            }
            index.admit(&change, entry.account);
        }
    }
}

#[test]
fn every_decision_binds_what_stood_there_and_none_leads_nowhere() {
    for listed in ORDINARY.ledgers().unwrap() {
        let read = Read::of(&ORDINARY, listed.id);
        // Looking back costs some milliseconds each; what was made was checked as it was made.
        for (subject, decisions) in read.snapshot().decisions.iter().step_by(17) {
            for decision in decisions {
                // What binds a member across parts is looked at with the appraisals.
                assert_ne!(read.document.digest_fits(decision), Some(false), "{decision:?}");
            }
            let standing = read.document.standing(subject);
            assert!(
                standing.idle.is_empty() && standing.contradicting.is_empty(),
                "{subject:?}"
            );
        }
    }
}

#[test]
fn those_on_the_sign_in_page_can_sign_in() {
    let storage = &*ORDINARY;
    let shown = storage.enterprise().unwrap().unwrap().demo;
    let names: Vec<_> = shown.iter().map(|account| account.name.as_str()).collect();
    assert!(
        ["林知远", "顾若川", "叶书宁", "秦望舒"]
            .iter()
            .all(|name| names.contains(name))
    );
    assert_eq!(shown.len(), 5);
    for account in shown {
        let kept = storage.account_of(&account.login).unwrap().unwrap();
        assert_eq!((kept.name, kept.grants[0].role), (account.name, account.role));
    }
}
