//! What devices and the office are answered.

use axum::http::{Method, StatusCode, header};
use shared::limit::SETTING_DIGESTS;
use shared::protocol::http::Problem;
use shared::setting::{Draft, Head, SettingKind};

use super::super::{body, json, request};
use super::{draft, world};

#[tokio::test]
async fn devices_get_the_newest_of_each_and_the_versions_they_name() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    let mut heads = Vec::new();
    for after in 0..3 {
        heads.push(world.adds(&jiang, &draft(after)).await);
    }
    let calendar = Draft {
        kind: SettingKind::Calendar,
        body: "{\"year\":2031,\"holidays\":[],\"workdays\":[]}".to_owned(),
        ..draft(0)
    };
    world.adds(&jiang, &calendar).await;
    let lin = world.cookie_for("lin").await;
    let shown = async |query: &str| {
        let settings = world.settings(&lin, query).await;
        let shown = settings.iter().map(|setting| (setting.kind, setting.version));
        shown.collect::<Vec<_>>()
    };
    let (calendar, words) = (SettingKind::Calendar, SettingKind::Words);
    assert_eq!(shown("").await, [(calendar, 1), (words, 3)]);
    let first = &heads[0].digest;
    let named = format!("?digest={first}&digest={}&digest={first}", heads[2].digest);
    assert_eq!(shown(&named).await, [(calendar, 1), (words, 1), (words, 3)]);
    let unknown = format!("?digest={}", "0".repeat(64));
    assert_eq!(shown(&unknown).await, [(calendar, 1), (words, 3)]);

    // Back to what was said before: whoever names that gets it once.
    let again = Draft {
        body: draft(0).body,
        ..draft(3)
    };
    world.adds(&jiang, &again).await;
    assert_eq!(shown(&named).await, [(calendar, 1), (words, 3), (words, 4)]);

    let most = "&digest=".to_owned() + first;
    for (query, status) in [
        (format!("?{}", most.repeat(SETTING_DIGESTS)), StatusCode::OK),
        (
            format!("?{}", most.repeat(SETTING_DIGESTS + 1)),
            StatusCode::BAD_REQUEST,
        ),
        ("?digest=".to_owned(), StatusCode::BAD_REQUEST),
        (
            format!("?digest={}", first.to_uppercase()),
            StatusCode::BAD_REQUEST,
        ),
        (format!("?kind={first}"), StatusCode::BAD_REQUEST),
    ] {
        let answer = world.get_as(&lin, &format!("/api/settings{query}")).await;
        assert_eq!(answer.status(), status, "{query}");
    }
}

#[tokio::test]
async fn what_one_has_is_not_sent_again() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    let ask = async |query: &str, tag: Option<&str>| {
        let mut request = request(Method::GET, &format!("/api/settings{query}"), "");
        let headers = request.headers_mut();
        headers.insert(header::COOKIE, jiang.parse().unwrap());
        if let Some(tag) = tag {
            headers.insert(header::IF_NONE_MATCH, tag.parse().unwrap());
        }
        let answer = world.ask(request).await;
        let tag = answer.headers()[header::ETAG].to_str().unwrap().to_owned();
        let status = answer.status();
        (status, tag, body(answer).await)
    };
    let (status, empty, bytes) = ask("", None).await;
    assert_eq!((status, bytes.as_slice()), (StatusCode::OK, b"[]".as_slice()));
    assert_eq!(ask("", Some(&empty)).await.0, StatusCode::NOT_MODIFIED);
    let first = world.adds(&jiang, &draft(0)).await;
    let (status, one, _) = ask("", Some(&empty)).await;
    assert_eq!(status, StatusCode::OK);
    for named in [one.clone(), format!("W/{one}"), format!("{empty}, {one}")] {
        let (status, tag, bytes) = ask("", Some(&named)).await;
        assert_eq!(
            (status, tag == one, bytes.len()),
            (StatusCode::NOT_MODIFIED, true, 0)
        );
    }
    // Another title over the same body is another version.
    let renamed = Draft {
        title: "考核方案".to_owned(),
        body: draft(0).body,
        ..draft(1)
    };
    world.adds(&jiang, &renamed).await;
    let (status, two, _) = ask("", Some(&one)).await;
    assert_eq!(status, StatusCode::OK);
    world.adds(&jiang, &draft(2)).await;
    let named = format!("?digest={}", first.digest);
    assert_eq!(ask(&named, Some(&two)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_office_sees_every_version_of_a_setting_without_its_body() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    let heads = [
        world.adds(&jiang, &draft(0)).await,
        world.adds(&jiang, &draft(1)).await,
    ];
    let seen: Vec<Head> = json(world.get_as(&jiang, "/api/settings/words/annual").await).await;
    assert_eq!(seen, heads);
    let none: Vec<Head> = json(world.get_as(&jiang, "/api/settings/scheme/half").await).await;
    assert_eq!(none, []);
    let unknown = world.get_as(&jiang, "/api/settings/schemes/annual").await;
    assert_eq!(json::<Problem>(unknown).await, Problem::NotFound);
}
