//! Why an order was not carried out, in words for the terminal.

use shared::limit::{LOGIN_BYTES, NAME_CHARS};
use shared::protocol::http::admin::Wrong;

pub(super) fn words(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Name { .. } => format!("a name has 1 to {NAME_CHARS} characters, all of them visible"),
        Wrong::Login { .. } => format!("a login has 1 to {LOGIN_BYTES} characters and no space"),
        Wrong::LoginTaken { .. } => "there is an account of this login already".to_owned(),
        Wrong::UnitTaken { .. } => "there is a unit of this name already".to_owned(),
        Wrong::NoUnit { .. } => "there is no unit of this name".to_owned(),
        Wrong::Place { .. } => "a unit of this kind cannot stand there".to_owned(),
        Wrong::SecondTop { .. } => {
            "one unit stands at the top already: name the one above the new unit with --above".to_owned()
        }
        Wrong::Gone => "there is no such thing".to_owned(),
        Wrong::Days => "the last day is before the first".to_owned(),
        Wrong::LastAdministrator => {
            "the enterprise would be left without an administrator who has no last day".to_owned()
        }
        Wrong::TooMany { most } => format!("more than {most} rows"),
    }
}
