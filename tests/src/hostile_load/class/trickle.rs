//! Connections that say as little as keeps them open.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::limit::HEAD;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::Start;
use crate::hostile_load::scene::Scene;
use crate::hostile_load::{Statuses, wire};

/// Those whose head never ends.
const HEADS: usize = 600;
/// Those whose body never ends.
const BODIES: usize = 200;
/// Where they come from by turns: as many as there are would not be let in from one address.
const ADDRESSES: [Ipv4Addr; 2] = [Ipv4Addr::new(127, 2, 0, 1), Ipv4Addr::new(127, 3, 0, 1)];
/// What comes, comes so often.
const EVERY: Duration = Duration::from_secs(1);
/// The body that was promised, in bytes.
const PROMISED: usize = 16_000;

pub(super) async fn run(scene: &Arc<Scene>, start: Start, statuses: &Statuses) {
    let to = scene.socket();
    // The relay waits so long for a head.
    let until = start.lasts_beyond(HEAD);
    let body = wire::sign_in_head(to, PROMISED);
    let head = format!("GET /api/enterprise HTTP/1.1\r\nhost: {to}\r\nx-slow: ").into_bytes();
    let mut all = JoinSet::new();
    for number in 0..HEADS + BODIES {
        let statuses = statuses.clone();
        // A head comes byte by byte from its first, a body only after its head.
        let (whole, kind) = if number < HEADS {
            (0, "head")
        } else {
            (body.len(), "body")
        };
        let starts = if number < HEADS {
            head.clone()
        } else {
            body.clone()
        };
        all.spawn(async move {
            while Instant::now() < until {
                let from = ADDRESSES[number % ADDRESSES.len()];
                let said = trickle((to, from), &starts, whole, until).await;
                if said.is_ok() {
                    statuses.count(format!("{kind} still open at the end"));
                } else {
                    statuses.count(format!("{kind} cut off"));
                    sleep(EVERY).await;
                }
            }
        });
    }
    all.join_all().await;
}

/// Says the first bytes at once and one a second after them, until cut off.
async fn trickle(
    (to, from): (SocketAddr, Ipv4Addr),
    starts: &[u8],
    whole: usize,
    until: Instant,
) -> std::io::Result<()> {
    let mut stream = wire::connect(to, from).await?;
    stream.write_all(&starts[..whole]).await?;
    let mut rest = starts[whole..].iter().copied().chain(std::iter::repeat(b' '));
    while Instant::now() < until {
        let mut answer = [0; 64];
        tokio::select! {
            // An answer is an end as well: it says that this took too long.
            _ = stream.read(&mut answer) => return Err(std::io::ErrorKind::ConnectionReset.into()),
            () = sleep(EVERY) => {}
        }
        stream.write_all(&[rest.next().unwrap_or(b' ')]).await?;
    }
    Ok(())
}
