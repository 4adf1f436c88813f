//! First passwords, one's own password, one-time codes, and the first administrator.

use axum::http::{Method, StatusCode};
use shared::access::{Grant, Role, UnitKind};
use shared::protocol::http::{ChangePassword, Me, Problem, Reset, Setup as Body};
use shared::time::Timestamp;

use super::world::Setting;
use super::{ENTERPRISE, GU, LIN, OURS, PASSWORD, World, cookie_of, json, own, request};
use crate::account::{Token, hash_password};
use crate::clock;
use crate::http::Setup;
use crate::http::table::{Asks, ROWS};
use crate::storage::memory::MemoryStorage;
use crate::storage::{Account, Amendment, By, Enterprise, ResetCode, Storage as _};

const NEW: &str = "a password of my own";

impl World {
    async fn posts(
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

/// The store of a relay that nobody has set up.
fn nobodys() -> MemoryStorage {
    let storage = MemoryStorage::new();
    let enterprise = Enterprise {
        id: ENTERPRISE,
        name: String::new(),
        demo: Vec::new(),
    };
    storage.found(&enterprise, &[]).unwrap();
    storage
}

#[tokio::test]
async fn the_link_is_of_no_use_once_somebody_was_added_at_the_command_line() {
    let token = Token::new([5; 32]);
    let world = World::of(Setting {
        setup: Setup::by(token.clone()),
        ..Setting::default()
    });
    let before = world.storage.audited().unwrap();
    let body = Body {
        token: token.expose(),
        enterprise: "青梧装备".to_owned(),
        kind: UnitKind::PartyCommittee,
        login: "admin".to_owned(),
        name: "秦望舒".to_owned(),
        password: NEW.to_owned(),
    };
    for _ in 0..2 {
        let answer = world.posts("", "/api/setup", &body).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(
        world.storage.account_of("admin").unwrap().map(|found| found.id),
        None
    );
    assert_eq!(world.storage.enterprise().unwrap().unwrap().name, "青梧");
    assert_eq!(world.storage.audited().unwrap(), before);
}

#[tokio::test]
async fn the_link_of_an_empty_store_makes_one_administrator_and_no_second() {
    let token = Token::new([5; 32]);
    let world = World::of(Setting {
        setup: Setup::by(token.clone()),
        store: nobodys,
        ..Setting::default()
    });
    let body = |token: &str, password: &str| Body {
        token: token.to_owned(),
        enterprise: "青梧装备".to_owned(),
        kind: UnitKind::PartyCommittee,
        login: "admin".to_owned(),
        name: "秦望舒".to_owned(),
        password: password.to_owned(),
    };
    let asks = async |token: &str, password: &str| {
        world
            .posts("", "/api/setup", &body(token, password))
            .await
            .status()
    };
    let good = token.expose();
    assert_eq!(asks(&"00".repeat(32), NEW).await, StatusCode::NOT_FOUND);
    assert_eq!(asks("", NEW).await, StatusCode::NOT_FOUND);
    assert_eq!(asks(&good, "short").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(asks(&good, NEW).await, StatusCode::NO_CONTENT);
    assert_eq!(asks(&good, NEW).await, StatusCode::NOT_FOUND, "once");
    let cookie = cookie_of(&world.sign_in("admin", NEW).await);
    let me: Me = json(world.get_as(&cookie, "/api/me").await).await;
    assert_eq!(me.enterprise_name, "青梧装备");
    assert_eq!(me.grants[0].role, Role::Administrator);
    assert_eq!(world.get_as(&cookie, "/api/admin").await.status(), StatusCode::OK);
    assert_eq!(
        World::new()
            .posts("", "/api/setup", &body(&good, NEW))
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
}
