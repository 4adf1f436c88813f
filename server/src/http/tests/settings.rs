//! Enterprise settings: who gets them, who changes them, and what a version must be.

use axum::http::StatusCode;
use shared::access::{Grant, Role, UnitKind};
use shared::id::{AccountId, DeviceId, UnitId};
use shared::protocol::http::Problem;
use shared::protocol::http::audit::{Deed, Record};
use shared::setting::{Draft, Head, Setting, SettingKind, Wrong, digest};

use super::world::Setting as Place;
use super::{ENTERPRISE, LIN, OURS, PASSWORD, World, cookie_of, json};
use crate::account::hash_password;
use crate::clock;
use crate::storage::memory::MemoryStorage;
use crate::storage::{Account, Amendment, By, Enterprise, Storage as _, Unit};

mod asked;
mod refused;

const COMMITTEE: UnitId = UnitId::from_bytes([7; 16]);
const SUBSIDIARY: UnitId = UnitId::from_bytes([8; 16]);
/// The officer of the office at the top.
const JIANG: AccountId = AccountId::from_bytes([20; 16]);

/// A committee at the top, one below it, a branch; and people of every sort.
fn with_office() -> MemoryStorage {
    let storage = MemoryStorage::new();
    let enterprise = Enterprise {
        id: ENTERPRISE,
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    let unit = |id, kind, parent| Unit {
        id,
        name: format!("{kind:?}"),
        kind,
        parent,
    };
    let units = [
        unit(COMMITTEE, UnitKind::PartyCommittee, None),
        unit(SUBSIDIARY, UnitKind::PartyCommittee, Some(COMMITTEE)),
        unit(OURS, UnitKind::Branch, Some(COMMITTEE)),
    ];
    storage.found(&enterprise, &units).unwrap();
    let account = |byte, login: &str, grants| Account {
        id: AccountId::from_bytes([byte; 16]),
        login: login.to_owned(),
        name: login.to_uppercase(),
        password: hash_password(PASSWORD, [byte; 16]),
        first_password: false,
        grants,
    };
    let role = |unit, role| vec![Grant::new(unit, role)];
    let mut revoked = Grant::new(COMMITTEE, Role::OfficeOfficer);
    revoked.revoked = true;
    let accounts = vec![
        account(20, "jiang", role(COMMITTEE, Role::OfficeOfficer)),
        account(21, "below", role(SUBSIDIARY, Role::OfficeOfficer)),
        account(22, "branch", role(OURS, Role::OfficeOfficer)),
        account(23, "admin", role(COMMITTEE, Role::Administrator)),
        account(24, "secretary", role(COMMITTEE, Role::Secretary)),
        account(25, "lin", role(OURS, Role::Secretary)),
        account(26, "former", vec![revoked]),
    ];
    let by = By::relay(clock::now());
    storage.amend(&by, &Amendment::AddAccounts(accounts)).unwrap();
    storage
}

fn world() -> World {
    World::of(Place {
        store: with_office,
        ..Place::default()
    })
}

impl World {
    async fn cookie_for(&self, login: &str) -> String {
        let response = self.sign_in(login, PASSWORD).await;
        assert_eq!(response.status(), StatusCode::OK, "{login}");
        cookie_of(&response)
    }

    async fn adds(&self, cookie: &str, draft: &Draft) -> Head {
        let answer = self.posts(cookie, "/api/settings", draft).await;
        assert_eq!(answer.status(), StatusCode::OK);
        json(answer).await
    }

    async fn is_refused(&self, cookie: &str, draft: &Draft, status: StatusCode, why: Wrong) {
        let answer = self.posts(cookie, "/api/settings", draft).await;
        assert_eq!(answer.status(), status, "{why:?}");
        assert_eq!(json::<Problem>(answer).await, Problem::Setting { why });
    }

    async fn settings(&self, cookie: &str, query: &str) -> Vec<Setting> {
        let answer = self.get_as(cookie, &format!("/api/settings{query}")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        json(answer).await
    }

    fn last_deed(&self) -> Record {
        let last = self.storage.audited().unwrap();
        serde_json::from_str(&self.storage.audit(last, 1).unwrap()[0].text).unwrap()
    }
}

fn draft(after: u32) -> Draft {
    Draft {
        kind: SettingKind::Words,
        name: "annual".to_owned(),
        title: "年度考核方案".to_owned(),
        body: format!("[\"分值 {after}\"]"),
        note: "按 2026 年文件".to_owned(),
        after,
    }
}

#[tokio::test]
async fn what_the_office_writes_everybody_with_a_role_gets() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    let head = world.adds(&jiang, &draft(0)).await;
    let wanted = digest(SettingKind::Words, "annual", &draft(0).body);
    assert_eq!((head.version, &head.digest, head.by), (1, &wanted, Some(JIANG)));
    for login in ["jiang", "below", "branch", "admin", "secretary", "lin"] {
        let cookie = world.cookie_for(login).await;
        let settings = world.settings(&cookie, "").await;
        assert_eq!(settings, [head.clone().with_body(draft(0).body)], "{login}");
    }
    let former = world.cookie_for("former").await;
    let answer = world.get_as(&former, "/api/settings").await;
    assert_eq!(json::<Problem>(answer).await, Problem::NotFound);
}

#[tokio::test]
async fn nobody_but_the_office_at_the_top_changes_anything_or_sees_old_versions() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    world.adds(&jiang, &draft(0)).await;
    for login in ["below", "branch", "admin", "secretary", "lin", "former"] {
        let cookie = world.cookie_for(login).await;
        let refused = world.posts(&cookie, "/api/settings", &draft(1)).await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{login}");
        assert_eq!(json::<Problem>(refused).await, Problem::NotFound);
        let refused = world.get_as(&cookie, "/api/settings/words/annual").await;
        assert_eq!(json::<Problem>(refused).await, Problem::NotFound, "{login}");
    }
    assert_eq!(world.storage.setting_heads().unwrap().len(), 1);
}

