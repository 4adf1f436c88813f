//! Sheets for those above and for branches themselves, and requests for details of appraisals.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use shared::access::UnitKind;
use shared::id::{AccountId, UnitId};
use shared::limit::{REASON_CHARS, SHEETS_AGAIN_SECONDS};
use shared::protocol::http::Problem;
use shared::protocol::http::audit::{Deed, Record};
use shared::protocol::http::sheets::{AskDetails, AskedDetails, Sheet};
use shared::sheet::below;

use super::{App, Failure};
use crate::account::{SignedIn, blocking, by};
use crate::clock;
use crate::sheets::{SheetError, Wanted};
use crate::storage::{Amendment, Unit};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    year: u16,
}

impl From<SheetError> for Failure {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::Busy => Self::Problem(Problem::SlowDown {
                seconds: SHEETS_AGAIN_SECONDS,
            }),
            SheetError::Storage(source) => Self::Storage(source),
        }
    }
}

/// `GET /api/sheets`
pub(super) async fn show(
    State(app): State<App>,
    SignedIn { account, .. }: SignedIn,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Sheet>, Failure> {
    let Ok(Query(Asked { year })) = asked else {
        return Err(Problem::Malformed.into());
    };
    let (rights, on) = (app.rights().await?, clock::now().date());
    let storage = Arc::clone(&app.storage);
    let units = blocking(move || storage.units()).await?;
    let of_kind = |kind: UnitKind| {
        let units = units.iter().filter(move |unit: &&Unit| unit.kind == kind);
        units.map(|unit| unit.id).collect::<Vec<UnitId>>()
    };
    let all = of_kind(UnitKind::Branch);
    let mut branches = all.clone();
    branches.retain(|branch| rights.sees_line(&account.grants, on, *branch));
    if branches.is_empty() {
        return Err(Problem::NotFound.into());
    }
    let mut lines = app.sheets.lines(Wanted { year, on, branches }).await?;
    for line in &mut lines {
        if !rights.sees_appraisal(&account.grants, on, line.unit) {
            line.figures.appraisal = None;
        }
    }
    let between = below(&rights.units, &of_kind(UnitKind::GeneralBranch), &all);
    Ok(Json(Sheet::new(year, on, lines, &between)))
}

/// `POST /api/sheets/request`
pub(super) async fn request(
    State(app): State<App>,
    SignedIn { account, session }: SignedIn,
    body: Result<Json<AskDetails>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let Ok(Json(AskDetails { branch, reason })) = body else {
        return Err(Problem::Malformed.into());
    };
    let reason = reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS {
        return Err(Problem::Malformed.into());
    }
    let (rights, today) = (app.rights().await?, clock::now().date());
    if !rights.stands_above(&account.grants, today, branch) {
        return Err(Problem::NotFound.into());
    }
    let deed = Deed::DetailsAsked { unit: branch, reason };
    let (storage, by) = (Arc::clone(&app.storage), by(&account, Some(session.device)));
    blocking(move || storage.amend(&by, &Amendment::Note(deed))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/sheets/requests`
pub(super) async fn requests(
    State(app): State<App>,
    SignedIn { account, .. }: SignedIn,
) -> Result<Json<Vec<AskedDetails>>, Failure> {
    let (rights, today) = (app.rights().await?, clock::now().date());
    let (storage, known) = (Arc::clone(&app.storage), app.requests.clone());
    let read = move || {
        let is_for = |record: &Record| match &record.deed {
            Deed::DetailsAsked { unit, .. } => {
                record.account == Some(account.id) || rights.is_secretary(&account.grants, today, *unit)
            }
            _ => false,
        };
        let records = known.newest(storage.as_ref(), is_for)?;
        let accounts = storage.accounts()?.into_iter();
        let people: BTreeMap<AccountId, String> =
            accounts.map(|account| (account.id, account.name)).collect();
        let units = storage.units()?.into_iter();
        let units: BTreeMap<UnitId, String> = units.map(|unit| (unit.id, unit.name)).collect();
        Ok((records, people, units))
    };
    let (records, people, units) = blocking(read).await?;
    let item = |record: Record| match record.deed {
        Deed::DetailsAsked { unit, reason } => Some(AskedDetails {
            number: record.number,
            branch: unit,
            unit: units.get(&unit).cloned().unwrap_or_default(),
            account: record.account?,
            name: record.account.and_then(|account| people.get(&account).cloned()),
            at: record.at,
            reason,
        }),
        _ => None,
    };
    Ok(Json(records.into_iter().filter_map(item).collect()))
}
