//! When a line is given up.

use std::time::Duration;

use super::super::*;
use super::tab::*;
use crate::limit;
use crate::time::Timestamp;

#[test]
fn no_fate_and_no_message_end_the_connection() {
    let mut tab = Tab::online();
    tab.types_and_pushes("一");
    tab.passes(limit::FATE.saturating_sub(Duration::from_secs(1)));
    assert!(!tab.hangs_up());
    tab.passes(Duration::from_secs(1));
    assert!(tab.hangs_up());

    let mut tab = Tab::online();
    tab.passes(limit::SILENCE.saturating_sub(Duration::from_secs(1)));
    assert!(!tab.hangs_up());
    tab.passes(Duration::from_secs(1));
    assert!(tab.hangs_up());
}

#[test]
fn a_clock_set_back_by_a_year_holds_nothing_up() {
    let mut tab = Tab::online();
    tab.types_and_pushes("一");
    tab.now = Timestamp(tab.now.0 - 365 * 24 * 3_600_000);
    tab.happens(Event::Tick);
    tab.passes(limit::FATE);
    assert!(tab.hangs_up());
}

#[test]
fn a_socket_that_does_not_open_is_given_up_before_the_relay_could_tick() {
    let mut tab = Tab::online();
    tab.happens(Event::Disconnected);
    tab.happens(Event::TryNow);
    tab.effects.clear();
    tab.passes(limit::CONNECTING.saturating_sub(Duration::from_secs(1)));
    assert!(!tab.hangs_up());
    tab.passes(Duration::from_secs(1));
    assert!(tab.hangs_up());
}

#[test]
fn a_log_that_does_not_come_over_http_is_asked_for_over_the_socket() {
    let mut tab = Tab::online();
    let (client, log) = (Client::new(config()), std::mem::take(&mut tab.log));
    tab.client = client;
    tab.happens(Event::TryNow);
    tab.happens(Event::Connected);
    tab.opens(Kept::default());
    assert!(tab.effects.contains(&Effect::Fetch(LEDGER)));
    tab.passes(limit::FETCH);
    let asks =
        |effect: &Effect| matches!(effect, Effect::Send(ClientMessage::Follow(cursor)) if cursor.seq == 0);
    assert!(tab.effects.iter().any(asks));
    tab.log = log;
    tab.receives_entries(0);
    tab.happens(Event::Fetched(LEDGER, None));
    assert_eq!(tab.client.ledger(LEDGER).unwrap().log().len(), tab.log.len());
}
