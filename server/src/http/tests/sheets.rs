//! Sheets: who sees which lines, and requests for details.

use axum::http::{Method, StatusCode, header};
use shared::id::UnitId;
use shared::ledger::kind::Kind;
use shared::protocol::http::audit::{Deed, Filter};
use shared::protocol::http::sheets::{AskDetails, AskedDetails, Sheet};

use super::above::{BESIDE, FIRST, GENERAL, SECOND, account, cookie, enterprise, member};
use super::{World, json, own, request};
use crate::audit;

async fn sheet(world: &World, login: &str) -> Sheet {
    let cookie = cookie(world, login).await;
    json(world.get_as(&cookie, "/api/sheets?year=2026").await).await
}

fn units(sheet: &Sheet) -> Vec<UnitId> {
    sheet.lines.iter().map(|line| line.unit).collect()
}

#[tokio::test]
async fn everybody_sees_the_branches_below_him_and_his_own() {
    let world = enterprise();
    let office = sheet(&world, "qin").await;
    assert_eq!(units(&office), [FIRST, SECOND, BESIDE]);
    assert_eq!(office.whole.members.all.value, 5);
    assert_eq!((office.sums.len(), office.sums[0].unit), (1, GENERAL));
    assert!(office.lines.iter().all(|line| line.unread.is_empty()));
    let behind = office.lines[0].figures.members.all.rows.as_ref().unwrap();
    assert_eq!((behind.ledger.unit, behind.ledger.kind), (FIRST, Kind::Roster));
    assert!(behind.rows.contains(&member(FIRST, 0)));
    let general = sheet(&world, "he").await;
    assert_eq!(units(&general), [FIRST, SECOND]);
    assert!(general.whole.appraisal.is_some());
    let own = sheet(&world, "lin").await;
    assert_eq!((units(&own), own.sums.len()), (vec![FIRST], 0));
    assert!(own.whole.appraisal.is_some());
    let leader = sheet(&world, "ye").await;
    assert_eq!((units(&leader), leader.whole.appraisal), (vec![FIRST], None));
}

#[tokio::test]
async fn a_sheet_is_of_a_year() {
    let world = enterprise();
    let cookie = cookie(&world, "qin").await;
    for (path, status) in [
        ("/api/sheets", StatusCode::BAD_REQUEST),
        ("/api/sheets?year=then", StatusCode::BAD_REQUEST),
        ("/api/sheets?year=2031", StatusCode::OK),
    ] {
        assert_eq!(world.get_as(&cookie, path).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn who_asks_for_details_gives_a_reason_and_the_secretary_reads_it() {
    let world = enterprise();
    let ask = async |login: &str, branch: UnitId, reason: &str| {
        let body = serde_json::to_string(&AskDetails {
            branch,
            reason: reason.to_owned(),
        })
        .unwrap();
        let mut asking = own(request(Method::POST, "/api/sheets/request", &body));
        let cookie = cookie(&world, login).await.parse().unwrap();
        asking.headers_mut().insert(header::COOKIE, cookie);
        world.ask(asking).await.status()
    };
    assert_eq!(ask("qin", FIRST, " ").await, StatusCode::BAD_REQUEST);
    assert_eq!(ask("lin", FIRST, "自己的").await, StatusCode::NOT_FOUND);
    assert_eq!(ask("he", BESIDE, "不归他管").await, StatusCode::NOT_FOUND);
    assert_eq!(ask("qin", FIRST, "复核 优秀 比例").await, StatusCode::NO_CONTENT);
    assert_eq!(ask("he", SECOND, "答复来信").await, StatusCode::NO_CONTENT);
    let asked = async |login: &str| -> Vec<AskedDetails> {
        let cookie = cookie(&world, login).await;
        json(world.get_as(&cookie, "/api/sheets/requests").await).await
    };
    let secretary = asked("lin").await;
    assert_eq!(secretary.len(), 1);
    assert_eq!(
        (secretary[0].account, secretary[0].reason.as_str()),
        (account("qin"), "复核 优秀 比例")
    );
    assert_eq!(
        (secretary[0].unit.as_str(), secretary[0].name.as_deref()),
        ("一支部", Some("QIN"))
    );
    assert_eq!(asked("he").await[0].branch, SECOND, "one's own");
    assert!(asked("ye").await.is_empty());
    let newest = audit::newest(world.storage.as_ref(), &Filter::default(), usize::MAX).unwrap();
    let is_one = |deed: &Deed| matches!(deed, Deed::DetailsAsked { .. });
    assert_eq!(newest.iter().filter(|record| is_one(&record.deed)).count(), 2);
}
