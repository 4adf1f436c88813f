//! Who may do what: read by the app, which greys out by it, and by the relay, which refuses by it.
//!
//! The rule of this version: an officer with a role in a branch writes that branch's ledgers, and nobody else's; a
//! viewer and an administrator as such write none. Columns may be closed to a role.

use serde::{Deserialize, Serialize};

use crate::id::UnitId;
use crate::ledger::key::LedgerKey;
use crate::ledger::kind::Kind;

/// What an account is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 管理员: keeps accounts and the relay; writes no ledger.
    Administrator,
    /// 党办干事: an officer of the party office.
    OfficeOfficer,
    /// 支部书记.
    Secretary,
    /// 组织委员.
    OrganisationCommissioner,
    /// 宣传委员.
    PublicityCommissioner,
    /// 纪检委员.
    DisciplineCommissioner,
    /// 党小组长.
    GroupLeader,
    /// 查看: reads, writes nothing.
    Viewer,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Administrator,
        Self::OfficeOfficer,
        Self::Secretary,
        Self::OrganisationCommissioner,
        Self::PublicityCommissioner,
        Self::DisciplineCommissioner,
        Self::GroupLeader,
        Self::Viewer,
    ];

    /// Whether the role as such may write the ledgers of the unit it is held in.
    #[must_use]
    pub const fn writes(self) -> bool {
        !matches!(self, Self::Administrator | Self::Viewer | Self::OfficeOfficer)
    }

    /// Whether the role as such may read the ledgers of the unit it is held in.
    #[must_use]
    pub const fn reads(self) -> bool {
        !matches!(self, Self::Administrator)
    }
}

/// A role held in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// Where.
    pub unit: UnitId,
    /// As what.
    pub role: Role,
}

/// A column that a role may not write, in every unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClosedColumn {
    /// To whom it is closed.
    pub role: Role,
    /// In which kind of ledger.
    pub kind: Kind,
    /// In which table.
    pub table: String,
    /// Which column.
    pub column: String,
}

/// The rights in force: the general rule, and what an enterprise closes on top of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// Columns closed to roles.
    #[serde(default)]
    pub closed: Vec<ClosedColumn>,
}

/// What one operation would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site<'a> {
    /// The table, or [`crate::ledger::schema::DECISIONS`].
    pub table: &'a str,
    /// The column: for an element of a set the set's, for a row's making [`crate::ledger::schema::ORDER`].
    pub column: &'a str,
}

impl Rights {
    /// Whether somebody with these roles may read this ledger.
    #[must_use]
    pub fn may_read(&self, grants: &[Grant], ledger: &LedgerKey) -> bool {
        grants
            .iter()
            .any(|grant| grant.unit == ledger.unit && grant.role.reads())
    }

    /// Whether somebody with these roles may write this place of this ledger: some role must allow it.
    #[must_use]
    pub fn may_write(&self, grants: &[Grant], ledger: &LedgerKey, site: Site<'_>) -> bool {
        grants.iter().any(|grant| {
            grant.unit == ledger.unit && grant.role.writes() && !self.is_closed(grant.role, ledger.kind, site)
        })
    }

    /// Whether somebody with these roles may write anything at all in this ledger.
    #[must_use]
    pub fn may_write_somewhere(&self, grants: &[Grant], ledger: &LedgerKey) -> bool {
        grants
            .iter()
            .any(|grant| grant.unit == ledger.unit && grant.role.writes())
    }

    fn is_closed(&self, role: Role, kind: Kind, site: Site<'_>) -> bool {
        self.closed.iter().any(|closed| {
            closed.role == role
                && closed.kind == kind
                && closed.table == site.table
                && closed.column == site.column
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::key::Part;

    const OURS: UnitId = UnitId::from_bytes([1; 16]);
    const THEIRS: UnitId = UnitId::from_bytes([2; 16]);
    const SITE: Site<'_> = Site {
        table: "items",
        column: "text",
    };

    fn ledger(unit: UnitId) -> LedgerKey {
        LedgerKey {
            unit,
            year: Some(2026),
            kind: Kind::Pledge,
            part: Part::Main,
        }
    }

    #[test]
    fn an_officer_writes_the_ledgers_of_his_branch_and_nobody_elses() {
        let rights = Rights::default();
        for role in Role::ALL {
            let grants = [Grant { unit: OURS, role }];
            assert_eq!(
                rights.may_write(&grants, &ledger(OURS), SITE),
                role.writes(),
                "{role:?}"
            );
            assert!(!rights.may_write(&grants, &ledger(THEIRS), SITE), "{role:?}");
            assert!(!rights.may_read(&grants, &ledger(THEIRS)), "{role:?}");
        }
        assert!(!rights.may_write(&[], &ledger(OURS), SITE));
    }

    #[test]
    fn a_column_closed_to_a_role_stays_open_to_the_others() {
        let closed = ClosedColumn {
            role: Role::GroupLeader,
            kind: Kind::Pledge,
            table: "items".to_owned(),
            column: "text".to_owned(),
        };
        let rights = Rights { closed: vec![closed] };
        let may = |role, site| rights.may_write(&[Grant { unit: OURS, role }], &ledger(OURS), site);
        assert!(!may(Role::GroupLeader, SITE));
        assert!(may(
            Role::GroupLeader,
            Site {
                column: "measure",
                ..SITE
            }
        ));
        assert!(may(Role::Secretary, SITE));
        let both = [
            Grant {
                unit: OURS,
                role: Role::GroupLeader,
            },
            Grant {
                unit: OURS,
                role: Role::Secretary,
            },
        ];
        assert!(rights.may_write(&both, &ledger(OURS), SITE));
    }
}
