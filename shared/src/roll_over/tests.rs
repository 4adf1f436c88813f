//! A year taken over, over documents as officers write them.

use super::*;
use crate::guard;
use crate::guard::index::Index;
use crate::id::{PersonId, UnitId};
use crate::ledger::cell::CellRef;
use crate::ledger::decision::bound;
use crate::ledger::key::Part;
use crate::ledger::life;
use crate::time::Timestamp;

const ENTERPRISE: EnterpriseId = EnterpriseId::from_bytes([1; 16]);
const LIN: AccountId = AccountId::from_bytes([2; 16]);

fn key(kind: Kind, year: u16) -> LedgerKey {
    LedgerKey {
        unit: UnitId::from_bytes([3; 16]),
        year: Some(year),
        kind,
        part: Part::Main,
    }
}

fn row_id(number: u8) -> RowId {
    RowId::from_bytes([number; 16])
}

/// A ledger of 2026 that an officer writes to.
struct Book {
    kind: Kind,
    document: Document,
    acts: u8,
}

impl Book {
    fn new(kind: Kind) -> Self {
        let ledger = key(kind, 2026).id(ENTERPRISE);
        Self {
            kind,
            document: Document::new(ledger, kind.schema(), LIN, ActorId([9; 16])),
            acts: 0,
        }
    }

    fn perform(&mut self, deed: Deed) {
        self.acts += 1;
        let act = Act {
            id: ActId::from_bytes([self.acts; 16]),
            at: Timestamp(1_790_000_000_000),
            deed,
        };
        self.document.perform(&act).unwrap();
    }

    fn row(&mut self, table: &str, number: u8, cells: &[(&str, &str)]) {
        let cell = |(key, value): &(&str, &str)| ((*key).to_owned(), Value::Text((*value).to_owned()));
        self.perform(Deed::Enter {
            by: Entry::Typed,
            rows: vec![NewRow {
                table: table.to_owned(),
                id: row_id(number),
                order: format!("8{number}"),
                cells: cells.iter().map(cell).collect(),
            }],
            cells: Vec::new(),
        });
    }

    fn writes(&mut self, table: &str, number: u8, column: &str, value: Value) {
        self.perform(Deed::Enter {
            by: Entry::Typed,
            rows: Vec::new(),
            cells: vec![(CellRef::new(table, row_id(number), column), value)],
        });
    }

    fn decides(&mut self, table: &str, number: u8, path: &[DecisionKind]) {
        for decision in path {
            let subject = Subject::new(table, row_id(number));
            let snapshot = self.document.snapshot();
            let way = life::way(self.kind, table, *decision).unwrap();
            let mut after: Vec<RowId> = snapshot
                .decisions_on(&subject)
                .iter()
                .map(|known| known.made.id)
                .collect();
            after.sort_unstable();
            let day = |text: &str| Some(text.parse::<Date>().unwrap());
            let made = NewDecision {
                id: RowId::from_bytes([100 + self.acts; 16]),
                word: Word::Decide(*decision),
                of: None,
                digest: bound::digest_now(&snapshot, &subject, way).unwrap(),
                subject,
                value: String::new(),
                note: "理由".to_owned(),
                from: day("2026-03-01"),
                until: day("2026-03-07"),
                after,
            };
            self.perform(Deed::Decide {
                decisions: vec![made],
            });
        }
    }

    fn changes(&self) -> Vec<Made> {
        changes(ENTERPRISE, &key(self.kind, 2027), &self.document.snapshot())
    }

    /// The ledger of 2027 as everybody sees it who has these changes.
    fn next(&self, made: &[Made]) -> Document {
        let ledger = key(self.kind, 2027).id(ENTERPRISE);
        let mut document = Document::new(ledger, self.kind.schema(), LIN, ActorId([8; 16]));
        document
            .receive(made.iter().map(|made| (&made.hash, made.bytes.as_slice())))
            .unwrap();
        document
    }
}

const HUNG: [DecisionKind; 5] = [
    DecisionKind::Nominated,
    DecisionKind::Agreed,
    DecisionKind::Posted,
    DecisionKind::Named,
    DecisionKind::Hung,
];

