//! What a version must be to be kept.

use crate::storage::Storage as _;
use axum::http::{Method, StatusCode, header};
use shared::limit::{SETTING_BODY_BYTES, SETTING_BYTES, SETTINGS};
use shared::protocol::http::Problem;
use shared::setting::{BodyProblem, Draft, Wrong};

use super::super::{json, own, request};
use super::{draft, world};

#[tokio::test]
async fn a_version_that_cannot_be_kept_is_named_and_not_kept() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    let with_body = |body: String| Draft { body, ..draft(0) };
    let long = with_body(format!("[\"{}\"]", "x".repeat(SETTING_BYTES)));
    let garbled = with_body("{\"分值\": }".to_owned());
    let deep = with_body("[".repeat(100));
    let body = |why| Wrong::Body { why };
    for (draft, why) in [
        (long, body(BodyProblem::TooLong { most: SETTING_BYTES })),
        (garbled, body(BodyProblem::NotJson { line: 1, column: 12 })),
        (deep, body(BodyProblem::TooDeep { most: 32 })),
        (with_body("\"词\"".to_owned()), body(BodyProblem::Bare)),
        (
            Draft {
                name: "../annual".to_owned(),
                ..draft(0)
            },
            Wrong::Name,
        ),
        (
            Draft {
                title: "\n".to_owned(),
                ..draft(0)
            },
            Wrong::Title,
        ),
        (
            Draft {
                note: String::new(),
                ..draft(1)
            },
            Wrong::Note,
        ),
    ] {
        world
            .is_refused(&jiang, &draft, StatusCode::UNPROCESSABLE_ENTITY, why)
            .await;
    }
    let no_draft = world.posts(&jiang, "/api/settings", &"{").await;
    assert_eq!(json::<Problem>(no_draft).await, Problem::Malformed);
    let endless = with_body("x".repeat(SETTING_BODY_BYTES));
    let refused = world.posts(&jiang, "/api/settings", &endless).await;
    assert_eq!(json::<Problem>(refused).await, Problem::TooLarge);
    let mut cut_off = own(request(Method::POST, "/api/settings", "{\"kind\":"));
    cut_off
        .headers_mut()
        .insert(header::COOKIE, jiang.parse().unwrap());
    assert_eq!(world.ask(cut_off).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.storage.setting_heads().unwrap(), []);
}

#[tokio::test]
async fn the_longest_body_full_of_quotes_comes_through() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    let words = "\"\",".repeat(SETTING_BYTES / 3 - 2);
    let longest = Draft {
        body: format!("[{words}\"\"]"),
        ..draft(0)
    };
    assert!(longest.body.len() > SETTING_BYTES - 16);
    world.adds(&jiang, &longest).await;
    assert_eq!(world.settings(&jiang, "").await[0].body, longest.body);
}

#[tokio::test]
async fn there_are_no_more_settings_than_one_answer_holds() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    let named = |number: usize, after| Draft {
        name: format!("calendar-{number}"),
        ..draft(after)
    };
    for number in 0..SETTINGS {
        world.adds(&jiang, &named(number, 0)).await;
    }
    let why = Wrong::TooMany { most: SETTINGS };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    world
        .is_refused(&jiang, &named(SETTINGS, 0), unprocessable, why)
        .await;
    world.adds(&jiang, &named(3, 1)).await;
    let why = Wrong::Overtaken { newest: 1 };
    world
        .is_refused(&jiang, &named(4, 0), StatusCode::CONFLICT, why)
        .await;
}
