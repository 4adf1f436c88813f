//! Decisions on a pledge, as a branch makes them.

use super::*;
use crate::ledger::act::Undecidable;
use crate::ledger::decision::{DecisionKind, NewDecision, Subject, Word, bound};
use crate::ledger::kind::pledge::{ITEMS, MEMBER, TEXT};
use crate::ledger::life::{self, State};
use crate::time::Date;

const ITEM: RowId = RowId::from_bytes([0x31; 16]);

fn subject() -> Subject {
    Subject::new(ITEMS, ITEM)
}

fn pledges(account: AccountId) -> Replica {
    Replica::with(account, Kind::Pledge.schema())
}

/// A branch's officers with one pledge item, handed in.
fn branch() -> (Replica, Replica) {
    let (mut lin, mut gu) = (pledges(LIN), pledges(GU));
    lin.does(Deed::Enter {
        by: Entry::Typed,
        rows: vec![NewRow {
            table: ITEMS.to_owned(),
            id: ITEM,
            order: "a".to_owned(),
            cells: vec![
                (MEMBER.to_owned(), text(&ITEM.to_string())),
                (TEXT.to_owned(), text("每班开工前点检卡盘。")),
            ],
        }],
        cells: Vec::new(),
    });
    lin.decides(DecisionKind::Submitted, 1).unwrap();
    gu.hears(&lin);
    (lin, gu)
}

impl Replica {
    /// What this person would decide on what is shown now.
    fn new_decision(&self, kind: DecisionKind, number: u8) -> NewDecision {
        let snapshot = self.document.snapshot();
        let way = life::way(Kind::Pledge, ITEMS, kind).unwrap();
        NewDecision {
            id: RowId::from_bytes([number; 16]),
            word: Word::Decide(kind),
            of: None,
            subject: subject(),
            digest: bound::digest_now(&snapshot, &subject(), way).unwrap(),
            value: String::new(),
            note: String::new(),
            from: None,
            until: None,
            after: snapshot
                .decisions_on(&subject())
                .iter()
                .map(|known| known.made.id)
                .collect(),
        }
    }

    fn decides(&mut self, kind: DecisionKind, number: u8) -> Result<Vec<CellRef>, ActProblem> {
        let decision = self.new_decision(kind, number);
        self.try_to(Deed::Decide {
            decisions: vec![decision],
        })
    }

    fn makes(&mut self, decision: NewDecision) -> Result<Vec<CellRef>, ActProblem> {
        self.try_to(Deed::Decide {
            decisions: vec![decision],
        })
    }

    fn state(&self) -> State {
        self.document.standing(&subject()).state
    }

    fn writes(&mut self, column: &str, value: &str) {
        self.does(Deed::Enter {
            by: Entry::Typed,
            rows: Vec::new(),
            cells: vec![(CellRef::new(ITEMS, ITEM, column), text(value))],
        });
    }
}

