//! Who is let in, as whom, and with which roles.

use super::*;
use crate::protocol::{Hello, VERSION};

#[test]
fn a_session_of_another_device_has_to_sign_in_there() {
    let mut scene = Scene::new();
    let officer = Officer {
        account: LIN,
        device: DEVICE,
        grants: Vec::new(),
    };
    scene.happens(Event::Connected(ConnectionId(7), officer));
    let hello = Hello {
        protocol: VERSION,
        app: "test".to_owned(),
        device: DeviceId::from_bytes([9; 16]),
        ledgers: Vec::new(),
    };
    let told = scene.says(7, ClientMessage::Hello(hello));
    assert_eq!(sent(&told, 7), [&RelayMessage::Closing(Closing::SignIn)]);
    assert!(told.contains(&Effect::Close(ConnectionId(7))));
}

#[test]
fn a_role_that_ended_while_a_socket_opened_has_ended() {
    let mut scene = Scene::new();
    let row = scene.adds();
    scene.happens(Event::Granted(LIN, Vec::new()));
    let officer = Officer {
        account: LIN,
        device: DEVICE,
        grants: vec![Grant::new(UNIT, Role::Secretary)],
    };
    scene.happens(Event::Connected(ConnectionId(7), officer));
    assert_eq!(scene.pushes(2, &row.bytes), Fate::Refused(Refusal::UnknownLedger));
}