#[tokio::test]
async fn a_branch_at_the_top_has_no_office() {
    let world = World::new();
    let role = shared::access::RoleChange::Give {
        grant: Grant::new(OURS, Role::OfficeOfficer),
    };
    let by = By::relay(clock::now());
    let change = Amendment::ChangeRoles(LIN, vec![role]);
    world.storage.amend(&by, &change).unwrap();
    let cookie = world.cookie().await;
    let refused = world.posts(&cookie, "/api/settings", &draft(0)).await;
    assert_eq!(json::<Problem>(refused).await, Problem::NotFound);
}

#[tokio::test]
async fn who_edited_an_old_version_is_told_and_nothing_is_lost() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    world.adds(&jiang, &draft(0)).await;
    let first = world.storage.audited().unwrap();
    let overtaken = Wrong::Overtaken { newest: 1 };
    for after in [0, 2, u32::MAX] {
        let why = overtaken.clone();
        world
            .is_refused(&jiang, &draft(after), StatusCode::CONFLICT, why)
            .await;
    }
    assert_eq!(world.storage.audited().unwrap(), first);
    assert_eq!(world.adds(&jiang, &draft(1)).await.version, 2);
}

#[tokio::test]
async fn the_audit_log_says_who_changed_which() {
    let world = world();
    let jiang = world.cookie_for("jiang").await;
    world.adds(&jiang, &draft(0)).await;
    world.adds(&jiang, &draft(1)).await;
    let record = world.last_deed();
    assert_eq!(record.account, Some(JIANG));
    assert_eq!(record.device, Some(DeviceId::from_bytes([9; 16])));
    let wanted = Deed::SettingChanged {
        kind: SettingKind::Words,
        name: "annual".to_owned(),
        version: 2,
    };
    assert_eq!(record.deed, wanted);
}
