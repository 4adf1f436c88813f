use std::rc::Rc;

use super::*;
use crate::id::{AccountId, ActId, ActorId, LedgerId};
use crate::ledger::act::{Act, Deed, Entry, NewRow};
use crate::ledger::cell::CellRef;
use crate::ledger::decision::NewDecision;
use crate::ledger::document::Document;
use crate::scheme::ready;
use crate::time::Timestamp;

const SECRETARY: AccountId = AccountId::from_bytes([1; 16]);
const COMMISSIONER: AccountId = AccountId::from_bytes([2; 16]);

fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

/// One officer's copy of one part.
struct Copy {
    document: Document,
    made: Vec<(crate::id::ChangeHash, Vec<u8>)>,
    acts: u128,
}

impl Copy {
    fn of(account: AccountId) -> Self {
        let ledger = LedgerId([7; 16]);
        let actor = ActorId(*account.as_bytes());
        Self {
            document: Document::new(ledger, Kind::Appraisal.schema(), account, actor),
            made: Vec::new(),
            acts: u128::from(account.as_bytes()[0]) << 64,
        }
    }

    fn does(&mut self, deed: Deed) {
        self.acts += 1;
        let act = Act {
            id: ActId(uuid::Uuid::from_u128(self.acts)),
            at: Timestamp(1),
            deed,
        };
        let performed = self.document.perform(&act).unwrap();
        self.made
            .extend(performed.changes.into_iter().map(|made| (made.hash, made.bytes)));
    }

    fn writes(&mut self, table: &str, key: &str, value: Value) {
        self.does(Deed::Enter {
            by: Entry::Typed,
            rows: Vec::new(),
            cells: vec![(CellRef::of_matrix(table, key), value)],
        });
    }

    fn scores(&mut self, who: PersonId, indicator: &str, hundredths: i64) {
        self.writes(SCORES, &format!("{who}/{indicator}"), Value::Number(hundredths));
    }

    fn hears(&mut self, other: &Self) {
        let made = other.made.iter().map(|(hash, bytes)| (hash, bytes.as_slice()));
        self.document.receive(made).unwrap();
    }

    /// Full marks on everything.
    fn scores_all(&mut self, who: PersonId) {
        for indicator in &ready::front_line().indicators {
            self.scores(who, &indicator.id, indicator.full_marks.0);
        }
    }

    fn grades(&mut self, who: PersonId, grade: Grade, note: &str, number: u8) {
        let snapshot = self.document.snapshot();
        self.does(Deed::Decide {
            decisions: vec![NewDecision {
                id: RowId::from_bytes([number; 16]),
                word: Word::Decide(DecisionKind::Graded),
                of: None,
                subject: subject(who),
                digest: bound::of_parts([&*snapshot], &subject(who)),
                value: grade.code().to_owned(),
                note: note.to_owned(),
                from: None,
                until: None,
                after: Vec::new(),
            }],
        });
    }
}

fn member(number: u8) -> Appraised {
    Appraised {
        person: person(number),
        post_class: "front-line".to_owned(),
        probationary: false,
        removed: false,
    }
}

fn schemes() -> BTreeMap<String, Scheme> {
    let scheme = ready::front_line();
    [(scheme.digest(), scheme)].into()
}

fn bind(main: &mut Copy) {
    let digest = ready::front_line().digest();
    main.writes(BOUND, "scheme/front-line", Value::Text(digest));
}

fn parts_of(main: &Rc<Snapshot>) -> Parts<'_> {
    Parts([(Part::Main, &**main)].into())
}

#[test]
fn full_marks_of_the_branch_alone_are_a_hundred_and_what_is_missing_is_listed() {
    let mut main = Copy::of(SECRETARY);
    bind(&mut main);
    main.scores_all(person(1));
    let snapshot = main.document.snapshot();
    let results = parts_of(&snapshot).results(&[member(1), member(2)], &schemes());
    let outcome = results[0].outcome.as_ref().unwrap();
    assert_eq!(outcome.total, Some(Hundredths(10_000)));
    assert_eq!(outcome.suggested, Some(Grade::Excellent));
    assert!(
        !outcome.missing.is_empty(),
        "three classes have handed in nothing"
    );
    assert_eq!(results[1].outcome.as_ref().unwrap().total, None);
}