fn zones() -> Book {
    let mut book = Book::new(Kind::Zone);
    let member = PersonId::from_bytes([5; 16]).to_string();
    let [first, second] = [10, 11].map(|number| row_id(number).to_string());
    for number in [10, 11] {
        book.row(zone::ZONES, number, &[("name", "立车"), ("scope", "一跨")]);
    }
    book.decides(zone::ZONES, 10, &[DecisionKind::PutInForce]);
    let owner = |zone: &str, until: &str| {
        [
            (zone::ZONE, zone.to_owned()),
            (zone::MEMBER, member.clone()),
            (zone::FROM, "2026-01-01".to_owned()),
            (zone::UNTIL, until.to_owned()),
        ]
    };
    for (number, zone, until) in [
        (20, &first, ""),
        (21, &first, "2026-12-31"),
        (22, &first, "2027-06-30"),
        (23, &second, ""),
    ] {
        let cells = owner(zone, until);
        let cells: Vec<(&str, &str)> = cells.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let cells: Vec<_> = cells.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        book.row(zone::OWNERS, number, &cells);
    }
    book.row(zone::GOALS, 30, &[(zone::ZONE, &first), ("text", "无占道")]);
    book.row(
        zone::LOGS,
        40,
        &[(zone::ZONE, &first), (zone::MONTH, "2026-03"), ("done", "点检")],
    );
    book.row(zone::GRADES, 50, &[(zone::ZONE, &first), (zone::QUARTER, "q1")]);
    book
}

#[test]
fn zones_in_force_go_on_with_open_terms_and_goals_and_nothing_that_was_done() {
    let book = zones();
    let next = book.next(&book.changes()).snapshot();
    let zones = next.table(zone::ZONES);
    assert_eq!(zones.rows.len(), 1);
    let new = zones.rows[0].id;
    assert_ne!(new, row_id(10), "a row of its own");
    assert_eq!(zones.rows[0].value("scope"), &Value::Text("一跨".to_owned()));
    let of_new = Value::Text(new.to_string());
    let untils: Vec<_> = next
        .table(zone::OWNERS)
        .rows
        .iter()
        .map(|row| {
            assert_eq!(row.value(zone::ZONE), &of_new);
            row.value(zone::UNTIL).as_text().unwrap_or_default().to_owned()
        })
        .collect();
    assert_eq!(untils, ["", "2027-06-30"]);
    assert_eq!(next.table(zone::GOALS).rows.len(), 1);
    assert!(next.table(zone::LOGS).rows.is_empty() && next.table(zone::GRADES).rows.is_empty());
}

#[test]
fn taken_over_twice_it_is_the_same_and_of_two_that_differ_the_relay_takes_one() {
    let mut book = zones();
    let first = book.changes();
    assert_eq!(first, book.changes());
    book.writes(zone::ZONES, 10, "name", Value::Text("立车一线".to_owned()));
    let second = book.changes();
    assert_ne!(first, second);
    let mut index = Index::new(key(Kind::Zone, 2027).id(ENTERPRISE), Kind::Zone.schema());
    for made in &first {
        let change = guard::decode(&made.bytes).unwrap();
        index.judge(&change).unwrap();
        index.admit(&change, AccountId::RELAY);
    }
    let change = guard::decode(&second[0].bytes).unwrap();
    assert!(index.judge(&change).is_err());
}

#[test]
fn a_post_goes_on_hanging_while_what_was_decided_on_stands() {
    let mut book = Book::new(Kind::Post);
    let cells = [
        ("title", "首检岗"),
        ("standards", "凭数据说话"),
        ("plaque_no", "3"),
        ("hung_on", "2026-03-10"),
    ];
    for number in [10, 11, 12] {
        book.row(post::POSTS, number, &cells);
        book.writes(
            post::POSTS,
            number,
            &format!("holders/{}", PersonId::from_bytes([5; 16])),
            Value::Flag(true),
        );
        book.decides(post::POSTS, number, &HUNG);
    }
    book.decides(post::POSTS, 11, &[DecisionKind::Revoked]);
    book.writes(post::POSTS, 12, "standards", Value::Text("另一条".to_owned()));
    let next = book.next(&book.changes()).snapshot();
    let rows = &next.table(post::POSTS).rows;
    let states: Vec<State> = rows
        .iter()
        .map(|row| standing(&next, Kind::Post, post::POSTS, row.id).state)
        .collect();
    assert_eq!(
        states,
        [State::Hung, State::Draft],
        "what was altered since is decided anew"
    );
    assert_eq!(rows[0].people(post::HOLDERS).count(), 1);
    let hung = standing(&next, Kind::Post, post::POSTS, rows[0].id);
    let last = hung.last().unwrap();
    assert_eq!(
        (last.by, last.made.note.as_str()),
        (AccountId::RELAY, "由2026年结转：理由")
    );
}

#[test]
fn of_pledges_and_appraisals_nothing_goes_on() {
    for kind in [Kind::Pledge, Kind::Appraisal] {
        let book = Book::new(kind);
        assert_eq!(book.changes(), []);
    }
    assert_eq!(Book::new(Kind::Zone).changes(), [], "nor of an empty ledger");
}
