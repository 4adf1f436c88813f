//! Words for requests that came to nothing.

use shared::limit::{LOGIN_BYTES, NAME_CHARS, ORDER_ROWS, PASSWORD_CHARS};
use shared::protocol::http::Problem;
use shared::protocol::http::admin::Wrong;
use yew::AttrValue;

use crate::browser::http::HttpError;
use crate::hooks::Request;
use crate::i18n::{AccessNote, AdminNote, Language};
use crate::intake::RowWrong;

/// What is said of a request that failed, if it did.
pub(crate) fn problem(language: Language, request: &Request) -> Option<AttrValue> {
    match request.asked() {
        crate::hooks::Asked::Failed(why) => Some(failed(language, why)),
        crate::hooks::Asked::Nothing | crate::hooks::Asked::Waiting => None,
    }
}

/// Why a request came to nothing.
pub(crate) fn failed(language: Language, why: &HttpError) -> AttrValue {
    let note = match why {
        HttpError::Unreachable | HttpError::Problem(Problem::TooSlow) => AccessNote::Unreachable,
        HttpError::Problem(Problem::Wrong { why }) => return language.note(&wrong(why)),
        HttpError::Problem(Problem::SignIn | Problem::ChangePassword) => AccessNote::SignInFirst,
        HttpError::Problem(Problem::WrongPassword) => AccessNote::OldWrong,
        HttpError::Problem(Problem::WeakPassword) => AccessNote::Weak {
            least: PASSWORD_CHARS,
        },
        HttpError::Problem(Problem::SlowDown { seconds }) => AccessNote::SlowDown { seconds: *seconds },
        HttpError::Problem(Problem::NotFound) => AccessNote::NotFound,
        HttpError::Problem(Problem::TooLarge) => {
            return language.note(&AdminNote::TooMany { most: ORDER_ROWS });
        }
        // No page sends a setting yet: the one that does will say what is wrong with it.
        HttpError::Problem(
            Problem::ForeignOrigin | Problem::Malformed | Problem::Failed | Problem::Setting { .. },
        )
        | HttpError::Unreadable => AccessNote::Failed,
    };
    language.note(&note)
}

/// Why an order was not carried out.
pub(crate) const fn wrong(wrong: &Wrong) -> AdminNote<'static> {
    match wrong {
        Wrong::Name { .. } => AdminNote::NameBad { most: NAME_CHARS },
        Wrong::Login { .. } => AdminNote::LoginBad { most: LOGIN_BYTES },
        Wrong::LoginTaken { .. } => AdminNote::LoginTaken,
        Wrong::UnitTaken { .. } => AdminNote::UnitTaken,
        Wrong::NoUnit { .. } => AdminNote::NoUnit,
        Wrong::Place { .. } => AdminNote::Place,
        Wrong::SecondTop { .. } => AdminNote::SecondTop,
        Wrong::Gone => AdminNote::Gone,
        Wrong::Days => AdminNote::DaysTurned,
        Wrong::LastAdministrator => AdminNote::LastAdministrator,
        Wrong::TooMany { most } => AdminNote::TooMany { most: *most },
    }
}

/// What is wrong with a row of a sheet.
pub(crate) const fn row(row: &RowWrong) -> AdminNote<'static> {
    match row {
        RowWrong::NoSuchKind => AdminNote::NoSuchKind,
        RowWrong::NoSuchRole => AdminNote::NoSuchRole,
        RowWrong::OtherName => AdminNote::OtherName,
        RowWrong::Wrong(why) => wrong(why),
    }
}
