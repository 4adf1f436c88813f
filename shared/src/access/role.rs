//! Roles, and who holds them where and when.

use serde::{Deserialize, Serialize};

use crate::id::UnitId;
use crate::time::Date;

/// What an account is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 管理员: keeps units, accounts and the relay; reads and writes no ledger.
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

    /// The word that stands for it in messages, configuration and commands.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::OfficeOfficer => "office_officer",
            Self::Secretary => "secretary",
            Self::OrganisationCommissioner => "organisation_commissioner",
            Self::PublicityCommissioner => "publicity_commissioner",
            Self::DisciplineCommissioner => "discipline_commissioner",
            Self::GroupLeader => "group_leader",
            Self::Viewer => "viewer",
        }
    }
}

/// A role held in a unit, from a day to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// Where.
    pub unit: UnitId,
    /// As what.
    pub role: Role,
    /// The first day; none when it was always so.
    #[serde(default)]
    pub from: Option<Date>,
    /// The last day; none when no end is set.
    #[serde(default)]
    pub until: Option<Date>,
    /// Taken away by an administrator, at once, whatever the days say. It is kept: what was held once is known.
    #[serde(default)]
    pub revoked: bool,
}

impl Grant {
    /// A role without a first or last day.
    #[must_use]
    pub const fn new(unit: UnitId, role: Role) -> Self {
        Self {
            unit,
            role,
            from: None,
            until: None,
            revoked: false,
        }
    }

    /// Whether the role is held on this day.
    #[must_use]
    pub fn is_in_force(&self, on: Date) -> bool {
        !self.revoked && self.has_begun(on) && self.until.is_none_or(|until| on <= until)
    }

    /// Whether the role is held no more on this day, and never will be.
    #[must_use]
    pub fn is_over(&self, on: Date) -> bool {
        self.revoked || self.until.is_some_and(|until| until < on)
    }

    /// Whether its last day stands before its first.
    #[must_use]
    pub fn is_turned(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until < from)
    }

    /// Whether the role is or was held, seen from this day.
    #[must_use]
    pub fn has_begun(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on)
    }
}

/// The roles held on this day.
pub fn in_force(grants: &[Grant], on: Date) -> impl Iterator<Item = &Grant> {
    grants.iter().filter(move |grant| grant.is_in_force(on))
}

/// As what somebody is shown on this day: the first of the roles that are in force; none when none is.
#[must_use]
pub fn role_on(grants: &[Grant], on: Date) -> Option<Role> {
    in_force(grants, on).next().map(|grant| grant.role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u8) -> Date {
        Date::new(2026, 11, day).unwrap()
    }

    #[test]
    fn a_role_is_held_from_its_first_to_its_last_day_unless_taken_away() {
        let grant = Grant {
            from: Some(day(10)),
            until: Some(day(20)),
            ..Grant::new(UnitId::from_bytes([1; 16]), Role::Secretary)
        };
        let held = |grant: &Grant| [9, 10, 20, 21].map(|on| grant.is_in_force(day(on)));
        assert_eq!(held(&grant), [false, true, true, false]);
        assert_eq!(
            [9, 10, 21].map(|on| grant.has_begun(day(on))),
            [false, true, true]
        );
        let revoked = Grant {
            revoked: true,
            ..grant
        };
        assert_eq!(held(&revoked), [false; 4]);
        assert!(revoked.has_begun(day(10)));
        assert_eq!([9, 20, 21].map(|on| grant.is_over(day(on))), [false, false, true]);
        assert!(revoked.is_over(day(10)));
        let turned = Grant {
            until: Some(day(9)),
            ..grant
        };
        assert!(turned.is_turned() && !grant.is_turned());
    }

    #[test]
    fn somebody_is_shown_as_what_he_is_now_not_as_what_he_was_first() {
        let grant = |role| Grant::new(UnitId::from_bytes([1; 16]), role);
        let revoked = Grant {
            revoked: true,
            ..grant(Role::Secretary)
        };
        let over = Grant {
            until: Some(day(9)),
            ..grant(Role::OfficeOfficer)
        };
        let grants = [revoked, over, grant(Role::GroupLeader), grant(Role::Viewer)];
        assert_eq!(role_on(&grants, day(10)), Some(Role::GroupLeader));
        assert_eq!(role_on(&grants, day(9)), Some(Role::OfficeOfficer));
        assert_eq!(role_on(&grants[..2], day(10)), None);
    }
}
