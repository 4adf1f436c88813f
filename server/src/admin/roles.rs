//! Roles given and taken away.

use shared::access::RoleChange;
use shared::id::AccountId;
use shared::protocol::http::admin::{Done, Wrong};

use super::{Administration, OrderError};
use crate::storage::Amendment;

impl Administration<'_> {
    /// Changes roles; what the change makes of them is judged where it is stored, over the roles there are by then.
    pub(super) fn change_roles(
        &self,
        account: AccountId,
        changes: Vec<RoleChange>,
    ) -> Result<Done, OrderError> {
        self.subject(account)?;
        for (row, change) in changes.iter().enumerate() {
            let grant = change.makes();
            if !self.units.iter().any(|unit| unit.id == grant.unit) || !self.keeps(grant.unit) {
                return Err(Wrong::NoUnit { row }.into());
            }
            if grant.is_turned() && !grant.revoked {
                return Err(Wrong::Days.into());
            }
        }
        self.amend(&Amendment::ChangeRoles(account, changes))
    }
}
