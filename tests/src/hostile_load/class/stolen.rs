//! A socket with a stolen session.

use std::sync::Arc;
use std::time::Duration;

use shared::protocol::{self, ClientMessage, Hello, VERSION};
use tokio::net::TcpStream;

use crate::hostile_load::Statuses;
use crate::hostile_load::scene::{Known, Scene};
use crate::hostile_load::wire::{self, BINARY, frame};

/// How long an attacker who was turned away rests, so that it is not he who keeps himself busy.
const REST: Duration = Duration::from_millis(50);

/// Opens a socket; none when the relay turns it away, after a rest.
pub(super) async fn opens(
    scene: &Arc<Scene>,
    who: &Known,
    what: &str,
    statuses: &Statuses,
) -> Option<TcpStream> {
    match wire::open_sync(scene.socket(), who).await {
        Ok(stream) => {
            statuses.count(format!("{what}: opened"));
            Some(stream)
        }
        Err(problem) => {
            statuses.count(format!("{what}: not opened, {problem}"));
            tokio::time::sleep(REST).await;
            None
        }
    }
}

/// The frame of a hello.
pub(super) fn hello(who: &Known) -> Vec<u8> {
    let hello = ClientMessage::Hello(Hello {
        protocol: VERSION,
        app: "hostile load".to_owned(),
        device: who.device,
        ledgers: Vec::new(),
    });
    frame(BINARY, true, &protocol::write(&hello))
}
