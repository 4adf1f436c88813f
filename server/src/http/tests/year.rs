//! A year's end, members who go to another branch, and which devices hold a ledger.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode, header};
use shared::access::Status;
use shared::id::{AccountId, DeviceId, PersonId, RowId, UnitId};
use shared::ledger::act::{Deed as LedgerDeed, Entry, NewRow};
use shared::ledger::cell::Value;
use shared::ledger::decision::{DecisionKind, NewDecision, Subject, Word, bound};
use shared::ledger::kind::{Kind, roster, zone};
use shared::ledger::life;
use shared::protocol::http::audit::{Deed, Filter};
use shared::protocol::http::holders::Holder;
use shared::protocol::http::year::{Closed, MoveMember, RollOver, RolledOver};
use shared::sync::relay::Contact;
use shared::time::Timestamp;

use super::above::{BESIDE, FIRST, SECOND, account, cookie, enterprise, ledger, member, perform, view};
use super::{World, json, own, request};
use crate::audit;
use crate::storage::Storage as _;

async fn post(world: &World, login: &str, path: &str, body: &str) -> Response<Body> {
    let mut asking = own(request(Method::POST, path, body));
    let cookie = cookie(world, login).await.parse().unwrap();
    asking.headers_mut().insert(header::COOKIE, cookie);
    world.ask(asking).await
}

fn contact(unit: UnitId, device: u8, seq: u64, pending: u32) -> Contact {
    Contact {
        ledger: ledger(unit, Kind::Roster, 2026),
        device: DeviceId::from_bytes([device; 16]),
        account: account("lin"),
        at: Timestamp(i64::from(device)),
        seq,
        pending,
    }
}

fn deeds(world: &World, which: impl Fn(&Deed) -> bool) -> usize {
    let newest = audit::newest(world.storage.as_ref(), &Filter::default(), usize::MAX).unwrap();
    newest.iter().filter(|record| which(&record.deed)).count()
}

