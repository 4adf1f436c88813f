//! Which ledgers there are: every branch has a roster, and for every year one ledger of each other kind, in its parts.

use shared::access::UnitKind;
use shared::id::{EnterpriseId, LedgerId, UnitId};
use shared::ledger::key::LedgerKey;
use shared::ledger::kind::Kind;

use crate::storage::{Storage, StorageError, Unit};

/// The ledgers of a branch in a year, with their ids.
pub fn of_branch(
    enterprise: EnterpriseId,
    unit: UnitId,
    year: u16,
) -> impl Iterator<Item = (LedgerId, LedgerKey)> {
    let parts = |kind: Kind| kind.parts().iter().map(move |part| (kind, *part));
    Kind::ALL.into_iter().flat_map(parts).map(move |(kind, part)| {
        let key = LedgerKey {
            unit,
            year: kind.is_yearly().then_some(year),
            kind,
            part,
        };
        (key.id(enterprise), key)
    })
}

/// The ledgers of a unit in a year: a branch alone keeps some.
#[must_use]
pub fn of_unit(enterprise: EnterpriseId, unit: &Unit, year: u16) -> Vec<(LedgerId, LedgerKey)> {
    match unit.kind {
        UnitKind::Branch => of_branch(enterprise, unit.id, year).collect(),
        UnitKind::PartyCommittee | UnitKind::GeneralBranch => Vec::new(),
    }
}

/// Makes this year's ledgers of every branch: of every unit that has a roster.
///
/// # Errors
///
/// Fails when the store does.
pub fn open_year(storage: &dyn Storage, enterprise: EnterpriseId, year: u16) -> Result<(), StorageError> {
    let ledgers = storage.ledgers()?;
    let branches = ledgers
        .iter()
        .filter(|listed| listed.key.kind == Kind::Roster)
        .map(|listed| listed.key.unit);
    let due = branches.flat_map(|unit| of_branch(enterprise, unit, year));
    let missing: Vec<_> = due
        .filter(|(id, _)| ledgers.iter().all(|listed| listed.id != *id))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        storage.add_ledgers(&missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::memory::MemoryStorage;

    #[test]
    fn a_new_year_brings_every_branch_its_yearly_ledgers_and_no_second_roster() {
        let storage = MemoryStorage::new();
        let enterprise = EnterpriseId::from_bytes([1; 16]);
        let unit = UnitId::from_bytes([2; 16]);
        storage
            .add_ledgers(&of_branch(enterprise, unit, 2026).collect::<Vec<_>>())
            .unwrap();
        open_year(&storage, enterprise, 2026).unwrap();
        // A roster; pledges, zones, posts, and four parts of an appraisal.
        assert_eq!(storage.ledgers().unwrap().len(), 8);
        open_year(&storage, enterprise, 2027).unwrap();
        open_year(&storage, enterprise, 2027).unwrap();
        let mut years: Vec<_> = storage
            .ledgers()
            .unwrap()
            .iter()
            .map(|listed| listed.key.year)
            .collect();
        years.sort_unstable();
        let mut wanted = vec![None];
        wanted.extend([Some(2026); 7]);
        wanted.extend([Some(2027); 7]);
        assert_eq!(years, wanted);
    }
}
