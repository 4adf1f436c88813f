//! What is done from above, and at a year's end: seeing sheets, closing ledgers, moving members.

use super::{Grant, Relation, Rights, Role, in_force, table};
use crate::id::UnitId;
use crate::ledger::key::{LedgerKey, Part};
use crate::ledger::kind::Kind;
use crate::time::Date;

impl Rights {
    /// Whether somebody with these roles sees a branch's line in the sheets: whoever reads its roster.
    #[must_use]
    pub fn sees_line(&self, grants: &[Grant], on: Date, branch: UnitId) -> bool {
        self.may_read(grants, on, &key(branch, Kind::Roster))
    }

    /// Whether he sees the numbers of its appraisal there: the summary is for those above, and for whoever reads it.
    #[must_use]
    pub fn sees_appraisal(&self, grants: &[Grant], on: Date, branch: UnitId) -> bool {
        self.stands_above(grants, on, branch) || self.may_read(grants, on, &key(branch, Kind::Appraisal))
    }

    /// Whether somebody with these roles reads what goes up from a branch, in a unit above it; he may ask for details of
    /// its appraisal, with a reason.
    #[must_use]
    pub fn stands_above(&self, grants: &[Grant], on: Date, branch: UnitId) -> bool {
        in_force(grants, on).any(|grant| {
            table::FROM_ABOVE.contains(&grant.role)
                && self.units.relation(grant.unit, branch) == Relation::Above
        })
    }

    /// Whether somebody with these roles is the unit's secretary.
    #[must_use]
    pub fn is_secretary(&self, grants: &[Grant], on: Date, unit: UnitId) -> bool {
        in_force(grants, on).any(|grant| grant.unit == unit && grant.role == Role::Secretary)
    }

    /// Whether somebody with these roles closes a unit's year, opens it again and takes it over into the next: its
    /// secretary, and secretaries and officers of the office above.
    #[must_use]
    pub fn closes_year(&self, grants: &[Grant], on: Date, unit: UnitId) -> bool {
        in_force(grants, on).any(|grant| match self.units.relation(grant.unit, unit) {
            Relation::Own => grant.role == Role::Secretary,
            Relation::Above => matches!(grant.role, Role::Secretary | Role::OfficeOfficer),
            Relation::Elsewhere => false,
        })
    }

    /// Whether somebody with these roles moves members out of a branch, or into it: an officer of the office above it.
    #[must_use]
    pub fn moves_members(&self, grants: &[Grant], on: Date, branch: UnitId) -> bool {
        in_force(grants, on).any(|grant| {
            grant.role == Role::OfficeOfficer && self.units.relation(grant.unit, branch) == Relation::Above
        })
    }
}

/// The key of a branch's ledger, of whatever year.
fn key(unit: UnitId, kind: Kind) -> LedgerKey {
    LedgerKey {
        unit,
        year: None,
        kind,
        part: Part::Main,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOP: UnitId = UnitId::from_bytes([1; 16]);
    const BRANCH: UnitId = UnitId::from_bytes([2; 16]);

    /// The roles by which this is allowed in a unit.
    fn roles(unit: UnitId, may: impl Fn(&Rights, &[Grant], Date) -> bool) -> Vec<Role> {
        let rights = Rights {
            units: [(BRANCH, TOP)].into_iter().collect(),
            ..Rights::default()
        };
        let today = Date::new(2026, 7, 1).unwrap();
        let all = Role::ALL.into_iter();
        all.filter(|role| may(&rights, &[Grant::new(unit, *role)], today))
            .collect()
    }

    #[test]
    fn those_above_see_sheets_and_numbers_and_a_branch_its_own() {
        use Role::{DisciplineCommissioner, OfficeOfficer, OrganisationCommissioner, Secretary};
        let above = [
            OfficeOfficer,
            Secretary,
            OrganisationCommissioner,
            DisciplineCommissioner,
        ];
        let line = |rights: &Rights, grants: &[Grant], on| rights.sees_line(grants, on, BRANCH);
        let numbers = |rights: &Rights, grants: &[Grant], on| rights.sees_appraisal(grants, on, BRANCH);
        assert_eq!(roles(TOP, line), above);
        assert_eq!(roles(TOP, numbers), above);
        assert_eq!(roles(BRANCH, line).len(), 7, "all but administrators");
        assert_eq!(roles(BRANCH, numbers), above[1..]);
        let asks = |rights: &Rights, grants: &[Grant], on| rights.stands_above(grants, on, BRANCH);
        assert_eq!((roles(TOP, asks), roles(BRANCH, asks)), (above.to_vec(), vec![]));
    }

    #[test]
    fn a_year_is_closed_by_the_secretary_or_from_above_and_members_move_from_above() {
        use Role::{OfficeOfficer, Secretary};
        let closes = |rights: &Rights, grants: &[Grant], on| rights.closes_year(grants, on, BRANCH);
        assert_eq!(roles(BRANCH, closes), [Secretary]);
        assert_eq!(roles(TOP, closes), [OfficeOfficer, Secretary]);
        let moves = |rights: &Rights, grants: &[Grant], on| rights.moves_members(grants, on, BRANCH);
        assert_eq!(roles(TOP, moves), [OfficeOfficer]);
        assert_eq!(roles(BRANCH, moves), []);
    }
}
