//! What is held: who sees it, who decides about it, and that a decision outlives the relay.

use std::sync::Arc;

use server::clock;
use server::storage::sqlite::SqliteStorage;
use server::storage::{Amendment, By, Storage};
use shared::access::{Hold, Status};
use shared::id::{Chain, ChangeHash};
use shared::ledger::document::Made;
use shared::protocol::http::inbox::{Decide, HeldItem};
use shared::protocol::{Fate, Refusal};
use shared::sync::relay::Standing;

use crate::content::{LIN, WEI, YE, fill, in_memory, ledger, pledges, pledges_with};
use crate::relay::{Officer, Relay};

async fn listed(relay: &Relay, login: &str) -> Vec<HeldItem> {
    let cookie = relay.sign_in(login).await;
    let answer = relay.answers("GET", "/api/held", &cookie, "").await;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).expect(&answer)
}

fn decision(changes: &[ChangeHash], standing: Standing, reason: &str) -> Decide {
    Decide {
        ledger: ledger(),
        changes: changes.to_vec(),
        standing,
        reason: reason.to_owned(),
    }
}

/// Decides, and gives the status of the answer.
async fn decides(relay: &Relay, login: &str, decide: &Decide) -> String {
    let cookie = relay.sign_in(login).await;
    let body = serde_json::to_string(decide).unwrap();
    let answer = relay.answers("POST", "/api/held", &cookie, &body).await;
    answer.split(' ').nth(1).unwrap().to_owned()
}

async fn is_told(officer: &mut Officer, made: &[Made]) -> Vec<Fate> {
    officer.pushes(made).await;
    let fates = officer.is_told_fates_of(made.len()).await;
    fates.into_iter().map(|(_, fate)| fate).collect()
}

fn hashes(made: &[Made]) -> Vec<ChangeHash> {
    made.iter().map(|made| made.hash).collect()
}

#[tokio::test]
async fn an_author_sees_his_own_the_officer_in_charge_all_and_nobody_else_anything() {
    let relay = Relay::over(in_memory()).await;
    let own = pledges_with("mass_good", YE, 1, 1);
    let mut ye = relay.officer("ye").await;
    assert_eq!(
        is_told(&mut ye, &own).await,
        [Fate::Refused(Refusal::NotPermitted)]
    );
    let carried = pledges(LIN, 2, 2);
    let mut wei = relay.officer("wei").await;
    assert_eq!(is_told(&mut wei, &carried).await, [Fate::Held, Fate::Held]);

    let of = |items: &[HeldItem]| items.iter().map(|item| item.hash).collect::<Vec<_>>();
    let his = listed(&relay, "ye").await;
    assert_eq!(of(&his), hashes(&own));
    assert_eq!(
        (his[0].why, his[0].yours, &his[0].bytes),
        (Hold::NotPermitted, false, &own[0].bytes)
    );
    assert_eq!((his[0].unit.as_str(), his[0].status), ("一支部", Status::Open));
    for secretary in ["lin", "gu"] {
        let all = listed(&relay, secretary).await;
        assert_eq!(of(&all), [hashes(&own), hashes(&carried)].concat());
        assert!(all.iter().all(|item| item.yours));
        assert_eq!(all[1].carried_by, Some(WEI));
        assert_eq!(
            (all[1].name.as_deref(), all[1].carrier.as_deref()),
            (Some("lin"), Some("wei"))
        );
    }
    for other in ["wei", "su"] {
        assert_eq!(listed(&relay, other).await, [], "{other}");
    }
    relay.stops().await;
}

