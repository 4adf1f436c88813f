//! The table of rights: who reads and who writes what, as data.
//!
//! After the matrix in which enterprises write it down (member, group leader, commissioners, secretary, committee). In
//! this version members have no accounts: what a member may write, the group leaders, the commissioners and the
//! secretary of his branch enter for him. What stands in no line nobody may do.

use super::{Relation, Role};
use crate::ledger::key::Part;
use crate::ledger::kind::{Kind, appraisal, pledge, post, roster, zone};

/// Who reads a part of a kind of ledger.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The kind.
    pub kind: Kind,
    /// The part.
    pub part: Part,
    /// Where the role is held.
    pub relation: Relation,
    /// Who reads it.
    pub roles: &'static [Role],
}

/// Who writes some cells of a ledger of his own unit; nobody writes another unit's cells. Decisions, which some make from
/// above, stand in the table of transitions ([`crate::ledger::life`]).
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The kind.
    pub kind: Kind,
    /// The part.
    pub part: Part,
    /// The table.
    pub table: &'static str,
    /// Which of its columns.
    pub columns: Columns,
    /// Who writes them.
    pub roles: &'static [Role],
}

/// Some columns of a table; a row's making, place and removal belong to them as columns of those names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// Every column, those of newer versions as well.
    All,
    /// These alone.
    Only(&'static [&'static str]),
    /// All but these.
    AllBut(&'static [&'static str]),
}

impl Columns {
    /// Whether the column is one of them.
    #[must_use]
    pub fn has(self, column: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(columns) => columns.contains(&column),
            Self::AllBut(columns) => !columns.contains(&column),
        }
    }
}

/// Votes counted by hand: the tellers' columns.
const VOTES: &[&str] = &[
    "peer_good",
    "peer_fair",
    "peer_poor",
    "mass_good",
    "mass_fair",
    "mass_poor",
];
const ALL_OF_THE_BRANCH: &[Role] = &[
    Role::OfficeOfficer,
    Role::Secretary,
    Role::OrganisationCommissioner,
    Role::PublicityCommissioner,
    Role::DisciplineCommissioner,
    Role::GroupLeader,
    Role::Viewer,
];
pub(super) const FROM_ABOVE: &[Role] = &[
    Role::OfficeOfficer,
    Role::Secretary,
    Role::OrganisationCommissioner,
    Role::DisciplineCommissioner,
];
const KEEPERS: &[Role] = &[Role::Secretary, Role::OrganisationCommissioner];
const FOR_MEMBERS: &[Role] = &[
    Role::Secretary,
    Role::OrganisationCommissioner,
    Role::PublicityCommissioner,
    Role::GroupLeader,
];

/// Scores and opinions of a branch's own: criticism stays inside, and what goes up is a summary.
const APPRAISERS: &[Role] = &[
    Role::Secretary,
    Role::OrganisationCommissioner,
    Role::DisciplineCommissioner,
];
const WITH_GROUP_LEADERS: &[Role] = &[
    Role::Secretary,
    Role::OrganisationCommissioner,
    Role::DisciplineCommissioner,
    Role::GroupLeader,
];
const GROUP_LEADERS_TOO: &[Role] = &[Role::Secretary, Role::OrganisationCommissioner, Role::GroupLeader];

const fn reading(kind: Kind, relation: Relation, roles: &'static [Role]) -> Reading {
    reading_part(kind, Part::Main, relation, roles)
}

const fn reading_part(kind: Kind, part: Part, relation: Relation, roles: &'static [Role]) -> Reading {
    Reading {
        kind,
        part,
        relation,
        roles,
    }
}

const fn writing(kind: Kind, table: &'static str, columns: Columns, roles: &'static [Role]) -> Writing {
    writing_part(kind, Part::Main, table, columns, roles)
}

const fn writing_part(
    kind: Kind,
    part: Part,
    table: &'static str,
    columns: Columns,
    roles: &'static [Role],
) -> Writing {
    Writing {
        kind,
        part,
        table,
        columns,
        roles,
    }
}

