//! The first administrator, by the link of an empty store.

use axum::http::StatusCode;
use shared::access::{Role, UnitKind};
use shared::protocol::http::{Me, Setup as Body};

use super::password::NEW;
use super::world::Setting;
use super::{ENTERPRISE, World, cookie_of, json};
use crate::account::Token;
use crate::http::Setup;
use crate::storage::memory::MemoryStorage;
use crate::storage::{Enterprise, Storage as _};

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