fn why(outcome: Result<Vec<CellRef>, ActProblem>) -> Undecidable {
    match outcome {
        Err(ActProblem::Undecidable { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_approved_stays_readable_after_the_pledge_has_moved_on() {
    let (mut lin, mut gu) = branch();
    lin.decides(DecisionKind::Approved, 2).unwrap();
    // S-B: edited offline before the approval arrives.
    gu.writes(TEXT, "每班开工前点检卡盘与冷却液。");
    lin.hears(&gu);
    gu.hears(&lin);
    for replica in [&lin, &gu] {
        let standing = replica.document.standing(&subject());
        assert_eq!(standing.state, State::Approved);
        let approved = standing.last().unwrap();
        assert_eq!(approved.by, LIN);
        let snapshot = replica.document.snapshot();
        let table = snapshot.table(ITEMS);
        let way = life::way(Kind::Pledge, ITEMS, DecisionKind::Approved).unwrap();
        assert!(approved.has_moved_on(table.row(ITEM).unwrap(), way));
        let then = replica.document.decided_on(approved).unwrap();
        assert_eq!(then.value(TEXT), &text("每班开工前点检卡盘。"));
        assert_eq!(replica.document.digest_fits(approved), Some(true));
    }
}

#[test]
fn two_who_approve_different_versions_are_shown_as_two_until_one_withdraws() {
    let (mut lin, mut gu) = branch();
    gu.writes(TEXT, "另一个说法。");
    lin.decides(DecisionKind::Approved, 2).unwrap();
    gu.decides(DecisionKind::Approved, 3).unwrap();
    lin.hears(&gu);
    gu.hears(&lin);
    for replica in [&lin, &gu] {
        let standing = replica.document.standing(&subject());
        assert_eq!(standing.state, State::Submitted);
        assert_eq!(standing.contradicting.len(), 2);
    }
    assert_eq!(
        why(lin.decides(DecisionKind::Approved, 4)),
        Undecidable::Contradicted
    );
    let mut withdrawal = lin.new_decision(DecisionKind::Approved, 5);
    withdrawal.word = Word::Withdraw(DecisionKind::Approved);
    withdrawal.of = Some(RowId::from_bytes([2; 16]));
    assert_eq!(why(lin.makes(withdrawal.clone())), Undecidable::NoReason);
    withdrawal.note = "以修改后的为准".to_owned();
    lin.makes(withdrawal.clone()).unwrap();
    withdrawal.id = RowId::from_bytes([6; 16]);
    assert_eq!(why(lin.makes(withdrawal)), Undecidable::NothingToWithdraw);
    gu.hears(&lin);
    assert_eq!((lin.state(), gu.state()), (State::Approved, State::Approved));
}

#[test]
fn nobody_decides_on_what_he_has_not_seen_or_on_what_is_in_conflict() {
    let (mut lin, mut gu) = branch();
    let seen = lin.new_decision(DecisionKind::Approved, 2);
    lin.writes(TEXT, "后来改了。");
    assert_eq!(why(lin.makes(seen)), Undecidable::SeenOtherwise);
    gu.writes(TEXT, "别人改成这样。");
    lin.hears(&gu);
    let cell = CellRef::new(ITEMS, ITEM, TEXT);
    assert_eq!(
        why(lin.decides(DecisionKind::Approved, 2)),
        Undecidable::InConflict(cell)
    );
}

#[test]
fn a_decision_needs_what_its_transition_asks_for() {
    let (mut lin, _) = branch();
    assert_eq!(
        why(lin.decides(DecisionKind::Posted, 2)),
        Undecidable::NotFrom(State::Submitted)
    );
    assert_eq!(why(lin.decides(DecisionKind::Returned, 2)), Undecidable::NoReason);
    lin.decides(DecisionKind::Approved, 2).unwrap();
    assert_eq!(why(lin.decides(DecisionKind::Posted, 3)), Undecidable::NoPeriod);
    let day = |day| Date::new(1970, 1, day);
    let mut posting = lin.new_decision(DecisionKind::Posted, 3);
    (posting.from, posting.until) = (day(2), day(1));
    assert_eq!(why(lin.makes(posting.clone())), Undecidable::NoPeriod);
    (posting.from, posting.until) = (day(1), day(9));
    lin.makes(posting).unwrap();
    // The clock of these tests stands at the first of January 1970.
    assert_eq!(
        why(lin.decides(DecisionKind::Begun, 4)),
        Undecidable::PostingNotOver
    );
    lin.clock += 10 * 86_400_000;
    lin.decides(DecisionKind::Begun, 4).unwrap();
    assert_eq!(
        why(lin.decides(DecisionKind::Judged, 5)),
        Undecidable::Empty("self_result")
    );
    lin.writes("self_result", "not_done");
    let mut verdict = lin.new_decision(DecisionKind::Judged, 5);
    assert_eq!(why(lin.makes(verdict.clone())), Undecidable::NoChoice);
    verdict.value = "unmet".to_owned();
    assert_eq!(why(lin.makes(verdict.clone())), Undecidable::NoReason);
    verdict.note = "停产两个月。".to_owned();
    lin.makes(verdict).unwrap();
    assert_eq!(lin.state(), State::Judged);
}

#[test]
fn a_removed_row_and_one_that_is_not_there_are_decided_about_by_nobody() {
    let (mut lin, _) = branch();
    let mut elsewhere = lin.new_decision(DecisionKind::Approved, 2);
    elsewhere.subject.row = RowId::from_bytes([0x77; 16]);
    assert!(matches!(lin.makes(elsewhere), Err(ActProblem::NoRow(_))));
    let seen = lin.new_decision(DecisionKind::Approved, 2);
    lin.does(Deed::Remove {
        table: ITEMS.to_owned(),
        rows: vec![ITEM],
        why: "重复".to_owned(),
    });
    assert_eq!(why(lin.makes(seen)), Undecidable::Removed);
}

#[test]
fn a_forged_digest_is_told() {
    let (mut lin, mut gu) = branch();
    let honest = lin.new_decision(DecisionKind::Approved, 2);
    gu.writes(TEXT, "悄悄改掉。");
    // Gu writes Lin's digest under other words: no honest app does, and whoever looks sees it.
    let mut forged = gu.new_decision(DecisionKind::Approved, 2);
    forged.digest = honest.digest;
    let made = gu.document.write_unchecked(forged);
    gu.made.push(made);
    lin.hears(&gu);
    let standing = lin.document.standing(&subject());
    assert_eq!(lin.document.digest_fits(standing.last().unwrap()), Some(false));
}

impl Document {
    fn write_unchecked(&mut self, decision: NewDecision) -> Made {
        let act = Act {
            id: crate::id::ActId(uuid::Uuid::from_u128(99)),
            at: Timestamp(99),
            deed: Deed::Decide {
                decisions: vec![decision.clone()],
            },
        };
        self.write(&act, vec![perform::Step::Decision(decision)]).unwrap()
    }
}
