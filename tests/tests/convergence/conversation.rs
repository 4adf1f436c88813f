//! How a connection begins and ends.

use shared::access::Role::Secretary;
use shared::limit;
use shared::protocol::{ClientMessage, Closing, Hello, RelayMessage, VERSION};
use shared::sync::client::{Event, LinkState};
use tests::network::{At, Network, row};

const LIN: usize = 0;
const TAB: At = At { device: LIN, tab: 0 };

#[test]
fn a_version_the_relay_does_not_speak_is_told_so() {
    let mut network = Network::of(20, &[Secretary]);
    let stranger = network.stranger(LIN);
    let ClientMessage::Hello(hello) = network.hello(LIN) else {
        unreachable!("a hello")
    };
    let newer = ClientMessage::Hello(Hello {
        protocol: VERSION + 1,
        ..hello
    });
    let told = network.says(stranger, newer);
    assert_eq!(
        told,
        [RelayMessage::Closing(Closing::Version { speaks: VERSION })]
    );
}

#[test]
fn an_app_of_another_version_keeps_its_work_and_tries_when_asked() {
    let mut network = Network::of(21, &[Secretary]);
    network.happens(
        TAB,
        Event::Received(RelayMessage::Closing(Closing::Version { speaks: 9 })),
    );
    network.types(LIN, row(1), "text", "仍可编辑");
    network.lives(limit::RETRY_LONGEST * 2);
    assert_eq!(network.client(TAB).link().0, LinkState::Version);
    assert_eq!(network.replica(LIN).counts().pending, 1);
    network.happens(TAB, Event::TryNow);
    network.heals().unwrap();
}

#[test]
fn an_ended_session_keeps_its_work_until_somebody_signs_in() {
    let mut network = Network::of(22, &[Secretary]);
    network.happens(TAB, Event::Received(RelayMessage::Closing(Closing::SignIn)));
    network.types(LIN, row(1), "text", "请登录后上传");
    network.lives(limit::RETRY_LONGEST * 2);
    assert_eq!(network.client(TAB).link().0, LinkState::SignIn);
    assert_eq!(network.replica(LIN).counts().pending, 1);
    network.happens(TAB, Event::SignedIn);
    network.heals().unwrap();
}

#[test]
fn whoever_says_nothing_is_disconnected() {
    let mut network = Network::of(23, &[Secretary]);
    let stranger = network.stranger(LIN);
    network.lives(limit::HELLO / 2);
    assert_eq!(network.told(stranger), []);
    network.lives(limit::HELLO);
    assert_eq!(network.told(stranger), [RelayMessage::Closing(Closing::NoHello)]);
}

#[test]
fn whoever_begins_with_anything_but_a_hello_is_disconnected() {
    let mut network = Network::of(24, &[Secretary]);
    let stranger = network.stranger(LIN);
    let ledger = network.ledger();
    let told = network.says(stranger, ClientMessage::Unfollow { ledger });
    assert_eq!(told, [RelayMessage::Closing(Closing::UnknownMessage)]);
}

#[test]
fn a_line_that_leads_nowhere_is_given_up_and_tried_again() {
    let mut network = Network::of(25, &[Secretary]);
    network.loses_silently(TAB);
    network.types(LIN, row(1), "text", "半开");
    network.lives(limit::FATE / 2);
    assert!(matches!(network.client(TAB).link().0, LinkState::Online { .. }));
    let took = network.heals().unwrap();
    assert!(took <= limit::FATE + limit::RETRY_LONGEST, "{took:?}");
}
