//! Answers that are not a success.

use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::limit::SIGN_IN_AGAIN_SECONDS;
use shared::protocol::http::Problem;
use shared::setting;

use crate::account::SignInProblem;
use crate::admin::OrderError;
use crate::storage::StorageError;

/// Why a request is not answered as it hoped.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What the client is told, which is all there is to say.
    #[error("{0:?}")]
    Problem(Problem),
    /// The store failed; the client is told no more than that.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What went wrong inside, for the log alone.
#[derive(Clone)]
struct Cause(Arc<StorageError>);

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<SignInProblem> for Failure {
    fn from(problem: SignInProblem) -> Self {
        match problem {
            SignInProblem::Wrong => Self::Problem(Problem::WrongPassword),
            SignInProblem::Busy | SignInProblem::Overtaken => Self::Problem(Problem::SlowDown {
                seconds: SIGN_IN_AGAIN_SECONDS,
            }),
            SignInProblem::Weak => Self::Problem(Problem::WeakPassword),
            SignInProblem::SlowDown { seconds } => Self::Problem(Problem::SlowDown { seconds }),
            SignInProblem::Storage(source) => Self::Storage(source),
        }
    }
}

impl From<OrderError> for Failure {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::Wrong(why) => Self::Problem(Problem::Wrong { why }),
            OrderError::Storage(source) => Self::Storage(source),
        }
    }
}

impl From<setting::Wrong> for Failure {
    fn from(why: setting::Wrong) -> Self {
        Self::Problem(Problem::Setting { why })
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => answer(problem),
            Self::Storage(source) => {
                let mut response = answer(Problem::Failed);
                response.extensions_mut().insert(Cause(Arc::new(source)));
                response
            }
        }
    }
}

fn answer(problem: Problem) -> Response {
    let status = match problem {
        Problem::SignIn | Problem::WrongPassword => StatusCode::UNAUTHORIZED,
        Problem::SlowDown { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::ForeignOrigin | Problem::ChangePassword => StatusCode::FORBIDDEN,
        Problem::Setting {
            why: setting::Wrong::Overtaken { .. },
        } => StatusCode::CONFLICT,
        Problem::WeakPassword | Problem::Wrong { .. } | Problem::Setting { .. } => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::Malformed => StatusCode::BAD_REQUEST,
        Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::TooSlow => StatusCode::REQUEST_TIMEOUT,
        Problem::Failed => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let wait = match problem {
        Problem::SlowDown { seconds } => Some(HeaderValue::from(seconds)),
        _ => None,
    };
    let mut response = refuse(status, problem);
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    response
}

/// The one place that logs what failed inside.
pub(super) async fn log(response: Response) -> Response {
    if let Some(Cause(source)) = response.extensions().get() {
        tracing::error!(%source, "a request failed");
    }
    response
}

pub(super) async fn not_found() -> Failure {
    Problem::NotFound.into()
}

pub(super) async fn not_allowed() -> Response {
    refuse(StatusCode::METHOD_NOT_ALLOWED, Problem::NotFound)
}

/// What is refused now may be granted in a moment: nobody keeps it.
fn refuse(status: StatusCode, problem: Problem) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(problem)).into_response()
}