#[tokio::test]
async fn whoever_reads_a_ledger_sees_which_devices_hold_it() {
    let world = enterprise();
    let said = [contact(FIRST, 1, 3, 2), contact(FIRST, 2, 4, 0)];
    world.storage.note_contacts(&said).unwrap();
    let path = format!("/api/ledgers/{}/devices", ledger(FIRST, Kind::Roster, 2026));
    let cookie_of = async |login: &str| cookie(&world, login).await;
    let holders: Vec<Holder> = json(world.get_as(&cookie_of("qin").await, &path).await).await;
    let seen: Vec<_> = holders
        .iter()
        .map(|holder| (holder.seq, holder.pending))
        .collect();
    assert_eq!(seen, [(4, 0), (3, 2)], "whoever was in contact last first");
    assert_eq!(holders[0].name.as_deref(), Some("LIN"));
    let other = world.get_as(&cookie_of("su").await, &path).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_year_is_closed_with_the_digest_of_its_log_and_says_who_is_behind() {
    let world = enterprise();
    let zones = ledger(FIRST, Kind::Zone, 2026);
    fill_zones(&world);
    let loaded = world.storage.load(zones).unwrap().unwrap();
    let (last, chain) = (loaded.entries.len() as u64, loaded.chain);
    let said = [(1, last, 0), (2, last, 3), (3, last - 1, 0)];
    let said = said.map(|(device, seq, pending)| Contact {
        ledger: zones,
        ..contact(FIRST, device, seq, pending)
    });
    world.storage.note_contacts(&said).unwrap();
    let path = format!("/api/ledgers/{zones}/close");
    for stranger in ["ye", "su"] {
        let answer = post(&world, stranger, &path, "").await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{stranger}");
    }
    let closed: Closed = json(post(&world, "lin", &path, "").await).await;
    assert_eq!((closed.seq, closed.chain), (last, chain));
    let behind: Vec<u8> = closed
        .behind
        .iter()
        .map(|holder| holder.device.as_bytes()[0])
        .collect();
    assert_eq!(behind, [3, 2]);
    assert_eq!(world.storage.load(zones).unwrap().unwrap().status, Status::Closed);
    assert_eq!(deeds(&world, |deed| matches!(deed, Deed::LedgerClosed { .. })), 1);
    let path = format!("/api/ledgers/{zones}/reopen");
    let opened = post(&world, "qin", &path, "").await;
    assert_eq!(opened.status(), StatusCode::NO_CONTENT, "from above");
    assert_eq!(world.storage.load(zones).unwrap().unwrap().status, Status::Open);
    let path = format!("/api/ledgers/{}/close", ledger(FIRST, Kind::Roster, 2026));
    let roster = post(&world, "lin", &path, "").await;
    assert_eq!(roster.status(), StatusCode::NOT_FOUND, "a roster has no year");
}

/// A zone in force, with an owner.
fn fill_zones(world: &World) {
    let row = |table: &str, number: u8, cells: Vec<(&str, String)>| NewRow {
        table: table.to_owned(),
        id: RowId::from_bytes([number; 16]),
        order: format!("8{number}"),
        cells: cells
            .into_iter()
            .map(|(key, value)| (key.to_owned(), Value::Text(value)))
            .collect(),
    };
    let zone = RowId::from_bytes([50; 16]).to_string();
    let member = member(FIRST, 0).to_string();
    let rows = vec![
        row(
            zone::ZONES,
            50,
            vec![(zone::NAME, "立车".to_owned()), (zone::SCOPE, "一跨".to_owned())],
        ),
        row(zone::OWNERS, 51, vec![(zone::ZONE, zone), (zone::MEMBER, member)]),
    ];
    let enter = LedgerDeed::Enter {
        by: Entry::Typed,
        rows,
        cells: Vec::new(),
    };
    perform(&world.storage, FIRST, Kind::Zone, vec![enter]);
    let subject = Subject::new(zone::ZONES, RowId::from_bytes([50; 16]));
    let snapshot = view(&world.storage, FIRST, Kind::Zone, 2026).snapshot();
    let way = life::way(Kind::Zone, zone::ZONES, DecisionKind::PutInForce).unwrap();
    let made = NewDecision {
        id: RowId::from_bytes([52; 16]),
        word: Word::Decide(DecisionKind::PutInForce),
        of: None,
        digest: bound::digest_now(&snapshot, &subject, way).unwrap(),
        subject,
        value: String::new(),
        note: String::new(),
        from: None,
        until: None,
        after: Vec::new(),
    };
    let decide = LedgerDeed::Decide {
        decisions: vec![made],
    };
    perform(&world.storage, FIRST, Kind::Zone, vec![decide]);
}

#[tokio::test]
async fn a_year_taken_over_twice_and_by_two_at_once_is_taken_over_once() {
    let world = enterprise();
    fill_zones(&world);
    let body = serde_json::to_string(&RollOver { unit: FIRST }).unwrap();
    let path = "/api/year/2026/roll-over";
    for (login, status) in [("ye", 404), ("su", 404)] {
        assert_eq!(post(&world, login, path, &body).await.status().as_u16(), status);
    }
    let far = post(&world, "lin", "/api/year/9999/roll-over", &body).await;
    assert_eq!(far.status(), StatusCode::BAD_REQUEST);
    let (one, other) = futures::join!(post(&world, "lin", path, &body), post(&world, "qin", path, &body));
    let (one, other): (RolledOver, RolledOver) = (json(one).await, json(other).await);
    assert_eq!(one.filled.len() + other.filled.len(), 1);
    let again: RolledOver = json(post(&world, "lin", path, &body).await).await;
    assert_eq!((again.year, again.filled), (2027, Vec::new()));
    let next = view(&world.storage, FIRST, Kind::Zone, 2027).snapshot();
    assert_eq!(next.table(zone::ZONES).rows.len(), 1);
    assert_eq!(next.table(zone::OWNERS).rows.len(), 1);
    let log = world
        .storage
        .load(ledger(FIRST, Kind::Zone, 2027))
        .unwrap()
        .unwrap();
    assert!(log.entries.iter().all(|entry| entry.account == AccountId::RELAY));
    assert_eq!(deeds(&world, |deed| matches!(deed, Deed::RolledOver { .. })), 1);
    let years = world.storage.ledgers().unwrap();
    let new = years.iter().filter(|listed| listed.key.year == Some(2027));
    assert_eq!(new.count(), 7, "every ledger of the new year is made");
}

#[tokio::test]
async fn a_member_goes_to_another_branch_once_and_can_come_back() {
    let world = enterprise();
    let row = member(FIRST, 1);
    let body = |from, to| {
        let asked = MoveMember {
            person: PersonId(row.0),
            from,
            to,
            note: "组织关系转移".to_owned(),
        };
        serde_json::to_string(&asked).unwrap()
    };
    let path = "/api/members/move";
    for login in ["lin", "he", "su"] {
        let answer = post(&world, login, path, &body(FIRST, SECOND)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{login}");
    }
    for _ in 0..2 {
        let moved = post(&world, "qin", path, &body(FIRST, SECOND)).await;
        assert_eq!(moved.status(), StatusCode::NO_CONTENT);
    }
    let seen = |unit| {
        let snapshot = view(&world.storage, unit, Kind::Roster, 2026).snapshot();
        snapshot.table(roster::MEMBERS).row(row).cloned()
    };
    let (old, new) = (seen(FIRST).unwrap(), seen(SECOND).unwrap());
    let removal = old.removal.as_ref().unwrap();
    assert_eq!(
        (removal.by, removal.why.as_str()),
        (AccountId::RELAY, "调往 二支部：组织关系转移")
    );
    assert_eq!(new.value(roster::NAME), old.value(roster::NAME));
    assert!(new.value(roster::CREW).is_empty(), "the crew stays");
    assert_eq!(deeds(&world, |deed| matches!(deed, Deed::MemberMoved { .. })), 1);
    let elsewhere = post(&world, "qin", path, &body(FIRST, BESIDE)).await;
    assert_eq!(elsewhere.status(), StatusCode::NOT_FOUND, "he has left already");
    let back = post(&world, "qin", path, &body(SECOND, FIRST)).await;
    assert_eq!(back.status(), StatusCode::NO_CONTENT);
    assert!(seen(FIRST).unwrap().removal.is_none() && seen(SECOND).unwrap().removal.is_some());
}