#[test]
fn a_score_in_conflict_is_nobodys_until_somebody_settles_it() {
    let (mut one, mut other) = (Copy::of(SECRETARY), Copy::of(COMMISSIONER));
    bind(&mut one);
    one.scores_all(person(1));
    other.hears(&one);
    one.scores(person(1), "virtue-1", 500);
    other.scores(person(1), "virtue-1", 400);
    one.hears(&other);
    let snapshot = one.document.snapshot();
    let results = parts_of(&snapshot).results(&[member(1)], &schemes());
    assert_eq!(results[0].conflicts, 1);
    assert_eq!(results[0].outcome.as_ref().unwrap().total, None);
}

#[test]
fn deductions_bonuses_and_vetoes_count_and_an_unknown_one_is_listed() {
    let mut main = Copy::of(SECRETARY);
    bind(&mut main);
    main.scores_all(person(1));
    for (number, sort, rule) in [
        (1, "deduction", "rework"),
        (2, "veto", "accident"),
        (3, "deduction", "no-such-rule"),
    ] {
        let cell = |key: &str, text: String| (key.to_owned(), Value::Text(text));
        main.does(Deed::Enter {
            by: Entry::Typed,
            rows: vec![NewRow {
                table: EVENTS.to_owned(),
                id: RowId::from_bytes([number; 16]),
                order: "a".to_owned(),
                cells: vec![
                    cell(MEMBER, person(1).to_string()),
                    cell(SORT, sort.to_owned()),
                    cell(RULE, rule.to_owned()),
                ],
            }],
            cells: Vec::new(),
        });
    }
    let snapshot = main.document.snapshot();
    let results = parts_of(&snapshot).results(&[member(1)], &schemes());
    let outcome = results[0].outcome.as_ref().unwrap();
    assert_eq!(outcome.total, Some(Hundredths(9_900)));
    assert_eq!(outcome.suggested, Some(Grade::Qualified), "vetoed");
    assert_eq!(outcome.unknown.len(), 1);
}

#[test]
fn two_offline_grades_break_the_quota_together_until_one_is_withdrawn_or_has_a_reason() {
    // S-F: three members, a third of them is one.
    let members = [member(1), member(2), member(3)];
    let (mut one, mut other) = (Copy::of(SECRETARY), Copy::of(COMMISSIONER));
    bind(&mut one);
    other.hears(&one);
    one.grades(person(1), Grade::Excellent, "", 1);
    other.grades(person(2), Grade::Excellent, "", 2);
    one.hears(&other);
    other.hears(&one);
    for copy in [&one, &other] {
        let snapshot = copy.document.snapshot();
        let results = parts_of(&snapshot).results(&members, &schemes());
        let state = quota(&ready::front_line(), &results);
        assert_eq!((state.allowed, state.given, state.over), (Some(1), 2, 1));
    }
    one.does(Deed::Decide {
        decisions: vec![NewDecision {
            id: RowId::from_bytes([3; 16]),
            word: Word::Withdraw(DecisionKind::Graded),
            of: Some(RowId::from_bytes([1; 16])),
            subject: subject(person(1)),
            digest: String::new(),
            value: String::new(),
            note: "名额".to_owned(),
            from: None,
            until: None,
            after: vec![RowId::from_bytes([1; 16])],
        }],
    });
    let snapshot = one.document.snapshot();
    let results = parts_of(&snapshot).results(&members, &schemes());
    assert_eq!(quota(&ready::front_line(), &results).over, 0);
    one.grades(person(3), Grade::Excellent, "支部大会讨论后特别报批", 4);
    let snapshot = one.document.snapshot();
    let results = parts_of(&snapshot).results(&members, &schemes());
    assert!(results[2].overridden);
    assert_eq!(quota(&ready::front_line(), &results).over, 0);
    let nobody = quota(&ready::front_line(), &[]);
    assert_eq!((nobody.allowed, nobody.over), (None, 0));
}

#[test]
fn who_does_not_read_every_part_makes_no_digest() {
    let main = Copy::of(SECRETARY);
    let snapshot = main.document.snapshot();
    assert_eq!(parts_of(&snapshot).digest(person(1)), None);
    let all = Parts(Part::ALL.into_iter().map(|part| (part, &*snapshot)).collect());
    assert!(all.digest(person(1)).is_some());
}
