//! What changes of roles make of them, judged in the transaction that carries them out.

use shared::access::{Grant, Role, RoleChange};
use shared::id::UnitId;
use shared::time::Date;

use super::{StorageError, Unit};

/// The roles of an account after these changes, all of them.
///
/// `others` are the roles of every other account. Whoever takes an administrator at the top away, or sets him an end,
/// must leave one who has none.
pub(super) fn changed(
    grants: &[Grant],
    changes: &[RoleChange],
    units: &[Unit],
    others: impl IntoIterator<Item = Grant>,
    today: Date,
) -> Result<Vec<Grant>, StorageError> {
    let is_top = |unit: UnitId| {
        units
            .iter()
            .any(|known| known.id == unit && known.parent.is_none())
    };
    let rules =
        |grant: &Grant| grant.role == Role::Administrator && grant.is_in_force(today) && is_top(grant.unit);
    let mut after = grants.to_vec();
    for change in changes {
        after = change.on(&after, today).ok_or(StorageError::Gone)?;
    }
    let loses = grants.iter().any(|grant| rules(grant) && !after.contains(grant));
    let mut left = after.iter().copied().chain(others);
    if loses && !left.any(|grant| rules(&grant) && grant.until.is_none()) {
        return Err(StorageError::LastAdministrator);
    }
    Ok(after)
}
