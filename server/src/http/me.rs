//! Who is signed in, and everybody whose name he may meet.

use std::sync::Arc;

use axum::http::HeaderMap;
use shared::access::{Relation, Role, in_force};
use shared::id::UnitId;
use shared::limit::CERTIFICATE_NOTICE;
use shared::protocol::http::{Colleague, Me, Notice, Unit};
use shared::time::{Date, Timestamp};

use super::App;
use crate::account::blocking;
use crate::clock;
use crate::storage::{Account, StorageError};

pub(super) async fn about(app: &App, account: Account, headers: &HeaderMap) -> Result<Me, StorageError> {
    let rights = app.rights().await?;
    let storage = Arc::clone(&app.storage);
    let read = move || Ok((storage.enterprise()?, storage.units()?, storage.accounts()?));
    let (enterprise, units, accounts) = blocking(read).await?;
    let enterprise = enterprise.unwrap_or_else(|| app.enterprise.clone());
    let (now, today) = (clock::now(), clock::now().date());
    let held: Vec<UnitId> = in_force(&account.grants, today).map(|grant| grant.unit).collect();
    let is_ours = |unit: UnitId| {
        let mut relations = held.iter().map(|held| rights.units.relation(*held, unit));
        relations.any(|relation| relation != Relation::Elsewhere)
    };
    let met =
        |other: &&Account| other.id == account.id || other.grants.iter().any(|grant| is_ours(grant.unit));
    let colleagues = accounts.iter().filter(met).map(|other| Colleague {
        account: other.id,
        name: other.name.clone(),
        role: in_force(&other.grants, today)
            .find(|grant| is_ours(grant.unit))
            .map(|grant| grant.role),
    });
    let administrators = accounts.iter().filter(|other| is_administrator(other, today));
    let certificate_expires = app.certificate.as_ref().map(|certificate| certificate.expires());
    let notices = if is_administrator(&account, today) {
        notices(certificate_expires, now)
    } else {
        Vec::new()
    };
    let units = units.into_iter().filter(|unit| is_ours(unit.id));
    Ok(Me {
        account: account.id,
        enterprise: enterprise.id,
        enterprise_name: enterprise.name,
        units: units
            .map(|unit| Unit {
                id: unit.id,
                name: unit.name,
                kind: unit.kind,
            })
            .collect(),
        colleagues: colleagues.collect(),
        administrators: administrators.map(|other| other.name.clone()).collect(),
        certificate_expires,
        notices,
        moved_to: app.address.moved_to(headers).map(ToString::to_string),
        rights: rights.clone(),
        login: account.login.clone(),
        name: account.name.clone(),
        first_password: account.first_password,
        grants: account.grants,
    })
}

fn is_administrator(account: &Account, today: Date) -> bool {
    in_force(&account.grants, today).any(|grant| grant.role == Role::Administrator)
}

fn notices(certificate_expires: Option<Timestamp>, now: Timestamp) -> Vec<Notice> {
    let soon = certificate_expires.filter(|at| *at <= now.after(CERTIFICATE_NOTICE));
    soon.map(|at| Notice::CertificateExpires { at })
        .into_iter()
        .collect()
}
