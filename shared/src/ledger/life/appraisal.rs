//! The grade of a member: a decision on all that every part holds of him. The computed grade is advice.

use super::{Binds, Guard, State, Transition};
use crate::access::Relation::Own;
use crate::access::Role::Secretary;
use crate::ledger::column::Choice;
use crate::ledger::decision::DecisionKind;
use crate::ledger::kind::Kind;
use crate::ledger::kind::appraisal::SCORES;

/// The four grades of a member (四档), best first.
pub const GRADES: &[Choice] = &[
    Choice::new("excellent", "优秀", "Excellent"),
    Choice::new("qualified", "合格", "Qualified"),
    Choice::new("basically_qualified", "基本合格", "Basically qualified"),
    Choice::new("unqualified", "不合格", "Unqualified"),
];

/// The way of a member's grade: graded, and graded anew after a withdrawal or a review.
pub(super) const TRANSITIONS: &[Transition] = &[Transition {
    kind: Kind::Appraisal,
    table: SCORES,
    decision: DecisionKind::Graded,
    from: &[State::Draft, State::Graded],
    to: State::Graded,
    makers: &[(Own, Secretary)],
    withdrawers: &[],
    binds: Binds::Member,
    guards: &[Guard::Value(GRADES)],
}];
