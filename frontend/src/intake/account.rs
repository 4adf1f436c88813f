//! Accounts from a sheet: a person with several roles has a row for each.

use std::collections::HashMap;

use shared::access::Role;
use shared::enrol;
use shared::protocol::http::admin::{NewAccount, NewRole, Wrong};

use super::{Column, Intake, Row, RowWrong, column, word};
use crate::grid::block::Block;

/// Reads accounts. Rows of one login are one account with several roles.
#[must_use]
pub fn accounts<'a>(
    block: &Block,
    logins: impl IntoIterator<Item = &'a str>,
    units: &[&str],
) -> Intake<NewAccount> {
    let mut rows: Vec<Row<NewAccount>> = Vec::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    for (line, shown) in column::lines(block, &Column::OF_ACCOUNTS) {
        let role = word::role(&shown[2]);
        let meant = NewAccount {
            name: shown[0].clone(),
            login: shown[1].clone(),
            role: role.unwrap_or(Role::Viewer),
            unit: shown[3].clone(),
            more: Vec::new(),
        };
        let above = enrol::login(&meant.login).and_then(|login| {
            let at = *first.entry(login).or_insert(rows.len());
            (at < rows.len()).then_some(at)
        });
        let mut wrong = role.is_none().then_some(RowWrong::NoSuchRole);
        if let Some(above) = above.and_then(|at| rows.get_mut(at)) {
            wrong = wrong.or(joins(&above.meant, &meant, units));
            add(&mut above.meant, &meant);
        }
        rows.push(Row {
            line,
            shown,
            meant,
            joins: above.is_some(),
            wrong,
        });
    }
    judge(&mut rows, logins, units);
    Intake { rows }
}

/// What is wrong with a row that is to be one more role of the account of a row above.
fn joins(above: &NewAccount, meant: &NewAccount, units: &[&str]) -> Option<RowWrong> {
    if above.name.trim() != meant.name.trim() {
        return Some(RowWrong::OtherName);
    }
    // Which row of the order is told by where it is shown.
    let is_kept = units.contains(&meant.unit.trim());
    (!is_kept).then_some(RowWrong::Wrong(Wrong::NoUnit { row: 0 }))
}

/// Adds the role of a row, unless the account has it already.
fn add(account: &mut NewAccount, meant: &NewAccount) {
    let role = NewRole {
        role: meant.role,
        unit: meant.unit.clone(),
    };
    let is_first = account.role == role.role && account.unit.trim() == role.unit.trim();
    let is_known = |known: &NewRole| known.role == role.role && known.unit.trim() == role.unit.trim();
    if !is_first && !account.more.iter().any(is_known) {
        account.more.push(role);
    }
}

/// Judges the accounts as the relay will; what is wrong with a further role is said at its own row.
fn judge<'a>(rows: &mut [Row<NewAccount>], logins: impl IntoIterator<Item = &'a str>, units: &[&str]) {
    let added = rows.iter_mut().filter(|row| !row.joins);
    let added: Vec<&mut Row<NewAccount>> = added.collect();
    let bare: Vec<NewAccount> = added
        .iter()
        .map(|row| NewAccount {
            more: Vec::new(),
            ..row.meant.clone()
        })
        .collect();
    for (row, judged) in added.into_iter().zip(enrol::judge_accounts(logins, units, &bare)) {
        row.wrong = row.wrong.take().or(judged.map(RowWrong::Wrong));
    }
}
