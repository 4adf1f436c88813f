//! Accounts and the audit log, from the command line.

use std::process::Command;

use super::place::{Place, Running, answer, complaint, database};

fn command(place: &Place, words: &[&str]) -> Command {
    let mut command = Place::command(words);
    command.arg("--data").arg(place.data());
    command
}

const SECRETARY: [&str; 6] = ["--login", "lin", "--unit", "一支部", "--role", "secretary"];

#[test]
fn roles_are_given_taken_away_and_listed() {
    let place = Place::new();
    assert!(place.add_account("lin", "").status.success());
    let with = |word, more: &[&str]| command(&place, &[&["account", word], &SECRETARY[..], more].concat());
    let listed = || answer(command(&place, &["account", "list"]));
    assert!(listed().contains("secretary in 一支部"), "{}", listed());
    let administrator = [
        "account",
        "grant",
        "--login",
        "lin",
        "--unit",
        "一支部",
        "--role",
        "administrator",
    ];
    answer(command(&place, &administrator));
    answer(with("revoke", &[]));
    assert!(!listed().contains("secretary") && listed().contains("administrator in 一支部"));
    assert!(complaint(with("revoke", &[])).contains("is not secretary"));
    let mut last = administrator;
    last[1] = "revoke";
    assert!(complaint(command(&place, &last)).contains("without an administrator"));
    answer(with("grant", &["--from", "2199-01-01"]));
    assert!(!listed().contains("secretary"), "not yet");
    answer(with("grant", &["--until", "2199-01-01"]));
    assert!(listed().contains("secretary in 一支部"));
    let turned = with("grant", &["--from", "2199-01-02", "--until", "2199-01-01"]);
    assert!(complaint(turned).contains("before the first"));
}

#[test]
fn a_role_is_revoked_however_often_it_was_given_unless_it_is_over() {
    let place = Place::new();
    assert!(place.add_account("lin", "").status.success());
    let with = |word, more: &[&str]| command(&place, &[&["account", word], &SECRETARY[..], more].concat());
    answer(with("revoke", &[]));
    // One that is over, one that is held, one to come.
    answer(with("grant", &["--from", "2020-01-01", "--until", "2020-12-31"]));
    answer(with("grant", &["--until", "2198-12-31"]));
    answer(with("grant", &["--from", "2199-01-01"]));
    answer(with("revoke", &[]));
    let database = database(&place.data());
    let ask = "SELECT first_day, revoked FROM grants ORDER BY place";
    let mut statement = database.prepare(ask).unwrap();
    let kept = statement.query_map([], |row| {
        Ok((row.get::<_, Option<String>>(0)?, row.get::<_, bool>(1)?))
    });
    let kept: Vec<_> = kept.unwrap().map(Result::unwrap).collect();
    let day = |day: &str| Some(day.to_owned());
    let wanted = [
        (None, true),
        (day("2020-01-01"), false),
        (None, true),
        (day("2199-01-01"), true),
    ];
    assert_eq!(kept, wanted);
    assert!(complaint(with("revoke", &[])).contains("is not secretary"));
}

#[test]
fn an_enterprise_without_a_name_is_given_one_with_its_first_account() {
    let place = Place::new();
    let relay = Running::start(place.serve(&["--port", "0"]));
    let words = [
        "account",
        "add",
        "--login",
        "gu",
        "--name",
        "顾若川",
        "--role",
        "administrator",
    ];
    let more = [
        "--unit",
        "党委",
        "--unit-kind",
        "party_committee",
        "--enterprise",
        "青梧装备",
    ];
    answer(command(&place, &[&words[..], &more].concat()));
    assert!(relay.get("/api/enterprise").contains("青梧装备"));
    let again = [
        "account",
        "add",
        "--login",
        "lin",
        "--name",
        "林知远",
        "--role",
        "viewer",
        "--unit",
        "党委",
    ];
    answer(command(&place, &[&again[..], &["--enterprise", "别家"]].concat()));
    assert!(relay.get("/api/enterprise").contains("青梧装备"));
}

#[test]
fn a_second_unit_at_the_top_is_refused_and_one_below_the_first_is_not() {
    let place = Place::new();
    assert!(place.add_account("lin", "").status.success());
    let add = |above: &[&str]| {
        let words = [
            "account",
            "add",
            "--login",
            "gu",
            "--name",
            "顾若川",
            "--role",
            "viewer",
        ];
        let unit = ["--unit", "二支部", "--unit-kind", "general_branch"];
        command(&place, &[&words[..], &unit, above].concat())
    };
    assert!(complaint(add(&[])).contains("--above"));
    assert!(complaint(add(&["--above", "一支部"])).contains("cannot stand there"));
}

#[test]
fn a_one_time_code_is_made_for_an_account_that_is_there() {
    let place = Place::new();
    assert!(place.add_account("lin", "").status.success());
    let said = answer(command(&place, &["account", "reset", "--login", "lin"]));
    assert!(said.starts_with("lin: one-time code "), "{said}");
    assert!(complaint(command(&place, &["account", "reset", "--login", "gu"])).contains("no account gu"));
}

#[test]
fn a_store_that_is_not_there_is_not_made_by_looking_at_it() {
    let place = Place::new();
    assert!(complaint(command(&place, &["account", "list"])).contains("no store"));
    assert!(complaint(command(&place, &["audit", "verify"])).contains("no store"));
    assert!(!place.data().exists());
}

#[test]
fn the_audit_log_is_followed_and_what_was_altered_dropped_or_cut_off_is_named() {
    let place = Place::new();
    for login in ["lin", "gu", "ye"] {
        assert!(place.add_account(login, "").status.success());
    }
    let verify = |more: &[&str]| command(&place, &[&["audit", "verify"], more].concat());
    let said = answer(verify(&[]));
    assert!(said.contains("entries, unbroken"), "{said}");
    let last = said.trim().rsplit(' ').next().unwrap().to_owned();
    answer(verify(&["--expect", &last]));

    let database = database(&place.data());
    let refused = database.execute("DELETE FROM audit WHERE number = 2", []);
    assert!(refused.unwrap_err().to_string().contains("append-only"));
    let refused = database.execute("UPDATE audit SET text = '' WHERE number = 2", []);
    assert!(refused.unwrap_err().to_string().contains("append-only"));
    // Somebody with the file can take the lock off the door; the chain still shows it.
    database
        .execute_batch("DROP TRIGGER audit_is_not_altered; DROP TRIGGER audit_is_not_shortened")
        .unwrap();
    database
        .execute(
            "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)",
            [],
        )
        .unwrap();
    assert!(
        answer(verify(&[])).contains("unbroken"),
        "a shorter log is a whole one by itself"
    );
    assert!(complaint(verify(&["--expect", &last])).contains("no longer holds"));
    database
        .execute(
            "UPDATE audit SET text = replace(text, '\"at\":', '\"at\":1') WHERE number = 2",
            [],
        )
        .unwrap();
    assert!(complaint(verify(&[])).contains("entry 2 was altered"));
    database
        .execute("DELETE FROM audit WHERE number = 1", [])
        .unwrap();
    assert!(complaint(verify(&[])).contains("entry 1 is missing"));
}
