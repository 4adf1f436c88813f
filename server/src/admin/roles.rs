//! Roles given and taken away.

use shared::access::{Grant, Role};
use shared::id::AccountId;
use shared::protocol::http::admin::{Done, Wrong};

use super::{Administration, OrderError};
use crate::storage::{Amendment, Unit};

impl Administration<'_> {
    pub(super) fn grant(&self, account: AccountId, grants: &[Grant]) -> Result<Done, OrderError> {
        self.subject(account)?;
        for (row, grant) in grants.iter().enumerate() {
            if !self.units.iter().any(|unit| unit.id == grant.unit) || !self.keeps(grant.unit) {
                return Err(Wrong::NoUnit { row }.into());
            }
        }
        let accounts = self.storage.accounts()?;
        let others = accounts.iter().filter(|known| known.id != account);
        let others = others.flat_map(|known| known.grants.iter());
        let had = accounts
            .iter()
            .flat_map(|known| known.grants.iter())
            .any(|grant| self.is_top(grant));
        if had && !others.chain(grants).any(|grant| self.is_top(grant)) {
            return Err(Wrong::LastAdministrator.into());
        }
        self.amend(&Amendment::Grant(account, grants.to_vec()))
    }

    /// Whether a role is that of an administrator at the top of the tree, today.
    fn is_top(&self, grant: &Grant) -> bool {
        let is_top = |unit: &Unit| unit.id == grant.unit && unit.parent.is_none();
        grant.role == Role::Administrator && grant.is_in_force(self.today()) && self.units.iter().any(is_top)
    }
}
