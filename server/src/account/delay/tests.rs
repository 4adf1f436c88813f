use super::*;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));
const NOW: Timestamp = Timestamp(1_000_000);

fn at(login: &str, address: IpAddr) -> Guess {
    Guess::at(Some(login), address)
}

fn after_wrong_tries(count: u32) -> Delays {
    let mut delays = Delays::default();
    for _ in 0..count {
        delays.tries(NOW, &at("lin", HERE));
    }
    delays
}

#[test]
fn a_few_wrong_tries_are_free_then_waits_double_up_to_a_minute() {
    let wait = |count| {
        after_wrong_tries(count)
            .wait(NOW, &at("lin", HERE))
            .map(|wait| wait.as_secs())
    };
    assert_eq!(
        [3, 4, 5, 6, 9, 10, 500].map(wait),
        [None, Some(1), Some(2), Some(4), Some(32), Some(60), Some(60)]
    );
}

#[test]
fn nobody_is_locked_out_for_good() {
    let delays = after_wrong_tries(500);
    assert!(delays.wait(NOW.after(LONGEST), &at("lin", HERE)).is_none());
}

#[test]
fn who_guesses_all_day_from_one_address_does_not_keep_the_owner_out_at_another() {
    let (mut delays, mut now) = (Delays::default(), NOW);
    let guess = at("lin", THERE);
    for _ in 0..500 {
        now = now.after(delays.wait(now, &guess).unwrap_or_default());
        delays.tries(now, &guess);
        assert!(delays.wait(now, &at("lin", HERE)).is_none());
    }
    assert!(now.since(NOW) > Duration::from_hours(8));
}

#[test]
fn guesses_at_one_account_from_many_addresses_add_up() {
    let mut delays = Delays::default();
    for host in 0..50 {
        delays.tries(
            NOW,
            &at("lin", IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 1, host))),
        );
    }
    assert!(delays.wait(NOW, &at("lin", THERE)).is_some());
    assert!(delays.wait(NOW, &at("gu", THERE)).is_none());
}

#[test]
fn other_logins_from_another_address_do_not_wait() {
    let delays = after_wrong_tries(500);
    assert!(delays.wait(NOW, &at("gu", THERE)).is_none());
    assert!(delays.wait(NOW, &at("gu", HERE)).is_some());
}

#[test]
fn who_gets_in_begins_anew_but_his_address_does_not() {
    let mut delays = after_wrong_tries(500);
    delays.succeeded(&at("lin", HERE));
    assert!(delays.wait(NOW, &at("lin", THERE)).is_none());
    assert!(delays.wait(NOW, &at("lin", HERE)).is_some());
}

#[test]
fn right_tries_from_one_address_add_up_to_nothing() {
    let mut delays = Delays::default();
    for _ in 0..200 {
        delays.tries(NOW, &at("lin", HERE));
        delays.succeeded(&at("lin", HERE));
    }
    assert!(delays.wait(NOW, &at("gu", HERE)).is_none());
}

#[test]
fn a_try_nobody_looked_at_counts_for_nothing() {
    let mut delays = after_wrong_tries(3);
    delays.tries(NOW, &at("lin", HERE));
    delays.takes_back(&at("lin", HERE));
    assert!(delays.wait(NOW, &at("lin", HERE)).is_none());
    delays.tries(NOW, &at("lin", HERE));
    assert!(delays.wait(NOW, &at("lin", HERE)).is_some());
}

#[test]
fn guessing_at_a_million_logins_fills_no_memory() {
    let mut delays = Delays::default();
    for guess in 0..u32::try_from(REMEMBERED).unwrap() + 500 {
        delays.tries(NOW, &at(&guess.to_string(), HERE));
    }
    assert!(delays.guesses.len() <= REMEMBERED && delays.shared.len() <= 3 * 1_024);
    assert!(delays.wait(NOW, &at("anybody", HERE)).is_some());
}

/// Delays with as many fresh guesses as are remembered.
fn full() -> Delays {
    let mut delays = Delays::default();
    for guess in 0..u32::try_from(REMEMBERED).unwrap() {
        let address = IpAddr::V4(std::net::Ipv4Addr::from_bits(guess));
        delays.tries(NOW, &Guess::at(None, address));
    }
    delays
}

#[test]
fn who_comes_new_when_the_memory_is_full_waits_as_well() {
    let mut delays = full();
    for _ in 0..3 {
        delays.tries(NOW, &at("lin", HERE));
    }
    assert!(delays.wait(NOW, &at("lin", HERE)).is_none());
    delays.takes_back(&at("lin", HERE));
    delays.tries(NOW, &at("lin", HERE));
    delays.tries(NOW, &at("lin", HERE));
    assert!(delays.wait(NOW, &at("lin", HERE)).is_some());
    for guess in 0..40 {
        delays.tries(NOW, &at(&guess.to_string(), HERE));
    }
    assert!(delays.wait(NOW, &Guess::at(None, HERE)).is_some());
    assert!(delays.wait(NOW.after(LONGEST), &at("lin", HERE)).is_none());
}

#[test]
fn everybody_in_one_ipv6_network_is_one_address() {
    let address = |bits: u128| IpAddr::V6(std::net::Ipv6Addr::from_bits((0x2001_0db8 << 96) | bits));
    let mut delays = Delays::default();
    for guess in 0..40 {
        delays.tries(NOW, &at(&guess.to_string(), address(guess)));
    }
    assert!(delays.wait(NOW, &at("lin", address(1_000))).is_some());
    assert!(delays.wait(NOW, &at("lin", address(1 << 64))).is_none());
}
