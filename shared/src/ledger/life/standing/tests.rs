use super::*;
use crate::id::{AccountId, ChangeHash};
use crate::ledger::decision::{DecisionKind, NewDecision, Subject};
use crate::ledger::kind::Kind;
use crate::ledger::kind::pledge::ITEMS;
use crate::ledger::life::way;
use crate::time::Timestamp;

fn id(number: u8) -> RowId {
    RowId::from_bytes([number; 16])
}

fn made(number: u8, word: Word, digest: &str, after: &[u8]) -> Rc<Decision> {
    Rc::new(Decision {
        made: NewDecision {
            id: id(number),
            word,
            of: None,
            subject: Subject::new(ITEMS, id(99)),
            digest: digest.to_owned(),
            value: String::new(),
            note: String::new(),
            from: None,
            until: None,
            after: after.iter().copied().map(id).collect(),
        },
        by: AccountId::from_bytes([1; 16]),
        at: Timestamp(i64::from(number)),
        change: ChangeHash([number; 32]),
    })
}

fn decide(number: u8, kind: DecisionKind, digest: &str, after: &[u8]) -> Rc<Decision> {
    made(number, Word::Decide(kind), digest, after)
}

fn withdraw(number: u8, kind: DecisionKind, of: u8, after: &[u8]) -> Rc<Decision> {
    let mut decision = (*made(number, Word::Withdraw(kind), "", after)).clone();
    decision.made.of = Some(id(of));
    Rc::new(decision)
}

fn fold_of(decisions: &[Rc<Decision>]) -> Standing {
    let ways = |decision: &Decision| match decision.made.word {
        Word::Decide(kind) => way(Kind::Pledge, ITEMS, kind),
        Word::Withdraw(_) => None,
    };
    let folded = standing(ways, decisions);
    let mut turned = decisions.to_vec();
    turned.reverse();
    assert_eq!(standing(ways, &turned), folded, "whatever the order");
    folded
}

use DecisionKind::{Approved, Posted, Returned, Submitted};

#[test]
fn a_row_without_decisions_is_a_draft_and_one_after_the_other_lead_on() {
    assert_eq!(fold_of(&[]).state, State::Draft);
    let path = [
        decide(1, Submitted, "a", &[]),
        decide(2, Approved, "a", &[1]),
        decide(3, Posted, "a", &[1, 2]),
    ];
    let standing = fold_of(&path);
    assert_eq!((standing.state, standing.path.len()), (State::Posted, 3));
    assert!(standing.contradicting.is_empty() && standing.idle.is_empty());
}

#[test]
fn two_approvals_of_different_content_contradict_and_the_state_before_both_stands() {
    let both = [
        decide(1, Submitted, "a", &[]),
        decide(2, Approved, "a", &[1]),
        decide(3, Approved, "b", &[1]),
    ];
    let standing = fold_of(&both);
    assert_eq!(standing.state, State::Submitted);
    assert_eq!(standing.contradicting, [both[1].clone(), both[2].clone()]);
    let mut settled = both.to_vec();
    settled.push(withdraw(4, Approved, 3, &[1, 2, 3]));
    let standing = fold_of(&settled);
    assert_eq!(standing.state, State::Approved);
    assert!(standing.contradicting.is_empty());
    assert_eq!(standing.last(), Some(&both[1]));
    assert_eq!(standing.withdrawn.len(), 1);
}

#[test]
fn two_who_decide_the_same_agree_and_what_follows_one_follows_both() {
    let standing = fold_of(&[
        decide(1, Submitted, "a", &[]),
        decide(2, Approved, "a", &[1]),
        decide(3, Approved, "a", &[1]),
        decide(4, Posted, "a", &[1, 2]),
    ]);
    assert_eq!(standing.state, State::Posted);
    assert!(standing.contradicting.is_empty());
}

#[test]
fn a_return_beside_an_approval_that_went_on_contradicts_all_that_came_of_it() {
    let standing = fold_of(&[
        decide(1, Submitted, "a", &[]),
        decide(2, Approved, "a", &[1]),
        decide(3, Posted, "a", &[1, 2]),
        decide(4, Returned, "a", &[1]),
    ]);
    assert_eq!(standing.state, State::Submitted);
    assert_eq!(standing.contradicting.len(), 3);
}

#[test]
fn a_decision_that_leads_nowhere_from_where_the_row_is_is_kept_and_moves_nothing() {
    let standing = fold_of(&[decide(1, Posted, "a", &[]), decide(2, Submitted, "a", &[1])]);
    assert_eq!((standing.state, standing.idle.len()), (State::Submitted, 1));
}

#[test]
fn a_withdrawn_decision_takes_with_it_what_stood_on_it() {
    let standing = fold_of(&[
        decide(1, Submitted, "a", &[]),
        decide(2, Approved, "a", &[1]),
        decide(3, Posted, "a", &[1, 2]),
        withdraw(4, Approved, 2, &[1, 2, 3]),
    ]);
    assert_eq!(standing.state, State::Submitted);
    assert_eq!(standing.idle.len(), 1, "the posting has nothing to stand on");
}

#[test]
fn a_thousand_decisions_on_one_row_are_folded() {
    let mut decisions = Vec::new();
    for number in 0..1_000_u16 {
        let mut decision = (*decide(1, Submitted, "a", &[])).clone();
        let mut bytes = [0; 16];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        decision.made.id = RowId::from_bytes(bytes);
        decision.made.digest = number.to_string();
        decisions.push(Rc::new(decision));
    }
    let standing = fold_of(&decisions);
    assert_eq!(standing.contradicting.len(), 1_000);
}

#[test]
fn decisions_in_a_ring_end() {
    let standing = fold_of(&[decide(1, Submitted, "a", &[2]), decide(2, Submitted, "b", &[1])]);
    assert!(standing.state == State::Draft || standing.state == State::Submitted);
}
