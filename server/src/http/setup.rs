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
use crate::storage::{Account, Amendment, By, StorageError, Unit};

/// What the link must carry, for as long as nobody has used it and there is no account.
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
    let set_up = blocking(move || {
        let by = By::relay(clock::now());
        let known = storage.units()?.into_iter().find(|unit| unit.parent.is_none());
        let is_new = known.is_none();
        let unit = known.unwrap_or_else(|| Unit {
            id: UnitId(Uuid::new_v4()),
            name: enterprise.clone(),
            kind,
            parent: None,
        });
        let account = Account {
            id: AccountId(Uuid::new_v4()),
            login,
            name: person,
            password: hash_password(&body.password, rand::random()),
            first_password: false,
            grants: vec![Grant::new(unit.id, Role::Administrator)],
        };
        let year = u16::try_from(by.at.date().year()).unwrap_or_default();
        let set_up = Amendment::SetUp {
            enterprise,
            ledgers: register::of_unit(id, &unit, year),
            top: is_new.then_some(unit),
            account,
        };
        storage.amend(&by, &set_up)
    });
    match set_up.await {
        Ok(()) => *waiting = None,
        // Somebody was added at the command line: the link is for an empty store.
        Err(StorageError::NotEmpty) => {
            *waiting = None;
            return Err(Problem::NotFound.into());
        }
        Err(problem) => return Err(problem.into()),
    }
    app.relay.refresh();
    Ok(StatusCode::NO_CONTENT)
}
