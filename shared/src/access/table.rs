//! The table of rights: who reads and who writes what, as data.
//!
//! After the matrix in which enterprises write it down (member, group leader, commissioners, secretary, committee). In
//! this version members have no accounts: what a member may write, the group leaders, the commissioners and the
//! secretary of his branch enter for him. What stands in no line nobody may do.

use super::{Relation, Role};
use crate::ledger::key::Part;
use crate::ledger::kind::{Kind, pledge, roster};
use crate::ledger::schema::DECISIONS;

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

/// Who writes some cells of a ledger of his own unit; nobody writes another unit's.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The kind.
    pub kind: Kind,
    /// The part.
    pub part: Part,
    /// The table, or [`DECISIONS`].
    pub table: &'static str,
    /// Which of its columns.
    pub columns: Columns,
    /// Of which rows, by a birth cell.
    pub rows: Rows,
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

/// Some rows of a table, told by what they were born with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Every row.
    All,
    /// Decisions of these kinds.
    OfKind(&'static [&'static str]),
}

impl Rows {
    /// Whether a row with this birth cell is one of them.
    #[must_use]
    pub fn has(self, birth: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::OfKind(kinds) => birth.is_some_and(|birth| kinds.contains(&birth)),
        }
    }
}

/// The kind of a decision that sends a row back to whoever entered it (退回).
pub const RETURNED: &str = "returned";

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
const FROM_ABOVE: &[Role] = &[
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

const fn reading(kind: Kind, relation: Relation, roles: &'static [Role]) -> Reading {
    Reading {
        kind,
        part: Part::Main,
        relation,
        roles,
    }
}

const fn writing(kind: Kind, table: &'static str, columns: Columns, roles: &'static [Role]) -> Writing {
    Writing {
        kind,
        part: Part::Main,
        table,
        columns,
        rows: Rows::All,
        roles,
    }
}

/// Who reads.
pub const READING: &[Reading] = &[
    reading(Kind::Roster, Relation::Own, ALL_OF_THE_BRANCH),
    reading(Kind::Roster, Relation::Above, FROM_ABOVE),
    reading(Kind::Pledge, Relation::Own, ALL_OF_THE_BRANCH),
    reading(Kind::Pledge, Relation::Above, FROM_ABOVE),
];

/// Who writes, in the ledgers of his own unit.
pub const WRITING: &[Writing] = &[
    writing(Kind::Roster, roster::MEMBERS, Columns::All, KEEPERS),
    writing(Kind::Roster, roster::GROUPS, Columns::All, KEEPERS),
    writing(Kind::Pledge, pledge::ITEMS, Columns::AllBut(VOTES), FOR_MEMBERS),
    writing(Kind::Pledge, pledge::ITEMS, Columns::Only(VOTES), KEEPERS),
    writing(Kind::Pledge, pledge::PROGRESS, Columns::All, FOR_MEMBERS),
    writing(Kind::Pledge, DECISIONS, Columns::All, &[Role::Secretary]),
    Writing {
        rows: Rows::OfKind(&[RETURNED]),
        ..writing(
            Kind::Pledge,
            DECISIONS,
            Columns::All,
            &[Role::OrganisationCommissioner],
        )
    },
];
