//! What must hold of units and accounts that are to be added: judged row by row, by the app before it sends them and by
//! the relay before it adds them.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::UnitKind;
use crate::protocol::http::admin::{NewAccount, NewUnit, Wrong};

mod word;

pub use word::{is_strong, login, name};

/// A unit that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub kind: UnitKind,
    /// Whether whoever adds administers it.
    pub is_kept: bool,
}

/// What is wrong with each of these units; none where nothing is. What stands below a wrong row is judged as if that
/// row were right, so that one mistake is named once. One unit stands at the top and no second: nobody administers one
/// beside it.
#[must_use]
pub fn judge_units<'a>(
    known: impl IntoIterator<Item = Known<'a>>,
    has_top: bool,
    units: &[NewUnit],
) -> Vec<Option<Wrong>> {
    let mut known: BTreeMap<String, (UnitKind, bool)> = known
        .into_iter()
        .map(|unit| (unit.name.to_owned(), (unit.kind, unit.is_kept)))
        .collect();
    let mut has_top = has_top;
    let judge = |(row, unit): (usize, &NewUnit)| {
        let Some(name) = name(&unit.name) else {
            return Some(Wrong::Name { row });
        };
        if known.contains_key(&name) {
            return Some(Wrong::UnitTaken { row });
        }
        let above = above(unit).map(|above| known.get(above).copied());
        known.insert(name, (unit.kind, true));
        match above {
            None if std::mem::replace(&mut has_top, true) => Some(Wrong::SecondTop { row }),
            Some(None | Some((_, false))) => Some(Wrong::NoUnit { row }),
            None | Some(Some(_)) => {
                let above = above.flatten().map(|(kind, _)| kind);
                (!unit.kind.may_stand_below(above)).then_some(Wrong::Place { row })
            }
        }
    };
    units.iter().enumerate().map(judge).collect()
}

/// What is wrong with each of these accounts; none where nothing is.
#[must_use]
pub fn judge_accounts<'a>(
    logins: impl IntoIterator<Item = &'a str>,
    kept_units: &[&str],
    accounts: &[NewAccount],
) -> Vec<Option<Wrong>> {
    let mut taken: BTreeSet<String> = logins.into_iter().map(str::to_owned).collect();
    let judge = |(row, account): (usize, &NewAccount)| {
        if name(&account.name).is_none() {
            return Some(Wrong::Name { row });
        }
        let Some(login) = login(&account.login) else {
            return Some(Wrong::Login { row });
        };
        if !taken.insert(login) {
            return Some(Wrong::LoginTaken { row });
        }
        let more = account.more.iter().map(|role| &role.unit);
        let is_kept = |unit: &String| kept_units.contains(&unit.trim());
        let all_are_kept = std::iter::once(&account.unit).chain(more).all(is_kept);
        (!all_are_kept).then_some(Wrong::NoUnit { row })
    };
    accounts.iter().enumerate().map(judge).collect()
}

/// The name of the unit above a new one; none at the top.
#[must_use]
pub fn above(unit: &NewUnit) -> Option<&str> {
    unit.above
        .as_deref()
        .map(str::trim)
        .filter(|above| !above.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::protocol::http::admin::NewRole;

    fn unit(name: &str, kind: UnitKind, above: Option<&str>) -> NewUnit {
        NewUnit {
            name: name.to_owned(),
            kind,
            above: above.map(str::to_owned),
        }
    }

    fn account(login: &str, unit: &str) -> NewAccount {
        NewAccount {
            login: login.to_owned(),
            name: "林知远".to_owned(),
            role: Role::Secretary,
            unit: unit.to_owned(),
            more: Vec::new(),
        }
    }

    const KNOWN: [Known<'_>; 2] = [
        Known {
            name: "党委",
            kind: UnitKind::PartyCommittee,
            is_kept: true,
        },
        Known {
            name: "别处党委",
            kind: UnitKind::PartyCommittee,
            is_kept: false,
        },
    ];

    #[test]
    fn each_unit_is_judged_and_one_mistake_is_named_once() {
        let units = [
            unit("总支", UnitKind::GeneralBranch, Some(" 党委 ")),
            unit("一支部", UnitKind::Branch, Some("总支")),
            unit("党委", UnitKind::Branch, Some("党委")),
            unit("二总支", UnitKind::GeneralBranch, Some("总支")),
            unit("二支部", UnitKind::Branch, Some("二总支")),
            unit("三支部", UnitKind::Branch, Some("没有")),
            unit("四支部", UnitKind::Branch, Some("别处党委")),
            unit("五支部", UnitKind::Branch, Some(" ")),
            unit("", UnitKind::Branch, None),
        ];
        let at = |row| move |wrong: fn(usize) -> Wrong| Some(wrong(row));
        let [taken, place, none, elsewhere, second, empty] = [2, 3, 5, 6, 7, 8].map(at);
        let no_unit = |row| Wrong::NoUnit { row };
        let wanted = vec![
            None,
            None,
            taken(|row| Wrong::UnitTaken { row }),
            place(|row| Wrong::Place { row }),
            None,
            none(no_unit),
            elsewhere(no_unit),
            second(|row| Wrong::SecondTop { row }),
            empty(|row| Wrong::Name { row }),
        ];
        assert_eq!(judge_units(KNOWN, true, &units), wanted);
    }

    #[test]
    fn one_unit_stands_at_the_top_and_no_second() {
        let units = [
            unit("党委", UnitKind::PartyCommittee, None),
            unit("一支部", UnitKind::Branch, Some("党委")),
            unit("另一党委", UnitKind::PartyCommittee, Some("")),
        ];
        let second = Some(Wrong::SecondTop { row: 2 });
        assert_eq!(judge_units([], false, &units), [None, None, second]);
        let beside = judge_units(KNOWN, true, &units[2..]);
        assert_eq!(beside, [Some(Wrong::SecondTop { row: 0 })]);
    }

    #[test]
    fn each_account_is_judged_and_a_login_is_taken_once() {
        let accounts = [
            account("Lin", "一支部"),
            account("ｌｉｎ ", "一支部"),
            account("gu", "一支部"),
            account("ye", "二支部"),
            account("a b", "一支部"),
        ];
        let wanted = vec![
            None,
            Some(Wrong::LoginTaken { row: 1 }),
            Some(Wrong::LoginTaken { row: 2 }),
            Some(Wrong::NoUnit { row: 3 }),
            Some(Wrong::Login { row: 4 }),
        ];
        assert_eq!(judge_accounts(["gu"], &["一支部"], &accounts), wanted);
    }

    #[test]
    fn every_role_of_an_account_is_held_in_a_unit_that_is_there() {
        let role = |unit: &str| NewRole {
            role: Role::Viewer,
            unit: unit.to_owned(),
        };
        let mut two = [account("lin", "一支部"), account("gu", "一支部")];
        two[0].more = vec![role(" 一支部 ")];
        two[1].more = vec![role("二支部")];
        let wanted = vec![None, Some(Wrong::NoUnit { row: 1 })];
        assert_eq!(judge_accounts([], &["一支部"], &two), wanted);
    }
}
