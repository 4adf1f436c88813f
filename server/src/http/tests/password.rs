//! First passwords, one's own password, and one-time codes.

use axum::http::{Method, StatusCode};
use shared::access::{Grant, Role};
use shared::protocol::http::audit::{Deed, Record};
use shared::protocol::http::{ChangePassword, Me, Problem, Reset};
use shared::time::Timestamp;

use super::{GU, LIN, OURS, PASSWORD, World, cookie_of, json, own, request};
use crate::account::hash_password;
use crate::clock;
use crate::http::table::{Asks, ROWS};
use crate::storage::{Account, Amendment, By, ResetCode, Storage as _};

pub(super) const NEW: &str = "a password of my own";

impl World {
    pub(super) async fn posts(
        &self,
        cookie: &str,
        path: &str,
        body: &impl serde::Serialize,
    ) -> axum::response::Response {
        let body = serde_json::to_string(body).unwrap();
        let mut request = own(request(Method::POST, path, &body));
        if !cookie.is_empty() {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        self.ask(request).await
    }

    fn amends(&self, amendment: Amendment) {
        self.storage.amend(&By::relay(clock::now()), &amendment).unwrap();
    }
}

fn change(old: &str, new: &str) -> ChangePassword {
    ChangePassword {
        old: old.to_owned(),
        new: new.to_owned(),
    }
}

#[tokio::test]
async fn with_the_first_password_nothing_is_served_before_it_is_changed() {
    let world = World::new();
    let newcomer = Account {
        id: shared::id::AccountId::from_bytes([9; 16]),
        login: "new".to_owned(),
        name: "新".to_owned(),
        password: hash_password(PASSWORD, [9; 16]),
        first_password: true,
        grants: vec![Grant::new(OURS, Role::Secretary)],
    };
    world.amends(Amendment::AddAccounts(vec![newcomer]));
    let cookie = cookie_of(&world.sign_in("new", PASSWORD).await);
    assert!(
        json::<Me>(world.get_as(&cookie, "/api/me").await)
            .await
            .first_password
    );
    for row in ROWS.iter().filter(|row| row.asks == Asks::Session) {
        let path = row.path.replace("{id}", "00");
        let mut request = own(request(row.method.clone(), &path, "{}"));
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        let answer = world.ask(request).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{}", row.path);
        assert_eq!(json::<Problem>(answer).await, Problem::ChangePassword);
    }
    let answer = world
        .posts(&cookie, "/api/me/password", &change(PASSWORD, NEW))
        .await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    let fresh = cookie_of(&answer);
    assert_ne!(fresh, cookie);
    assert_eq!(
        world.get_as(&fresh, "/api/ledgers").await.status(),
        StatusCode::OK
    );
    assert_eq!(
        world.get_as(&cookie, "/api/me").await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn ones_own_password_is_changed_by_who_knows_the_old_one() {
    let world = World::new();
    let (here, there) = (world.cookie().await, world.cookie().await);
    let asks = async |change: ChangePassword| {
        let answer = world.posts(&here, "/api/me/password", &change).await;
        (answer.status().is_success(), answer)
    };
    for (wrong, problem) in [
        (change("not it at all", NEW), Problem::WrongPassword),
        (change(PASSWORD, "short"), Problem::WeakPassword),
        (change(PASSWORD, PASSWORD), Problem::WeakPassword),
    ] {
        let (changed, answer) = asks(wrong).await;
        assert!(!changed);
        assert_eq!(json::<Problem>(answer).await, problem);
    }
    let (changed, _) = asks(change(PASSWORD, NEW)).await;
    assert!(changed);
    assert_eq!(
        world.get_as(&there, "/api/me").await.status(),
        StatusCode::UNAUTHORIZED,
        "all sessions end"
    );
    assert_eq!(
        world.sign_in("lin", PASSWORD).await.status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(world.sign_in("lin", NEW).await.status(), StatusCode::OK);
}

/// The failures to sign in that the audit log knows of.
fn failures(world: &World) -> Vec<Option<shared::id::AccountId>> {
    let lines = world.storage.audit(1, 1_000).unwrap();
    let read = lines
        .iter()
        .map(|line| serde_json::from_str::<Record>(&line.text).unwrap().deed);
    let failed = read.filter_map(|deed| match deed {
        Deed::SignInFailed { subject } => Some(subject),
        _ => None,
    });
    failed.collect()
}

#[tokio::test]
async fn wrong_codes_and_wrong_old_passwords_are_in_the_audit_log_and_weak_new_ones_cost_no_guess() {
    let world = World::new();
    let cookie = world.cookie().await;
    let until = clock::now().after(std::time::Duration::from_mins(5));
    let hash = hash_password("abcdefghjkmn", [1; 16]);
    world.amends(Amendment::AllowReset(LIN, ResetCode { hash, until }));
    let reset = |login: &str, code: &str, password: &str| Reset {
        login: login.to_owned(),
        code: code.to_owned(),
        password: password.to_owned(),
    };
    for _ in 0..6 {
        let answer = world
            .posts("", "/api/reset", &reset("lin", "wrong", "short"))
            .await;
        assert_eq!(json::<Problem>(answer).await, Problem::WeakPassword);
        let weak = world
            .posts(&cookie, "/api/me/password", &change("wrong", "short"))
            .await;
        assert_eq!(json::<Problem>(weak).await, Problem::WeakPassword);
    }
    assert_eq!(failures(&world), []);
    for login in ["lin", "nobody"] {
        let answer = world.posts("", "/api/reset", &reset(login, "wrong", NEW)).await;
        assert_eq!(json::<Problem>(answer).await, Problem::WrongPassword);
    }
    let answer = world
        .posts(&cookie, "/api/me/password", &change("wrong one", NEW))
        .await;
    assert_eq!(json::<Problem>(answer).await, Problem::WrongPassword);
    assert_eq!(failures(&world), [Some(LIN), None, Some(LIN)]);
}

#[tokio::test]
async fn of_two_who_use_one_code_at_once_one_gets_in() {
    let world = World::new();
    let until = clock::now().after(std::time::Duration::from_mins(5));
    let hash = hash_password("abcdefghjkmn", [1; 16]);
    world.amends(Amendment::AllowReset(LIN, ResetCode { hash, until }));
    let reset = |password: &str| Reset {
        login: "lin".to_owned(),
        code: "abcdefghjkmn".to_owned(),
        password: password.to_owned(),
    };
    let (first, second) = (reset(NEW), reset("another password"));
    let (first, second) = tokio::join!(
        world.posts("", "/api/reset", &first),
        world.posts("", "/api/reset", &second)
    );
    let done = [first.status(), second.status()];
    assert!(
        done.contains(&StatusCode::NO_CONTENT) && done.contains(&StatusCode::UNAUTHORIZED),
        "{done:?}"
    );
}

#[tokio::test]
async fn a_one_time_code_works_once_in_time_and_for_its_account() {
    let world = World::new();
    let now = clock::now();
    let allow = |until: Timestamp| {
        let hash = hash_password("abcdefghjkmn", [1; 16]);
        world.amends(Amendment::AllowReset(LIN, ResetCode { hash, until }));
    };
    let resets = async |login: &str, code: &str| {
        let reset = Reset {
            login: login.to_owned(),
            code: code.to_owned(),
            password: NEW.to_owned(),
        };
        world.posts("", "/api/reset", &reset).await.status()
    };
    allow(Timestamp(now.0 - 1));
    assert_eq!(
        resets("lin", "abcdefghjkmn").await,
        StatusCode::UNAUTHORIZED,
        "too late"
    );
    allow(now.after(std::time::Duration::from_mins(5)));
    assert_eq!(resets("gu", "abcdefghjkmn").await, StatusCode::UNAUTHORIZED);
    assert_eq!(resets("lin", "abcdefghjkmm").await, StatusCode::UNAUTHORIZED);
    let cookie = world.cookie().await;
    assert_eq!(resets("Lin", " ABCDEFGHJKMN ").await, StatusCode::NO_CONTENT);
    assert_eq!(
        world.get_as(&cookie, "/api/me").await.status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(world.sign_in("lin", NEW).await.status(), StatusCode::OK);
    assert_eq!(
        resets("lin", "abcdefghjkmn").await,
        StatusCode::UNAUTHORIZED,
        "once"
    );
    assert_eq!(world.storage.reset_code(GU).unwrap(), None);
}
