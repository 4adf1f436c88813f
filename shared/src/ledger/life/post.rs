//! 申报 → 支委会同意 → 公示 → 批准命名 → 挂牌 → 季度考核 → 保留 / 警示 / 摘牌 / 到期. No post is held for life.

use super::{Binds, Guard, State, Transition};
use crate::access::Relation::{Above, Own};
use crate::access::Role::{GroupLeader, OfficeOfficer, OrganisationCommissioner, Secretary};
use crate::access::{Relation, Role};
use crate::ledger::decision::DecisionKind;
use crate::ledger::kind::Kind;
use crate::ledger::kind::post::{HUNG_ON, PLAQUE, POSTS, STANDARDS, TITLE};

type Who = &'static [(Relation, Role)];

const NOMINATORS: Who = &[
    (Own, Secretary),
    (Own, OrganisationCommissioner),
    (Own, GroupLeader),
];
const SECRETARY: Who = &[(Own, Secretary)];
const KEEPERS: Who = &[(Own, Secretary), (Own, OrganisationCommissioner)];
const COMMITTEE: Who = &[(Above, Secretary), (Above, OfficeOfficer)];

/// What a post promises.
const PROMISED: Binds = Binds::Columns(&[TITLE, "form", "type", "holders", STANDARDS, "pledge", "deeds"]);

const fn way(
    decision: DecisionKind,
    from: &'static [State],
    to: State,
    makers: Who,
    binds: Binds,
    guards: &'static [Guard],
) -> Transition {
    Transition {
        kind: Kind::Post,
        table: POSTS,
        decision,
        from,
        to,
        makers,
        withdrawers: COMMITTEE,
        binds,
        guards,
    }
}

use DecisionKind as To;
use State::{Agreed, Draft, Expired, Hung, Named, Nominated, Objected, Posted, Returned, Revoked, Warned};

/// The way of a demonstration post. Whoever lost the plaque, or whose term is over, may be nominated again.
pub(super) const TRANSITIONS: &[Transition] = &[
    way(
        To::Nominated,
        &[Draft, Returned, Revoked, Expired],
        Nominated,
        NOMINATORS,
        PROMISED,
        &[Guard::Filled(&[TITLE, STANDARDS])],
    ),
    way(
        To::Returned,
        &[Nominated, Agreed, Posted, Objected],
        Returned,
        &[(Own, Secretary), (Above, Secretary), (Above, OfficeOfficer)],
        PROMISED,
        &[Guard::Note],
    ),
    way(To::Agreed, &[Nominated], Agreed, SECRETARY, PROMISED, &[]),
    way(To::Posted, &[Agreed], Posted, KEEPERS, PROMISED, &[Guard::Period]),
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
        To::Named,
        &[Posted],
        Named,
        COMMITTEE,
        PROMISED,
        &[Guard::PostingOver],
    ),
    way(
        To::Hung,
        &[Named],
        Hung,
        &[
            (Own, Secretary),
            (Own, OrganisationCommissioner),
            (Above, OfficeOfficer),
        ],
        Binds::Columns(&[PLAQUE, HUNG_ON]),
        &[Guard::Filled(&[PLAQUE, HUNG_ON]), Guard::Period],
    ),
    way(To::Kept, &[Hung, Warned], Hung, KEEPERS, Binds::Nothing, &[]),
    way(
        To::Warned,
        &[Hung],
        Warned,
        KEEPERS,
        Binds::Nothing,
        &[Guard::Note],
    ),
    way(
        To::Revoked,
        &[Hung, Warned],
        Revoked,
        COMMITTEE,
        Binds::Nothing,
        &[Guard::Note],
    ),
    way(
        To::Expired,
        &[Hung, Warned],
        Expired,
        &[(Own, Secretary), (Above, Secretary), (Above, OfficeOfficer)],
        Binds::Nothing,
        &[],
    ),
];
