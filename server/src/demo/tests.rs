//! The demonstration as the relay and the app find it.

use std::collections::HashSet;

use shared::access::Rights;
use shared::guard;
use shared::guard::index::Index;
use shared::id::{AccountId, ActorId, LedgerId};
use shared::ledger::cell::Value;
use shared::ledger::document::Document;
use shared::ledger::kind::Kind;
use shared::ledger::kind::pledge::{ITEMS, MEMBER, TEXT};
use shared::ledger::snapshot::Snapshot;

use super::*;
use crate::storage::memory::MemoryStorage;

fn filled() -> MemoryStorage {
    let storage = MemoryStorage::new();
    fill(&storage, &[7; 32]).unwrap();
    storage
}

fn read(storage: &MemoryStorage, ledger: LedgerId) -> std::rc::Rc<Snapshot> {
    let loaded = storage.load(ledger).unwrap().unwrap();
    let mut document = Document::new(
        ledger,
        loaded.key.kind.schema(),
        AccountId::RELAY,
        ActorId([1; 16]),
    );
    document
        .receive(
            loaded
                .entries
                .iter()
                .map(|entry| (&entry.hash, entry.bytes.as_slice())),
        )
        .unwrap();
    document.snapshot()
}

#[test]
fn it_has_the_size_of_a_real_enterprise() {
    let storage = filled();
    let ledgers = storage.ledgers().unwrap();
    let count = |kind, table| -> usize {
        let of_kind = ledgers.iter().filter(|listed| listed.key.kind == kind);
        of_kind
            .map(|listed| read(&storage, listed.id).table(table).rows.len())
            .sum()
    };
    assert_eq!(ledgers.len(), 52);
    assert_eq!(count(Kind::Pledge, ITEMS), 1_908);
    assert!(count(Kind::Pledge, "progress") > 600);
    assert_eq!(count(Kind::Roster, "members"), 640);
    assert_eq!(count(Kind::Roster, "groups"), 74);
    assert_eq!(storage.units().unwrap().len(), 31);
    assert_eq!(storage.accounts().unwrap().len(), 26 + 26 + 74 + 3 + 2);
}

#[test]
fn it_is_the_same_every_time_and_a_second_filling_after_a_crash_doubles_nothing() {
    let [one, other] = [filled(), filled()];
    for listed in one.ledgers().unwrap() {
        assert_eq!(one.load(listed.id).unwrap(), other.load(listed.id).unwrap());
    }
    let broken_off = MemoryStorage::new();
    let staffed = everybody();
    let unit = seed::unit(staffed[0].branch.name);
    broken_off
        .add_ledgers(&register::of_branch(seed::enterprise(), unit, YEAR).collect::<Vec<_>>())
        .unwrap();
    let entries = roster::log(&staffed[0], &[7; 32]);
    broken_off
        .commit(&Batch {
            id: BatchId(1),
            entries,
            held: Vec::new(),
        })
        .unwrap();
    let some = accounts(&staffed)[..5].to_vec();
    broken_off
        .amend(&By::relay(clock::now()), &Amendment::AddAccounts(some))
        .unwrap();
    fill(&broken_off, &[7; 32]).unwrap();
    assert_eq!(broken_off.ledgers().unwrap(), one.ledgers().unwrap());
    assert_eq!(
        broken_off.accounts().unwrap().len(),
        one.accounts().unwrap().len()
    );
}

#[test]
fn every_entry_would_have_passed_the_guard_and_the_rights() {
    let storage = filled();
    let rights = Rights::default();
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
fn the_people_of_the_stories_pledge_what_they_pledge_there() {
    let storage = filled();
    let branch = everybody()
        .into_iter()
        .find(|branch| branch.branch.name == FIRST_SHOP)
        .unwrap();
    let unit = seed::unit(FIRST_SHOP);
    let (ledger, _) = register::of_branch(seed::enterprise(), unit, YEAR)
        .find(|(_, key)| key.kind == Kind::Pledge)
        .unwrap();
    let snapshot = read(&storage, ledger);
    let said: HashSet<(String, String)> = snapshot
        .table(ITEMS)
        .rows
        .iter()
        .map(|row| (text_of(row, MEMBER), text_of(row, TEXT)))
        .collect();
    let check = |number: &str, name: &str, beginning: &str| {
        let member = branch
            .members
            .iter()
            .find(|member| member.number == number)
            .unwrap();
        assert_eq!(member.name, name);
        let found = said
            .iter()
            .any(|(id, text)| *id == member.id.to_string() && text.starts_with(beginning));
        assert!(found, "{name}: {beginning}");
    };
    check("QW01008", "陈建", "每班开工前用三分钟");
    check("QW01009", "陈建", "每周四午休在装配现场");
    check("QW01007", "罗庭", "六月底前");
    check("QW01011", "唐念初", "不代签、不漏检");
    check("QW01010", "魏子安", "每月精读一篇");
    check("QW01012", "赵闻溪", "建立本车间易损件");
    check("QW01014", "何砚秋", "每月至少两次到夜班");
    check("QW01002", "顾若川", "给新进的八名学徒");
    check("QW01015", "程亦宁", "大修期间");
    check("QW01016", "邵青山", "身体许可时每季度");
}

fn text_of(row: &shared::ledger::snapshot::RowView, column: &str) -> String {
    match row.value(column) {
        Value::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn those_on_the_sign_in_page_can_sign_in() {
    let storage = filled();
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
