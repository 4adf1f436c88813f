//! A request to the relay, and how far it has come.

use std::future::Future;

use yew::prelude::*;

use crate::browser::http::HttpError;

/// How far a request has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Asked {
    /// None was made, or the last one succeeded.
    #[default]
    Nothing,
    /// An answer is awaited.
    Waiting,
    /// It came to nothing.
    Failed(HttpError),
}

/// Makes requests, one at a time.
#[derive(Clone)]
pub struct Request(UseStateHandle<Asked>);

impl Request {
    /// How far the last one has come.
    #[must_use]
    pub fn asked(&self) -> &Asked {
        &self.0
    }

    /// Whether an answer is awaited.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        *self.0 == Asked::Waiting
    }

    /// Forgets how the last one failed.
    pub fn forget(&self) {
        self.0.set(Asked::Nothing);
    }

    /// Makes a request, and does something once it has succeeded.
    pub fn make<T: 'static>(
        &self,
        request: impl Future<Output = Result<T, HttpError>> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        let asked = self.0.setter();
        asked.set(Asked::Waiting);
        yew::platform::spawn_local(async move {
            match request.await {
                Ok(answer) => {
                    asked.set(Asked::Nothing);
                    then(answer);
                }
                Err(why) => asked.set(Asked::Failed(why)),
            }
        });
    }
}

/// Makes requests.
#[hook]
pub fn use_request() -> Request {
    Request(use_state(Asked::default))
}