/// Who reads.
pub const READING: &[Reading] = &[
    reading(Kind::Roster, Relation::Own, ALL_OF_THE_BRANCH),
    reading(Kind::Roster, Relation::Above, FROM_ABOVE),
    reading(Kind::Pledge, Relation::Own, ALL_OF_THE_BRANCH),
    reading(Kind::Pledge, Relation::Above, FROM_ABOVE),
    reading(Kind::Zone, Relation::Own, ALL_OF_THE_BRANCH),
    reading(Kind::Zone, Relation::Above, FROM_ABOVE),
    reading(Kind::Post, Relation::Own, ALL_OF_THE_BRANCH),
    reading(Kind::Post, Relation::Above, FROM_ABOVE),
    reading(Kind::Appraisal, Relation::Own, APPRAISERS),
    reading_part(
        Kind::Appraisal,
        Part::SelfRating,
        Relation::Own,
        WITH_GROUP_LEADERS,
    ),
    reading_part(Kind::Appraisal, Part::Peer, Relation::Own, WITH_GROUP_LEADERS),
    reading_part(Kind::Appraisal, Part::Mass, Relation::Own, APPRAISERS),
];

/// Who writes, in the ledgers of his own unit.
pub const WRITING: &[Writing] = &[
    writing(Kind::Roster, roster::MEMBERS, Columns::All, KEEPERS),
    writing(Kind::Roster, roster::GROUPS, Columns::All, KEEPERS),
    writing(Kind::Roster, roster::CREWS, Columns::All, KEEPERS),
    writing(Kind::Pledge, pledge::ITEMS, Columns::AllBut(VOTES), FOR_MEMBERS),
    writing(Kind::Pledge, pledge::ITEMS, Columns::Only(VOTES), KEEPERS),
    writing(Kind::Pledge, pledge::PROGRESS, Columns::All, FOR_MEMBERS),
    writing(Kind::Zone, zone::ZONES, Columns::All, KEEPERS),
    writing(Kind::Zone, zone::OWNERS, Columns::All, KEEPERS),
    writing(Kind::Zone, zone::GOALS, Columns::All, FOR_MEMBERS),
    writing(Kind::Zone, zone::LOGS, Columns::All, FOR_MEMBERS),
    writing(
        Kind::Zone,
        zone::GRADES,
        Columns::AllBut(&["branch_score"]),
        GROUP_LEADERS_TOO,
    ),
    writing(
        Kind::Zone,
        zone::GRADES,
        Columns::Only(&["branch_score"]),
        KEEPERS,
    ),
    writing(Kind::Post, post::POSTS, Columns::All, FOR_MEMBERS),
    writing(Kind::Post, post::CHECKS, Columns::All, KEEPERS),
    writing(Kind::Appraisal, appraisal::SCORES, Columns::All, KEEPERS),
    writing(Kind::Appraisal, appraisal::TEXTS, Columns::All, KEEPERS),
    writing(Kind::Appraisal, appraisal::BOUND, Columns::All, KEEPERS),
    writing(Kind::Appraisal, appraisal::EVENTS, Columns::All, KEEPERS),
    writing_part(
        Kind::Appraisal,
        Part::SelfRating,
        appraisal::SCORES,
        Columns::All,
        GROUP_LEADERS_TOO,
    ),
    writing_part(
        Kind::Appraisal,
        Part::Peer,
        appraisal::SCORES,
        Columns::All,
        GROUP_LEADERS_TOO,
    ),
    writing_part(
        Kind::Appraisal,
        Part::Mass,
        appraisal::SCORES,
        Columns::All,
        KEEPERS,
    ),
    writing_part(
        Kind::Appraisal,
        Part::SelfRating,
        appraisal::BOUND,
        Columns::All,
        KEEPERS,
    ),
    writing_part(
        Kind::Appraisal,
        Part::Peer,
        appraisal::BOUND,
        Columns::All,
        KEEPERS,
    ),
    writing_part(
        Kind::Appraisal,
        Part::Mass,
        appraisal::BOUND,
        Columns::All,
        KEEPERS,
    ),
];
