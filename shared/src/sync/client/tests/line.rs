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
