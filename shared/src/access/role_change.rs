//! One change of somebody's roles, and what it makes of them.

use serde::{Deserialize, Serialize};

use super::Grant;
use crate::time::Date;

/// One change of somebody's roles. It names the role that it changes as that was seen: what has become of the others, or
/// of that one, since then is never undone by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum RoleChange {
    /// Another role.
    Give {
        /// Which.
        grant: Grant,
    },
    /// Another last day.
    End {
        /// Of which role.
        grant: Grant,
        /// The last day.
        until: Date,
    },
    /// Taken away at once.
    Revoke {
        /// Which.
        grant: Grant,
    },
}

impl RoleChange {
    /// The role as it will be, if the change is carried out.
    #[must_use]
    pub const fn makes(&self) -> Grant {
        match *self {
            Self::Give { grant } => Grant {
                revoked: false,
                ..grant
            },
            Self::End { grant, until } => Grant {
                until: Some(until),
                ..grant
            },
            Self::Revoke { grant } => Grant {
                revoked: true,
                ..grant
            },
        }
    }

    /// The roles after this change on this day; none when the role that it names is not there any more, or is over. A
    /// role that is there already is not given twice, and none is ever dropped.
    #[must_use]
    pub fn on(&self, grants: &[Grant], today: Date) -> Option<Vec<Grant>> {
        let mut grants = grants.to_vec();
        let named = match *self {
            Self::Give { .. } => {
                let given = self.makes();
                if !grants.contains(&given) {
                    grants.push(given);
                }
                return Some(grants);
            }
            Self::End { grant, .. } | Self::Revoke { grant } => grant,
        };
        let mut found = false;
        for grant in &mut grants {
            if *grant == named && !grant.is_over(today) {
                *grant = self.makes();
                found = true;
            }
        }
        found.then_some(grants)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::id::UnitId;

    const ROLE: Grant = Grant::new(UnitId::from_bytes([1; 16]), Role::Secretary);

    fn on(day: u8) -> Date {
        Date::new(2026, 11, day).unwrap()
    }

    #[test]
    fn one_role_is_changed_and_the_others_stay() {
        let other = Grant::new(UnitId::from_bytes([2; 16]), Role::Viewer);
        let grants = [ROLE, other];
        let make = |change: RoleChange| change.on(&grants, on(10));
        let until = on(20);
        let ended = RoleChange::End { grant: ROLE, until };
        assert_eq!(make(ended), Some(vec![ended.makes(), other]));
        assert_eq!(ended.makes().until, Some(until));
        let revoked = RoleChange::Revoke { grant: other };
        assert_eq!(make(revoked), Some(vec![ROLE, revoked.makes()]));
        assert!(revoked.makes().revoked);
        let third = Grant::new(UnitId::from_bytes([3; 16]), Role::Viewer);
        assert_eq!(
            make(RoleChange::Give { grant: third }),
            Some(vec![ROLE, other, third])
        );
        assert_eq!(make(RoleChange::Give { grant: ROLE }), Some(grants.to_vec()));
    }

    #[test]
    fn a_page_that_is_out_of_date_brings_no_revoked_role_back() {
        let revoke = RoleChange::Revoke { grant: ROLE };
        let grants = revoke.on(&[ROLE], on(10)).unwrap();
        let until = on(20);
        assert_eq!(RoleChange::End { grant: ROLE, until }.on(&grants, on(10)), None);
        let revoked = grants[0];
        let end = RoleChange::End {
            grant: revoked,
            until,
        };
        assert_eq!(end.on(&grants, on(10)), None);
        assert_eq!(revoke.on(&grants, on(10)), None);
        let over = Grant {
            until: Some(on(5)),
            ..ROLE
        };
        let later = RoleChange::End { grant: over, until };
        assert_eq!(later.on(&[over], on(10)), None, "what is over stays over");
        let other = Grant::new(UnitId::from_bytes([2; 16]), Role::Viewer);
        let given = RoleChange::Give { grant: other }.on(&grants, on(10));
        assert_eq!(given, Some(vec![revoked, other]));
    }
}
