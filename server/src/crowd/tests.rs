use futures::FutureExt as _;

use super::*;

const PLANT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 7));
const LIN: AccountId = AccountId::from_bytes([1; 16]);
const GU: AccountId = AccountId::from_bytes([2; 16]);

fn address(number: usize) -> IpAddr {
    IpAddr::V4(std::net::Ipv4Addr::from_bits(
        0x0a01_0000 + u32::try_from(number).unwrap(),
    ))
}

fn is_cut(seat: &Seat) -> bool {
    seat.cut().now_or_never().is_some()
}

#[test]
fn a_flood_from_one_address_drives_itself_out_and_nobody_who_signed_in() {
    let crowd = Crowd::default();
    let lin = crowd.enter(PLANT).unwrap();
    lin.is_of(LIN).unwrap();
    let elsewhere = crowd.enter(address(0)).unwrap();
    let flood: Vec<_> = (0..10_000).map(|_| crowd.enter(PLANT).unwrap()).collect();
    assert!(!is_cut(&lin) && !is_cut(&elsewhere));
    let (gone, left) = flood.split_at(flood.len() - CONNECTIONS_PER_ADDRESS);
    assert!(gone.iter().all(|seat| is_cut(seat)) && !left.iter().any(|seat| is_cut(seat)));
    assert_eq!(crowd.len(), CONNECTIONS_PER_ADDRESS + 2);
}

#[test]
fn a_flood_from_many_addresses_takes_from_the_fullest() {
    let crowd = Crowd::default();
    let quiet = crowd.enter(address(70_000)).unwrap();
    let full: Vec<_> = (0..CONNECTIONS_PER_ADDRESS)
        .map(|_| crowd.enter(PLANT).unwrap())
        .collect();
    let many: Vec<_> = (0..CONNECTIONS_UNKNOWN)
        .map(|number| crowd.enter(address(number)).unwrap())
        .collect();
    assert!(!is_cut(&quiet), "the oldest of all, but one of few");
    assert!(is_cut(&full[0]));
    assert_eq!(crowd.len(), CONNECTIONS_UNKNOWN);
    drop(many);
}

#[test]
fn an_account_has_so_many_connections_and_another_behind_the_same_address_has_its_own() {
    let crowd = Crowd::default();
    let seats: Vec<_> = (0..=CONNECTIONS_PER_ACCOUNT)
        .map(|_| crowd.enter(PLANT).unwrap())
        .collect();
    let (last, first) = seats.split_last().unwrap();
    for seat in first {
        seat.is_of(LIN).unwrap();
        seat.is_of(LIN).unwrap();
    }
    assert_eq!(last.is_of(LIN), Err(TooMany));
    assert_eq!(last.is_of(GU), Ok(()));
    first[0].is_of(GU).unwrap();
    assert_eq!(last.is_of(LIN), Ok(()), "one of Lin's has become another's");
}

#[test]
fn a_place_is_free_once_its_connection_is_gone() {
    let crowd = Crowd::default();
    let seat = crowd.enter(PLANT).unwrap();
    let held = Arc::clone(&seat);
    seat.is_of(LIN).unwrap();
    drop(seat);
    assert_eq!(crowd.len(), 1, "its socket holds it still");
    drop(held);
    assert!(crowd.is_empty());
    let inner = crowd.inner();
    assert!(inner.accounts[&LIN].count == 0 && inner.strangers.is_empty() && inner.unknown == 0);
}

#[test]
fn a_proxy_carries_everybody_and_its_sockets_count_for_their_accounts() {
    let crowd = Crowd::default();
    let seats: Vec<_> = (0..=CONNECTIONS_PER_ACCOUNT)
        .map(|_| crowd.enter_by_proxy().unwrap())
        .collect();
    for seat in &seats {
        seat.is_of(LIN).unwrap();
    }
    let (last, first) = seats.split_last().unwrap();
    assert!(first.iter().all(|seat| seat.is_socket_of(LIN).is_ok()));
    assert_eq!(last.is_socket_of(LIN), Err(TooMany));
}

#[test]
fn the_relay_has_a_last_place() {
    let crowd = Crowd::default();
    let seats: Vec<_> = (0..CONNECTIONS)
        .map(|_| crowd.enter_by_proxy().unwrap())
        .collect();
    assert!(crowd.enter(PLANT).is_none());
    drop(seats);
    assert!(crowd.enter(PLANT).is_some());
}

#[test]
fn the_addresses_of_one_household_are_one() {
    let [one, other, far] =
        ["fd00::1:2:3:4", "fd00::9:9:9:9", "fd00:0:0:1::1"].map(|text| text.parse().unwrap());
    assert_eq!(network(one), network(other));
    assert_ne!(network(one), network(far));
    assert_eq!(network("::ffff:10.0.0.7".parse().unwrap()), PLANT);
}
