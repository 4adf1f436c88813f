//! 提诺 → 审诺 → 亮诺 → 践诺 → 评诺, with 退回, objections, and amendments after posting.

use super::{Binds, Guard, State, Transition};
use crate::access::Relation::Own;
use crate::access::Role::{GroupLeader, OrganisationCommissioner, PublicityCommissioner, Secretary};
use crate::access::{Relation, Role};
use crate::ledger::column::Choice;
use crate::ledger::decision::DecisionKind;
use crate::ledger::kind::Kind;
use crate::ledger::kind::pledge::{ITEMS, TEXT};

type Who = &'static [(Relation, Role)];

const FOR_MEMBERS: Who = &[
    (Own, Secretary),
    (Own, OrganisationCommissioner),
    (Own, PublicityCommissioner),
    (Own, GroupLeader),
];
const SECRETARY: Who = &[(Own, Secretary)];
const KEEPERS: Who = &[(Own, Secretary), (Own, OrganisationCommissioner)];

/// What a pledge says: its review and its posting bind it.
const PLEDGED: Binds = Binds::Columns(&[TEXT, "measure", "target", "due", "helpers"]);

/// What the branch finds of a pledge (兑现 / 部分兑现 / 未兑现).
pub const VERDICTS: &[Choice] = &[
    Choice::new("fulfilled", "兑现", "Fulfilled"),
    Choice::new("partly", "部分兑现", "Partly fulfilled"),
    Choice::new("unmet", "未兑现", "Not fulfilled"),
];

const fn way(
    decision: DecisionKind,
    from: &'static [State],
    to: State,
    makers: Who,
    binds: Binds,
    guards: &'static [Guard],
) -> Transition {
    Transition {
        kind: Kind::Pledge,
        table: ITEMS,
        decision,
        from,
        to,
        makers,
        withdrawers: SECRETARY,
        binds,
        guards,
    }
}

use DecisionKind as To;
use State::{Approved, Draft, Filed, InForce, Judged, Objected, Posted, Returned, Submitted};

/// The way of a pledge item. An amendment after posting is approved and posted anew; what was posted before stays
/// readable.
pub(super) const TRANSITIONS: &[Transition] = &[
    way(
        To::Submitted,
        &[Draft, Returned],
        Submitted,
        FOR_MEMBERS,
        PLEDGED,
        &[Guard::Filled(&[TEXT])],
    ),
    way(
        To::Returned,
        &[Submitted],
        Returned,
        KEEPERS,
        PLEDGED,
        &[Guard::Note],
    ),
    way(
        To::Approved,
        &[Submitted, Approved, Posted, InForce],
        Approved,
        SECRETARY,
        PLEDGED,
        &[Guard::Filled(&[TEXT])],
    ),
    way(
        To::Posted,
        &[Approved],
        Posted,
        KEEPERS,
        PLEDGED,
        &[Guard::Period],
    ),
    way(
        To::Objected,
        &[Posted],
        Objected,
        KEEPERS,
        Binds::Nothing,
        &[Guard::Note],
    ),
    way(
        To::Answered,
        &[Objected],
        Posted,
        SECRETARY,
        Binds::Nothing,
        &[Guard::Note],
    ),
    way(
        To::Begun,
        &[Posted],
        InForce,
        KEEPERS,
        PLEDGED,
        &[Guard::PostingOver],
    ),
    way(
        To::Judged,
        &[InForce],
        Judged,
        SECRETARY,
        Binds::Columns(&["self_result", "unmet_kind", "unmet_reason"]),
        // 自评 comes before 组织评定.
        &[
            Guard::Filled(&["self_result"]),
            Guard::Value(VERDICTS),
            Guard::NoteFor("unmet"),
        ],
    ),
    way(To::Filed, &[Judged], Filed, KEEPERS, Binds::Nothing, &[]),
];
