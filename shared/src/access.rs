//! Who may do what: read by the app, which greys out by it, and by the relay, which stores, holds or refuses by it.
//!
//! One table ([`table`]) says it: role × where it is held × kind and part × table × column × birth cell. On top of it an
//! enterprise may close columns, and a closed ledger takes nothing ([`Status`]).

use serde::{Deserialize, Serialize};

use crate::id::UnitId;
use crate::ledger::key::LedgerKey;
use crate::ledger::kind::Kind;
use crate::ledger::life;
use crate::ledger::schema::DECISIONS;
use crate::time::Date;

mod above;
mod matrix;
mod role;
mod role_change;
mod ruling;
pub mod table;
mod unit;

pub use matrix::matrix;
pub use role::{Grant, Role, in_force, role_on};
pub use role_change::RoleChange;
pub use ruling::{Asked, Carrier, Hold, Ruling};
pub use unit::{Relation, UnitKind, Units};

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

/// The rights in force: the table, what an enterprise closes on top of it, and its tree of units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// Columns closed to roles.
    #[serde(default)]
    pub closed: Vec<ClosedColumn>,
    /// Which unit stands below which.
    #[serde(default)]
    pub units: Units,
}

/// Whether a ledger takes new work: the relay's own record, changed online.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It does.
    #[default]
    Open,
    /// What still arrives is held for the secretary of the ledger's unit.
    Closed,
    /// Its term is over, and the relay has it no more: devices forget it as well.
    Forgotten,
}

/// What one operation would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site<'a> {
    /// The table, or [`crate::ledger::schema::DECISIONS`].
    pub table: &'a str,
    /// The column: for an element of a set the set's, for a row's making [`crate::ledger::schema::ORDER`].
    pub column: &'a str,
    /// The birth cell that rights look at: a decision's kind.
    pub birth: Option<&'a str>,
}

impl Rights {
    /// Whether somebody with these roles may read this ledger on this day.
    #[must_use]
    pub fn may_read(&self, grants: &[Grant], on: Date, ledger: &LedgerKey) -> bool {
        in_force(grants, on).any(|grant| self.reads(*grant, ledger))
    }

    /// Whether somebody with these roles may read this ledger or could once.
    #[must_use]
    pub fn could_read(&self, grants: &[Grant], on: Date, ledger: &LedgerKey) -> bool {
        begun(grants, on).any(|grant| self.reads(*grant, ledger))
    }

    /// Whether somebody with these roles may write this place of this ledger on this day: some role must allow it.
    #[must_use]
    pub fn may_write(&self, grants: &[Grant], on: Date, ledger: &LedgerKey, site: Site<'_>) -> bool {
        in_force(grants, on).any(|grant| self.writes(*grant, ledger, site))
    }

    /// Whether somebody with these roles may write this place or could once.
    #[must_use]
    pub fn could_write(&self, grants: &[Grant], on: Date, ledger: &LedgerKey, site: Site<'_>) -> bool {
        begun(grants, on).any(|grant| self.writes(*grant, ledger, site))
    }

    /// Whether somebody with these roles may write anything at all in this ledger on this day.
    #[must_use]
    pub fn may_write_somewhere(&self, grants: &[Grant], on: Date, ledger: &LedgerKey) -> bool {
        in_force(grants, on).any(|grant| self.writes_somewhere(*grant, ledger))
    }

    /// Whether somebody with these roles may write, or could once, anything at all in this ledger.
    #[must_use]
    pub fn could_write_somewhere(&self, grants: &[Grant], on: Date, ledger: &LedgerKey) -> bool {
        begun(grants, on).any(|grant| self.writes_somewhere(*grant, ledger))
    }

    /// Whether somebody with these roles takes in or turns down what is held for this ledger: the secretary of its unit.
    #[must_use]
    pub fn is_in_charge(&self, grants: &[Grant], on: Date, ledger: &LedgerKey) -> bool {
        self.is_secretary(grants, on, ledger.unit)
    }

    /// Whether somebody with these roles administers this unit: he is administrator in it or above it.
    #[must_use]
    pub fn may_administer(&self, grants: &[Grant], on: Date, unit: UnitId) -> bool {
        in_force(grants, on).any(|grant| {
            grant.role == Role::Administrator && self.units.relation(grant.unit, unit) != Relation::Elsewhere
        })
    }

    /// Whether somebody with these roles keeps the enterprise's settings: he is officer of the office in the committee at
    /// the top. `kind` says what a unit is, if there is such a unit.
    #[must_use]
    pub fn keeps_settings(
        &self,
        grants: &[Grant],
        on: Date,
        kind: impl Fn(UnitId) -> Option<UnitKind>,
    ) -> bool {
        in_force(grants, on).any(|grant| {
            grant.role == Role::OfficeOfficer
                && kind(grant.unit) == Some(UnitKind::PartyCommittee)
                && self.units.above(grant.unit).next().is_none()
        })
    }

    fn reads(&self, grant: Grant, ledger: &LedgerKey) -> bool {
        let relation = self.units.relation(grant.unit, ledger.unit);
        table::READING.iter().any(|line| {
            line.kind == ledger.kind
                && line.part == ledger.part
                && line.relation == relation
                && line.roles.contains(&grant.role)
        })
    }

    fn writes(&self, grant: Grant, ledger: &LedgerKey, site: Site<'_>) -> bool {
        let may = if site.table == DECISIONS {
            site.birth.is_some_and(|birth| self.decides(grant, ledger, birth))
        } else {
            lines_for(grant, ledger).any(|line| line.table == site.table && line.columns.has(site.column))
        };
        may && !self.is_closed(grant.role, ledger.kind, site)
    }

    /// Whether a role makes, or withdraws, decisions of this word.
    fn decides(&self, grant: Grant, ledger: &LedgerKey, birth: &str) -> bool {
        let relation = self.units.relation(grant.unit, ledger.unit);
        birth
            .parse()
            .is_ok_and(|word| life::permits(ledger, word, relation, grant.role))
    }

    fn writes_somewhere(&self, grant: Grant, ledger: &LedgerKey) -> bool {
        let relation = self.units.relation(grant.unit, ledger.unit);
        lines_for(grant, ledger).next().is_some() || life::decides_something(ledger, relation, grant.role)
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

fn begun(grants: &[Grant], on: Date) -> impl Iterator<Item = &Grant> {
    grants.iter().filter(move |grant| grant.has_begun(on))
}

/// The lines of the table by which a role held in the ledger's own unit writes in it.
fn lines_for(grant: Grant, ledger: &LedgerKey) -> impl Iterator<Item = &'static table::Writing> {
    let (own, kind, part) = (grant.unit == ledger.unit, ledger.kind, ledger.part);
    table::WRITING
        .iter()
        .filter(move |line| own && line.kind == kind && line.part == part && line.roles.contains(&grant.role))
}

#[cfg(test)]
mod tests;
