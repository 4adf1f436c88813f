//! A zone: described → in force, adjusted by being put in force anew → closed; and its grade every quarter.

use super::{Binds, Guard, State, Transition};
use crate::access::Relation::Own;
use crate::access::Role::Secretary;
use crate::access::{Relation, Role};
use crate::ledger::column::Choice;
use crate::ledger::decision::DecisionKind;
use crate::ledger::kind::Kind;
use crate::ledger::kind::zone::{GRADES, NAME, SCOPE, ZONES};

type Who = &'static [(Relation, Role)];

const SECRETARY: Who = &[(Own, Secretary)];

/// The grades of a quarter. The warning grade is disliked in places: an enterprise may leave it out.
pub const ZONE_GRADES: &[Choice] = &[
    Choice::new("red_flag", "红旗责任区", "Red-flag zone"),
    Choice::new("sound", "合格责任区", "Sound zone"),
    Choice::new("warning", "警示区", "Warning zone"),
];

const fn way(
    table: &'static str,
    decision: DecisionKind,
    from: &'static [State],
    to: State,
    binds: Binds,
    guards: &'static [Guard],
) -> Transition {
    Transition {
        kind: Kind::Zone,
        table,
        decision,
        from,
        to,
        makers: SECRETARY,
        withdrawers: &[],
        binds,
        guards,
    }
}

use State::{Closed, Draft, Effective, Graded};

/// The way of a zone, and of its quarterly grade.
pub(super) const TRANSITIONS: &[Transition] = &[
    way(
        ZONES,
        DecisionKind::PutInForce,
        &[Draft, Effective],
        Effective,
        Binds::Columns(&["code", NAME, "basis", SCOPE, "crews", "duties"]),
        &[Guard::Filled(&[NAME, SCOPE])],
    ),
    way(
        ZONES,
        DecisionKind::Closed,
        &[Effective],
        Closed,
        Binds::Nothing,
        &[Guard::Note],
    ),
    way(
        GRADES,
        DecisionKind::Graded,
        &[Draft],
        Graded,
        Binds::Columns(&["self_score", "group_score", "branch_score", "deductions"]),
        // 自评 → 组评 → 支部评.
        &[
            Guard::Filled(&["self_score", "branch_score"]),
            Guard::Value(ZONE_GRADES),
        ],
    ),
];
