//! Sheets over snapshots made by hand.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::*;
use crate::id::{AccountId, ChangeHash, PersonId, RowId};
use crate::ledger::cell::{Cell, Value};
use crate::ledger::decision::{Decision, DecisionKind, NewDecision, Subject, Word};
use crate::ledger::kind::{appraisal, pledge, post, roster, zone};
use crate::ledger::life::State;
use crate::ledger::snapshot::{Removal, RowView};
use crate::scheme::{Grade, RaterClass};
use crate::time::Timestamp;

const BRANCH: UnitId = UnitId::from_bytes([1; 16]);

fn row_id(number: u8) -> RowId {
    RowId::from_bytes([number; 16])
}

fn person(number: u8) -> String {
    PersonId::from_bytes([number; 16]).to_string()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn cell(value: Value) -> Cell {
    Cell {
        value,
        in_conflict: false,
    }
}

/// A snapshot that grows.
#[derive(Default)]
struct Book(Snapshot);

impl Book {
    fn row(mut self, table: &'static str, number: u8, cells: &[(&str, Value)]) -> Self {
        let row = RowView {
            id: row_id(number),
            order: String::new(),
            cells: cells
                .iter()
                .map(|(key, value)| ((*key).to_owned(), cell(value.clone())))
                .collect(),
            removal: None,
        };
        let view = self.0.tables.entry(table).or_default();
        Rc::make_mut(view).rows.push(Rc::new(row));
        self
    }

    fn removed(mut self, table: &'static str, number: u8) -> Self {
        self = self.row(table, number, &[]);
        let view = Rc::make_mut(self.0.tables.get_mut(table).unwrap());
        Rc::make_mut(view.rows.last_mut().unwrap()).removal = Some(Removal {
            by: AccountId::RELAY,
            at: Timestamp(0),
            why: "重复".to_owned(),
            met_edits: false,
        });
        self
    }

    fn scores(mut self, keys: &[&str]) -> Self {
        let view = self.0.tables.entry(appraisal::SCORES).or_default();
        for key in keys {
            let key = (*key).to_owned();
            Rc::make_mut(view).cells.insert(key, cell(Value::Number(500)));
        }
        self
    }

    /// Decisions on a row, each made after all before it.
    fn decided(mut self, table: &str, number: u8, path: &[DecisionKind], last: (&str, Option<&str>)) -> Self {
        let id = |place: usize| {
            RowId::from_bytes([
                number.wrapping_add(100),
                u8::try_from(place).unwrap(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
            ])
        };
        let subject = Subject::new(table, row_id(number));
        let made = path.iter().enumerate().map(|(place, kind)| {
            let is_last = place + 1 == path.len();
            Rc::new(Decision {
                made: NewDecision {
                    id: id(place),
                    word: Word::Decide(*kind),
                    of: None,
                    subject: subject.clone(),
                    digest: String::new(),
                    value: if is_last { last.0.to_owned() } else { String::new() },
                    note: String::new(),
                    from: None,
                    until: last.1.filter(|_| is_last).map(day),
                    after: (0..place).map(id).collect(),
                },
                by: AccountId::RELAY,
                at: Timestamp(0),
                change: ChangeHash([0; 32]),
            })
        });
        let made = made.collect();
        Rc::make_mut(&mut self.0.decisions).insert(subject, made);
        self
    }
}

/// A branch of five: one retired, one on probation, one seconded; and one who is removed.
fn members() -> Book {
    Book::default()
        .row(
            roster::MEMBERS,
            1,
            &[("name", text("林知远")), ("crew", text("立车组"))],
        )
        .row(roster::MEMBERS, 2, &[("standing", text("retired"))])
        .row(
            roster::MEMBERS,
            3,
            &[("probationary", Value::Flag(true)), ("crew", text("卧镗组"))],
        )
        .row(roster::MEMBERS, 4, &[("standing", text("seconded"))])
        .row(roster::MEMBERS, 5, &[])
        .removed(roster::MEMBERS, 6)
        .row(roster::CREWS, 20, &[("name", text("立车组"))])
        .row(roster::CREWS, 21, &[("name", text("综合组"))])
}

/// What these come to on 1 July 2026.
fn figures(books: [Book; 4], parts: &[(Part, Book)]) -> BranchFigures {
    let [roster, pledges, zones, posts] = books.map(|book| book.0);
    let appraisal: BTreeMap<Part, &Snapshot> = parts.iter().map(|(part, book)| (*part, &book.0)).collect();
    let ledgers = Ledgers {
        unit: BRANCH,
        year: 2026,
        roster: &roster,
        pledges: &pledges,
        zones: &zones,
        posts: &posts,
        appraisal: &appraisal,
    };
    ledgers.figures(day("2026-07-01"), &Terms::default())
}

fn none() -> Book {
    Book::default()
}

fn rows(figure: &Figure) -> Vec<RowId> {
    figure
        .rows
        .as_ref()
        .map_or(Vec::new(), |behind| behind.rows.clone())
}

fn values<K: Clone + Ord>(figures: &Figures<K>) -> Vec<(K, u32)> {
    let pairs = figures.iter().map(|(key, figure)| (key.clone(), figure.value));
    pairs.collect()
}

#[test]
fn members_are_counted_and_lead_to_their_rows_in_the_roster() {
    let found = figures([members(), none(), none(), none()], &[]).members;
    assert_eq!(found.all.value, 5, "who was removed is none");
    assert_eq!(rows(&found.exempt), [row_id(2), row_id(4)]);
    assert_eq!(rows(&found.probationary), [row_id(3)]);
    assert_eq!(found.rated.value, 4);
    let behind = found.rated.rows.unwrap();
    assert_eq!((behind.ledger.kind, behind.ledger.year), (Kind::Roster, None));
    assert_eq!(behind.table, roster::MEMBERS);
}

#[test]
fn pledges_are_counted_by_what_they_have_come_to() {
    use DecisionKind::{Approved, Begun, Judged, Posted, Submitted};
    let of = |member: u8, due: &str, result: &str| {
        [
            (pledge::MEMBER, text(&person(member))),
            ("due", text(due)),
            ("self_result", text(result)),
        ]
    };
    let pledges = Book::default()
        .row(pledge::ITEMS, 30, &of(1, "2026-06-30", ""))
        .row(pledge::ITEMS, 31, &of(1, "2026-06-30", "done"))
        .row(pledge::ITEMS, 32, &of(3, "2026-06-30", "not_done"))
        .row(pledge::ITEMS, 33, &of(3, "2026-07-01", "mostly"))
        .removed(pledge::ITEMS, 34)
        .decided(pledge::ITEMS, 30, &[Submitted], ("", None))
        .decided(
            pledge::ITEMS,
            32,
            &[Submitted, Approved, Posted, Begun, Judged],
            ("unmet", None),
        );
    let found = figures([members(), pledges, none(), none()], &[]).pledges;
    assert_eq!(rows(&found.pledging), [row_id(1), row_id(3)]);
    assert_eq!(found.should.value, 4, "of the retired it is not asked");
    assert_eq!(found.items.value, 4);
    assert_eq!(
        values(&found.by_state),
        [(State::Draft, 2), (State::Submitted, 1), (State::Judged, 1)]
    );
    assert_eq!(
        rows(&found.overdue),
        [row_id(30)],
        "what is done, judged or due today is not"
    );
    let results = [("done", 1), ("mostly", 1), ("not_done", 1)];
    assert_eq!(
        values(&found.by_self_result),
        results.map(|(code, count)| (code.to_owned(), count))
    );
    assert_eq!(rows(&found.by_verdict["unmet"]), [row_id(32)]);
}

#[test]
fn zones_say_which_crews_and_members_they_take_in() {
    use DecisionKind::{Closed, Graded, PutInForce};
    let owner = |zone: u8, member: u8, until: &str| {
        [
            (zone::ZONE, text(&row_id(zone).to_string())),
            (zone::MEMBER, text(&person(member))),
            (zone::FROM, text("2026-01-01")),
            (zone::UNTIL, text(until)),
        ]
    };
    let score = |zone: u8, quarter: &str| {
        [
            (zone::ZONE, text(&row_id(zone).to_string())),
            (zone::QUARTER, text(quarter)),
        ]
    };
    let zones = Book::default()
        .row(zone::ZONES, 40, &[("crews", text("立车组、 卧镗组"))])
        .row(zone::ZONES, 41, &[])
        .row(zone::ZONES, 42, &[("crews", text("综合组"))])
        .row(zone::ZONES, 43, &[])
        .decided(zone::ZONES, 40, &[PutInForce], ("", None))
        .decided(zone::ZONES, 41, &[PutInForce, PutInForce], ("", None))
        .decided(zone::ZONES, 42, &[PutInForce, Closed], ("", None))
        .row(zone::OWNERS, 50, &owner(40, 1, ""))
        .row(zone::OWNERS, 51, &owner(41, 5, "2026-06-30"))
        .row(zone::OWNERS, 52, &owner(40, 4, "2026-07-01"))
        .row(zone::OWNERS, 53, &owner(42, 3, ""))
        .row(zone::GRADES, 60, &score(40, "q2"))
        .row(zone::GRADES, 61, &score(40, "q1"))
        .decided(zone::GRADES, 60, &[Graded], ("warning", None))
        .decided(zone::GRADES, 61, &[Graded], ("red_flag", None));
    let found = figures([members(), none(), zones, none()], &[]).zones;
    assert_eq!(rows(&found.in_force), [row_id(40), row_id(41)]);
    assert_eq!((found.crews_covered.value, found.crews.value), (2, 3));
    assert_eq!(
        rows(&found.crews_covered),
        [row_id(20)],
        "the roster lists one of them"
    );
    assert_eq!(rows(&found.members_with_zone), [row_id(1)]);
    assert_eq!(found.members.value, 3);
    assert_eq!(rows(&found.terms_ended), [row_id(41)]);
    assert_eq!(values(&found.latest_grades), [("warning".to_owned(), 1)]);
}

#[test]
fn posts_hang_are_warned_and_go_beyond_their_term() {
    use DecisionKind::{Agreed, Hung, Kept, Named, Nominated, Posted, Revoked, Warned};
    let hung = [Nominated, Agreed, Posted, Named, Hung];
    let and = |more: DecisionKind| [hung.as_slice(), &[more]].concat();
    let posts = Book::default()
        .row(post::POSTS, 70, &[])
        .row(post::POSTS, 71, &[])
        .row(post::POSTS, 72, &[])
        .row(post::POSTS, 73, &[])
        .row(post::POSTS, 74, &[])
        .decided(post::POSTS, 70, &hung, ("", Some("2026-06-30")))
        .decided(post::POSTS, 71, &and(Warned), ("", None))
        .decided(post::POSTS, 72, &and(Revoked), ("", None))
        .decided(post::POSTS, 73, &and(Kept), ("", Some("2026-12-31")));
    let found = figures([none(), none(), none(), posts], &[]).posts;
    assert_eq!(
        values(&found.by_state),
        [
            (State::Draft, 1),
            (State::Hung, 2),
            (State::Warned, 1),
            (State::Revoked, 1)
        ]
    );
    assert_eq!(rows(&found.hung), [row_id(70), row_id(71), row_id(73)]);
    assert_eq!(rows(&found.warned), [row_id(71)]);
    assert_eq!(rows(&found.over_term), [row_id(70)]);
}

#[test]
fn an_appraisal_gives_numbers_and_names_nobody() {
    let graded = DecisionKind::Graded;
    let key = |member: u8, indicator: &str| format!("{}/{indicator}", person(member));
    let [a, b, stranger] = [key(1, "virtue-1"), key(1, "virtue-2"), key(99, "virtue-1")];
    let main = Book::default()
        .scores(&[&a, &b, &stranger])
        .decided(appraisal::SCORES, 1, &[graded], ("excellent", None))
        .decided(appraisal::SCORES, 2, &[graded], ("excellent", None))
        .decided(appraisal::SCORES, 5, &[graded], ("qualified", None));
    let peer = Book::default().scores(&[&format!("{a}/s1"), &key(5, "virtue-1/s1")]);
    let books = [members(), none(), none(), none()];
    let found = figures(books, &[(Part::Main, main), (Part::Peer, peer)])
        .appraisal
        .unwrap();
    assert_eq!(
        values(&found.scored),
        [(RaterClass::Peer, 2), (RaterClass::Branch, 1)]
    );
    assert_eq!(
        values(&found.grades),
        [(Grade::Excellent, 2), (Grade::Qualified, 1)]
    );
    let quota = [&found.allowed, &found.given, &found.over].map(|figure| figure.value);
    assert_eq!(quota, [1, 2, 1], "a third of the four who get a grade");
    let json = serde_json::to_string(&found).unwrap();
    assert!(!json.contains("rows") && !json.contains(&person(1)), "{json}");
}

#[test]
fn lines_add_up_where_every_branch_has_one() {
    let [first, second, third] = [1, 2, 3].map(|number| UnitId::from_bytes([number; 16]));
    let [general, other, top] = [11, 12, 10].map(|number| UnitId::from_bytes([number; 16]));
    let line = |unit| Line {
        unit,
        figures: figures([members(), none(), none(), none()], &[]),
        unread: Vec::new(),
    };
    let units: Units = [
        (first, general),
        (second, general),
        (third, other),
        (general, top),
        (other, top),
    ]
    .into_iter()
    .collect();
    let between = below(&units, &[general, other], &[first, second, third]);
    let mut hidden = line(second);
    hidden.figures.appraisal = None;
    let sheet = Sheet::new(2026, day("2026-07-01"), vec![line(first), hidden], &between);
    assert_eq!(sheet.sums.len(), 1, "of the other unit a line is missing");
    assert_eq!((sheet.sums[0].unit, sheet.sums[0].branches), (general, 2));
    let all = &sheet.sums[0].figures.members.all;
    assert_eq!((all.value, &all.rows), (10, &None));
    assert_eq!(sheet.sums[0].figures, sheet.whole);
    assert_eq!(
        sheet.whole.appraisal, None,
        "what is known of one alone is no sum"
    );
    let back: Sheet = serde_json::from_str(&serde_json::to_string(&sheet).unwrap()).unwrap();
    assert_eq!(back, sheet);
}

#[test]
fn a_state_is_written_as_its_word() {
    for state in State::ALL {
        assert_eq!(serde_json::to_value(state).unwrap(), state.code());
    }
}
