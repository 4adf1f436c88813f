//! The audit log, for administrators of the whole enterprise.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use shared::limit::AUDIT_PAGE;
use shared::protocol::http::Problem;
use shared::protocol::http::audit::{Deed, Export, Filter, Record};

use super::admin::administrator;
use super::{App, Failure};
use crate::account::{SignedIn, blocking, by};
use crate::audit;
use crate::clock;
use crate::storage::Amendment;

/// `POST /api/admin/audit`
pub(super) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    filter: Result<Json<Filter>, JsonRejection>,
) -> Result<Json<Vec<Record>>, Failure> {
    let (_, filter) = asked(&app, signed_in, filter).await?;
    let storage = Arc::clone(&app.storage);
    let records = blocking(move || audit::newest(storage.as_ref(), &filter, AUDIT_PAGE)).await?;
    Ok(Json(records))
}

/// `POST /api/admin/audit/export`
pub(super) async fn export(
    State(app): State<App>,
    signed_in: SignedIn,
    filter: Result<Json<Filter>, JsonRejection>,
) -> Result<Response, Failure> {
    let (SignedIn { account, session }, filter) = asked(&app, signed_in, filter).await?;
    let storage = Arc::clone(&app.storage);
    let by = by(&account, Some(session.device));
    let csv = blocking(move || {
        let records = audit::newest(storage.as_ref(), &filter, usize::MAX)?;
        let what = Export::AuditLog;
        storage.amend(&by, &Amendment::Note(Deed::Exported { what }))?;
        audit::csv(&records, &storage.accounts()?)
    })
    .await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=audit.csv"),
    ];
    Ok((headers, csv).into_response())
}

async fn asked(
    app: &App,
    signed_in: SignedIn,
    filter: Result<Json<Filter>, JsonRejection>,
) -> Result<(SignedIn, Filter), Failure> {
    let signed_in = administrator(signed_in)?;
    let Ok(Json(filter)) = filter else {
        return Err(Problem::Malformed.into());
    };
    let rights = app.rights().await?;
    let storage = Arc::clone(&app.storage);
    let units = blocking(move || storage.units()).await?;
    let today = clock::now().date();
    let keeps_all = units
        .iter()
        .all(|unit| rights.may_administer(&signed_in.account.grants, today, unit.id));
    if keeps_all {
        Ok((signed_in, filter))
    } else {
        Err(Problem::NotFound.into())
    }
}
