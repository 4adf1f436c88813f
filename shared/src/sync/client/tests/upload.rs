//! How much goes at once.

use super::super::*;
use super::tab::*;
use crate::limit;
use crate::protocol::Fate;

#[test]
fn on_a_slow_line_a_window_goes_at_a_time_and_the_next_follows_the_fates() {
    let mut tab = Tab::online();
    tab.happens(Event::Disconnected);
    let long = "长".repeat(3_000);
    for number in 0..15 {
        tab.types(&format!("{number}{long}"));
        tab.saves();
    }
    tab.passes(limit::RETRY_LONGEST);
    tab.happens(Event::Connected);
    let (mut all, mut rounds) = (0, 0);
    loop {
        let sizes: Vec<usize> = tab.effects.iter().filter_map(pushed).collect();
        let made = tab.pushed();
        if made.is_empty() {
            break;
        }
        assert!(sizes.iter().all(|size| *size <= limit::PUSH_BYTES), "{sizes:?}");
        assert!(
            sizes.iter().sum::<usize>() <= limit::PUSH_WINDOW_BYTES,
            "{sizes:?}"
        );
        all += made.len();
        rounds += 1;
        for made in made {
            tab.is_told(made.hash, Fate::Stored(3));
        }
    }
    assert_eq!(all, 15);
    assert!(rounds > 1, "more than one window");
}

#[test]
fn a_change_longer_than_a_window_goes_alone() {
    let mut tab = Tab::online();
    let long = "长".repeat(limit::TEXT_BYTES / 3 - 1);
    let performed = tab.client.perform(tab.now, LEDGER, adds(5, &long)).unwrap();
    tab.effects.extend(performed.effects);
    tab.saves();
    let sizes: Vec<usize> = tab.effects.iter().filter_map(pushed).collect();
    assert_eq!(sizes.len(), 1);
    assert!(sizes[0] > limit::PUSH_WINDOW_BYTES, "{sizes:?}");
}

fn pushed(effect: &Effect) -> Option<usize> {
    match effect {
        Effect::Send(ClientMessage::Push { changes, .. }) => {
            Some(changes.iter().map(|bytes| bytes.len()).sum())
        }
        _ => None,
    }
}
