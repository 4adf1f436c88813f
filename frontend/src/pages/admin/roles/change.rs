//! How far a role has come, and the days that are typed for it.

use shared::access::Grant;
use shared::time::Date;

use crate::i18n::AdminNote;

/// A day that was typed, or none.
pub(in crate::pages::admin) fn day(typed: &str, today: Date) -> Result<Option<Date>, AdminNote<'static>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    Date::parse(typed, today).map(Some).map_err(|_| AdminNote::DayBad)
}

/// A last day does not stand before the first.
pub(in crate::pages::admin) fn span_is_right(
    from: Option<Date>,
    until: Option<Date>,
) -> Result<(), AdminNote<'static>> {
    match (from, until) {
        (Some(from), Some(until)) if until < from => Err(AdminNote::DaysTurned),
        _ => Ok(()),
    }
}

/// How far a role has come, seen from a day.
pub(super) fn state(grant: &Grant, today: Date) -> AdminNote<'static> {
    if grant.revoked {
        AdminNote::RoleRevoked
    } else if grant.is_in_force(today) {
        AdminNote::RoleInForce
    } else if grant.has_begun(today) {
        AdminNote::RoleOver
    } else {
        AdminNote::RoleToCome
    }
}

/// The word for that in the markup.
pub(super) const fn state_code(state: &AdminNote<'_>) -> &'static str {
    match state {
        AdminNote::RoleInForce => "in-force",
        AdminNote::RoleToCome => "to-come",
        _ => "over",
    }
}

#[cfg(test)]
mod tests {
    use shared::access::Role;
    use shared::id::UnitId;

    use super::*;

    fn on(day: u8) -> Date {
        Date::new(2026, 11, day).unwrap()
    }

    #[test]
    fn a_role_is_to_come_in_force_over_or_revoked() {
        let grant = Grant {
            from: Some(on(10)),
            until: Some(on(20)),
            ..Grant::new(UnitId::from_bytes([1; 16]), Role::Secretary)
        };
        let wanted = [AdminNote::RoleToCome, AdminNote::RoleInForce, AdminNote::RoleOver];
        assert_eq!([9, 20, 21].map(|day| state(&grant, on(day))), wanted);
        let revoked = Grant {
            revoked: true,
            ..grant
        };
        assert_eq!(state(&revoked, on(15)), AdminNote::RoleRevoked);
    }

    #[test]
    fn days_are_read_as_officers_type_them() {
        assert_eq!(day(" 11-20 ", on(1)), Ok(Some(on(20))));
        assert_eq!(day("", on(1)), Ok(None));
        assert_eq!(day("soon", on(1)), Err(AdminNote::DayBad));
        assert_eq!(
            span_is_right(Some(on(3)), Some(on(2))),
            Err(AdminNote::DaysTurned)
        );
        assert_eq!(span_is_right(Some(on(3)), None), Ok(()));
    }
}
