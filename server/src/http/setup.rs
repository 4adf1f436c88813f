//! The first administrator of an empty store, by the one-time link that the relay has printed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use shared::access::{Grant, Role};
use shared::enrol::{is_strong, login, name};
use shared::id::{AccountId, UnitId};
use shared::protocol::http::Problem;
use shared::protocol::http::Setup as Body;
use shared::protocol::http::admin::Wrong;
use uuid::Uuid;

use super::{App, Failure};
use crate::account::{Token, blocking, hash_password};
use crate::clock;
use crate::register;
use crate::storage::{Account, Amendment, By, Unit};

/// What the link must carry, for as long as nobody has used it.
#[derive(Clone, Debug, Default)]
pub struct Setup(Arc<tokio::sync::Mutex<Option<Token>>>);

impl Setup {
    /// A store that waits for this token.
    #[must_use]
    pub fn by(token: Token) -> Self {
        Self(Arc::new(tokio::sync::Mutex::new(Some(token))))
    }
}

/// `POST /api/setup`
pub(super) async fn set_up(
    State(app): State<App>,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let Ok(Json(body)) = body else {
        return Err(Problem::Malformed.into());
    };
    // Held until it is done: of two who use the link at once, one is first.
    let mut waiting = app.setup.0.lock().await;
    let given: Option<Token> = body.token.parse().ok();
    if waiting.is_none() || given.map(|token| token.hash()) != waiting.as_ref().map(Token::hash) {
        return Err(Problem::NotFound.into());
    }
    let wrong = |why| Failure::from(Problem::Wrong { why });
    let enterprise = name(&body.enterprise).ok_or_else(|| wrong(Wrong::Name { row: 0 }))?;
    let person = name(&body.name).ok_or_else(|| wrong(Wrong::Name { row: 1 }))?;
    let login = login(&body.login).ok_or_else(|| wrong(Wrong::Login { row: 0 }))?;
    if !is_strong(&body.password) {
        return Err(Problem::WeakPassword.into());
    }
    let (storage, id, kind) = (Arc::clone(&app.storage), app.enterprise.id, body.kind);
    blocking(move || {
        let by = By::relay(clock::now());
        let unit = Unit {
            id: UnitId(Uuid::new_v4()),
            name: enterprise.clone(),
            kind,
            parent: None,
        };
        let account = Account {
            id: AccountId(Uuid::new_v4()),
            login,
            name: person,
            password: hash_password(&body.password, rand::random()),
            first_password: false,
            grants: vec![Grant::new(unit.id, Role::Administrator)],
        };
        let year = u16::try_from(by.at.date().year()).unwrap_or_default();
        let ledgers = register::of_unit(id, &unit, year);
        storage.amend(&by, &Amendment::NameEnterprise(enterprise))?;
        storage.amend(&by, &Amendment::AddUnits(vec![unit], ledgers))?;
        // Last: as long as there is no account, the next start prints another link.
        storage.amend(&by, &Amendment::AddAccounts(vec![account]))
    })
    .await?;
    *waiting = None;
    app.relay.refresh();
    Ok(StatusCode::NO_CONTENT)
}