#[tokio::test]
async fn the_officer_in_charge_alone_decides_and_never_without_a_reason_to_say_no() {
    let relay = Relay::over(in_memory()).await;
    let made = pledges_with("mass_good", YE, 1, 1);
    let mut ye = relay.officer("ye").await;
    is_told(&mut ye, &made).await;
    let no = |reason| decision(&hashes(&made), Standing::TurnedDown, reason);
    for other in ["ye", "wei", "su"] {
        assert_eq!(decides(&relay, other, &no("不实")).await, "404", "{other}");
    }
    assert_eq!(decides(&relay, "lin", &no(" ")).await, "400");
    let unknown = decision(&[ChangeHash([1; 32])], Standing::TakenIn, "");
    assert_eq!(decides(&relay, "lin", &unknown).await, "404");
    assert_eq!(listed(&relay, "ye").await[0].decision, None);

    assert_eq!(decides(&relay, "lin", &no(" 票数与记录不符 ")).await, "204");
    let fates = ye.is_told_fates().await;
    assert_eq!(fates, [(made[0].hash, Fate::Refused(Refusal::TurnedDown))]);
    let item = listed(&relay, "ye").await.remove(0);
    let decision = item.decision.unwrap();
    assert_eq!(
        (decision.standing, decision.reason.as_str()),
        (Standing::TurnedDown, "票数与记录不符")
    );
    assert_eq!((decision.by, item.decider.as_deref()), (LIN, Some("lin")));
    assert_eq!(
        is_told(&mut ye, &made).await,
        [Fate::Refused(Refusal::TurnedDown)],
        "it stays so"
    );
    relay.stops().await;
}

#[tokio::test]
async fn taking_something_into_a_closed_ledger_opens_it_again() {
    let storage = in_memory();
    let by = By::relay(clock::now());
    storage
        .amend(&by, &Amendment::SetStatus(ledger(), Status::Closed))
        .unwrap();
    let relay = Relay::over(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let (mut ye, mut lin) = (relay.officer("ye").await, relay.officer("lin").await);
    lin.follows(0, Chain::START).await;
    let late = pledges(YE, 1, 2);
    assert_eq!(is_told(&mut ye, &late[..1]).await, [Fate::Held]);
    assert_eq!(listed(&relay, "lin").await[0].status, Status::Closed);
    let yes = decision(&hashes(&late[..1]), Standing::TakenIn, "");
    assert_eq!(decides(&relay, "lin", &yes).await, "204");
    let entry = lin.hears_until(&late[0].hash).await.pop().unwrap();
    assert_eq!((entry.account, entry.carried_by), (YE, None));
    assert_eq!(
        listed(&relay, "lin").await,
        [],
        "what is in the log is no longer held"
    );
    let ledgers = storage.ledgers().unwrap();
    assert!(ledgers.iter().all(|listed| listed.status == Status::Open));
    relay.stops().await;
}

#[tokio::test]
async fn what_was_taken_in_before_its_ground_goes_in_after_it_though_the_relay_was_restarted_between() {
    let folder = tempfile::tempdir().unwrap();
    let open = || -> Arc<dyn Storage> { Arc::new(SqliteStorage::open(folder.path()).unwrap()) };
    let storage = open();
    fill(storage.as_ref());
    let relay = Relay::over(storage).await;
    let made = pledges(LIN, 1, 2);
    let mut wei = relay.officer("wei").await;
    is_told(&mut wei, &made).await;
    let second = decision(&hashes(&made[1..]), Standing::TakenIn, "");
    assert_eq!(decides(&relay, "gu", &second).await, "204");
    relay.stops().await;

    let relay = Relay::over(open()).await;
    let waiting = listed(&relay, "gu").await;
    let standing = |item: &HeldItem| item.decision.as_ref().map(|decision| decision.standing);
    assert_eq!(
        waiting.iter().map(standing).collect::<Vec<_>>(),
        [None, Some(Standing::TakenIn)]
    );
    let mut gu = relay.officer("gu").await;
    gu.follows(0, Chain::START).await;
    let first = decision(&hashes(&made[..1]), Standing::TakenIn, "");
    assert_eq!(decides(&relay, "gu", &first).await, "204");
    let heard = gu.hears_until(&made[1].hash).await;
    let carried = heard.iter().filter(|entry| entry.carried_by == Some(WEI)).count();
    assert_eq!(carried, 2, "both, named as carried");
    relay.stops().await;
}
